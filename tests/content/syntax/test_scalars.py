"""Plain scalars against the core schema of YAML 1.2."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrsite.content.syntax.scalars import NumberError, resolve
from okrsite.content.syntax.tree import NoValue, PlainNumber

# The table in YAML 1.2.2, section 10.3.2, written down again as it stands there.
CORE_SCHEMA = (
    (r"null | Null | NULL | ~", "null"),
    (r"", "null"),
    (r"true | True | TRUE", True),
    (r"false | False | FALSE", False),
    (r"[-+]? [0-9]+", "int"),
    (r"0o [0-7]+", "octal"),
    (r"0x [0-9a-fA-F]+", "hexadecimal"),
    (r"[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?", "float"),
    (r"[-+]? ( \.inf | \.Inf | \.INF )", "not finite"),
    (r"\.nan | \.NaN | \.NAN", "not finite"),
)


def expected(text: str) -> object:
    """What the table says of a plain scalar."""
    for pattern, meaning in CORE_SCHEMA:
        if re.fullmatch(pattern.replace(" ", ""), text):
            return meaning
    return "text"


@given(st.text(alphabet="0123456789abefinoxlNuTr.+-_~: EF", max_size=8) | st.text(max_size=6))
def test_follows_the_core_schema(text: str) -> None:
    """Every plain scalar means what the core schema says, and numbers are exact."""
    meaning = expected(text)
    if meaning == "not finite":
        with pytest.raises(NumberError):
            resolve(text)
        return
    try:
        value = resolve(text)
    except NumberError:
        assert meaning == "float"
        assert abs(Decimal(text).adjusted()) > 400 or not Decimal(text)
        return
    if meaning == "null":
        assert value is NoValue.EMPTY
    elif meaning == "text":
        assert value == text
        assert type(value) is str
    elif isinstance(meaning, bool):
        assert value is meaning
    else:
        assert isinstance(value, PlainNumber)
        assert value.text == text
        bases = {"octal": 8, "hexadecimal": 16}
        assert value == (int(text[2:], bases[meaning]) if meaning in bases else Decimal(text))  # type: ignore[index]
        assert not (value == 0 and value.is_signed())


@pytest.mark.parametrize("text", ["1e401", "-1e401", "1e-401", "9" * 401, "0x" + "f" * 50_000, "1e" + "9" * 30])
def test_numbers_beyond_all_measure(text: str) -> None:
    """Numbers too large or too small to be meant are refused, in no time."""
    with pytest.raises(NumberError, match="beyond all measure"):
        resolve(text)
