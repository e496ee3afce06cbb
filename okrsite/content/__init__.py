"""Reading: the content folder to a valid portal, or to everything that is wrong with it."""

from okrsite.content.check_ins import MEETING
from okrsite.content.documents.fields import parse_day, why_no_id
from okrsite.content.folder import RESERVED_PATHS
from okrsite.content.frontmatter import front_matter_problems
from okrsite.content.log import ProblemLog
from okrsite.content.prose import TANGLE_HINT, tangle
from okrsite.content.reader import Reading, read_portal
from okrsite.content.schemas import SCHEMAS, schema_of
from okrsite.content.text import read_text
from okrsite.content.versions import DOCUMENTS, FileKind, FileVersion, read_version
from okrsite.content.wording import shown

__all__ = [
    "DOCUMENTS",
    "MEETING",
    "RESERVED_PATHS",
    "SCHEMAS",
    "TANGLE_HINT",
    "FileKind",
    "FileVersion",
    "ProblemLog",
    "Reading",
    "front_matter_problems",
    "parse_day",
    "read_portal",
    "read_text",
    "read_version",
    "schema_of",
    "shown",
    "tangle",
    "why_no_id",
]
