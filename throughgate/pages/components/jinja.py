"""The Jinja2 environment of every page."""

from collections.abc import Callable, MutableMapping
from functools import cache
from typing import Any

from django.template import engines
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape
from markupsafe import _escape_inner as escaped_text  # type: ignore[attr-defined]  # without the wrapping

from throughgate.pages import wording


def escaped(value: Any) -> str:
    """As `escape`, without an object made of each piece, which is joined to the page at once."""
    kind = type(value)
    if kind is str:
        return escaped_text(value)
    return value if kind is Markup else escape(value)


class Pieces(CodeGenerator):
    """Compiles `{{ }}` to `escaped`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if finalize.src is not None or frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class Pages(Environment):
    """Keeps what every template sees in a plain dict, which Jinja2 looks through at each import of macros."""

    code_generator_class = Pieces
    escaped = staticmethod(escaped)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def environment(**options: Any) -> Environment:
    """Django's Jinja2 backend calls this once; a name nobody gave is an error, never an empty place."""
    ours = {"autoescape", "undefined"}
    made = Pages(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        **{name: value for name, value in options.items() if name not in ours},
    )
    made.globals.update(static=cache(static), url=url, language=translation.get_language)
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    made.globals["_"] = words
    return made


@cache
def macro(template: str, name: str) -> Callable[..., Markup]:
    """One of ours by itself, for a presenter that keeps what it draws."""
    ours = engines["jinja2"].env  # type: ignore[attr-defined]  # of Django's backend for it
    drawn: Callable[..., Markup] = getattr(ours.get_template(template).module, name)
    return drawn


def words(message: str, **variables: object) -> Markup:
    """What `_` prints; variables are escaped as they go in."""
    said = wording.current().markup(message)
    return said % variables if variables else said


def url(name: str, *args: object, **kwargs: object) -> str:
    """Where a named page is: `url("person", person_id)`."""
    return reverse(name, args=args or None, kwargs=kwargs or None)
