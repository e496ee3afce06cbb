"""The words of a portal as frozen values: units, cycles, objectives, key results, KPIs, rollouts.

Values are made by [`okrsite.content`][] alone and are valid: ids are full, references resolved, defaults filled in,
dates are dates and numbers are decimals. Nothing past this point checks or defaults them again.
"""

from okrsite.model.cycle import Cycle
from okrsite.model.kpi import Cadence, Direction, Kpi, Measurement
from okrsite.model.objective import CheckIn, KeyResult, Kind, Milestone, Objective, ObjectiveType, State
from okrsite.model.outline import Outline
from okrsite.model.portal import Portal
from okrsite.model.rollout import Evidence, Measure, Rollout, RolloutMonth, RolloutTask
from okrsite.model.source import Source
from okrsite.model.unit import Unit, Visibility

__all__ = [
    "Cadence",
    "CheckIn",
    "Cycle",
    "Direction",
    "Evidence",
    "KeyResult",
    "Kind",
    "Kpi",
    "Measure",
    "Measurement",
    "Milestone",
    "Objective",
    "ObjectiveType",
    "Outline",
    "Portal",
    "Rollout",
    "RolloutMonth",
    "RolloutTask",
    "Source",
    "State",
    "Unit",
    "Visibility",
]
