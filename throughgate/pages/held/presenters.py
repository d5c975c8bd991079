"""Who is who, in words: two sides next to each other, with what agrees and what clashes marked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from throughgate.custody.queries import LastMovement
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import ReviewPermit
from throughgate.linkage import queries as linkage
from throughgate.linkage.queries import AnswerLine, HeldPair, JoinLine
from throughgate.linkage.rules import BirthDates, Comparison
from throughgate.linkage.rules import Names as NameMatch
from throughgate.pages import wording
from throughgate.pages.components.shapes import Mark, Option, PersonRow, Problem, Tab
from throughgate.pages.held.forms import Said
from throughgate.pages.names import Names
from throughgate.pages.person.words import movement_word
from throughgate.pages.wording import words as _
from throughgate.people.queries import KnownAs
from throughgate.staff.queries import Hat


@dataclass(frozen=True)
class Sides:
    """What is known of the identities of a pair or of a link, the one in question first."""

    known: list[KnownAs]
    moved: Mapping[UUID, LastMovement]
    names: Names


class Line(NamedTuple):
    """One line of the comparison: what each side says, and how that fits."""

    label: str
    values: tuple[tuple[str, ...], ...]
    mark: Mark | None


def waiting(
    hat: Hat,
    permit: ReviewPermit,
    found: Sequence[HeldPair],
    known: Mapping[UUID, KnownAs],
    names: Names,
    *,
    page: int,
) -> dict[str, Any]:
    """The list of pairs."""
    address = reverse("held", args=[hat.post_id])
    shown = found[:page]
    return {
        "tabs": _tabs(hat, "held"),
        "pairs": [_waiting(each, known, names, hat) for each in shown],
        "next_url": f"{address}?{urlencode({'after': shown[-1].id})}" if len(found) > page else "",
        "as_at": wording.moment(permit.at),
    }


def _waiting(pair_: HeldPair, known: Mapping[UUID, KnownAs], names: Names, hat: Hat) -> PersonRow:
    one, two = known[pair_.identity_id], known[pair_.other_id]
    return PersonRow(
        state="in_hand",
        name=_("%(one)s and %(two)s") % {"one": called(one), "two": called(two)},
        url=reverse("pair", args=[hat.post_id, pair_.id]),
        who=" · ".join(dict.fromkeys(names.organisation(each.organisation_id) for each in (one, two))),
        what=" ".join(reason(key) for key in pair_.reasons),
        when=_("since %(day)s") % {"day": wording.moment(pair_.recorded_at)},
    )


def called(known: KnownAs) -> str:
    """The name one source has."""
    parts = (known.first_name, known.middle_names, known.last_name)
    return " ".join(part for part in parts if part) or _("Name not recorded")


def reason(key: str) -> str:
    """Why somebody is asked, as a sentence."""
    sentences = {
        "nhs_numbers_clash": _("They have two NHS numbers, and nobody has two."),
        "nothing_else_agrees": _("They share a number, and nothing else agrees."),
        "generation_apart": _("They share a number, and their birth dates are a generation apart."),
        "birth_dates_differ": _("They share a number, and their birth dates differ."),
        "day_and_month_swapped": _("Day and month of the birth date are the other way round."),
        "birth_date_missing": _("They share a number, and a birth date is missing."),
        "first_names_differ": _("They share a number, and their first names differ."),
        "first_name_missing": _("They share a number, and a first name is missing."),
        "perhaps_twins": _("They may be twins: one surname and birth date, two first names."),
        "initials_only": _("One side gives initials only."),
        "said_to_be_different": _("Somebody said before that they are different people."),
        "candidates_disagree": _("They share numbers with two people who are kept apart."),
        "worker_undid": _("A link between them was undone."),
    }
    return sentences.get(key, f"{key.replace('_', ' ').capitalize()}.")


def pair(
    hat: Hat,
    permit: ReviewPermit,
    found: HeldPair,
    answers: Sequence[AnswerLine],
    sides: Sides,
    said: Said,
    *,
    why: str,
) -> dict[str, Any]:
    """Both sides, why somebody is asked, and the form."""
    one, two = sides.known
    return {
        **_form(said, why),
        "reasons": [reason(key) for key in found.reasons],
        "heads": _heads(sides),
        "lines": _lines(sides, linkage.comparison(one, two)),
        "answers": [_answered(each, sides.names) for each in answers],
        "choices": [
            Option(
                "same",
                _("Same person"),
                hint=_("Their records become one. It can be undone."),
                is_chosen=said.answer == "same",
            ),
            Option(
                "different",
                _("Different people"),
                hint=_("They are kept apart, and this pair is not asked about again."),
                is_chosen=said.answer == "different",
            ),
        ],
        "back_url": reverse("held", args=[hat.post_id]),
        "as_at": wording.moment(permit.at),
    }


def check_answer(said: Said) -> None:
    """Refuse a form without a choice."""
    if said.answer not in {"same", "different"}:
        raise Refused(_("Choose whether they are the same person or different people."))


def links(
    hat: Hat,
    permit: ReviewPermit,
    found: Sequence[JoinLine],
    known: Mapping[UUID, KnownAs],
    names: Names,
    *,
    page: int,
) -> dict[str, Any]:
    """The list of links that hold."""
    address = reverse("links", args=[hat.post_id])
    shown = found[:page]
    return {
        "tabs": _tabs(hat, "links"),
        "links": [_link(each, known, names, hat) for each in shown],
        "next_url": f"{address}?{urlencode({'before': shown[-1].id})}" if len(found) > page else "",
        "as_at": wording.moment(permit.at),
    }


def _link(joined: JoinLine, known: Mapping[UUID, KnownAs], names: Names, hat: Hat) -> PersonRow:
    one = known[joined.identity_id]
    others = [known[other] for other in joined.other_ids if other in known]
    places = dict.fromkeys(names.organisation(each.organisation_id) for each in (one, *others))
    return PersonRow(
        state="confirmed",
        name=called(one),
        url=reverse("link", args=[hat.post_id, joined.id]),
        who=" · ".join(places),
        what=_why_linked(joined),
        when=wording.moment(joined.recorded_at),
    )


def _why_linked(joined: JoinLine) -> str:
    if joined.why == "worker_joined":
        return _("A worker said that they are one person: %(why)s") % {
            "why": joined.evidence.get("reason", "")
        }
    systems = dict.fromkeys(str(pair_[0]) for pair_ in joined.evidence.get("agree", ()))
    shared = ", ".join(wording.label("identifier_systems", system) for system in systems)
    return _("Joined by what agrees: %(shared)s") % {"shared": shared} if shared else _("Joined by numbers")


def link(
    hat: Hat, permit: ReviewPermit, found: JoinLine, sides: Sides, said: Said, *, why: str
) -> dict[str, Any]:
    """One link with both sides, to undo."""
    one, two, *_others = sides.known
    return {
        **_form(said, why),
        "why_linked": _why_linked(found),
        "linked": _linked_by(found, sides.names),
        "heads": _heads(sides),
        "lines": _lines(sides, linkage.comparison(one, two)),
        "back_url": reverse("links", args=[hat.post_id]),
        "as_at": wording.moment(permit.at),
    }


def _linked_by(found: JoinLine, names: Names) -> str:
    moment = wording.moment(found.recorded_at)
    if not found.worker_id:
        return _("on %(moment)s, by the program") % {"moment": moment}
    return _("on %(moment)s, by %(worker)s") % {"moment": moment, "worker": names.worker(found.worker_id)}


def _form(said: Said, why: str) -> dict[str, Any]:
    field = "reason" if said.answer else "answer"
    return {"said": said, "why": why, "problems": [Problem(why, field)] if why else []}


def _heads(sides: Sides) -> list[tuple[str, str]]:
    """What stands above each side: the name there, and whose word it is."""
    return [(called(known), sides.names.organisation(known.organisation_id)) for known in sides.known]


def _lines(sides: Sides, compared: Comparison) -> list[Line]:
    known = sides.known
    spoken = [wording.label("languages", each.language) if each.language else "" for each in known]
    told = [wording.moment(each.as_at) if each.as_at else "" for each in known]
    born = [wording.born(each.birth_date) if each.birth_date else "" for each in known]
    moved = [_moved(sides.moved.get(each.identity_id), sides.names) for each in known]
    return [
        Line(_("Name"), _single(called(each) for each in known), _of_names(compared)),
        Line(_("Also known as"), tuple(_aliases(each) for each in known), None),
        Line(_("Birth date"), _single(born), _of_birth(compared)),
        *_numbers(known, compared),
        Line(_("Language"), _single(spoken), None),
        Line(_("Last seen in custody"), _single(moved), None),
        Line(_("Their word as at"), _single(told), None),
    ]


def _single(words: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """One saying for each side; nothing where it is empty."""
    return tuple((each,) if each else () for each in words)


def _aliases(known: KnownAs) -> tuple[str, ...]:
    return tuple(" ".join(part for part in alias[:3] if part) for alias in known.aliases)


def _numbers(known: list[KnownAs], compared: Comparison) -> list[Line]:
    """A line for each kind of number that a side has."""
    systems = dict.fromkeys(number.system for each in known for number in each.numbers)
    agreeing = {system for system, _value in compared.agreeing}
    marks = {
        **dict.fromkeys(compared.clashing, Mark(_("clashes"), "red")),
        **dict.fromkeys(agreeing, Mark(_("agrees"), "leaf")),
    }
    return [
        Line(
            wording.label("identifier_systems", system),
            tuple(_written(each, system) for each in known),
            marks.get(system),
        )
        for system in systems
    ]


def _written(known: KnownAs, system: str) -> tuple[str, ...]:
    return tuple(number.as_written for number in known.numbers if number.system == system)


def _of_names(compared: Comparison) -> Mark | None:
    found = {compared.first_name, compared.last_name}
    if NameMatch.different in found:
        return Mark(_("differs"), "amber")
    if NameMatch.unknown in found:
        return None
    if NameMatch.short_form in found:
        return Mark(_("agrees by a short form"), "leaf")
    return Mark(_("agrees by an alias") if NameMatch.alias in found else _("agrees"), "leaf")


def _of_birth(compared: Comparison) -> Mark | None:
    return {
        BirthDates.same: Mark(_("agrees"), "leaf"),
        BirthDates.swapped: Mark(_("day and month swapped"), "amber"),
        BirthDates.different: Mark(_("differs"), "red"),
        BirthDates.generation_apart: Mark(_("a generation apart"), "red"),
    }.get(compared.birth_date)


def _moved(moved: LastMovement | None, names: Names) -> str:
    if moved is None:
        return ""
    place = names.prison(moved.to_prison or moved.from_prison)
    return f"{movement_word(moved.what, names.wording)}, {place}, {wording.day(moved.happened_on)}"


def _answered(answer: AnswerLine, names: Names) -> str:
    words = _("Same person") if answer.answer == "same" else _("Different people")
    who = names.worker(answer.worker_id) if answer.worker_id else _("somebody at the console")
    return _("%(answer)s, said %(who)s on %(moment)s: %(why)s") % {
        "answer": words,
        "who": who,
        "moment": wording.moment(answer.recorded_at),
        "why": answer.reason,
    }


def _tabs(hat: Hat, current: str) -> list[Tab]:
    labels = {"held": _("Waiting for an answer"), "links": _("Links made")}
    return [
        Tab(label, reverse(name, args=[hat.post_id]), is_current=name == current)
        for name, label in labels.items()
    ]
