"""Editing: what owners do through a cycle, written into content files. Nothing else writes content.

Each step works out what shall be different, makes the changes of the files that say so, reads the portal back with
them, and compares. Only then may they be written, all or none.
"""

from okrsite.editing.answers import AnswerError, Verdict
from okrsite.editing.closing import Closable, Closing, closable, close, left_alone, matched_verdicts, missing_notes
from okrsite.editing.effects import Effect, effects
from okrsite.editing.filechanges import FileChange, NotWrittenError, diff, write
from okrsite.editing.meeting import Entry, Meeting, Question, entries_file, matched, meeting, meeting_unit
from okrsite.editing.meetingfile import check_in
from okrsite.editing.opening import Carried, Opening, open_cycle, opening
from okrsite.editing.proof import NotMeantError
from okrsite.editing.scope import Complaint, RefusedError, known_cycle

__all__ = [
    "AnswerError",
    "Carried",
    "Closable",
    "Closing",
    "Complaint",
    "Effect",
    "Entry",
    "FileChange",
    "Meeting",
    "NotMeantError",
    "NotWrittenError",
    "Opening",
    "Question",
    "RefusedError",
    "Verdict",
    "check_in",
    "closable",
    "close",
    "diff",
    "effects",
    "entries_file",
    "known_cycle",
    "left_alone",
    "matched",
    "matched_verdicts",
    "meeting",
    "meeting_unit",
    "missing_notes",
    "open_cycle",
    "opening",
    "write",
]
