"""How records are used, in words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from throughgate.audit.queries import Look
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import ListPermit
from throughgate.oversight import rules
from throughgate.oversight.queries import Alert
from throughgate.oversight.rules import State
from throughgate.pages import wording
from throughgate.pages.components.shapes import Cell, Column, Mark, Option, Tab
from throughgate.pages.names import Names
from throughgate.pages.oversight import forms, words
from throughgate.pages.oversight.forms import Typed
from throughgate.pages.wording import words as _
from throughgate.staff.queries import Hat


def listed(
    hat: Hat, permit: ListPermit, found: Sequence[Alert], names: Names, *, page: int, current: str
) -> dict[str, Any]:
    """A list of alerts: a reference, what it is about and whose worker; never whose record."""
    shown = found[:page]
    place = "after" if current == "oversight" else "before"
    more = f"{reverse(current, args=[hat.post_id])}?{urlencode({place: shown[-1].id})}" if shown else ""
    return {
        "tabs": _tabs(hat, current),
        "is_waiting": current == "oversight",
        "columns": [Column(_("Alert")), Column(_("What")), Column(_("Who")), Column(_last(current))],
        "rows": [_row(hat, permit, each, names) for each in shown],
        "next_url": more if len(found) > page else "",
        "as_at": wording.moment(permit.at),
    }


def alert(
    hat: Hat,
    permit: ListPermit,
    found: Alert,
    looks: Iterable[Look],
    names: Names,
    typed: Typed,
    *,
    wrong: Mapping[str, str],
) -> dict[str, Any]:
    """One alert, what was looked at, and the form for its outcome."""
    state = found.state(on=clock.day_of(permit.at))
    return {
        "back_url": reverse("oversight", args=[hat.post_id]),
        "reference": rules.reference(found.id),
        "heading": words.matter(found),
        "means": words.means(found),
        "facts": [(label, value) for label, value in _facts(found, names) if value],
        "looks": [words.look(each, names) for each in looks],
        "outcome": words.outcome(found, names),
        "is_open": state is not State.decided and found.worker_id != permit.worker_id,
        "is_own": found.worker_id == permit.worker_id,
        "is_asked_about_telling": rules.about_what(found.matter) == "use",
        "is_asked_until": rules.about_what(found.matter) != "own",
        "findings": _options(rules.findings(found.matter), typed.said.finding),
        "tellings": _options(_tellings(found), typed.said.telling),
        "typed": typed,
        "wrong": wrong,
        "problems": forms.problems(wrong),
        "as_at": wording.moment(permit.at),
    }


def looked_back(found: Alert) -> datetime:
    """How far back an alert shows what its worker opened of that record."""
    return found.raised_at - timedelta(days=rules.limit("looked_back"))


def _row(hat: Hat, permit: ListPermit, found: Alert, names: Names) -> list[str | Cell]:
    is_again = found.state(on=clock.day_of(permit.at)) is State.ask_again
    return [
        Cell(rules.reference(found.id), url=reverse("alert", args=[hat.post_id, found.id])),
        Cell(words.matter(found), marks=(Mark(_("ask again"), "amber"),) if is_again else ()),
        f"{words.role(found.role)}, {names.organisation(found.organisation_id)}",
        Cell(wording.moment(found.raised_at), source=words.finding(found)),
    ]


def _last(current: str) -> str:
    return _("Since") if current == "oversight" else _("Since, and what was found")


def _facts(found: Alert, names: Names) -> list[tuple[str, str]]:
    return [
        (_("When"), wording.moment(found.raised_at)),
        (_("Worker"), names.worker(found.worker_id)),
        (_("As"), words.role(found.role)),
        (_("For"), names.organisation(found.organisation_id)),
        (_("Whose record"), found.person_name if found.person_id else ""),
        (_("How many"), str(found.records) if found.records else ""),
        (_("Reason given"), words.why(found)),
        (_("In their words"), found.words),
    ]


def _tellings(found: Alert) -> dict[str, str]:
    rows = code_set("oversight_telling").rows
    return {row["code"]: row["label"] for row in rows if (row["code"] == "nobody") != bool(found.person_id)}


def _options(labels: Any, chosen: str) -> list[Option]:
    return [Option(code, _(label), is_chosen=code == chosen) for code, label in labels.items()]


def _tabs(hat: Hat, current: str) -> list[Tab]:
    labels = {"oversight": _("Waiting for an answer"), "oversight_decided": _("Decided")}
    return [
        Tab(label, reverse(name, args=[hat.post_id]), is_current=name == current)
        for name, label in labels.items()
    ]
