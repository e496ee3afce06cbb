"""Publishing into a folder: trees of directories that snapshots share, brought whole or not at all."""

from okrsite.publish.targets.folder.target import FolderTarget

__all__ = ["FolderTarget"]
