"""The folder that goes from the job that builds to the one that offers: written by a stranger, read with care."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path

from okrsite.frozen import frozen
from okrsite.problems import OkrsiteError

SITE, COMMENT, ABOUT = "site", "comment.md", "preview.json"
SCHEMA = 1
_MOST_FILES = 200_000
_LONGEST_NAME = 200
_LONGEST_COMMENT = 60_000


@frozen
class About:
    """What a bundle says of itself.

    Attributes:
        number: Of the request; 0 where the build did not know it.
        portal: What the portal is called.
        committed: When the change was committed, in UTC.
        as_of: The day that figures are computed for.
    """

    number: int
    portal: str
    committed: datetime
    as_of: date

    def text(self) -> str:
        """As ``preview.json``."""
        told = {
            "schema": SCHEMA,
            "number": self.number,
            "portal": self.portal,
            "committed": self.committed.isoformat(),
            "as_of": self.as_of.isoformat(),
        }
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


@frozen
class Bundle:
    """What was handed over.

    Attributes:
        folder: Where it is.
        about: What it says of itself.
        comment: What differs, in Markdown; cut off where it is too long for a comment.
        has_site: Whether there is a site; there is none of content with errors.
    """

    folder: Path
    about: About
    comment: str
    has_site: bool

    @property
    def site(self) -> Path:
        """The built site."""
        return self.folder / SITE


def read_bundle(folder: Path) -> Bundle:
    """A bundle, nothing of which is believed.

    Raises:
        OkrsiteError: It is not one, or it holds what a build does not write: a link might lead to this job's secrets.
    """
    found = 0
    for place, folders, files in os.walk(folder):
        found += len(files)
        link = next((each for each in (*folders, *files) if Path(place, each).is_symlink()), None)
        if link is not None:
            raise OkrsiteError(f"{Path(place, link)} is a link; a preview holds files alone.")
        if found > _MOST_FILES:
            raise OkrsiteError(f"{folder} holds more than {_MOST_FILES:,} files.")
    try:
        about = _about((folder / ABOUT).read_bytes())
        comment = (folder / COMMENT).read_text("utf-8", "replace")
    except FileNotFoundError as error:
        raise OkrsiteError(f"{folder} is no preview: it has no {Path(str(error.filename)).name}.") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise OkrsiteError(f"{folder} is no preview: {error}") from error
    if len(comment) > _LONGEST_COMMENT:
        comment = comment[:_LONGEST_COMMENT] + "\n\n…\n"
    return Bundle(folder, about, comment, (folder / SITE / "api" / "okrs.json").is_file())


def _about(text: bytes) -> About:
    told = json.loads(text)
    if told["schema"] != SCHEMA:
        raise ValueError(f"it is of another okrsite (schema {told['schema']!r})")
    number, portal = told["number"], told["portal"]
    if type(number) is not int or not 0 <= number < 10**9 or not isinstance(portal, str):
        raise ValueError("its number or name is none")
    committed = datetime.fromisoformat(told["committed"]).astimezone(UTC)
    return About(number, portal[:_LONGEST_NAME], committed, date.fromisoformat(told["as_of"]))
