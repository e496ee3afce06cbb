"""The names by which feed readers and calendars know an entry again, whatever becomes of the site."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from okrsite.frozen import frozen
from okrsite.site.addresses import slug

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When something was updated of which no day is known: any fixed moment would do, the clock's would not."""

_NOBODY = "okrsite.invalid"
"""Whose names they are where no site is named; nobody can own this host (RFC 6761)."""


@frozen
class Names:
    """Gives things in feeds their names.

    Attributes:
        host: Of the site's address.
        place: What tells the site from others on that host, with a slash at its end; empty for the host's only one.
    """

    host: str
    place: str = ""

    @classmethod
    def of_site(cls, canonical: str, name: str) -> Names:
        """The names of a site by its address; where none is set, by what it is called."""
        address = urlsplit(canonical)
        if not address.hostname:
            return cls(_NOBODY, f"{slug(name)}/")
        return cls(address.hostname, address.path.strip("/") + "/" * bool(address.path.strip("/")))

    def tag(self, thing: str) -> str:
        """A URI for something (RFC 4151): its host, a year in which that was the site's, and what it is."""
        return f"tag:{self.host},2026:{quote(self.place + thing, safe='/-._~@')}"

    def uid(self, thing: str) -> str:
        """The same as calendars have it (RFC 5545, 3.8.4.7)."""
        return f"{quote(self.place + thing, safe='/-._~')}@{self.host}"
