"""Programs of an organisation, which fetch records for it: for its administrators; of no record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughgate.access import policy
from throughgate.foundation import clock
from throughgate.foundation.errors import NotFound, Refused
from throughgate.pages import doors, wording
from throughgate.pages.components.shapes import Option, Problem
from throughgate.pages.typed import PARTS, TypedDay, day_in, id_in
from throughgate.pages.wording import words as _
from throughgate.pages.workers import forms, presenters, words
from throughgate.staff import keys, members, programs, rules
from throughgate.staff.keys import PublicKey
from throughgate.staff.programs import Listed, New
from throughgate.staff.queries import Hat

USUALLY_FOR = timedelta(days=182)
SHOWN = 16  # letters of a thumbprint: enough to tell a key from another


class Typed(NamedTuple):
    """A program as it was typed."""

    name: str
    role: str
    team: UUID | None
    until: TypedDay
    key: str


@dataclass(frozen=True, kw_only=True)
class Pasted:
    """What stands in the place for a key; what is shown again holds no private half."""

    key: PublicKey | None = None
    shown: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)


@doors.administering
def listed(request: HttpRequest, hat: Hat) -> HttpResponse:
    """Every program that may ask, with the id that its own people need."""
    found = programs.of(hat)
    context = {
        "back_url": reverse("workers", args=[hat.post_id]),
        "add_url": reverse("add_program", args=[hat.post_id]),
        "stop_url": reverse("stop_program", args=[hat.post_id]),
        "programs": [_shown(hat, each) for each in found],
        "token_address": settings.ADDRESS + reverse("api_token"),
        "people_address": settings.ADDRESS + reverse("api_people"),
    }
    return render(request, "workers/programs.html", context)


@doors.stepped_up
@doors.administering
def add(request: HttpRequest, hat: Hat) -> HttpResponse:
    """A program with its public key; nothing secret is made, shown or kept."""
    typed, wrong = _typed(request.POST.dict()), {}
    if request.method == "POST":
        pasted = _pasted(typed.key)
        wrong = {**_wrong(hat, typed), **pasted.wrong}
        new = None if wrong else _new(typed, pasted.key)
        if new:
            programs.add(hat, new, at=clock.now())
            return redirect("programs", hat.post_id)
        typed = typed._replace(key=pasted.shown)
    context = _adding(hat, typed, wrong)
    return render(request, "workers/program.html", context, status=400 if wrong else 200)


@doors.stepped_up
@doors.administering
def renew(request: HttpRequest, hat: Hat, program_id: UUID) -> HttpResponse:
    """Another key in place of the one it has, which opens nothing from then on, and another last day."""
    found, until = programs.one(hat, program_id), day_in(request.POST.dict(), "until")
    pasted, wrong = Pasted(), {}
    if request.method == "POST":
        pasted = _pasted(request.POST.get("key", ""))
        wrong = {**_wrong_end(until), **pasted.wrong}
        if pasted.key and until.on and not wrong:
            try:
                programs.renew(hat, program_id, key=pasted.key, until=until.on, at=clock.now())
                return redirect("programs", hat.post_id)
            except Refused as refusal:
                wrong = {"key": _(str(refusal))}
    context = {
        "back_url": reverse("programs", args=[hat.post_id]),
        "name": found.name,
        "typed": pasted.shown,
        "until": _offered(until),
        "wrong": {"key": "", "until": "", **wrong},
        "problems": _problems(wrong),
    }
    return render(request, "workers/program_renewed.html", context, status=400 if wrong else 200)


@doors.stepped_up
@doors.administering
def stop(request: HttpRequest, hat: Hat) -> HttpResponse:
    """From its next request."""
    program_id = id_in(request.POST.dict(), "program")
    if program_id is None:
        raise NotFound
    found = programs.one(hat, program_id)
    members.end_post(hat, found.post_id, at=clock.now())
    return redirect("programs", hat.post_id)


def _shown(hat: Hat, each: Listed) -> dict[str, Any]:
    thumbprint = " ".join(each.thumbprint[start : start + 4] for start in range(0, SHOWN, 4))
    return {
        "id": each.worker_id,
        "name": each.name,
        "what": f"{presenters.role(each.role)}, {each.team}",
        "until": _until(each),
        "key": _("key %(thumbprint)s, since %(moment)s")
        % {"thumbprint": thumbprint, "moment": wording.moment(each.key_since)},
        "asked": _("last asked %(moment)s") % {"moment": wording.moment(each.asked_at)}
        if each.asked_at
        else _("has not asked yet"),
        "renew_url": reverse("renew_program", args=[hat.post_id, each.worker_id]),
    }


def _until(each: Listed) -> str:
    is_over = each.until < clock.today()
    return (_("was until %(day)s") if is_over else _("until %(day)s")) % {"day": wording.day(each.until)}


def _typed(given: Mapping[str, str]) -> Typed:
    return Typed(
        name=given.get("name", "").strip()[: forms.LONGEST],
        role=given.get("role", ""),
        team=id_in(given, "team"),
        until=day_in(given, "until"),
        key=given.get("key", "").strip()[: keys.MOST],
    )


def _pasted(typed: str) -> Pasted:
    """The key, or what is wrong with it."""
    try:
        return Pasted(key=keys.read(typed), shown=typed)
    except Refused as refusal:
        shown = "" if isinstance(refusal, keys.PrivateHalf) else typed
        return Pasted(shown=shown, wrong={"key": _(str(refusal))})


def _new(typed: Typed, key: PublicKey | None) -> New | None:
    """Nothing where a part is left out."""
    if typed.team and typed.until.on and key:
        return New(typed.name, typed.role, typed.team, typed.until.on, key)
    return None


def _wrong(hat: Hat, typed: Typed) -> dict[str, str]:
    """What is to be put right, by control."""
    found = {}
    if not typed.name:
        found["name"] = words.no_program_name()
    if typed.role not in _roles(hat):
        found["role"] = words.no_program_role()
    if typed.team not in programs.teams(hat):
        found["team"] = words.no_team_of_yours()
    return {**found, **_wrong_end(typed.until)}


def _wrong_end(until: TypedDay) -> dict[str, str]:
    return {"until": words.no_end()} if rules.wrong_end(until.on, on=clock.today()) else {}


def _roles(hat: Hat) -> list[str]:
    held = policy.for_programs()
    return [role for role in forms.roles(hat) if role in held]


def _offered(until: TypedDay) -> Mapping[str, Any]:
    """What was typed; half a year where nothing was."""
    usual = clock.today() + USUALLY_FOR
    return until.parts if until.is_given else {part: getattr(usual, part) for part in PARTS}


def _adding(hat: Hat, typed: Typed, wrong: Mapping[str, str]) -> dict[str, Any]:
    return {
        "back_url": reverse("programs", args=[hat.post_id]),
        "typed": typed,
        "until": _offered(typed.until),
        "wrong": dict.fromkeys(Typed._fields, "") | dict(wrong),
        "problems": _problems(wrong),
        "roles": [
            Option("", _("Choose")),
            *(Option(role, presenters.role(role), is_chosen=role == typed.role) for role in _roles(hat)),
        ],
        "teams": [
            Option("", _("Choose")),
            *(
                Option(str(team_id), name, is_chosen=team_id == typed.team)
                for team_id, name in programs.teams(hat).items()
            ),
        ],
    }


def _problems(wrong: Mapping[str, str]) -> list[Problem]:
    return [Problem(text, name) for name, text in wrong.items()]
