"""A need: something that stands in the way, as the person says and as the worker sees it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.assessment import actions, queries
from throughgate.assessment.queries import NeedLine
from throughgate.assessment.rules import needs
from throughgate.assessment.rules.needs import Need
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import Permit
from throughgate.pages import wording
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording.fields import Choice, Field, Words
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form


def _words() -> SheetWords:
    return SheetWords(
        title=_("A need"),
        purpose=_("What stands in the way, how great it is, and what they say themselves."),
        heading=_("Record a need"),
        button=_("Save the need"),
        kept=_("The need is on the record"),
    )


def _fields(permit: Permit) -> Sequence[Field]:
    return [
        Choice(
            name="domain",
            label=_("What is it about?"),
            hint=_("This decides who can read it."),
            options=_hinted("need_domains", "question", queries.domains(permit)),
        ),
        Choice(
            name="how_far",
            label=_("How great is it?"),
            options=_hinted("need_levels", "meaning", list(code_set("need_levels").labels())),
        ),
        Words(
            name="said",
            label=_("What they say, in their words"),
            hint=_("You can leave it empty."),
            rows=3,
        ),
        Choice(
            name="matters",
            label=_("How much does it matter to them?"),
            hint=_("As they say. Their plan opens in this order. You can leave it empty."),
            options=_hinted("need_importance", "meaning", list(code_set("need_importance").labels())),
        ),
        Words(name="text", label=_("What you see"), hint=_("You can leave it empty."), rows=3),
    ]


def _hinted(table: str, column: str, codes: Sequence[str]) -> list[Option]:
    rows = {row["code"]: row for row in code_set(table).rows}
    return [Option(code, wording.label(table, code), hint=rows[code][column]) for code in codes]


def _need(typed: Typed) -> Need:
    return Need(
        domain=typed.text("domain"),
        how_far=typed.text("how_far"),
        said=typed.text("said"),
        text=typed.text("text"),
        matters=typed.text("matters"),
    )


def _is_offered(permit: Permit) -> bool:
    return bool(queries.domains(permit))


def _wrong(permit: Permit, typed: Typed) -> dict[str, str]:
    return needs.wrong_with_need(_need(typed), offered=queries.domains(permit))


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.record_need(permit, _need(typed), at=typed.at, form=form)


def _typed_from(entry: Spine, line: NeedLine) -> Mapping[str, str]:
    return {"domain": entry.kind.removeprefix("need_"), **line._asdict()}


SHEET = Sheet(
    what="need",
    kinds=frozenset(kind for kind in queries.SHAPES if kind.startswith("need_")),
    words=_words,
    fields=_fields,
    is_offered=_is_offered,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
)
