"""What codes stand for, for whoever shows problems."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from okrsite.codes import Code


def code_of(code: str) -> Code | None:
    """What a code stands for, one of the structure or a rule's; None for none that there is."""
    return _codes().get(code)


@cache
def _codes() -> Mapping[str, Code]:
    from okrsite.codes import CODES, Code
    from okrsite.rules import RULES

    return {**CODES, **{rule.code: Code(rule.code, rule.summary, rule.reason, rule.mend) for rule in RULES}}
