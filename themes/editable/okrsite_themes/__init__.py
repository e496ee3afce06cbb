"""What an editable install finds as ``okrsite_themes``: the checkout's own themes, as they are at the moment."""

from pathlib import Path

__path__ = [str(Path(__file__).parents[2])]
