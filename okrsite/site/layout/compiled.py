"""What compiled templates call (see `okrsite.site.layout.compiling`)."""

from __future__ import annotations

from jinja2 import runtime
from jinja2.utils import internalcode, missing
from markupsafe import Markup, escape

try:
    from markupsafe import _escape_inner as escaped  # type: ignore[attr-defined]  # a tenth of the time: no Markup
except ImportError:  # pragma: no cover - another version
    escaped = escape


def text(value: object) -> str:
    """What is put into a page for a value: escaped, unless it is HTML."""
    kind = type(value)
    if kind is str:
        return escaped(value)  # type: ignore[arg-type]  # its type is known
    if kind is Markup:
        return value  # type: ignore[return-value]  # its type is known
    return str(value) if kind is int else escape(value)


class Macro(runtime.Macro):
    """A macro that takes its short way where it is called with values for its own arguments, as most are."""

    @internalcode
    def __call__(self, *args: object, **kwargs: object) -> str:
        """What the macro lays out."""
        left = self._argument_count - len(args)
        if left < 0 or self.caller or self.catch_kwargs or self.catch_varargs:
            return super().__call__(*args, **kwargs)
        if kwargs:
            named = self.arguments[len(args) :]
            if not kwargs.keys() <= set(named):
                return super().__call__(*args, **kwargs)
            return str.__new__(Markup, self._func(*args, *[kwargs.get(name, missing) for name in named]))
        return str.__new__(Markup, self._func(*args, *(missing,) * left) if left else self._func(*args))
