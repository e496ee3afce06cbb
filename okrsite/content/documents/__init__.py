"""What each content file may say: one class a file, with the entries it holds.

They serve three ends: reading, the JSON Schema for editors, and the list of keys in the documentation.
"""

from okrsite.content.documents.check_ins import CheckInsFile
from okrsite.content.documents.cycles import CyclesFile
from okrsite.content.documents.kpis import KpisFile
from okrsite.content.documents.objectives import ObjectiveFile, ObjectivesFile
from okrsite.content.documents.rollout import RolloutFile
from okrsite.content.documents.unit import UnitFile

__all__ = [
    "CheckInsFile",
    "CyclesFile",
    "KpisFile",
    "ObjectiveFile",
    "ObjectivesFile",
    "RolloutFile",
    "UnitFile",
]
