"""The page that a bucket shows for addresses that are not there: it leads to the same page in the newest snapshot.

It is shown at any address, so it cannot name files beside itself. Its script and style stand in it, and its policy
allows just these two by their hashes.
"""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from html import escape

_STYLE = "body{font:1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:15vh auto 0;padding:0 1.25rem}"
_SCRIPT = """"use strict";
(function () {
  var newest = NEWEST, folder = FOLDER, path = location.pathname;
  var kept = /^(.*?\\/)s\\/(\\d{4}-\\d\\d-\\d\\d-[0-9a-f]{7}-[0-9a-f]{8})(?:\\/(.*))?$/.exec(path);
  var root = kept ? kept[1] : path.indexOf(folder) === 0 ? folder : "/";
  var rest = kept ? kept[3] || "" : path.slice(root.length).replace(/^current\\//, "");
  if (!/\\.[A-Za-z0-9]+$/.test(rest)) rest = rest.replace(/([^\\/])$/, "$1/") + "index.html";
  var home = location.origin + root + "s/" + newest + "/";
  var isGone = kept && kept[2] === newest;
  document.getElementById("okr_newest").href = isGone ? home + "index.html" : home + rest + location.hash;
  if (!kept) location.replace(home + rest + location.hash);
})();
"""


def missing_page(id: str, title: str, folder: str) -> bytes:
    """The page for a bucket's or a content network's errors.

    An address outside of the snapshots, such as ``/acme/it/``, leads on at once. One in a snapshot that was deleted, or
    that never had this page, is said not to be there, with a link to the same page in the newest.

    Args:
        id: The newest snapshot's.
        title: What the portal is called.
        folder: Where in the bucket the target is; empty for its top. Only without a script does it have to be where the
            site is served.
    """
    at = f"/{folder}/" if folder else "/"
    script = _SCRIPT.replace("NEWEST", json.dumps(id)).replace("FOLDER", json.dumps(at).replace("<", "\\u003c"))
    policy = f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(_STYLE)}; base-uri 'none'"
    to, said = escape(f"{at}s/{id}/index.html"), escape(title)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width">\n<meta name="color-scheme" content="light dark">\n'
        f'<meta name="robots" content="noindex">\n<title>{said}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n'
        f"<h1>404</h1>\n<p>There is no such page in this version of {said}.</p>\n"
        f'<p><a id="okr_newest" href="{to}">Go to the newest version</a></p>\n'
        f"<script>{script}</script>\n</body>\n</html>\n"
    ).encode()


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
