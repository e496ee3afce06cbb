"""Reading: the content folder to a valid portal, or to everything that is wrong with it."""

from okrsite.content.documents.fields import parse_day
from okrsite.content.folder import RESERVED_PATHS
from okrsite.content.reader import Reading, read_portal
from okrsite.content.schemas import SCHEMAS, schema_of

__all__ = ["RESERVED_PATHS", "SCHEMAS", "Reading", "parse_day", "read_portal", "schema_of"]
