"""Pages are valid HTML, says the Nu checker of the W3C."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from visits import Portals

CHECKER = Path(sys.prefix) / "web/node_modules/vnu-jar/build/dist/vnu.jar"

QUICKLY = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")
"""Java as it is quickest for so short a run: it compiles simply, which half of the time went into otherwise."""

ACCEPTED = (
    # It reads files, which have no origin, so that to it nothing is 'self'. Browsers are asked in test_policy.py.
    (r"Resource violates Content Security Policy \(meta tag\): external (stylesheet|script) “(\.\./|/)*assets/", ""),
    # Data are no script: no policy is asked about them (HTML, "prepare the script element").
    (r"Inline script violates Content Security Policy", 'type="application/json"'),
    # A card stands anywhere in a written page, where a heading would upset the order of the page's own.
    (r"Article lacks heading", 'class="okr-card'),
)
"""What it says that is no fault of the page, of which element, with the reason."""


def test_every_page(portals: Portals) -> None:
    """No error and no warning, on every page of the example and on those of all shapes."""
    files = [portal.folder / name for portal in (portals("example"), portals("shapes")) for name in portal.files]
    command = ["java", *QUICKLY, "-jar", CHECKER, "--format", "json", "--stdout", "--exit-zero-always", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = [
        f"{message.get('url', '').rpartition('/site/')[2]}:{message.get('lastLine')}: {message['message']}"
        for message in json.loads(done.stdout)["messages"]
        if not any(re.match(said, message["message"]) and of in message["extract"] for said, of in ACCEPTED)
    ]
    assert told[:20] == []
