"""How much people are asked, in words and figures; a figure about a few people is none."""

from collections.abc import Sequence
from typing import Any

from throughgate.assessment.queries import Asked
from throughgate.assessment.rules.burden import shown
from throughgate.assessment.rules.limits import limit
from throughgate.foundation import clock
from throughgate.foundation.permits import CohortPermit
from throughgate.pages.components.shapes import Column
from throughgate.pages.names import Names
from throughgate.pages.wording import Wording


def page(permit: CohortPermit, asked: Sequence[Asked], names: Names) -> dict[str, Any]:
    _ = names.wording
    figures = (
        _("Assessments"),
        _("People"),
        _("Minutes"),
        _("Repeated for a reason"),
        _("Questions asked although their answer was known"),
        _("Most for one person in ten days, whoever asked"),
        _("People asked more than once in ten days"),
    )
    return {
        "of_days": _("As at %(day)s, of the last %(count)s days.")
        % {"day": _.day(clock.day_of(permit.at)), "count": limit("asked_lately")},
        "columns": [Column(_("Organisation")), *(Column(label, is_number=True) for label in figures)],
        "rows": [
            [names.organisation(each.organisation_id), *_figures(each, _)]
            for each in asked
            if _is_shown(each)
        ],
        "too_few": [names.organisation(each.organisation_id) for each in asked if not _is_shown(each)],
        "left_out": _("Figures about fewer than %(count)s people are left out.")
        % {"count": limit("smallest_number")},
    }


def _is_shown(asked: Asked) -> bool:
    """Whether it asked as many people as a figure needs."""
    return shown(asked.people, of=asked.people) is not None


def _figures(asked: Asked, _: Wording) -> list[str]:
    """In the order of the columns."""
    everybody = [asked.sittings, asked.people, asked.minutes, asked.repeated, asked.asked_again]
    figures = [
        *(shown(figure, of=asked.people) for figure in everybody),
        *(shown(figure, of=asked.people_together) for figure in (asked.most_together, asked.people_together)),
    ]
    return [_("too few") if figure is None else str(figure) for figure in figures]
