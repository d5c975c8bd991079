"""What each context tells, as facts of a pack: the same thing has the same key in every version."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from throughgate.assessment.queries import BeforeLine, NeedLine
from throughgate.custody.panels import Panel
from throughgate.custody.queries import AlertLine
from throughgate.custody.rules import WhyNot
from throughgate.directory import places
from throughgate.directory.places import Place
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.packs.rules.snapshot import Fact, Json, Topic
from throughgate.pathway.queries import PlanLine, ReadyLine
from throughgate.pathway.rules import Shut
from throughgate.pathway.rules.shut import INJECTION
from throughgate.people.queries import Banner
from throughgate.record.queries import Spine
from throughgate.referral.queries import Booked
from throughgate.story.queries import ContactLine
from throughgate.treatment.queries import EpisodeLine, Medicines, NaloxoneLine
from throughgate.treatment.rules import BY_A_NURSE, Disagreement, MedicineLine, SourceLine, SourceState

PLAN, TREATMENT, CUSTODY = "plan_appointments", "treatment_medicines", "custody_legal"
IDENTITY = "identity_contact"
TREATING = frozenset({"community_treatment", "prison_treatment", "pharmacy"})  # kinds of organisation
NUMBERS = ("prison", "nhs")  # that the next worker needs
NO_DAY_TO_LEAVE = frozenset({WhyNot.REPLACED, WhyNot.NOT_A_RELEASE, WhyNot.UNKNOWN_TYPE})
DOUBTS = frozenset({"ask_day_off", "ask_earlier_day"})  # steps about the day told
SHARED_ALERTS = frozenset({"care", "release_planning"})  # of alert_handling: what may be handed on


def who(banner: Banner) -> Json:
    """Whose pack it is. A number that its own system's rules refuse is nobody's to go by."""
    numbers = [
        (number.system, number.value)
        for known in banner.known_as
        for number in known.numbers
        if number.system in NUMBERS and number.state != "unusable"
    ]
    return {
        "name": banner.name,
        "birth_date": _iso(banner.birth_date),
        "sex": next((known.sex for known in banner.known_as if known.sex), ""),
        "numbers": [list(number) for number in dict.fromkeys(numbers)],
    }


def communication(banner: Banner) -> Iterator[Fact]:
    """As the newest identity that tells either has it."""
    teller = next((known for known in banner.known_as if known.language or known.interpreter), None)
    interpreter = next((known.interpreter for known in banner.known_as if known.interpreter), "")
    if teller:
        yield Fact(
            key="language",
            topic=Topic.COMMUNICATION,
            category=IDENTITY,
            said={"language": banner.language, "interpreter": interpreter},
            by=_id(teller.organisation_id),
            at=_iso(teller.as_at),
        )


def release(plan: PlanLine | None, panel: Panel | None, organisations: Mapping[str, UUID]) -> Iterator[Fact]:
    """The day they leave on, with its basis; and the other days that are told and were not chosen.

    Who told that day did not tell that they have left.
    """
    chosen = panel.dates.chosen if panel and panel.dates else None
    if plan is None or not (plan.left_on or plan.leaves_on or plan.hearing_on):
        return
    teller = None if plan.left_on else chosen
    losers = panel.dates.losers if panel and panel.dates else ()
    others = [loser.told for loser in losers if loser.why_not not in NO_DAY_TO_LEAVE]
    yield Fact(
        key="release",
        topic=Topic.RELEASE,
        category=CUSTODY,
        said={
            "left_on": _iso(plan.left_on),
            "on": _iso(plan.leaves_on),
            "type": chosen.type if chosen else "",
            "certainty": plan.leaves_certainty,
            "since": _iso(plan.custody_from),
            "others": [
                {"on": _iso(told.on), "type": told.type, "by": _id(organisations.get(told.organisation))}
                for told in others
                if told.on and told.on != plan.leaves_on
            ],
            **_doubt(plan),
        },
        by=_id(organisations.get(teller.organisation)) if teller else "",
        at=_iso(teller.known_at) if teller else "",
    )


def _doubt(plan: PlanLine) -> Json:
    """Why they may leave on another day than the one told, as the pathway asks; nothing where it does not."""
    asked = [step.code for step in plan.steps if step.is_open and step.code in DOUBTS]
    return {"doubt": asked[0]} if asked else {}


def appointments(booked: Iterable[Booked], *, gate_on: date, named: Mapping[str, Place]) -> Iterator[Fact]:
    """Those to come once they have left, and every day in court. A protected place is not said at all."""
    kinds = code_set("appointment_kinds")
    for each in booked:
        on = clock.day_of(each.at)
        if each.outcome or not (on >= gate_on or each.what == "court"):
            continue
        kind, place = kinds.get(each.what), named.get(each.place)
        is_protected = place is not None and place.is_protected
        yield Fact(
            key=f"appointment:{each.key or each.entry_id}",
            topic=Topic.APPOINTMENT,
            category=PLAN,
            said={
                "on": _iso(on),
                "at": _iso(each.at) if each.dated_by == "time" else "",
                "what": each.what if kind else "",
                "own_word": "" if kind else each.what,  # of a provider's own system
                "with_whom": each.with_whom,
                "place": "" if is_protected else each.place,
                "mode": each.mode,
                "where": _where(place, on) if place and not is_protected else None,
            },
            by=_id(each.organisation_id),
            at=_iso(each.recorded_at),
        )


def numbers(answered: Iterable[Place]) -> Iterator[Fact]:
    """Services that somebody answers at any hour. That of a drug service tells that they are treated."""
    for place in answered:
        yield Fact(
            key=f"number:{place.code}",
            topic=Topic.NUMBER,
            category=TREATMENT if place.organisation_kind in TREATING else PLAN,
            said={"name": place.name, "name_cy": place.name_cy, "number": place.phone},
            by=_id(place.organisation_id),
        )


def medicines(told: Medicines | None, *, first_on: date, named: Mapping[str, Place]) -> Iterator[Fact]:
    """Each medicine as each source says, and where it is collected, from that day on.

    Where none is told of, whether treatment is told of at all.
    """
    if told is None:
        return
    for medicine in told.medicines:
        place = _only_pharmacy(medicine, named)
        yield Fact(
            key=f"medicine:{medicine.medicine}",
            topic=Topic.MEDICINE,
            category=TREATMENT,
            said={
                "medicine": medicine.medicine,
                "sources": [_source(source) for source in medicine.sources],
                "disagreements": [_disagreement(each) for each in medicine.disagreements],
                "where": _where(place, first_on) if place else None,
                "first_on": _iso(first_on) if place else "",
            },
        )
    if not told.medicines and told.is_treated:
        yield Fact(key="no_medicine", topic=Topic.MEDICINE, category=TREATMENT, said={})


def cover(plan: PlanLine | None) -> Iterator[Fact]:
    """Until when medicine lasts, as the pathway works it out from all sources."""
    if plan and plan.cover:
        said = {"state": plan.cover.value, "until": _iso(plan.cover_until), "seen_on": _iso(plan.seen_on)}
        shut = [_shut(step.code, step.shut) for step in plan.steps if step.shut and step.is_open]
        yield Fact(
            key="cover", topic=Topic.COVER, category=TREATMENT, said=said | ({"shut": shut} if shut else {})
        )


def _shut(code: str, days: Shut) -> Json:
    return {
        "is_injection": code == INJECTION,
        "first": _iso(days.first),
        "last": _iso(days.last),
        "weekdays": list(days.weekdays),
        "is_told": days.is_told,
    }


def from_entries(entries: Iterable[Spine], lines: Mapping[UUID, Any]) -> Iterator[Fact]:
    """What workers and feeds say of one thing each."""
    told = [(entry, lines[entry.id]) for entry in entries if entry.id in lines]
    over = _over({entry.id: line.ended_on for entry, line in told if isinstance(line, EpisodeLine)})
    for entry, line in told:
        if entry.id not in over:
            yield from SAYERS[type(line)].says(entry, line)


def _over(episodes: Mapping[UUID, date | None]) -> set[UUID]:
    """Those that have ended; but while none goes on, the last one is what is known of them."""
    ended = {entry_id: on for entry_id, on in episodes.items() if on}
    if ended and len(ended) == len(episodes):
        del ended[max(ended, key=lambda entry_id: (ended[entry_id], entry_id))]
    return set(ended)


def _ready(entry: Spine, line: ReadyLine) -> Iterator[Fact]:
    """Where they sleep, and who meets them."""
    topic = {"ready_home": Topic.HOME, "ready_meeting": Topic.MEETING}[entry.kind]
    yield _fact(entry, topic.value, topic, {"state": line.state, "on": _iso(line.on_day), "text": line.text})


def _naloxone(entry: Spine, line: NaloxoneLine) -> Iterator[Fact]:
    yield _fact(entry, "naloxone", Topic.NALOXONE, {"state": line.state, "on": _day(entry.happened_at)})


def _need(entry: Spine, line: NeedLine) -> Iterator[Fact]:
    """How great it is, and their own words; what a worker made of it stays on the record."""
    domain = entry.kind.removeprefix("need_")
    topic = Topic.COMMUNICATION if domain == "communication" else Topic.NEED
    yield _fact(
        entry, f"need:{domain}", topic, {"domain": domain, "how_far": line.how_far, "words": line.said}
    )


def _alert(entry: Spine, line: AlertLine) -> Iterator[Fact]:
    row = code_set("alert_codes").get(line.alert_code)
    if line.is_active and row and row["handling"] in SHARED_ALERTS:
        yield _fact(entry, f"alert:{line.alert_code}", Topic.ALERT, {"code": line.alert_code})


def _episode(entry: Spine, line: EpisodeLine) -> Iterator[Fact]:
    """What it is for, since when, and until when it was; whose area answers for it, and their consent."""
    of = f"{entry.identity_id}:{entry.item}"
    said = {
        "referred_on": _iso(line.referred_on),
        "started_on": _iso(line.started_on),
        "ended_on": _iso(line.ended_on),
        "drugs": line.drugs,
    }
    yield _fact(entry, f"treatment:{of}", Topic.TREATMENT, said)
    if area := line.more.get("DAT"):
        yield _fact(entry, f"area:{of}", Topic.AREA, {"code": area})
    if line.consent:
        yield _fact(entry, f"consent:{of}", Topic.CONSENT, {"said": line.consent})


def _before(entry: Spine, line: BeforeLine) -> Iterator[Fact]:
    if line.had and line.who:
        said = {"who": line.who, "reach": line.reach}
        yield _fact(entry, f"helper:{entry.kind}:{entry.organisation_id}", Topic.HELPER, said)


def _reach(entry: Spine, line: ContactLine) -> Iterator[Fact]:
    """How to reach them safely, and how never to, as they said in their own book."""
    way = entry.kind.removeprefix("reach_")
    said = {"way": way, "is_safe": line.is_safe, "reach": line.reach, "text": line.text}
    yield _fact(entry, entry.kind, Topic.REACH, said)


class Sayer(NamedTuple):
    """What makes facts of one shape of entry, and what they may be about."""

    says: Callable[[Spine, Any], Iterator[Fact]]
    about: frozenset[Topic]


SAYERS: Mapping[type, Sayer] = {
    ReadyLine: Sayer(_ready, frozenset({Topic.HOME, Topic.MEETING})),
    NaloxoneLine: Sayer(_naloxone, frozenset({Topic.NALOXONE})),
    NeedLine: Sayer(_need, frozenset({Topic.NEED, Topic.COMMUNICATION})),
    AlertLine: Sayer(_alert, frozenset({Topic.ALERT})),
    EpisodeLine: Sayer(_episode, frozenset({Topic.TREATMENT, Topic.AREA, Topic.CONSENT})),
    BeforeLine: Sayer(_before, frozenset({Topic.HELPER})),
    ContactLine: Sayer(_reach, frozenset({Topic.REACH})),
}


def _fact(entry: Spine, key: str, topic: Topic, said: Json) -> Fact:
    return Fact(
        key=key,
        topic=topic,
        category=entry.category,
        said=said,
        by=_id(entry.organisation_id),
        at=_iso(entry.as_at),
        entry=entry.id,
    )


def _source(source: SourceLine) -> Json:
    script = source.prescription.fact if source.prescription else None
    dose = source.last_dose.fact if source.last_dose else None
    next_on = script.next_dose_on if script and script.supervised == BY_A_NURSE else None
    until_on = next_on or (script.until_on if script else None)
    return {
        "by": source.voice.organisation,
        "at": _iso(source.known_at),
        "state": source.state.value,
        "dose": script.dose_as_written if script else "",
        "unit": script.unit if script else "",
        "frequency": script.frequency if script else "",
        "supervised": script.supervised if script else "",
        "pharmacy": script.pharmacy if script else "",
        "until": _iso(until_on) if source.state is SourceState.CURRENT else "",
        "stopped_on": _iso(script.stopped_on) if script else "",
        "last_on": _iso(dose.taken_on) if dose else "",
        "last_at": _iso(dose.taken_at) if dose else "",
        "last_dose": dose.amount_as_written if dose else "",
        "last_unit": dose.unit if dose else "",
        **({"next_on": _iso(next_on)} if next_on else {}),
    }


def pharmacies(told: Medicines | None) -> set[str]:
    """Where medicine is collected, as it was written."""
    return {name for medicine in (told.medicines if told else ()) for name in _pharmacies(medicine)}


def _pharmacies(medicine: MedicineLine) -> set[str]:
    """As sources say whose prescription goes on."""
    current = (each.prescription for each in medicine.sources if each.state is SourceState.CURRENT)
    return {script.fact.pharmacy for script in current if script and script.fact.pharmacy}


def _only_pharmacy(medicine: MedicineLine, named: Mapping[str, Place]) -> Place | None:
    """The one place that all of them mean, where it may be printed."""
    names = _pharmacies(medicine)
    place = named.get(min(names)) if len(names) == 1 else None
    return None if place is None or place.is_protected else place


def _disagreement(each: Disagreement) -> Json:
    return {
        "field": each.field,
        "sayings": [[voice.organisation, *said] for voice, said in each.sayings],
    }


def _where(place: Place, on: date) -> Json:
    opening = places.open_on(place, on)
    return {
        "name": place.name,
        "name_cy": place.name_cy,
        "kind": place.organisation_kind,
        "address": list(place.address),
        "phone": place.phone,
        "opening": {"state": opening.state.value, "spans": [list(span) for span in opening.spans]},
        "landmarks": [
            [told for told in each if told != ""] for each in place.landmarks
        ],  # Welsh, if there is
    }


def _day(at: datetime) -> str:
    return clock.day_of(at).isoformat()


def _iso(when: date | datetime | None) -> str:
    return when.isoformat() if when else ""


def _id(found: UUID | None) -> str:
    return str(found) if found else ""
