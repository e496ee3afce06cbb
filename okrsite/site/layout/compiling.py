"""From templates to Python: what is the same on every page is settled here, once.

Jinja's own compiler leaves all to the moment when a page is rendered. This one knows the portal's language, and that
everything is escaped:

- Messages become a part of the text around them. ``{{ _("As of %(day)s.", day=as_of|day) }}`` leaves two pieces of text
  and, between them, the day. What is filled in is escaped, as ever.
- Expressions are escaped into plain strings, and neighbours on the page are written together.
- Macros are called without asking first whether they want the context.
- ``view.figures.progress`` is read by a function of its own; where an attribute is missing, Jinja looks for an item and
  says what is undefined.

The pages are the same, to the byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from keyword import iskeyword
from pathlib import Path

import jinja2
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape

from okrsite import __version__
from okrsite.languages import Language
from okrsite.site.words import figures

_MESSAGES = {"_", "gettext", "pgettext"}
_FILLED = re.compile(r"%(?:\((\w+)\)s|(%))")

Piece = str | nodes.Expr
"""A part of what is put out: HTML, or what is escaped when the page is rendered."""


class Compiler(CodeGenerator):
    """Compiles the templates of an environment in which everything is escaped.

    Args:
        language: Of the messages.
        environment: The theme's.
        rest: As Jinja gives it.
    """

    def __init__(self, language: Language, environment: Environment, *rest: object) -> None:
        super().__init__(environment, *rest)  # type: ignore[arg-type]
        self._language = language
        self._macros: set[str] = set()
        self._translates = True
        self._constants: dict[str, str] = {}
        self._readers: dict[tuple[str, ...], str] = {}

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's
        """Write the module; what its functions share follows them."""
        own = {each.name for each in node.find_all(nodes.Macro)}
        imported = {each.target for each in node.find_all(nodes.Import)}
        assigned = {each.name for each in node.find_all(nodes.Name) if each.ctx != "load"}
        self._macros = own | imported
        self._translates = _MESSAGES.isdisjoint(own | imported | assigned)
        super().visit_Template(node, frame)
        for text, name in self._constants.items():
            self.writeline(f"{name} = Markup({text!r})")
        for path, name in self._readers.items():
            self._write_reader(name, path)
        # Last, since these take the places of Jinja's.
        self.writeline("from okrsite.site.layout.compiled import Macro, text", extra=1)

    def _write_reader(self, name: str, path: Sequence[str]) -> None:
        carefully = "it"
        for attribute in path:
            carefully = f"environment.getattr({carefully}, {attribute!r})"
        self.writeline("@internalcode", extra=1)  # errors are those of the line that asks
        self.writeline(f"def {name}(it):")
        self.writeline(f"    try: return it.{'.'.join(path)}")
        self.writeline(f"    except AttributeError: return {carefully}")

    # What is put out

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 - Jinja's
        """Write what is put out at once."""
        if frame.require_output_check or not self._escapes(frame):
            super().visit_Output(node, frame)
            return
        pieces = self._merged(node.nodes, frame)
        if frame.buffer is None:
            self.writeline("yield (", node)
            self._write_joined(pieces, frame)
        else:
            self.writeline(f"{frame.buffer}.extend((", node)
            self._write_each(pieces, frame)
            self.write(")")
        self.write(")")

    def _escapes(self, frame: Frame) -> bool:
        return frame.eval_ctx.autoescape and not frame.eval_ctx.volatile

    def _write_joined(self, pieces: Sequence[Piece], frame: Frame) -> None:
        """Write an expression for the text of some pieces."""
        if len(pieces) == 1:
            self._write_piece(pieces[0], frame)
            return
        self.write("concat((")
        self._write_each(pieces, frame)
        self.write("))")

    def _write_each(self, pieces: Sequence[Piece], frame: Frame) -> None:
        for piece in pieces:
            self._write_piece(piece, frame)
            self.write(", ")

    def _merged(self, expressions: Iterable[nodes.Expr], frame: Frame) -> list[Piece]:
        """The pieces of some expressions, what is text already in as few as can be; at least one."""
        merged: list[Piece] = []
        for piece in self._pieces(expressions, frame):
            last = merged[-1] if merged else None
            if isinstance(piece, str) and isinstance(last, str):
                merged[-1] = last + piece
            else:
                merged.append(piece)
        return merged or [""]

    def _pieces(self, expressions: Iterable[nodes.Expr], frame: Frame) -> Iterator[Piece]:
        for each in expressions:
            said = self._said(each)
            if said is not None:
                for piece in said:
                    yield from [piece] if isinstance(piece, str) else self._pieces([piece], frame)
                continue
            if isinstance(each, nodes.Concat):  # what is joined and then escaped is what is escaped and then joined
                yield from self._pieces(each.nodes, frame)
                continue
            try:
                yield str(escape(each.as_const(frame.eval_ctx)))
            except Exception:  # noqa: BLE001 - no constant; a mistake in it shows when the page is rendered, with its line
                yield each

    def _write_piece(self, piece: Piece, frame: Frame) -> None:
        if isinstance(piece, str):
            self.write(repr(piece))
        elif isinstance(piece, nodes.CondExpr):
            soft = frame.soft()
            self.write("(")
            self._write_joined(self._merged([piece.expr1], soft), soft)
            self.write(" if ")
            self.visit(piece.test, soft)
            self.write(" else ")
            otherwise = [piece.expr2] if piece.expr2 is not None else []
            self._write_joined(self._merged(otherwise, soft), soft)
            self.write(")")
        else:
            self.newline(piece)  # for the lines of error messages
            self.write("text(")
            self.visit(piece, frame)
            self.write(")")

    # Messages

    def _said(self, node: nodes.Expr) -> list[Piece] | None:
        """A message in the portal's language, with what is filled in; None where that is not known yet."""
        if not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and self._translates):
            return None
        texts = [each.value for each in node.args if isinstance(each, nodes.Const)]
        if len(texts) < len(node.args) or node.dyn_args is not None or node.dyn_kwargs is not None:
            return None
        if node.node.name in ("_", "gettext") and len(texts) == 1:
            message = self._language.gettext(*texts)
        elif node.node.name == "pgettext" and len(texts) == 2:
            message = self._language.pgettext(*texts)
        else:
            return None
        values = {each.key: each.value for each in node.kwargs}
        said: list[Piece] = []
        end = 0
        for found in _FILLED.finditer(message):
            value = values.get(found[1]) if found[1] else nodes.TemplateData("%")
            if value is None:
                return None  # a mistake, which shows when the page is rendered
            said += message[end : found.start()], value
            end = found.end()
        said.append(message[end:])
        return None if any("%" in piece for piece in said if isinstance(piece, str)) else said

    # Expressions

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja's
        """Write a message, the call of a macro, or that of anything else."""
        said = self._said(node) if self._escapes(frame) else None
        if said is not None and all(isinstance(piece, str) for piece in said):
            text = "".join(str(piece) for piece in said)
            self.write(self._constants.setdefault(text, f"text_{len(self._constants)}"))
        elif said is not None:
            self.write("Markup(")
            self._write_joined(self._merged([node], frame), frame)
            self.write(")")
        elif self._is_quick(node) and not forward_caller:
            self.visit(node.node, frame)
            self.write("(")
            for argument in node.args:
                self.visit(argument, frame)
                self.write(", ")
            for named in node.kwargs:
                self.visit(named, frame)
                self.write(", ")
            self.write(")")
        else:
            super().visit_Call(node, frame, forward_caller=forward_caller)

    def _is_quick(self, call: nodes.Call) -> bool:
        """Whether it is the plain call of a macro."""
        of = call.node.node if isinstance(call.node, nodes.Getattr) else call.node
        spread = call.dyn_args is not None or call.dyn_kwargs is not None
        is_macro = isinstance(of, nodes.Name) and of.name in self._macros
        return is_macro and not spread and not any(iskeyword(each.key) for each in call.kwargs)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's
        """Write the call of a function that reads an attribute, or an attribute of an attribute."""
        path: list[str] = []
        of: nodes.Expr = node
        while isinstance(of, nodes.Getattr) and not iskeyword(of.attr):
            path.insert(0, of.attr)
            of = of.node
        if not path:
            super().visit_Getattr(node, frame)
            return
        name = self._readers.setdefault(tuple(path), f"read_{len(self._readers)}")
        self.write(f"{name}(")
        self.visit(of, frame)
        self.write(")")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        """Write how a template with macros is found: the same for all pages, as globals are."""
        if node.with_context:
            super()._import_common(node, frame)
            return
        self.write("environment.get_template(")
        self.visit(node.template, frame)
        self.write(f", {self.name!r}).module")


def edition(language: Language) -> str:
    """What decides, beside its source, what a template becomes: what was compiled for another edition is of no use."""
    own = sha256(Path(__file__).read_bytes() + Path(figures.__file__).read_bytes())
    return f"{__version__} {jinja2.__version__} {own.hexdigest()} {language.fingerprint}"
