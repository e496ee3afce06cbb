"""The formulas: every figure of a portal on one day, and how it came to be.

[`score`][okrsite.scoring.score.score] gives the figures, [`Trends`][okrsite.scoring.trend.Trends] their way there. Both
are functions of the portal and the day alone.
"""

from okrsite.scoring.adoption import AdoptionShares, TakenUp, adoption_course, taken_up, unit_adoption
from okrsite.scoring.comparison import Comparison, Discipline, Side, Verdict, compare, discipline, periods_kept
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
from okrsite.scoring.readings import Contribution, known_by
from okrsite.scoring.rollout import rollout_figures
from okrsite.scoring.rollup import is_shallow
from okrsite.scoring.score import score
from okrsite.scoring.status import expected_progress
from okrsite.scoring.steps import Steps, drawable
from okrsite.scoring.trend import Series, Trends
from okrsite.scoring.units import plain_means

__all__ = [
    "STATUSES",
    "Adoption",
    "AdoptionShares",
    "Comparison",
    "Contribution",
    "CycleFigures",
    "Discipline",
    "Figures",
    "GoalsOnDay",
    "Grade",
    "KeyResultFigures",
    "KpiFigures",
    "KpiStatus",
    "ObjectiveFigures",
    "RolloutFigures",
    "Series",
    "Side",
    "Status",
    "Steps",
    "TakenUp",
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
    "is_shallow",
    "known_by",
    "meets",
    "periods_kept",
    "plain_means",
    "rollout_figures",
    "score",
    "taken_up",
    "unit_adoption",
]
