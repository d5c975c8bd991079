"""What somebody wants shared, asked beside them: of one topic, with one organisation, for one purpose."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from throughgate.access import policy
from throughgate.directory import queries as directory
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import Permit
from throughgate.foundation.wrong import parts
from throughgate.pages import wording
from throughgate.pages.components.shapes import Option
from throughgate.pages.recording.days import wrong_with_days
from throughgate.pages.recording.fields import Choice, Day, Field, Line, Listed, Words, all_of, day_typed
from throughgate.pages.recording.sheet import Sheet, SheetWords, Typed
from throughgate.pages.wording import words as _
from throughgate.record.queries import Spine
from throughgate.record.rules import Form
from throughgate.sharing import actions, queries, rules
from throughgate.sharing.rules import ChoiceLine

ALL = "all"


def _words() -> SheetWords:
    return SheetWords(
        title=_("What they want shared"),
        purpose=_("Who may see what, and what for. Read what has to be passed on with them first."),
        heading=_("What they want shared"),
        button=_("Save what they want"),
        kept=_("What they want is on the record, and holds from now on"),
    )


def _fields(_permit: Permit) -> Sequence[Field]:
    return [
        Listed(name="topic", label=_("What is it about?"), look_up=_topics),
        Listed(name="towards", label=_("Who is it about?"), look_up=_organisations),
        Listed(name="purpose", label=_("What for?"), look_up=_purposes),
        Choice(name="answer", label=_("What do they say?"), options=_hinted("sharing_answers", "meaning")),
        Day(
            name="expires_on",
            label=_("Until when?"),
            hint=_("From this day on it holds no more. Empty: no end."),
        ),
        Choice(name="state", label=_("How were they?"), options=_hinted("sharing_states", "hint")),
        Choice(name="place", label=_("Where were they asked?"), options=all_of("sharing_places")),
        Choice(name="way", label=_("How did they say it?"), options=all_of("sharing_ways")),
        Line(name="present", label=_("Who else was there?"), hint=_("You can leave it empty."), width="30"),
        Words(
            name="text", label=_("What they said, in their words"), hint=_("You can leave it empty."), rows=3
        ),
    ]


def _topics() -> list[Option]:
    return [Option(ALL, _("Everything")), *all_of("categories")]


def _organisations() -> list[Option]:
    found = sorted(directory.by_id().values(), key=lambda each: each.name)
    return [Option(ALL, _("Every organisation")), *(Option(str(each.id), each.name) for each in found)]


def _purposes() -> list[Option]:
    labels = policy.purpose_labels()
    return [Option(ALL, _("Whatever for")), *(Option(each, _(labels[each])) for each in rules.PURPOSES)]


def _hinted(table: str, column: str) -> list[Option]:
    return [
        Option(row["code"], wording.label(table, row["code"]), hint=_(row[column]) if row[column] else "")
        for row in code_set(table).rows
    ]


def _choice(typed: Typed) -> rules.Choice:
    return rules.Choice(
        towards=_organisation(typed.text("towards")),
        topic=_unless_all(typed.text("topic")),
        purpose=_unless_all(typed.text("purpose")),
        answer=typed.text("answer"),
        expires_on=typed.day("expires_on").on,
        place=typed.text("place"),
        state=typed.text("state"),
        way=typed.text("way"),
        present=typed.text("present"),
        text=typed.text("text"),
    )


def _unless_all(text: str) -> str:
    return "" if text == ALL else text


def _organisation(text: str) -> UUID | None:
    """Its id, or its code, stands there."""
    found = (each.id for each in directory.by_id().values() if text in {str(each.id), each.code})
    return next(found, None)


def _wrong(_permit: Permit, typed: Typed) -> dict[str, str]:
    choice, organisations = _choice(typed), directory.by_id()
    wrong = rules.wrong_with_choice(
        choice, topics=policy.categories(), organisations=organisations, on=clock.day_of(typed.at)
    )
    return {**wrong, **_unchosen(choice, typed), **wrong_with_days(typed, "expires_on")}


def _unchosen(choice: rules.Choice, typed: Typed) -> dict[str, str]:
    """What may stand for all has to be said to."""
    is_known = choice.towards is not None or typed.text("towards") == ALL
    sentences = {
        "topic": "" if typed.text("topic") else _("Choose what it is about."),
        "towards": "" if is_known else _("Choose who it is about."),
        "purpose": "" if typed.text("purpose") else _("Choose what for."),
    }
    return parts(sentences)


def _keep(permit: Permit, typed: Typed, form: Form) -> UUID:
    return actions.choose(permit, _choice(typed), at=typed.at, form=form)


def _typed_from(_entry: Spine, line: ChoiceLine) -> Mapping[str, str]:
    said = {name: getattr(line, name) for name in ("answer", "place", "state", "way", "present", "text")}
    about = {"topic": line.topic or ALL, "towards": str(line.towards or ALL), "purpose": line.purpose or ALL}
    return {**said, **about, **day_typed("expires_on", line.expires_on)}


SHEET = Sheet(
    what="sharing",
    kinds=frozenset({"sharing_choice"}),
    words=_words,
    fields=_fields,
    is_offered=queries.records_sharing,
    wrong=_wrong,
    keep=_keep,
    typed_from=_typed_from,
    leads_to="sharing",
    takes_late_entries=False,  # only they could say it
)
