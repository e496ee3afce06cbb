"""A configuration as it was understood, for the next run: MkDocs takes long to load only to say the same again."""

from __future__ import annotations

import pickle
from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from okrsite.settings import (
    ForgeOptions,
    ImpactOptions,
    PublishOptions,
    RuleSetting,
    Settings,
    StatusLimits,
)
from okrsite.site.options.choices import LeftOut, TemplatesOf

_MADE_OF = {
    (each.__module__, each.__qualname__): each
    for each in (
        *(Settings, StatusLimits, RuleSetting, ForgeOptions, ImpactOptions, PublishOptions),
        *(LeftOut, TemplatesOf, Fraction, date),
    )
}
"""All that settings in a note may be made of: nothing else is ever called, whoever wrote it."""


class Configured(NamedTuple):
    """What a portal's configuration says.

    Attributes:
        settings: The portal's options.
        content: The content folder.
        themes: The folders of the theme.
    """

    settings: Settings
    content: Path
    themes: tuple[str, ...]


def packed(settings: Settings) -> bytes | None:
    """Settings as they stand in a note; None of such as only MkDocs can make."""
    try:
        said = pickle.dumps(settings, pickle.HIGHEST_PROTOCOL)
        return said if unpacked(said) == settings else None
    except (pickle.PickleError, AttributeError, TypeError):
        return None


def unpacked(said: bytes) -> Settings:
    """The settings that `packed` was given.

    Raises:
        pickle.UnpicklingError: These are none.
    """
    settings = _Unpacker(BytesIO(said)).load()
    if not isinstance(settings, Settings):
        raise pickle.UnpicklingError("no settings")
    return settings


class _Unpacker(pickle.Unpickler):
    """Makes nothing but settings."""

    def find_class(self, module: str, name: str) -> Any:
        made = _MADE_OF.get((module, name))
        if made is None:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of settings")
        return made
