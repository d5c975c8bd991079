"""Telling somebody how they are, in words."""

from collections.abc import Sequence

from throughgate.book.queries import Listener, Telling
from throughgate.foundation import clock
from throughgate.packs.words.wording import Wording
from throughgate.pages.mine.presenters import Row
from throughgate.pages.mine.telling import Question, Sheet
from throughgate.pages.names import Names


def sheet(_: Wording, found: Sequence[Listener], names: Names) -> Sheet:
    return Sheet(
        heading=_("Tell someone"),
        lead=_(
            "You choose who reads this. No one else can, and it does not go to officers or probation."
            " They are asked to answer the same day. They may have to pass it on if someone may be"
            " badly hurt. If you may die or be hurt now, ring 999."
        ),
        questions=(
            Question("what", _("What do you want to say?"), "choice", tuple(_what(_).items())),
            Question("text", _("More, if you like"), "long", hint=_("You can leave this empty.")),
            Question("to", _("Who may read it?"), "choice", tuple(_who(_, each, names) for each in found)),
            Question("helper", _("A helper wrote this down for me"), "tick"),
        ),
        keep=_("Tell them"),
        back="mine_tell",
        nobody="" if found else _("No one is here to tell yet. Ask a worker you trust."),
    )


def told(_: Wording, found: Sequence[Telling]) -> tuple[str, list[Row]]:
    """What they told before."""
    return _("What you told before"), [_row(_, each) for each in found]


def _row(_: Wording, each: Telling) -> Row:
    day = _.full_day(clock.day_of(each.entry.happened_at))
    answers = [_("Answer: %(words)s") % {"words": one.line.text} for one in each.answers]
    lines = (day, each.line.text, *(answers or [_("No answer yet.")]))
    return Row(_what(_)[each.line.what], tuple(filter(None, lines)))


def _what(_: Wording) -> dict[str, str]:
    return {"struggling": _("I am struggling"), "used": _("I have used")}


def _who(_: Wording, each: Listener, names: Names) -> tuple[str, str]:
    organisation = names.organisation(each.organisation_id)
    if each.name:
        return str(each.id), _("Only %(name)s, %(organisation)s") % {
            "name": each.name,
            "organisation": organisation,
        }
    return str(each.id), _("All who work at %(organisation)s") % {"organisation": organisation}
