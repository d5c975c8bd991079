"""The next worker's sheet: what they need to know to go on, who said so and since when.

Not recorded, none, not shared and left out are four answers, here as on a page.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from throughgate.foundation.codesets import code_set
from throughgate.packs.content import Item, Section, State
from throughgate.packs.facts import SHARED_ALERTS
from throughgate.packs.rules import Fact, Json, Snapshot, Topic
from throughgate.packs.words import answers, shut
from throughgate.packs.words.wording import Wording
from throughgate.treatment.rules import units


class Writing(NamedTuple):
    """What the words are made from."""

    snapshot: Snapshot
    wording: Wording


class Part(NamedTuple):
    """A section: what it tells, and the categories without which nobody knows whether there is any."""

    key: str
    topics: tuple[Topic, ...]
    categories: frozenset[str]
    heading: Callable[[Wording], str]


CUSTODY, PLAN = frozenset({"custody_legal"}), frozenset({"plan_appointments"})
TREATMENT, HOUSING = frozenset({"treatment_medicines"}), frozenset({"housing"})
LANGUAGE = frozenset({"identity_contact", "equality"})
CONTACT = frozenset({"identity_contact"})
NEEDS = frozenset(row["category"] for row in code_set("need_domains").rows) - {"equality"}
RISKS = frozenset(row["category"] for row in code_set("alert_codes").rows if row["handling"] in SHARED_ALERTS)
PARTS = (
    Part("release", (Topic.RELEASE,), CUSTODY, lambda _: _("Leaving custody")),
    Part("medicines", (Topic.COVER, Topic.MEDICINE), TREATMENT, lambda _: _("Medicines")),
    Part("appointments", (Topic.APPOINTMENT,), PLAN, lambda _: _("Appointments")),
    Part("safe_contact", (Topic.REACH,), CONTACT, lambda _: _("How to reach them safely")),
    Part("risks", (Topic.ALERT,), RISKS, lambda _: _("Risks that may be shared")),
    Part("communication", (Topic.COMMUNICATION,), LANGUAGE, lambda _: _("Communication")),
    Part("naloxone", (Topic.NALOXONE,), TREATMENT, lambda _: _("Naloxone")),
    Part("treatment", (Topic.TREATMENT,), TREATMENT, lambda _: _("Treatment and drugs")),
    Part("area", (Topic.AREA,), TREATMENT, lambda _: _("Area code")),
    Part("consent", (Topic.CONSENT,), TREATMENT, lambda _: _("Consent to treatment data")),
    Part("home", (Topic.HOME,), HOUSING, lambda _: _("Home")),
    Part("meeting", (Topic.MEETING,), PLAN, lambda _: _("Who meets them")),
    Part("needs", (Topic.NEED,), NEEDS, lambda _: _("Needs")),
    Part("helpers", (Topic.HELPER,), PLAN, lambda _: _("Who helped before custody")),
)


def sections(writing: Writing) -> Iterator[Section]:
    """Every section, also one of which there is nothing to say: that is an answer, too."""
    _ = writing.wording
    for part in PARTS:
        yield Section(key=part.key, heading=part.heading(_), items=tuple(_items(part, writing)))


def something_left_out(_: Wording) -> Section:
    """That something is, and never what."""
    wish = Item(key="left_out", title=_("Something is left out at their wish."), state=State.LEFT_OUT)
    return Section(key="left_out", heading=_("Left out"), items=(wish,))


def _items(part: Part, writing: Writing) -> Iterator[Item]:
    """What is told; that nothing is; and that there may be more, which whoever made the sheet may not see."""
    _, snapshot = writing.wording, writing.snapshot
    seen = part.categories & snapshot.categories
    found = [item for topic in part.topics for fact in snapshot.about(topic) for item in told(fact, writing)]
    yield from found or ([_not_recorded(part.key, _)] if seen else [])
    if seen != part.categories:
        whole = _("Not shared with whoever made this sheet")
        some = _("Some of it is not shared with whoever made this sheet")
        yield Item(key=f"not_shared:{part.key}", title=some if seen else whole, state=State.NOT_SHARED)


def _not_recorded(key: str, _: Wording) -> Item:
    return Item(key=f"not_recorded:{key}", title=_("Not recorded"), state=State.NOT_RECORDED)


def told(fact: Fact, writing: Writing) -> Iterator[Item]:
    """A fact as an item; none where there is nothing to say of it."""
    title, lines, state = SAYERS[fact.topic](fact, writing)
    if title:
        yield Item(
            key=fact.key,
            title=title,
            lines=tuple(filter(None, lines)),
            source=source(fact, writing.snapshot, writing.wording),
            state=state,
        )


def heading(fact: Fact, _: Wording) -> str:
    """Under which it stands on the sheet; "" where its own words say what it is about."""
    return next((part.heading(_) for part in PARTS if fact.topic in part.topics), "")


def in_words(fact: Fact, snapshot: Snapshot, _: Wording) -> str:
    """A fact in one line, for saying what has changed."""
    title, lines, _state = SAYERS[fact.topic](fact, Writing(snapshot, _))
    return ". ".join(part.rstrip(".") for part in (title, *lines) if part)


def source(fact: Fact, snapshot: Snapshot, _: Wording) -> str:
    """ "Wellway Prison Health, Thursday 3 December 2026, 08:40"."""
    name = _.name(snapshot.names.get(fact.by))
    return ", ".join(part for part in (name, _.moment(fact.at) if fact.at else "") if part)


Said = tuple[str, list[str], State]


def _inside(label: str) -> str:
    """A label as it stands within a sentence."""
    return label[:1].lower() + label[1:]


def _release(fact: Fact, writing: Writing) -> Said:
    _, said = writing.wording, fact.said
    since = said.get("since")
    came = _("Came into custody %(day)s") % {"day": _.full_day(since)} if since else ""
    came = came or _("The day they came into custody is not recorded")
    if said["left_on"]:
        return _("Left %(day)s") % {"day": _.full_day(said["left_on"])}, [came], State.TOLD
    if not said["on"]:
        return _("When they leave is not known"), [came], State.NOT_RECORDED
    lines = [came, _of_day(said["type"], said["certainty"], _), *_doubt(said.get("doubt"), _)]
    for other in said["others"]:
        words = {
            "day": _.full_day(other["on"]),
            "type": _.label("release_date_types", other["type"]),
            "who": _.name(writing.snapshot.names.get(other["by"])),
        }
        lines.append(_("Also told: %(day)s, %(type)s, %(who)s") % words)
    return _("Leaves %(day)s") % {"day": _.full_day(said["on"])}, lines, State.TOLD


def _doubt(step: str | None, _: Wording) -> list[str]:
    """Why it may be another day, where nobody has asked yet."""
    said = {
        "ask_day_off": _("This day is a day off, so they may leave before it: ask the prison"),
        "ask_earlier_day": _("The law presumes that they leave before this day: ask the prison"),
    }
    return [said[step]] if step else []


def _of_day(code: str, certainty: str, _: Wording) -> str:
    """What kind of day it is and how sure, unless its kind says that."""
    kind = code_set("release_date_types").labels().get(code, code)
    sure = code_set("date_certainties").labels().get(certainty, "")
    told = [_(part) for part in (kind, "" if kind.startswith(sure) else sure) if part]
    return ", ".join(told) or _("What the day rests on is not recorded")


def _appointment(fact: Fact, writing: Writing) -> Said:
    _, said = writing.wording, fact.said
    day = _.full_day(said["on"])
    title = f"{day}, {_.time(said['at'])}" if said["at"] else day
    what = _.label("appointment_kinds", said["what"]) or said["own_word"]
    told = (what, said["with_whom"], said["place"], _.label("contact_modes", said["mode"]).lower())
    return title, [", ".join(filter(None, told))], State.TOLD


def _medicine(fact: Fact, writing: Writing) -> Said:
    _, said = writing.wording, fact.said
    if not said:
        return _("No medicine is told of"), [], State.NONE
    lines = [_of_source(each, writing) for each in said["sources"]]
    if said["disagreements"]:
        lines.append(_("The sources differ. Ask them; this sheet does not settle it."))
    return said["medicine"][:1].upper() + said["medicine"][1:], lines, State.TOLD


def _of_source(each: Json, writing: Writing) -> str:
    """ "Wellway Prison Health: 40 milligrams once a day, supervised. Lasts until ..., last dose ..." """
    _ = writing.wording
    dose = " ".join(part for part in (_amount(each["dose"], each["unit"], _), each["frequency"]) if part)
    supervised = _.label("supervision", each["supervised"]).lower()
    script = ", ".join(part for part in (dose, supervised, each.get("pharmacy")) if part)
    parts = [script, _state(each, _), _last_dose(each, _)]
    told = _("told %(moment)s") % {"moment": _.moment(each["at"])}
    name = _.name(writing.snapshot.names.get(each["by"]))
    return f"{name}: {'. '.join(part for part in parts if part)} ({told})"


def _state(each: Json, _: Wording) -> str:
    if each["stopped_on"]:
        return _("Stopped %(day)s") % {"day": _.full_day(each["stopped_on"])}
    if each.get("next_on"):
        return _("Next dose due %(day)s") % {"day": _.full_day(each["next_on"])}
    if each["until"]:
        return _("Lasts until %(day)s") % {"day": _.full_day(each["until"])}
    return {
        "current": _("Until when it lasts is not recorded"),
        "not_yet": _("To begin"),
        "cover_over": _("Cover is over, and nobody said it was stopped"),
        "stopped": _("Stopped"),
        "dose_only": _("A dose was seen taken; no prescription is told"),
    }[each["state"]]


def _last_dose(each: Json, _: Wording) -> str:
    if not each["last_on"]:
        return _("Last dose: not recorded")
    amount = _amount(each["last_dose"], each["last_unit"], _) or _("amount not recorded")
    if each["last_at"]:
        return _("Last dose: %(amount)s, %(when)s") % {"amount": amount, "when": _.moment(each["last_at"])}
    when = _.full_day(each["last_on"])
    return _("Last dose: %(amount)s, %(when)s, time not recorded") % {"amount": amount, "when": when}


def _amount(dose: str, unit: str, _: Wording) -> str:
    """A unit alone is no amount."""
    return " ".join(filter(None, (dose, _.label(units(dose), unit)))) if dose else ""


def _cover(fact: Fact, writing: Writing) -> Said:
    """Why it lasts until then: what sources say of each medicine stands below."""
    _, said = writing.wording, fact.said
    day = {"day": _.full_day(said["until"]) if said["until"] else ""}
    words = {
        "none": _("No medicine to go on with is told of"),
        "covered": _("Medicine lasts until %(day)s, and somebody is booked to see them by then") % day,
        "nowhere": _("They are booked, and no pharmacy is known to be open the day after they leave"),
        "ends": _("Medicine ends %(day)s, and nobody is booked to see them by then") % day,
        "ended": _("Medicine ended %(day)s") % day,
        "broken": _("Medicine was not collected several times in a row: a prescriber has to review"),
        "not_known": _("Until when medicine lasts after they leave is not known"),
    }[said["state"]]
    seen = _("To be seen %(day)s") % {"day": _.full_day(said["seen_on"])} if said["seen_on"] else ""
    closed = [shut.to_the_next_worker(days, _) for days in said.get("shut", ())]
    return words, [seen, *closed], State.NONE if said["state"] == "none" else State.TOLD


def _naloxone(fact: Fact, writing: Writing) -> Said:
    _ = writing.wording
    title = _("Naloxone: %(state)s") % {"state": _inside(_.label("naloxone_states", fact.said["state"]))}
    return title, [_.full_day(fact.said["on"])], State.TOLD


def _ready(fact: Fact, writing: Writing) -> Said:
    """Their home's address, and who waits at the gate, stand on their own sheet alone."""
    _ = writing.wording
    said = {"not_started": _("not begun"), "in_hand": _("in hand"), "confirmed": _("confirmed")}
    of = {
        Topic.HOME: _("Somewhere to sleep when they leave: %(state)s"),
        Topic.MEETING: _("Somebody to meet them when they leave: %(state)s"),
    }
    day = _("for %(day)s") % {"day": _.full_day(fact.said["on"])} if fact.said["on"] else ""
    return of[fact.topic] % {"state": said[fact.said["state"]]}, [day], State.TOLD


def _need(fact: Fact, writing: Writing) -> Said:
    _, said = writing.wording, fact.said
    words = _("In their words: “%(words)s”") % {"words": said["words"]} if said["words"] else ""
    is_none = said["how_far"] == "none"
    level = _.label("need_levels", said["how_far"]) if said["how_far"] != "words" else ""
    how_great = _("How great the need is: %(level)s") % {"level": _inside(level)} if level else ""
    lines = [level if is_none else how_great, words]
    return _.label("need_domains", said["domain"]), lines, State.NONE if is_none else State.TOLD


def _alert(fact: Fact, writing: Writing) -> Said:
    return writing.wording.label("alert_codes", fact.said["code"]), [], State.TOLD


def _communication(fact: Fact, writing: Writing) -> Said:
    if fact.key != "language":
        return _need(fact, writing)
    _, said = writing.wording, fact.said
    language = _.label("languages", said["language"])
    interpreter = {"yes": _("Needs an interpreter"), "no": _("Needs no interpreter")}.get(
        said["interpreter"], ""
    )
    speaks = _("Speaks %(language)s") % {"language": language} if language else ""
    return speaks or _("Language not recorded"), [interpreter], State.TOLD


def _reach(fact: Fact, writing: Writing) -> Said:
    """Never stands first: it is what must not be overlooked."""
    _, said = writing.wording, fact.said
    way = _.label("safe_ways", said["way"])
    title = f"{way}: {said['reach']}" if said["is_safe"] else f"{_('Never')}: {way}, {said['reach']}"
    return title, [said["text"]], State.TOLD


def _treatment(fact: Fact, writing: Writing) -> Said:
    _, said = writing.wording, fact.said
    name = _.name(writing.snapshot.names.get(fact.by))
    days = [
        _("referred %(day)s") % {"day": _.full_day(said["referred_on"])} if said["referred_on"] else "",
        _("started %(day)s") % {"day": _.full_day(said["started_on"])} if said["started_on"] else "",
        _("ended %(day)s") % {"day": _.full_day(said["ended_on"])} if said.get("ended_on") else "",
    ]
    known = code_set("ndtms_codes").labels()
    drugs = ", ".join(_(known.get(f"DRUG {drug}", drug)) for drug in said["drugs"])
    of_drugs = _("Drugs: %(drugs)s") % {"drugs": drugs or _("not recorded")}
    told = ", ".join(filter(None, days))
    title = _("Treatment with %(name)s") % {"name": name} if name else _("Treatment")
    return title, [told[:1].upper() + told[1:], of_drugs], State.TOLD


def _area(fact: Fact, writing: Writing) -> Said:
    """As it was written: whose council pays for and answers for treatment."""
    _ = writing.wording
    return _("Area that answers for treatment: %(area)s") % {"area": fact.said["code"]}, [], State.TOLD


def _consent(fact: Fact, writing: Writing) -> Said:
    """To NDTMS alone, which is no choice of who may read what."""
    _ = writing.wording
    words = {
        "yes": _("They agreed that NDTMS may hold their treatment data"),
        "no": _("They did not agree that NDTMS may hold their treatment data"),
    }
    return words.get(fact.said["said"], ""), [], State.TOLD


def _helper(fact: Fact, writing: Writing) -> Said:
    _, kind = writing.wording, fact.key.split(":")[1]
    said = {"what": _.label("before_custody", kind.removeprefix("before_")), "who": fact.said["who"]}
    return _("%(what)s before custody: %(who)s") % said, [fact.said["reach"]], State.TOLD


def _detail(fact: Fact, writing: Writing) -> Said:
    """Who somebody is, as a list asks it that names nobody."""
    _, said = writing.wording, fact.said
    if fact.key == "initials":
        return _("Initials %(first)s %(last)s") % said, [], State.TOLD
    if fact.key == "birth":
        return _("Born %(day)s") % {"day": _.plain_day(said["on"])}, [], State.TOLD
    about = {"sexes": _("Sex: %(value)s"), "ethnicities": _("Ethnic group: %(value)s")}[said["table"]]
    return about % {"value": _.label(said["table"], said["code"])}, [], State.TOLD


def _answer(fact: Fact, writing: Writing) -> Said:
    _ = writing.wording
    return answers.title(fact, _), answers.lines(fact, _), State.TOLD


def _goal(fact: Fact, writing: Writing) -> Said:
    """What is to be done for it stands under it; who does it is the team's own affair."""
    _, said = writing.wording, fact.said
    is_theirs = said["whose"] == "person"
    theirs, agreed = _("Goal, in their words: “%(words)s”"), _("Goal, agreed with them: %(words)s")
    words = theirs if is_theirs else agreed
    lines = [
        _.label("goal_states", said["state"]),
        _("By %(day)s") % {"day": _.full_day(said["by"])} if said["by"] else "",
        *(_("To be done: %(step)s") % {"step": step} for step in said["steps"]),
    ]
    return words % {"words": said["words"]}, lines, State.TOLD


def _number(fact: Fact, writing: Writing) -> Said:
    return fact.said["number"], [writing.wording.name(fact.said)], State.TOLD


SAYERS: dict[Topic, Callable[[Fact, Writing], Said]] = {
    Topic.RELEASE: _release,
    Topic.APPOINTMENT: _appointment,
    Topic.HOME: _ready,
    Topic.MEETING: _ready,
    Topic.HELPER: _helper,
    Topic.MEDICINE: _medicine,
    Topic.COVER: _cover,
    Topic.NALOXONE: _naloxone,
    Topic.TREATMENT: _treatment,
    Topic.AREA: _area,
    Topic.CONSENT: _consent,
    Topic.NEED: _need,
    Topic.ALERT: _alert,
    Topic.COMMUNICATION: _communication,
    Topic.REACH: _reach,
    Topic.NUMBER: _number,
    Topic.DETAIL: _detail,
    Topic.ANSWER: _answer,
    Topic.GOAL: _goal,
}
