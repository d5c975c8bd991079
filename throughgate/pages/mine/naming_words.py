"""Names of before, in words."""

from collections.abc import Mapping, Sequence

from throughgate.packs.words.wording import Wording
from throughgate.pages.mine.presenters import Row
from throughgate.pages.mine.telling import Question, Sheet
from throughgate.sharing.queries import Said

HIDE, SHOW = ANSWERS = ("hide", "show")


def sheet(_: Wording, others: Mapping[str, str]) -> Sheet:
    return Sheet(
        heading=_("Names I do not use"),
        lead=_(
            "You choose if workers see an old name of yours. If you hide it, it does not show with your name,"
            " and no one finds you by it. Those who check if two records are yours can still see it. What"
            " was written or printed before stays as it is."
        ),
        questions=(
            Question("name", _("Which name?"), "choice", tuple(others.items())),
            Question(
                "answer",
                _("May they see it?"),
                "choice",
                ((HIDE, _("No, hide it")), (SHOW, _("Yes, they may see it"))),
            ),
        ),
        keep=_("Keep my choice"),
        back="mine_sharing",
        nobody="" if others else _("You have just one name here. If it is wrong, ask a worker."),
    )


def below(_: Wording, kept: Sequence[Said]) -> tuple[str, list[Row]]:
    return _("Names no one sees"), [Row(each.line.name, ()) for each in kept]
