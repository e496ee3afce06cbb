"""Drawing without Vega: a compiled template and a chart's data to SVG.

Vega takes 12 ms and 150 MB to say where the marks of a chart stand, of which a template tells most beforehand. So each
template, compiled by Vega-Lite once, becomes a few small functions here, and a chart takes a fraction of a millisecond.
They know what the templates of this package are made of and no more: whatever else is in one is a
[`TemplateError`][okrsite.charts.painting.values.TemplateError]. Tests hold drawings against Vega's, byte for byte.
"""

from okrsite.charts.painting.painter import Painter, Template
from okrsite.charts.painting.values import TemplateError

__all__ = ["Painter", "Template", "TemplateError"]
