"""What a store is told of each object, and tells browsers in turn: what it is, how long it keeps, how it is packed."""

from __future__ import annotations

from mimetypes import MimeTypes

from okrsite.frozen import frozen
from okrsite.publish.target import HASHED

YEAR, DAY = 365 * 24 * 3600, 24 * 3600
PAGE = 600
"""Seconds for which a browser may show a page of a snapshot without asking again. The page will not change, but its
snapshot may be deleted."""
ALWAYS_ASK = "no-cache"
"""For what may change: a browser keeps it, but asks each time whether it is still the same."""

_TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "json": "application/json",
    "webmanifest": "application/manifest+json",
    "csv": "text/csv",
    "txt": "text/plain",
    "md": "text/markdown",
    "po": "text/plain",
    "xml": "application/xml",
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "ics": "text/calendar",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/vnd.microsoft.icon",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
    "wasm": "application/wasm",
    "gz": "application/gzip",
}
_OTHERS = MimeTypes().types_map[True]
_IN_UTF8 = frozenset({"application/json", "application/xml", "image/svg+xml", "text/javascript"})


@frozen
class Headers:
    """What is said of an object.

    Attributes:
        type: Its content type, with the character set of texts.
        cache: Its ``Cache-Control``.
        encoding: ``gzip`` where its bytes are packed, else empty.
    """

    type: str
    cache: str
    encoding: str = ""


def headers_of(name: str, encoding: str = "") -> Headers:
    """What to say of an object.

    Args:
        name: Its name, relative to the target.
        encoding: How its bytes are packed.
    """
    return Headers(_type(name), _cache(name), encoding)


def _type(name: str) -> str:
    ending = name.rpartition("/")[2].rpartition(".")[2].lower()
    if "." not in name.rpartition("/")[2]:
        ending = "txt"  # `current`, the lease, and marks
    type = _TYPES.get(ending) or _OTHERS.get(f".{ending}", "application/octet-stream")
    is_text = type.startswith("text/") or type.endswith("+xml") or type in _IN_UTF8
    return f"{type}; charset=utf-8" if is_text else type


def _cache(name: str) -> str:
    folder, _, rest = name.partition("/")
    if folder != "s":
        return ALWAYS_ASK
    path = rest.partition("/")[2]
    if HASHED.fullmatch(path):
        return f"max-age={YEAR}, immutable"
    return f"max-age={PAGE if path.removesuffix('.gz').endswith('.html') else DAY}"
