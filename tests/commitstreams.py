"""Many commits at once, by ``git fast-import``."""

from __future__ import annotations

from gitrepos import Repo

Text = dict[str, str]


class Stream:
    """Commits for ``git fast-import``; each gives all of the portal's files anew."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.states: dict[int, Text | None] = {}
        self.count = 0

    def commit(self, files: Text, *parents: int, expected: Text | None = None, days: float = 0) -> int:
        """Add a commit; what is expected at it is None where the portal has errors.

        Args:
            files: All that are there then.
            parents: Marks of commits.
            expected: The files whose goals are to be found at it.
            days: How much later than the order of commits says it was made.
        """
        self.count += 1
        head = [f"commit refs/heads/{'main' if self.count else ''}", f"mark :{self.count}"]
        head += [
            f"committer A <a@example.com> {1767225600 + int(86400 * (self.count / 2 + days))} +0000",
            "data 1",
            "x",
        ]
        head += [f"from :{parents[0]}"] if parents else []
        head += [f"merge :{parent}" for parent in parents[1:]] + ["deleteall"]
        body = [f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}" for path, text in files.items()]
        self.parts.append("\n".join([*head, *body, ""]))
        self.states[self.count] = expected
        return self.count

    def imported(self, repo: Repo) -> dict[int, str]:
        """Bring the commits into a repository; the ids that they have there, by their marks."""
        marks = repo.path / ".git/marks"
        repo.git("fast-import", "--quiet", f"--export-marks={marks}", given="".join(self.parts).encode())
        return {int(mark.lstrip(":")): id for mark, id in map(str.split, marks.read_text().splitlines())}
