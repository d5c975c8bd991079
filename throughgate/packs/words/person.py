"""The person's own sheet: short words that anybody can read, and nothing that tells them what to take.

What is not shared with whoever makes it is absent. A discreet one speaks of appointments and of people only.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.working_days import ONE_DAY
from throughgate.packs.content import Edition, Item, Landmark, Language, Section, State, Where
from throughgate.packs.facts import TREATING
from throughgate.packs.rules import Fact, Json, Snapshot, Topic
from throughgate.packs.rules.reviews import HARM_REDUCTION, NOTHING_CHECKED, Checked, Review
from throughgate.packs.words import harm_reduction, shut
from throughgate.packs.words.wording import Wording

THINGS = 3
OVER = frozenset({"ended", "broken"})  # states of cover
FOR_ALL = ("any", "naloxone")  # of what helps to stay alive
# What a discreet sheet may call by its name.
PLAIN_KINDS = frozenset({"probation", "court", "gp", "housing", "jobcentre"})


class Writing(NamedTuple):
    """What the words are made from."""

    snapshot: Snapshot
    edition: Edition
    wording: Wording
    checked: Checked = NOTHING_CHECKED  # by the organisation that made it

    @property
    def is_discreet(self) -> bool:
        return self.edition.is_discreet


def sections(writing: Writing) -> Iterator[Section]:
    """What stands on the sheet, in its order; a section of which there is nothing to say is left out."""
    _ = writing.wording
    things = _next(writing)
    heading = _("Your next 3 things") if len(things) == THINGS else _("Your next things")
    told = [
        ("next", heading, things),
        ("help", _("If something goes wrong"), _help(writing)),  # on the first page, whatever follows
        ("where", _("Where to be"), _where(writing)),
    ]
    if not writing.is_discreet:
        told += [
            ("medicines", _("Your medicines"), _medicines(writing)),
            ("naloxone", _("Naloxone"), _naloxone(writing)),
        ]
    told.append(("people", _("People who will help"), _people(writing)))
    if not writing.is_discreet:
        told.append(("safer", _("Stay safe"), _safer(writing)))
    for key, heading, items in told:
        if found := tuple(items):
            yield Section(key=key, heading=heading, items=found)


def _next(writing: Writing) -> list[Item]:
    """The first three things that have a day, soonest first; then what they can ask for themselves."""
    _ = writing.wording
    dated = [item for _on, item in sorted(_dated(writing), key=lambda each: each[0])]
    nothing = Item(
        key="nothing_booked",
        title=_("Nothing is booked yet."),
        lines=(_("Ask a worker who helps you."),),
        state=State.NONE,
    )
    return [*(dated or [nothing]), *_to_ask(writing)][:THINGS]


def _dated(writing: Writing) -> Iterator[tuple[str, Item]]:
    """Each thing with what it is sorted by."""
    _ = writing.wording
    for fact in writing.snapshot.about(Topic.RELEASE):
        if fact.said["on"] and not fact.said["left_on"]:
            is_sure = fact.said["certainty"] == "confirmed"
            words = _("You leave.") if is_sure else _("You may leave. Ask if the day is sure.")
            yield fact.said["on"], Item(key=fact.key, title=_.day(fact.said["on"]), lines=(words,))
    for fact in writing.snapshot.about(Topic.APPOINTMENT):
        at = fact.said["at"] or fact.said["on"]
        yield at, Item(key=fact.key, title=_when(fact, _), lines=(_what(fact, writing),))
    if not writing.is_discreet:
        for fact in writing.snapshot.about(Topic.COVER):
            if until := fact.said["until"]:
                yield until, Item(key=fact.key, title=_.day(until), lines=_ending(fact.said, _))


def _ending(cover: Json, _: Wording) -> tuple[str, ...]:
    """That medicine ends, and that there is a gap where one is known; or that the pharmacy is shut then."""
    next_on = (date.fromisoformat(cover["until"]) + ONE_DAY).isoformat()
    for days in cover.get("shut", ()):
        if days["first"] == next_on and cover["state"] not in OVER:
            return _("You can get your medicine until this day."), *shut.to_the_person(days, _)
    ends = _("Your medicine ends.")
    return {
        "ends": (ends, _("No one is booked to see you by then. Ask now.")),
        "nowhere": (ends, _("Ask now which pharmacy you go to, and when it is open.")),
        "ended": (_("Your medicine has ended. Ask for help now."),),
        "broken": (_("Your medicine may have stopped. Ask for help now."),),
    }.get(cover["state"], (ends,))


def _to_ask(writing: Writing) -> Iterator[Item]:
    """What is open that they had better ask about, as far as it is shared; the most pressing first."""
    _, home = writing.wording, writing.snapshot.fact("home")
    is_leaving = any(not fact.said["left_on"] for fact in writing.snapshot.about(Topic.RELEASE))
    if home.said["state"] != "confirmed" if home else is_leaving and _is_shared("housing", writing):
        yield Item(key="home", title=_("Ask where you will sleep."))
    if not writing.is_discreet:
        yield from _to_ask_of_health(writing)
    booked = [fact for fact in writing.snapshot.about(Topic.APPOINTMENT) if fact.said["what"] != "court"]
    if is_leaving and not booked and _is_shared("plan_appointments", writing):
        yield Item(key="first_day", title=_("Ask where you must be on your first day out."))


def _is_shared(category: str, writing: Writing) -> bool:
    """Whether nothing told means that nobody told it."""
    return category in writing.snapshot.categories


def _to_ask_of_health(writing: Writing) -> Iterator[Item]:
    _, snapshot = writing.wording, writing.snapshot
    naloxone = snapshot.fact("naloxone")
    for fact in snapshot.about(Topic.MEDICINE):
        current = [each for each in fact.said.get("sources", ()) if each["state"] == "current"]
        if current and not any(each["until"] for each in current):
            yield Item(key=fact.key, title=_("Ask how long your medicine lasts."))
    if naloxone and naloxone.said["state"] != "in_hand":
        yield Item(key=naloxone.key, title=_("Ask for your naloxone kit."))


def _where(writing: Writing) -> Iterator[Item]:
    for fact in writing.snapshot.about(Topic.HOME):
        yield _home(fact, writing)
    for fact in writing.snapshot.about(Topic.APPOINTMENT):
        yield Item(
            key=fact.key,
            title=_when(fact, writing.wording),
            lines=tuple(
                filter(None, (_what(fact, writing), _with_whom(fact, writing), _place(fact, writing)))
            ),
            where=_directions(fact, writing),
        )


def _home(fact: Fact, writing: Writing) -> Item:
    _ = writing.wording
    if fact.said["state"] != "confirmed":
        words = _("It is not sure yet where you will sleep. Ask about it.")
    elif fact.said["text"] and not writing.is_discreet:
        words = fact.said["text"]
    else:
        words = _("You have a place to sleep.")
    return Item(key=fact.key, title=_("Where you will sleep"), lines=(words,))


def _when(fact: Fact, _: Wording) -> str:
    day = _.day(fact.said["on"])
    return f"{day}, {_.time(fact.said['at'])}" if fact.said["at"] else day


def _what(fact: Fact, writing: Writing) -> str:
    _, what = writing.wording, fact.said["what"]
    if writing.is_discreet and what not in PLAIN_KINDS:
        return _("You have an appointment.")
    said = {
        "prescriber": _("See the person who writes your prescription."),
        "treatment": _("See your drug and alcohol worker."),
        "probation": _("See probation."),
        "court": _("Go to court."),
        "pharmacy": _("Go to the pharmacy for your medicine."),
        "gp": _("See a doctor (GP)."),
        "mental_health": _("See the mental health team."),
        "housing": _("See the housing team."),
        "jobcentre": _("Go to the Jobcentre."),
        "group": _("Go to a group."),
        "peer": _("Meet a peer mentor."),
    }
    return said.get(what) or fact.said["own_word"] or _("You have an appointment.")


def _with_whom(fact: Fact, writing: Writing) -> str:
    """Unless the place is called so, too."""
    _, name, where = writing.wording, fact.said["with_whom"], fact.said["where"]
    is_place = where is not None and name in where["name"]
    return "" if not name or is_place or writing.is_discreet else _("With %(name)s.") % {"name": name}


def _place(fact: Fact, writing: Writing) -> str:
    """As it was written, where it is no place of the directory."""
    return "" if writing.is_discreet or fact.said["where"] else fact.said["place"]


def _directions(fact: Fact, writing: Writing) -> Where | None:
    """How to get there. A discreet sheet says where a service is, and not which."""
    found: Json | None = fact.said["where"]
    if found is None:
        return None
    where = _on_the_way(found, writing.wording)
    is_named = not (writing.is_discreet and found["kind"] in TREATING)
    return where if is_named else where._replace(name="", phone="")


def _on_the_way(found: Json, _: Wording) -> Where:
    return Where(
        name=_.name(found),
        address=tuple(found["address"]),
        phone=found["phone"],
        opening=_opening(found, _),
        landmarks=tuple(_landmark(each, _) for each in found["landmarks"]),
    )


def _landmark(found: Sequence[Any], _: Wording) -> Landmark:
    """By its Welsh name, where it has one and the sheet is in Welsh."""
    name, direction, minutes, *welsh = found
    return Landmark(welsh[0] if welsh and _.language is Language.WELSH else name, direction, minutes)


def _hours(found: Json) -> str:
    return ", ".join(f"{opens} - {closes}" for opens, closes in found["opening"]["spans"])


def _opening(found: Json, _: Wording) -> str:
    """Of the day they are expected; nothing where it is not known."""
    return {
        "open": _("Open that day: %(hours)s") % {"hours": _hours(found)},
        "closed": _("Closed that day. Ring first."),
        "not_known": "",
    }[found["opening"]["state"]]


def _medicines(writing: Writing) -> Iterator[Item]:
    """Until when each lasts, as its sources say, and when none can be had. No dose is told, none advised."""
    for fact in writing.snapshot.about(Topic.MEDICINE):
        current = [each for each in fact.said.get("sources", ()) if each["state"] == "current"]
        if current:
            name = fact.said["medicine"]
            yield Item(
                key=fact.key,
                title=name[:1].upper() + name[1:],
                lines=(*_lasting(fact, current, writing.wording), *_collected(current, writing.wording)),
                where=_pharmacy(fact, writing.wording),
            )
    for fact in writing.snapshot.about(Topic.COVER):
        for days in fact.said.get("shut", ()):
            first, *lines = shut.to_the_person(days, writing.wording)
            yield Item(key=fact.key, title=first, lines=tuple(lines))


def _collected(current: list[Json], _: Wording) -> Iterator[str]:
    """At which pharmacy, as it was written."""
    names = sorted({each["pharmacy"] for each in current if each.get("pharmacy")})
    if len(names) == 1:
        yield _("Get it from %(name)s.") % {"name": names[0]}
    elif names:
        yield _("We were told more than one pharmacy. Ask which one you go to.")


def _pharmacy(fact: Fact, _: Wording) -> Where | None:
    """How to get there, whose name is said before; it opens on the first day on which they go."""
    found: Json | None = fact.said.get("where")
    if found is None:
        return None
    return _on_the_way(found, _)._replace(name="", opening=_open_on(found, fact.said["first_on"], _))


def _open_on(found: Json, on: str, _: Wording) -> str:
    said = {"day": _.day(on), "hours": _hours(found)}
    return {
        "open": _("Open on %(day)s: %(hours)s"),
        "closed": _("Closed on %(day)s. Ring first."),
        "not_known": "",
    }[found["opening"]["state"]] % said


def _lasting(fact: Fact, current: list[Json], _: Wording) -> Iterator[str]:
    told = sorted({each["until"] for each in current if each["until"]})
    if len(told) == 1 and all(each.get("next_on") for each in current if each["until"]):
        yield _("Your next dose is due on %(day)s.") % {"day": _.day(told[0])}
    elif len(told) == 1:
        yield _("Your medicine lasts until %(day)s.") % {"day": _.day(told[0])}
    elif told:
        days = {"first": _.day(told[0]), "last": _.day(told[-1])}
        yield _("We were told two days it ends: %(first)s and %(last)s.") % days
    else:
        yield _("We were not told when it ends. Ask now.")
    if fact.said["disagreements"]:
        yield _("Services do not all say the same about it. Ask the nurse or the pharmacy.")


def _naloxone(writing: Writing) -> Iterator[Item]:
    """Everybody whose treatment is known of can be offered it."""
    _, snapshot = writing.wording, writing.snapshot
    if not _is_shared("treatment_medicines", writing):
        return
    fact = snapshot.fact("naloxone")
    state = fact.said["state"] if fact else ""
    said = {
        "in_hand": (
            _("You have a kit."),
            _("Keep it with you."),
            _("Tell the people you live with where it is."),
        ),
        "trained": (_("You know how to use it."), _("Ask for your kit now.")),
        "refused": (_("You can still have a kit. Just ask."),),
    }
    title, *lines = said.get(state, (_("You can have a kit. Ask for one now."),))
    yield Item(key="naloxone", title=title, lines=tuple(lines))


def _people(writing: Writing) -> Iterator[Item]:
    _ = writing.wording
    for fact in writing.snapshot.about(Topic.MEETING):
        said = _("We are still looking for someone to meet you.")
        if fact.said["state"] == "confirmed":
            words = fact.said["text"] if not writing.is_discreet else ""
            said = words or _("Someone will meet you.")
        yield Item(key=fact.key, title=_("At the gate"), lines=(said,))
    if writing.is_discreet:
        return
    for fact in writing.snapshot.about(Topic.HELPER):
        yield Item(key=fact.key, title=fact.said["who"], lines=tuple(filter(None, (fact.said["reach"],))))
    for fact in writing.snapshot.about(Topic.APPOINTMENT):
        name = fact.said["with_whom"]
        if name and fact.said["what"] != "court":  # which helps nobody
            phone = fact.said["where"]["phone"] if fact.said["where"] else ""
            yield Item(key=fact.key, title=name, lines=tuple(filter(None, (_what(fact, writing), phone))))


def _safer(writing: Writing) -> Iterator[Item]:
    """What helps to stay alive, by what is known that they use; the rest is for everybody.

    What a clinician of who made it finds unfit to give is not on it. It ends with who has checked it, or with
    what nobody has.
    """
    _ = writing.wording
    given = []
    for key, substances in [*((each, (each,)) for each in _substances(writing.snapshot)), ("any", FOR_ALL)]:
        told = [each for each in substances if f"{HARM_REDUCTION}:{each}" not in writing.checked.unfit]
        given += told
        if lines := [line for each in told for line in harm_reduction.lines(each, writing.edition.language)]:
            yield Item(key=f"safer:{key}", title=substance(key, _), lines=tuple(lines))
    yield from _who_checked(given, writing)


def _who_checked(substances: Iterable[str], writing: Writing) -> Iterator[Item]:
    """Whom of the organisation; of who did before the words were shipped, the documents tell."""
    _ = writing.wording
    here = [each for each in substances if not harm_reduction.reviewed_upstream(each)]
    reviews = [writing.checked.fit.get(f"{HARM_REDUCTION}:{each}") for each in here]
    if not all(reviews):
        not_checked = _("No doctor or nurse has checked these words yet.")
        if any(reviews):
            not_checked = _("No doctor or nurse has checked all of these words yet.")
        yield Item(key="not_checked", title=not_checked, state=State.NOTE)
        return
    for title in dict.fromkeys(_checked_by(review, _) for review in reviews if review):
        yield Item(key="checked", title=title, state=State.NOTE)


def _checked_by(review: Review, _: Wording) -> str:
    """By their work and not by their name: the sheet may be found by others."""
    said = {
        "job": _.label("review_jobs", review.job),
        "name": _.name(review.organisation),
        "month": _.month(clock.day_of(review.at)),
    }
    return _("Checked by: %(job)s, %(name)s, %(month)s.") % said


def _substances(snapshot: Snapshot) -> list[str]:
    table = code_set("substances")
    told = [("drug", drug) for fact in snapshot.about(Topic.TREATMENT) for drug in fact.said["drugs"]]
    told += [
        ("medicine", fact.said["medicine"])
        for fact in snapshot.about(Topic.MEDICINE)
        if fact.said.get("medicine")
    ]
    rows = (table.get(*each) for each in told)
    return harm_reduction.in_order({row["substance"] for row in rows if row})


def substance(code: str, _: Wording) -> str:
    return {
        "opioids": _("Heroin and other opioids"),
        "alcohol": _("Alcohol"),
        "benzodiazepines": _("Benzos"),
        "stimulants": _("Cocaine, crack and speed"),
        "cannabinoids": _("Cannabis and spice"),
        "naloxone": _("Naloxone"),
        "any": _("Any drug"),
    }[code]


def _help(writing: Writing) -> Iterator[Item]:
    """One number where somebody answers, and that for an emergency."""
    _ = writing.wording
    said = {
        "emergency": _("Ring this if someone may die or is badly hurt."),
        "listening": _("Ring this to talk."),
    }
    always = _("Someone answers, day and night.")
    numbers = [
        (fact.key, fact.said["number"], (f"{_.name(fact.said)}.", always)) for fact in _answered(writing)
    ]
    numbers = numbers or [("number:listening", _number("listening"), (said["listening"], always))]
    for key, number, lines in (*numbers, ("number:emergency", _number("emergency"), (said["emergency"],))):
        yield Item(key=key, title=number, lines=lines)


def _answered(writing: Writing) -> list[Fact]:
    """The first number of a service that is always answered; none on a discreet sheet."""
    return [] if writing.is_discreet else list(writing.snapshot.about(Topic.NUMBER))[:1]


def _number(code: str) -> str:
    row = code_set("help_numbers").get(code)
    return row["number"] if row else ""
