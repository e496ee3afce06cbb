"""Offers a preview to its reviewers: publishes it in a channel of its own, and says so in a comment."""

from __future__ import annotations

from datetime import date, timedelta

from okrsite.cli.previews.bundle import Bundle
from okrsite.cli.previews.forges import Forge
from okrsite.exchange.differences.as_markdown import MARKER
from okrsite.frozen import frozen
from okrsite.problems import OkrsiteError
from okrsite.publish.manifest import Origin
from okrsite.publish.publishing import Wish, publish
from okrsite.publish.target import Target
from okrsite.site.publication.provenance import built_by


@frozen
class Shelf:
    """Where previews go.

    Attributes:
        target: The place that they are published to, best one of their own.
        address: Where reviewers open it; empty for the target's own name.
        expires: The day from which on they may be deleted.
    """

    target: Target
    address: str
    expires: date

    def of_channel(self, channel: str) -> str:
        """Where reviewers open a channel."""
        return f"{(self.address or self.target.name).rstrip('/')}/channels/{channel}/"


def shelf(target: Target, address: str, today: date, days: int) -> Shelf:
    """Where previews go, and for how long."""
    return Shelf(target, address, today + timedelta(days=days))


def confirmed(bundle: Bundle, commit: str, forge: Forge | None, number: int) -> int:
    """The number of the request that a bundle is of.

    A bundle may name any request. So the forge is asked whether that one proposes the commit that was built, which is
    known from elsewhere; where no forge can be asked, the number has to be too.

    Raises:
        OkrsiteError: It does not, or there is no number.
    """
    found = number or (bundle.about.number if forge else 0)
    if not found:
        raise OkrsiteError("which request the preview is of is not known for sure: name it with --number.")
    if forge is not None:
        head = forge.head(found)
        if head != commit:
            raise OkrsiteError(
                f"request {found} proposes {head[:10] or 'nothing'} and not {commit[:10]}: it has moved on, "
                "or the preview is of another one. Nothing was published."
            )
    return found


def publish_preview(bundle: Bundle, commit: str, number: int, shelf: Shelf) -> str:
    """Publish a preview's site as a channel; gives where reviewers open it.

    Raises:
        OkrsiteError: The site is not one, or the target failed.
    """
    about, channel = bundle.about, f"previews/pr-{number}"
    origin = Origin(commit, about.committed, f"Preview of {number}", 0, about.as_of, about.portal)
    wish = Wish(channel=channel, expires=shelf.expires)
    try:
        publish(bundle.site, origin, shelf.target, lambda _: "unknown", built_by(), wish)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise OkrsiteError(f"the preview's site is damaged: {error}") from error
    return shelf.of_channel(channel)


def comment_of(bundle: Bundle, commit: str, address: str, expires: date | None) -> str:
    """The comment: where the preview is, then what differs. What differs is the build's word, not ours."""
    told = bundle.comment.removeprefix(MARKER).lstrip("\n")
    if address:
        until = f", until {expires.isoformat()}" if expires else ""
        return f"{MARKER}\n**[Preview of {commit[:10]}]({address})**{until}\n\n{told}"
    return f"{MARKER}\n{told}"
