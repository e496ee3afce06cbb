"""Goals as pages show them: the model, its figures and their links together, each made once for all pages."""

from okrsite.site.views.gallery import Gallery
from okrsite.site.views.goals import (
    KeyResultView,
    KpiView,
    Link,
    ObjectiveRow,
    ObjectiveView,
    Reading,
    Tally,
    UnitRow,
    UnitView,
)
from okrsite.site.views.some import Some, around, beside, first
from okrsite.site.views.trend_table import TrendTable, trend_table

__all__ = [
    "Gallery",
    "KeyResultView",
    "KpiView",
    "Link",
    "ObjectiveRow",
    "ObjectiveView",
    "Reading",
    "Some",
    "Tally",
    "TrendTable",
    "UnitRow",
    "UnitView",
    "around",
    "beside",
    "first",
    "trend_table",
]
