"""How much people are asked, in words and figures; a figure about a few people is none."""

from collections.abc import Sequence
from typing import Any

from throughgate.assessment.queries import Asked
from throughgate.assessment.rules.limits import limit
from throughgate.foundation import figures
from throughgate.foundation.permits import CohortPermit
from throughgate.pages import counted
from throughgate.pages.components.shapes import Column
from throughgate.pages.names import Names
from throughgate.pages.wording import Wording


def page(permit: CohortPermit, asked: Sequence[Asked], names: Names) -> dict[str, Any]:
    _ = names.wording
    labels = (
        _("Assessments"),
        _("People"),
        _("Minutes"),
        _("Repeated for a reason"),
        _("Questions asked although their answer was known"),
        _("Most for one person in ten days, whoever asked"),
        _("People asked more than once in ten days"),
    )
    return {
        "over": counted.over(limit("asked_lately"), at=permit.at),
        "columns": [Column(_("Organisation")), *(Column(label, is_number=True) for label in labels)],
        "rows": [
            [names.organisation(each.organisation_id), *_figures(each, _)]
            for each in asked
            if _is_shown(each)
        ],
        "too_few": [names.organisation(each.organisation_id) for each in asked if not _is_shown(each)],
    }


def _is_shown(asked: Asked) -> bool:
    """Whether it asked as many people as a figure needs."""
    return figures.shown(asked.people, of=asked.people) is not None


def _figures(asked: Asked, _: Wording) -> list[str]:
    """In the order of the columns."""
    everybody = [asked.sittings, asked.people, asked.minutes, asked.repeated, asked.asked_again]
    together = [asked.most_together, asked.people_together]
    told = [
        *(figures.shown(figure, of=asked.people) for figure in everybody),
        *(figures.shown(figure, of=asked.people_together) for figure in together),
    ]
    return [_("too few") if figure is None else str(figure) for figure in told]
