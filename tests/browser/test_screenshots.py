"""Pictures of pages are taken by a script that builds the example portal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PNG = b"\x89PNG\r\n\x1a\n"


def test_pictures_of_kinds_of_pages(tmp_path: Path) -> None:
    """A kind is named as its template is; of each one picture is taken for a width and a scheme."""
    asked = ["unit", "objective", "--width", "390", "--scheme", "dark", "--fold", "--out", tmp_path]
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/screenshots.py", *asked], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    pictures = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert pictures.keys() == {"unit-390-dark.png", "objective-390-dark.png"}
    assert {picture[: len(PNG)] for picture in pictures.values()} == {PNG}
    assert {int.from_bytes(picture[16:20]) for picture in pictures.values()} == {390}
