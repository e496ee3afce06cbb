"""A page that leads to another: without a script, under any policy, and from ``file://``."""

from __future__ import annotations

from html import escape


def redirect_page(address: str, title: str) -> bytes:
    """A page that leads on at once.

    Args:
        address: Where to, relative to the page: of a file, not of a folder, so that it works from ``file://`` too.
        title: What is there, in nobody's language: the portal's name.
    """
    to, said = escape(address), escape(title)
    return (
        '<!doctype html>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={to}">\n<link rel="canonical" href="{to}">\n'
        f'<title>{said}</title>\n<p><a href="{to}">{said}</a></p>\n'
    ).encode()
