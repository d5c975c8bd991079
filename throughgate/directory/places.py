"""Places of organisations: doors people walk through and phones they ring."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from throughgate.directory import models, rules
from throughgate.directory.rules import DAYS, Hours, Landmark, OpenOn, Span
from throughgate.foundation.codesets import code_set
from throughgate.foundation.working_days import holidays_by_division

OFFERED = 300  # names at most
USUAL = dict.fromkeys(DAYS[:-1], (Span("09:00", "17:00"),))  # of a shop: what it does on Sundays differs
DIVISIONS = {"england": "england-and-wales", "wales": "england-and-wales"}  # of bank holidays, by nation


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A place as the rest of the house sees it."""

    code: str
    name: str
    name_cy: str
    organisation_id: UUID
    organisation_kind: str
    nation: str
    address: tuple[str, ...]  # lines, the postcode last
    phone: str
    is_always_answered: bool  # the phone: day and night, by somebody
    is_protected: bool  # whoever stays there is in danger if it is known: never printed
    protected_at: datetime | None
    week: rules.Week
    landmarks: tuple[Landmark, ...]


def named(names: Collection[str]) -> dict[str, Place]:
    """Places by a name as somebody wrote it, or by code, whatever the case.

    A name that several places have names none, since a sheet must not send anybody to the wrong door; unless
    one of them is protected: that one, so that whoever asks prints nothing of it.
    """
    wanted = {_plain(name): name for name in names}
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for place in _places(Q(said__in=wanted) | Q(said_cy__in=wanted) | Q(coded__in=wanted)):
        for said in {_plain(place.name), _plain(place.name_cy), _plain(place.code)} & wanted.keys():
            found[wanted[said]].append(place)
    return {name: meant for name, each in found.items() if (meant := _meant(each))}


def _meant(found: Sequence[Place]) -> Place | None:
    protected = next((place for place in found if place.is_protected), None)
    return protected or (found[0] if len(found) == 1 else None)


def answered(organisation_ids: Collection[UUID]) -> list[Place]:
    """Places of these organisations whose phone is always answered, in the order of codes; none protected."""
    return _places(Q(organisation_id__in=organisation_ids, is_always_answered=True, is_protected=False))


def number(organisation_id: UUID) -> str:
    """By which an organisation is reached in its hours; "" where its places have several, or none."""
    told = _places(Q(organisation_id=organisation_id, is_always_answered=False, is_protected=False))
    numbers = {place.phone for place in told if place.phone}
    return numbers.pop() if len(numbers) == 1 else ""


def pharmacies() -> list[str]:
    """Their names, for whoever has to write one; none that is protected."""
    known = models.Place.objects.filter(organisation__kind="pharmacy", is_protected=False)
    return list(known.order_by("name").values_list("name", flat=True)[:OFFERED])


def protected_phrases() -> frozenset[str]:
    """What tells of a protected place: its names, its telephone, lines of its address that have a number."""
    return frozenset(phrase for place in _places(Q(is_protected=True)) for phrase in _phrases(place))


def protected_since(at: datetime) -> list[tuple[datetime, frozenset[str]]]:
    """Each place that was protected after that moment: since when, and what would give it away."""
    return [
        (place.protected_at, frozenset(_phrases(place)))
        for place in _places(Q(protected_at__gt=at))
        if place.protected_at
    ]


def _phrases(place: Place) -> Iterator[str]:
    told = (place.name, place.name_cy, place.phone, *filter(_has_number, place.address))
    return (phrase for phrase in told if phrase)


def _has_number(line: str) -> bool:
    return any(letter.isdigit() for letter in line)


def open_on(place: Place, day: date) -> OpenOn:
    """Whether it opens on that day; bank holidays are those of its nation."""
    return hours(place).on(day)


def hours(place: Place) -> Hours:
    return Hours(place.week, _holidays(place.nation))


@cache
def usual_hours(nation: str) -> Hours:
    """Hours for a place of which nobody told when it opens: Sundays and bank holidays are not known."""
    return Hours(USUAL, _holidays(nation))


@cache
def _holidays(nation: str) -> frozenset[date]:
    division = DIVISIONS.get(nation, DIVISIONS["england"])
    told = [*code_set("bank_holidays").rows, *code_set("closing_days").rows]
    return holidays_by_division(told)[division]


def _plain(name: str) -> str:
    return " ".join(name.split()).lower()


def _places(which: Q) -> list[Place]:
    rows: QuerySet[models.Place] = (
        models.Place.objects.annotate(said=Lower("name"), said_cy=Lower("name_cy"), coded=Lower("code"))
        .filter(which)
        .select_related("organisation")
        .order_by("code")
    )
    return [_place(row) for row in rows]


def _place(row: models.Place) -> Place:
    return Place(
        code=row.code,
        name=row.name,
        name_cy=row.name_cy,
        organisation_id=row.organisation_id,
        organisation_kind=row.organisation.kind,
        nation=row.organisation.nation,
        address=tuple(row.address),
        phone=row.phone,
        is_always_answered=row.is_always_answered,
        is_protected=row.is_protected,
        protected_at=row.protected_at,
        week={day: tuple(Span(*span) for span in spans) for day, spans in row.week.items()},
        landmarks=tuple(Landmark(*landmark) for landmark in row.landmarks),
    )
