"""Where an owner's word and the figures say different things: told side by side, and left to the reader."""

from __future__ import annotations

from fractions import Fraction

from okrsite.scoring import CycleFigures, KeyResultFigures, ObjectiveFigures
from okrsite.site.words import Words

SURE = 7
"""From this confidence on its owner expects a goal to be reached: about seven in ten."""

UNSURE = 4
"""Up to this confidence its owner rather expects that it will not be."""


def confidence_and_pace(words: Words, figures: KeyResultFigures | ObjectiveFigures | CycleFigures) -> str:
    """The confidence beside the pace, where one is high and the other low; empty where they agree.

    They differ where the confidence is at least 7 of 10 and the goal at risk or off track, or the confidence at most
    4 and the goal on track. Both may be right: a step that is still to come is no reading yet, and what goes well so
    far may be known to end. So this is a statement for the next conversation, and no verdict.
    """
    _, confidence = words.language.gettext, figures.confidence
    if confidence is None:
        return ""
    if confidence >= SURE and figures.status in ("at_risk", "off_track"):
        behind = Fraction(round((figures.expected - figures.progress) * 100), 100)
        return _(
            "Confidence %(confidence)s of 10, yet %(points)s behind pace.",
            confidence=words.confidence(confidence),
            points=words.points(behind),
        )
    if confidence <= UNSURE and figures.status == "on_track":
        return _("On pace, yet confidence is %(confidence)s of 10.", confidence=words.confidence(confidence))
    return ""
