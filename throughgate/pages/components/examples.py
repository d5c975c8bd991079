"""One example of each macro, for whoever builds a page."""

from typing import Any

from django import forms

from throughgate.pages.components.gate_line import Bar, Dot, GateLine, Label
from throughgate.pages.components.jinja import macro
from throughgate.pages.components.shapes import (
    STATES,
    TONES,
    Cell,
    Column,
    Fact,
    Kept,
    Link,
    Mark,
    Option,
    PersonBanner,
    PersonRow,
    Problem,
    ReadyItem,
    StepLine,
    Tab,
    TimelineRow,
    Version,
)


def example_context() -> dict[str, Any]:
    """Invented people and words; never translated, because they stand for what a source said."""
    return {
        "states": STATES,
        "tones": TONES,
        "who": WHO,
        "facts": FACTS,
        "versions": VERSIONS,
        "columns": COLUMNS,
        "table_rows": TABLE_ROWS,
        "people_rows": _people(),
        "line": LINE,
        "small_line": SMALL_LINE,
        "step_lines": STEPS,
        "ready_items": READY,
        "timeline_rows": TIMELINE,
        "tab_list": TABS,
        "options": OPTIONS,
        "problems": PROBLEMS,
        "link": Link("See both", "#"),
        "home": ("Today", "#"),
        "kept": Kept("Contact recorded", "It stands in the timeline now.", "#", "#"),
        "sign_in": SignIn(),
        "as_at": "Thu 3 Dec 2026, 14:05",
    }


def _people() -> list[PersonRow]:
    drawn = macro("components/gate_line.html", "gate_small")
    return [
        PersonRow(
            "late",
            "Dee Placeholder",
            "#",
            "born 4 May 1989 · A0000ZZ",
            "Bridge ends Thu 17 Dec, no prescriber booked. Nobody to meet her.",
            "leaves Thu 3 Dec (was Mon 7 Dec)",
            (Mark("Holder: you", "deep"),),
            drawn(SMALL_LINE),
            "#",
            "#",
            "Was due Tue 1 Dec: book the first treatment appointment, before medicine ends.",
        ),
        PersonRow(
            "in_hand",
            "Sam Specimen",
            "#",
            "born 1 Feb 1990 · A0001ZZ",
            "Appointment Mon 7 Dec, 10:00, Sample Recovery.",
            "leaves Fri 4 Dec",
            line=drawn(SMALL_LINE._replace(gap=None, ghost=None, seen=None)),
            record_url="#",
        ),
        PersonRow("confirmed", "Rhiannon Madeup", "#", "born 9 Sep 1978 · A0002ZZ", "", "leaves Mon 7 Dec"),
    ]


class SignIn(forms.Form):
    email = forms.EmailField()
    password = forms.CharField(widget=forms.PasswordInput)
    remember = forms.BooleanField(required=False)


WHO = PersonBanner(
    name="Dee Placeholder",
    born="4 May 1989 (37)",
    identifiers=(("Prison number", "A0000ZZ"), ("NHS number", "999 000 0018")),
    marks=(Mark("Speaks Welsh", "deep"), Mark("Leaves Thu 3 Dec", "amber")),
    lookalike="Another person has this name.",
    lookalike_link=Link("See both", "#"),
)
FACTS = [
    Fact("Legal status", "Sentenced", "HMP Exampleton, prison record, as at Wed 2 Dec, 06:10"),
    Fact(
        "Leaves",
        "Thu 3 Dec 2026 (was Mon 7 Dec)",
        "HMP Exampleton, known Fri 27 Nov",
        Link("Why this date", "#"),
    ),
    Fact("Home tonight", "Hostel bed at 1 Sample Street, kept until 20:00", "Sample Housing, Tue 1 Dec"),
]
VERSIONS = [
    Version("Thu 3 Dec 2026", "HMP Exampleton, confirmed release date", "known Fri 27 Nov", is_chosen=True),
    Version("Mon 7 Dec 2026", "HMP Exampleton, conditional release date", "known Tue 4 Aug"),
    Version("Fri 11 Dec 2026", "Sample Probation, licence", "known Wed 2 Sep"),
]
COLUMNS = [
    Column("Person"),
    Column("Prison number"),
    Column("Where", stays_whole=True),
    Column("Leaves"),
    Column("Days", is_number=True),
]
TABLE_ROWS = [
    [
        Cell("Dee Placeholder", "#"),
        "A0000ZZ",
        "B-2-014",
        Cell("Thu 3 Dec", marks=(Mark("soon", "amber"),)),
        "7",
    ],
    [
        Cell("Sam Specimen", "#"),
        "A0001ZZ",
        "A-1-003",
        Cell("Mon 18 Jan", source="automatic release date"),
        "46",
    ],
    [Cell("Rhiannon Made-up-Longname", "#"), "A0002ZZ", "C-3-101", Cell("Not recorded"), ""],
]
# Two weeks of medicine from the gate on, and six days without any; the gate was four days later before.
LINE = GateLine(
    dots=(
        Dot("confirmed", 2.0),
        Dot("confirmed", 18.0),
        Dot("late", 34.0),
        Dot("in_hand", 34.0, level=1),
        Dot("not_started", 46.0),
        Dot("not_known", 50.0),
        Dot("not_started", 55.1),
        Dot("not_started", 62.0),
        Dot("not_started", 86.0),
    ),
    today=Label("today", 42.6),
    ghost=56.9,
    cover=Bar(50.0, 24.0),
    gap=Bar(74.0, 10.3),
    seen=84.3,
    title="Leaves Thu 3 Dec (was Mon 7 Dec). Medicine ends Thu 17 Dec, and they are seen only Wed 23 Dec.",
    labels=(
        Label("12 weeks", 2.0),
        Label("Thu 3 Dec", 50.0),
        Label("day 21", 86.0),
        Label("seen Wed 23 Dec", 84.3, row=1),
    ),
)
SMALL_LINE = LINE._replace(dots=tuple(dot for dot in LINE.dots if not dot.level))
STEPS = [
    StepLine(
        "late",
        "Register them with a GP",
        "was due Thu 5 Nov",
        "Prison healthcare",
        "A practice may take them from four weeks before, without address or identity papers.",
        url="#",
    ),
    StepLine(
        "in_hand",
        "Confirm who meets them at the gate",
        "by Tue 1 Dec",
        "Whoever holds their plan",
        "Many walk out alone, to an appointment with somebody they have never met.",
        "local practice: check",
        "#",
    ),
    StepLine("late", "A health step is late", "", "", ""),
]
READY = [
    ReadyItem("A plan", "confirmed", "#"),
    ReadyItem("A treatment appointment", "in_hand", due="by Fri 27 Nov · Community treatment"),
    ReadyItem("Medicines and dose letter", "late"),
    ReadyItem("Naloxone", "not_started"),
    ReadyItem("Home tonight", "not_known"),
    ReadyItem("Mental-health care", ""),
]
PRISON = "HMP Exampleton, prison record"
TIMELINE = [
    TimelineRow(
        "2026-11-30T09:40",
        "Mon 30 Nov 2026",
        "09:40",
        "treatment",
        "Last dose seen",
        "Methadone oral solution 1 mg/ml, 45 ml, supervised.",
        "HMP Exampleton, healthcare",
        "known Mon 30 Nov, 10:02",
    ),
    TimelineRow(
        "2026-11-30T08:15",
        "",
        "08:15",
        "contact",
        "Contact made",
        "Talked about who will meet her. She asks for her sister, who has not been rung yet.",
        "Sam Sample, Prison recovery team",
        "known Mon 30 Nov, 08:31",
        links=(Link("Correct", "#"),),
    ),
    TimelineRow(
        "2026-11-27",
        "Fri 27 Nov 2026",
        "",
        "custody",
        "Release date moved",
        "Now Thu 3 Dec, was Mon 7 Dec.",
        PRISON,
        "known Fri 27 Nov, 06:10",
        marks=(Mark("date moved", "amber"),),
    ),
    TimelineRow(
        "2026-11-04T11:00",
        "Wed 4 Nov 2026",
        "11:00",
        "safety",
        "Safety now",
        "Naloxone offered and taken. Knows how to use it.",
        "HMP Exampleton, healthcare",
        "known Wed 4 Nov, 11:20",
        gap="23 days with nothing recorded",
    ),
    TimelineRow(
        "2026-11-02",
        "Mon 2 Nov 2026",
        "",
        "note",
        "Note",
        "Seen by housing on 1 November.",
        "Sam Sample, Prison recovery team",
        "known Mon 2 Nov, 16:04",
        marks=(Mark("corrected on Tue 3 Nov: it was 31 October"),),
        is_replaced=True,
    ),
    TimelineRow(
        "2026-08-04",
        "Tue 4 Aug 2026",
        "",
        "custody",
        "Received",
        "Into HMP Exampleton from Sample Crown Court.",
        PRISON,
        "known Wed 5 Aug, 06:10",
        gap="90 days with nothing recorded",
    ),
    TimelineRow(
        "2026-08-04T10:30",
        "",
        "10:30",
        "law",
        "Court",
        "Sample Crown Court: sentenced, 8 months.",
        PRISON,
        "known Wed 5 Aug, 06:10",
        marks=(Mark("check by hand: unknown court code", "red"),),
    ),
]
TABS = [Tab("Leaving this week", "#", is_current=True), Tab("Next 12 weeks", "#"), Tab("Arrived", "#")]
OPTIONS = [
    Option("", "Anywhere", is_chosen=True),
    Option("here", "Here", hint="In this prison today"),
    Option("left", "Left in the last 21 days"),
]
PROBLEMS = [
    Problem("Enter the day the contact was made.", "contact_on_day"),
    Problem("Say who was there.", "who_was_there"),
]
