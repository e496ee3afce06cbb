"""History: how goals moved, from git. What the portal was on any day, and how two states of it differ."""

from okrsite.history.comparing.comparison import Comparison, Side, SideKind, compared
from okrsite.history.comparing.difference import Difference, difference
from okrsite.history.comparing.portals import state_of
from okrsite.history.comparing.records import PortalState
from okrsite.history.git import GitError, Repository, repository_of
from okrsite.history.goalposts import GOALPOSTS, WORDS, FieldChange, Sort, Value, changed_fields, sort_of
from okrsite.history.ledger import NO_HISTORY, BrokenVersion, Change, Commit, Effect, Gap, History, Known
from okrsite.history.reading import read_history
from okrsite.history.revisions import Revision, fork_of, is_revision, renamed_files, revision_of

__all__ = [
    "GOALPOSTS",
    "NO_HISTORY",
    "WORDS",
    "BrokenVersion",
    "Change",
    "Commit",
    "Comparison",
    "Difference",
    "Effect",
    "FieldChange",
    "Gap",
    "GitError",
    "History",
    "Known",
    "PortalState",
    "Repository",
    "Revision",
    "Side",
    "SideKind",
    "Sort",
    "Value",
    "changed_fields",
    "compared",
    "difference",
    "fork_of",
    "is_revision",
    "read_history",
    "renamed_files",
    "repository_of",
    "revision_of",
    "sort_of",
    "state_of",
]
