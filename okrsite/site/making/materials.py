"""What pages are made from, made from what was read: the same in every process."""

from __future__ import annotations

from datetime import date

from okrsite.day import Day
from okrsite.history import History
from okrsite.languages import Language
from okrsite.model import Portal
from okrsite.rules import RULES
from okrsite.scoring import Figures, score
from okrsite.settings import Settings
from okrsite.site.contributions import kept_contributions
from okrsite.site.freshness.watched import watched
from okrsite.site.inspection.findings import Findings
from okrsite.site.pages.page import Material
from okrsite.site.parts import MADE_NOW, Parts
from okrsite.site.views import Gallery
from okrsite.site.views.kept_figures import kept_figures
from okrsite.site.views.ledger import Ledgers
from okrsite.site.views.news import Chronicle
from okrsite.site.words import Words


def scored_material(
    portal: Portal, history: History, settings: Settings, as_of: date, language: Language, parts: Parts = MADE_NOW
) -> tuple[Figures, Material]:
    """The figures of a portal, and what its pages are made from, which notes what is read of them.

    Args:
        portal: As read.
        history: How its goals moved.
        settings: The portal's options.
        as_of: The day that figures are computed for.
        language: Of the pages.
        parts: Has or makes what is kept between builds.
    """
    seen = watched("portal", portal)
    computed = score(seen, Day(as_of), settings.status, kept_contributions(seen, lambda: gallery, parts))
    figures = kept_figures(computed, seen, settings.status, lambda: gallery)
    told = watched("history", history)
    gallery = Gallery(
        seen,
        watched("figures", figures),
        Words(language),
        settings.status,
        told,
        parts,
        watched("figures", computed),
        settings.rules,
    )
    _ = language.gettext
    rules = {rule.code: (_(rule.summary), _(rule.reason), _(rule.mend)) for rule in RULES}
    return figures, Material(
        gallery, gallery.kept(Chronicle), gallery.kept(Ledgers), gallery.kept(Findings), settings, rules
    )
