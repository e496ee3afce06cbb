"""The one file that runs Vega: compiles templates, and bundles what draws charts large in a browser.

It starts threads, and takes a second and 150 MB before the first answer; so it is asked once for each template.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import version

from okrsite.charts.templates import vega_lite

_SNIPPET = "okr.embed = vegaEmbed;"
_BUNDLE = """/*! Vega {version}, Vega-Lite and Vega-Embed: Copyright (c) 2013-2025 University of Washington
Interactive Data Lab and contributors, BSD-3-Clause. D3: Copyright (c) 2010-2025 Mike Bostock, ISC.
Bundled by vl-convert, BSD-3-Clause. */
(() => {{
{script}
}})();
"""
"""In a function, or the thousands of names in it would be the window's."""


@cache
def compile_template(name: str) -> str:
    """A template as a Vega specification, as JSON, its data sets empty."""
    import vl_convert  # noqa: PLC0415 - reading a portal does not need it

    return json.dumps(vl_convert.vegalite_to_vega(vega_lite(name)), ensure_ascii=False)


@cache
def bundle() -> str:
    """A script that draws Vega's specifications in a browser and hands itself to the theme's, as ``okr.embed``.

    It takes some seconds to make, and a process makes it once.
    """
    import vl_convert  # noqa: PLC0415

    made = vl_convert.javascript_bundle(_SNIPPET)
    return _BUNDLE.format(version=vl_convert.get_vega_version(), script=made)


def bundle_edition() -> str:
    """Stands for all that decides what `bundle` gives; other charts and templates do not."""
    return f"{version('vl-convert-python')}\n{_SNIPPET}{_BUNDLE}"
