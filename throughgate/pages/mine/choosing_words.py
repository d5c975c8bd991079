"""Choosing who can see what, in words."""

from collections.abc import Sequence
from uuid import UUID

from throughgate.access import policy
from throughgate.access.rules import Choice as May
from throughgate.access.rules import Chosen
from throughgate.foundation.codesets import code_set
from throughgate.packs.words.wording import Wording
from throughgate.pages.mine.presenters import Row
from throughgate.pages.mine.telling import Question, Sheet
from throughgate.pages.names import Names
from throughgate.pages.sharing.paper import topic
from throughgate.sharing.rules import Answer

EVERYONE = "all"  # stands for no one organisation, and for every topic


def sheet(_: Wording, concerned: Sequence[UUID], names: Names) -> Sheet:
    organisations = tuple((str(each), names.organisation(each)) for each in concerned)
    return Sheet(
        heading=_("Change who can see what"),
        lead=_(
            "You choose. It counts at once. What keeps you safe today, and what the law says must be seen,"
            " stays open. You can change your mind at any time."
        ),
        questions=(
            Question("topic", _("What is it about?"), "choice", (*_topics(_), (EVERYONE, _("All of it")))),
            Question("to", _("Who is it for?"), "choice", (*organisations, (EVERYONE, _("Everyone")))),
            Question("answer", _("May they see it?"), "choice", tuple(_answers(_).items())),
        ),
        keep=_("Keep my choice"),
        back="mine_sharing",
    )


def _topics(_: Wording) -> list[tuple[str, str]]:
    """What somebody's word changes for at least one role."""
    grants = [each for role in policy.policy().matrix.values() for each in role.items()]
    theirs = {category for category, grant in grants if grant.choice != May.NONE}
    return [
        (category, topic(category, _)) for category in code_set("categories").labels() if category in theirs
    ]


def _answers(_: Wording) -> dict[str, str]:
    return {
        Answer.SHARE: _("Yes, they may see it"),
        Answer.KEEP_BACK: _("No, keep it back"),
        Answer.TAKE_BACK: _("I take back what I said before"),
    }


def before(_: Wording, chosen: Sequence[Chosen], names: Names) -> tuple[str, list[Row]]:
    return _("What you chose"), [_row(_, each, names) for each in chosen]


def _row(_: Wording, each: Chosen, names: Names) -> Row:
    who = names.organisation(each.organisation_id) if each.organisation_id else _("Everyone")
    until = [_("Until %(day)s") % {"day": _.full_day(each.expires_on)}] if each.expires_on else []
    about = topic(each.topic, _) if each.topic else _("All of it")
    return Row(about, (who, _answers(_)[each.answer], *until))
