"""The messages of templates: Jinja's i18n extension, told the portal's language."""

from __future__ import annotations

from functools import partial

from jinja2 import Environment
from markupsafe import Markup

from okrsite.site.layout.compiling import Compiler
from okrsite.site.layout.once import Once
from okrsite.site.words import Words


def install(environment: Environment, words: Words) -> None:
    """Give templates ``_``, ``gettext``, ``ngettext``, ``pgettext`` and ``{% trans %}``.

    A message is a part of the page, as the template is; what is filled into it with ``%(name)s`` is escaped. A number
    that is shown as ``%(num)s`` has the language's separators.
    """
    language = words.language

    def gettext(message: str, **values: object) -> Markup:
        return Markup(language.gettext(message)) % values  # noqa: S704 - of the catalogue; the values are escaped

    def ngettext(one: str, many: str, n: int, **values: object) -> Markup:
        return Markup(language.plural(one, many, n)) % {"num": language.digits(f"{n:,}"), **values}  # noqa: S704 - as above

    def pgettext(context: str, message: str, **values: object) -> Markup:
        return Markup(language.pgettext(context, message)) % values  # noqa: S704 - as above

    environment.add_extension("jinja2.ext.i18n")
    environment.add_extension(Once)
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True  # type: ignore[attr-defined]  # the extension adds it
    environment.code_generator_class = partial(Compiler, language)  # type: ignore[assignment]  # it is only called
    environment.globals.update(gettext=gettext, ngettext=ngettext, pgettext=pgettext)
