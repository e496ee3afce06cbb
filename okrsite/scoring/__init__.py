"""The formulas: every figure of a portal on one day, and how it came to be.

[`score`][okrsite.scoring.score.score] gives the figures, [`Trends`][okrsite.scoring.trend.Trends] their way there. Both
are functions of the portal and the day alone.
"""

from okrsite.scoring.adoption import AdoptionShares, adoption_course, unit_adoption
from okrsite.scoring.comparison import Comparison, Discipline, Side, Verdict, compare, discipline
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
from okrsite.scoring.goals_on_day import GoalsOnDay
from okrsite.scoring.kinds import meets
from okrsite.scoring.on_demand import OnDemand
from okrsite.scoring.readings import known_by
from okrsite.scoring.score import score
from okrsite.scoring.status import expected_progress
from okrsite.scoring.steps import drawable
from okrsite.scoring.trend import Series, Trends

__all__ = [
    "STATUSES",
    "Adoption",
    "AdoptionShares",
    "Comparison",
    "CycleFigures",
    "Discipline",
    "Figures",
    "GoalsOnDay",
    "Grade",
    "KeyResultFigures",
    "KpiFigures",
    "KpiStatus",
    "ObjectiveFigures",
    "OnDemand",
    "RolloutFigures",
    "Series",
    "Side",
    "Status",
    "TaskFigures",
    "Trend",
    "Trends",
    "UnitAdoption",
    "Verdict",
    "adoption_course",
    "compare",
    "current_cycle",
    "discipline",
    "drawable",
    "expected_progress",
    "known_by",
    "meets",
    "score",
    "unit_adoption",
]
