"""What a page prints is escaped as Jinja2 itself escapes it, whatever it is."""

from datetime import date
from typing import Any

import pytest
from django.utils.functional import lazystr
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markupsafe import Markup

from throughgate.pages.components.jinja import environment

PRINTS = (
    "{{ value }}",
    "{% macro said(value) %}<b>{{ value }}</b>{% endmacro %}{{ said(value) }}",
    "{% set kept %}{{ value }}{% endset %}{{ kept }} {{ kept ~ value }}",
    "{% for each in [value] %}<li>{{ each }}</li>{% endfor %}{{ value|upper }}{{ value|e }}",
    (
        "{% macro round(value) %}<i>{{ caller() }}</i>{% endmacro %}"
        "{% call round(value) %}{{ value }}{% endcall %}"
    ),
    "{% autoescape false %}{{ value }}{% endautoescape %}",
)
ODD = (None, 5, 1.5, date(2026, 11, 23), ["<"], lazystr("<script>"), Markup("<b>bold</b>"), Markup("&amp;"))


def _same(template: str, value: Any) -> None:
    theirs = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    assert environment().from_string(template).render(value=value) == theirs.from_string(template).render(
        value=value
    )


@pytest.mark.parametrize("template", PRINTS)
@pytest.mark.parametrize("value", ODD, ids=repr)
def test_what_is_no_plain_text_prints_as_it_always_did(template: str, value: Any) -> None:
    _same(template, value)


@given(st.sampled_from(PRINTS), st.text(alphabet=st.sampled_from("ab<>&'\"{}é ")))
def test_plain_text_prints_as_it_always_did(template: str, value: str) -> None:
    _same(template, value)


def test_markup_typed_by_somebody_is_never_markup_on_a_page() -> None:
    assert environment().from_string("{{ v }}").render(v="<script>") == "&lt;script&gt;"
