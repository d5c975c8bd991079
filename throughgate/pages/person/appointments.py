"""Appointments on a record: those to come, and those of which nobody has said what came of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from throughgate.foundation import clock
from throughgate.foundation.permits import Permit
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
    url: str  # where what came of it is said; "" where a service's own system tells it, or not for this role


@dataclass(frozen=True)
class Panel:
    """What the page shows of them."""

    is_shared: bool
    coming: tuple[AppointmentRow, ...] = ()
    waiting: tuple[AppointmentRow, ...] = ()  # for somebody to say what came of them


def read(permit: Permit) -> list[Booked] | None:
    """Those to come and the last four weeks'; None where they are not shared with the worker."""
    return referral.appointments(permit, since=clock.day_of(permit.at) - WAITED_FOR)


def panel(found: list[Booked] | None, hat: Hat, permit: Permit, names: Names) -> Panel:
    if found is None:
        return Panel(is_shared=False)
    still = [each for each in found if not each.outcome]
    over = {each.entry_id for each in still if is_over(each, permit.at)}
    url = outcome_url(hat, permit) if referral.records_appointments(permit) else ""
    return Panel(
        is_shared=True,
        coming=tuple(_rows((each for each in still if each.entry_id not in over), url, names)),
        waiting=tuple(_rows((each for each in still if each.entry_id in over), url, names)),
    )


def outcome_url(hat: Hat, permit: Permit) -> str:
    return reverse("sheet", args=[hat.post_id, permit.person_id, "outcome"])


def _rows(found: Iterable[Booked], url: str, names: Names) -> Iterator[AppointmentRow]:
    for each in found:
        asked = urlencode({"appointment": each.key})
        yield AppointmentRow(
            when=when(each, names.wording),
            what=what(each, names.wording),
            source=names.organisation(each.organisation_id),
            url=f"{url}?{asked}" if url and each.key else "",
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
