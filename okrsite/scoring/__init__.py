"""The formulas: every figure of a portal on one day, and how it came to be.

[`score`][okrsite.scoring.score.score] gives the figures, [`Trends`][okrsite.scoring.trend.Trends] their way there. Both
are functions of the portal and the day alone.
"""

from okrsite.scoring.cycles import current_cycle
from okrsite.scoring.figures import (
    STATUSES,
    Adoption,
    CycleFigures,
    Figures,
    Grade,
    KeyResultFigures,
    KpiFigures,
    KpiStatus,
    ObjectiveFigures,
    RolloutFigures,
    Status,
    TaskFigures,
    Trend,
    UnitAdoption,
)
from okrsite.scoring.score import score
from okrsite.scoring.status import expected_progress
from okrsite.scoring.trend import Series, Trends

__all__ = [
    "STATUSES",
    "Adoption",
    "CycleFigures",
    "Figures",
    "Grade",
    "KeyResultFigures",
    "KpiFigures",
    "KpiStatus",
    "ObjectiveFigures",
    "RolloutFigures",
    "Series",
    "Status",
    "TaskFigures",
    "Trend",
    "Trends",
    "UnitAdoption",
    "current_cycle",
    "expected_progress",
    "score",
]
