"""What nothing exists for: of one organisation's people by name, and of everyone in figures."""

from collections.abc import Sequence
from typing import Any

from throughgate.foundation import clock, figures
from throughgate.foundation.permits import CohortPermit, ListPermit
from throughgate.pages import addresses, counted, wording
from throughgate.pages.components.shapes import Column, PersonRow
from throughgate.pages.person.said import sentences
from throughgate.pages.wording import words as _
from throughgate.staff.queries import Hat
from throughgate.team.domains import DOMAINS
from throughgate.team.lists import Gap, Missing


def unmet(hat: Hat, permit: ListPermit, found: Sequence[Missing]) -> dict[str, Any]:
    """What this organisation found missing, one line for each, and how often for each need."""
    link = addresses.to("plan", hat.post_id, "{}")
    counts = {each: sum(1 for one in found if one.domain == each) for each in DOMAINS}
    return {
        "people": [_missing(each, link) for each in found],
        "columns": [Column(_("Need")), Column(_("How often"), is_number=True)],
        "counts": [[_label(domain), str(number)] for domain, number in counts.items() if number],
        "as_at": wording.moment(permit.at),
    }


def gaps(permit: CohortPermit, found: Sequence[Gap]) -> dict[str, Any]:
    """What nothing exists for, without a name; a need or a place told of by a few is left out."""
    few = [each for each in found if figures.shown(each.people, of=each.people) is None]
    return {
        "columns": [
            Column(_("Need")),
            *(Column(label, is_number=True) for label in (_("People"), _("Times"), _("Organisations"))),
            Column(_("Where, if as many wrote the same place")),
        ],
        "rows": [_gap(each) for each in found if each not in few],
        "too_few": [_label(each.domain) for each in few],
        "over": counted.over(figures.limit("missing_lately"), at=permit.at),
    }


def _missing(each: Missing, link: str) -> PersonRow:
    return PersonRow(
        state="not_started",
        name=each.name or _("Name not recorded"),
        url=link.format(each.person_id),
        who=_("born %(day)s") % {"day": wording.current().born(each.birth_date)} if each.birth_date else "",
        what=sentences([_label(each.domain), each.place, each.text]),
        when=_("found %(day)s") % {"day": wording.day(clock.day_of(each.at))},
    )


def _gap(found: Gap) -> list[str]:
    """A row of the table; of a place no figure, as the rest could be told from it."""
    places = [place for place, people in found.places.items() if figures.shown(people, of=people)]
    return [
        _label(found.domain),
        str(found.people),
        str(found.times),
        str(found.organisations),
        ", ".join(places),
    ]


def _label(domain: str) -> str:
    return wording.label("need_domains", domain)
