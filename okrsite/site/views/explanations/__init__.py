"""How each figure came to be: its formula in words, what went into it, and where that stands in the content.

The formulas are those of [`okrsite.scoring`][]; here they are only said. A page has one explanation for each goal it is
about, in a panel that a figure elsewhere leads to (`addresses.why`).
"""

from okrsite.site.views.explanations.explanation import MOST_INPUTS, Explanation, Input, Step
from okrsite.site.views.explanations.key_results import explain_key_result
from okrsite.site.views.explanations.kpis import explain_kpi
from okrsite.site.views.explanations.objectives import explain_objective
from okrsite.site.views.explanations.rollouts import explain_rollout, explain_task
from okrsite.site.views.explanations.units import explain_level, explain_portal, explain_unit

__all__ = [
    "MOST_INPUTS",
    "Explanation",
    "Input",
    "Step",
    "explain_key_result",
    "explain_kpi",
    "explain_level",
    "explain_objective",
    "explain_portal",
    "explain_rollout",
    "explain_task",
    "explain_unit",
]
