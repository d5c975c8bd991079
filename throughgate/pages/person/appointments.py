"""Appointments on a record: those to come, and those of which nobody has said what came of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
from throughgate.pages import addresses
from throughgate.pages.components.shapes import Link
from throughgate.pages.names import Names
from throughgate.pages.wording import Wording
from throughgate.referral import queries as referral
from throughgate.referral.queries import Booked
from throughgate.staff.queries import Hat

WAITED_FOR = timedelta(days=28)  # after it nobody remembers; the timeline still holds the appointment


class AppointmentRow(NamedTuple):
    when: str
    what: str
    source: str
    link: Link | None  # to where what came of it is said; a service's own system tells that by itself
    slip_url: str  # "" once it is over


@dataclass(frozen=True)
class Panel:
    """What the page shows of them: groups, each with its title."""

    is_shared: bool
    groups: tuple[tuple[str, list[AppointmentRow]], ...] = ()


def booked(permit: Permit) -> list[Booked] | None:
    """Those to come and the last four weeks'; None where they are not shared with the worker."""
    return referral.appointments(permit, since=clock.day_of(permit.at) - WAITED_FOR)


def panel(found: list[Booked] | None, hat: Hat, permit: Permit, names: Names) -> Panel:
    """What nobody has answered for yet stands first; that there is none to come is said."""
    if found is None:
        return Panel(is_shared=False)
    _ = names.wording
    still = [each for each in found if not each.outcome]
    url = addresses.to("sheet", hat.post_id, permit.person_id, "outcome")
    url = url if referral.records_appointments(permit) else ""
    waiting = [_row(each, url, _("Say what came of it"), names) for each in still if is_over(each, permit.at)]
    slip = addresses.to("movement_slip", hat.post_id, permit.person_id, "{}")  # each row puts its own there
    coming = [
        _row(each, url, _("Moved or cancelled?"), names)._replace(slip_url=slip.format(each.entry_id))
        for each in still
        if not is_over(each, permit.at)
    ]
    to_come = (_("To come"), coming)
    return Panel(
        is_shared=True,
        groups=((_("Nobody has said what came of it"), waiting), to_come) if waiting else (to_come,),
    )


def _row(booked: Booked, url: str, words: str, names: Names) -> AppointmentRow:
    asked = urlencode({"appointment": booked.key})
    return AppointmentRow(
        when=when(booked, names.wording),
        what=what(booked, names.wording),
        source=names.organisation(booked.organisation_id),
        link=Link(words, f"{url}?{asked}") if url and booked.key else None,
        slip_url="",
    )


def is_over(booked: Booked, at: datetime) -> bool:
    """Of a day without a time, once the day is over."""
    if booked.dated_by == "day":
        return clock.day_of(booked.at) < clock.day_of(at)
    return booked.at < at


def when(booked: Booked, _: Wording) -> str:
    """ "Thu 12 Nov 2026, 10:00"; the day alone where no time is told."""
    return _.day(clock.day_of(booked.at)) if booked.dated_by == "day" else _.moment(booked.at)


def what(booked: Booked, _: Wording) -> str:
    """ "A prescriber, Dr Stamp, Pathlight"; a service's own word as it stands."""
    about = _.label("appointment_kinds", booked.what) or booked.what
    return ", ".join(part for part in (about, booked.with_whom, booked.place) if part)
