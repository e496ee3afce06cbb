"""Publishes built sites one after the other, for a test that kills it: prints a line when it begins.

python killedpublisher.py TARGET SITE NUMBER [SITE NUMBER ...]
"""

from __future__ import annotations

import sys
from pathlib import Path

from smallsites import publish_site

from okrsite.publish.targets import open_target


def main() -> None:
    """Publish what the command line names."""
    target, *rest = sys.argv[1:]
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    for site, number in zip(rest[::2], rest[1::2], strict=True):
        publish_site(open_target(target), Path(site), int(number))


if __name__ == "__main__":
    main()
