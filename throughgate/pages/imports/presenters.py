"""Bringing in an extract, in words."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import ngettext

from throughgate.exchange import formats
from throughgate.exchange.inbound.rows import Reject
from throughgate.exchange.inbound.run import ROWS_AT_ONCE
from throughgate.exchange.queries import FlagCount, Run
from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import ReviewPermit
from throughgate.pages import flags, wording
from throughgate.pages.components.shapes import Cell, Column, Option, Problem
from throughgate.pages.imports.forms import Typed
from throughgate.pages.names import Names
from throughgate.pages.wording import words as _
from throughgate.staff.queries import Hat

GOING_ON = frozenset({"waiting", "previewing", "confirmed", "running"})


def runs(hat: Hat, permit: ReviewPermit, found: Sequence[Run], names: Names, *, page: int) -> dict[str, Any]:
    """The list of runs."""
    address = reverse("imports", args=[hat.post_id])
    shown = found[:page]
    return {
        "upload_url": reverse("upload", args=[hat.post_id]),
        "columns": [
            Column(_("Extract")),
            Column(_("True at")),
            Column(_("State")),
            *(Column(label, is_number=True) for label in _counted().values()),
        ],
        "rows": [_row(each, names, hat) for each in shown],
        "next_url": f"{address}?{urlencode({'before': shown[-1].id})}" if len(found) > page else "",
        "as_at": wording.moment(permit.at),
    }


def _row(each: Run, names: Names, hat: Hat) -> list[str | Cell]:
    title = f"{names.organisation(each.organisation_id)}, {format_name(each.format)}"
    return [
        Cell(title, reverse("run", args=[hat.post_id, each.id]), source=each.file_name),
        wording.moment(each.as_at),
        state(each.state),
        *(str(each.counts[name]) for name in _counted()),
    ]


def format_name(name: str) -> str:
    """What kind of extract it is."""
    names = {
        "prisoner-search": _("prison extract"),
        "prison-events": _("events of a prison"),
        "treatment": _("treatment extract"),
        "people": _("plain list of people"),
    }
    return names.get(name, name)


def state(name: str) -> str:
    return {
        "waiting": _("Waits to be tried out"),
        "previewing": _("Being tried out"),
        "previewed": _("Waits for you to say yes"),
        "confirmed": _("Waits to be brought in"),
        "running": _("Being brought in"),
        "finished": _("In"),
        "stopped": _("Stopped"),
        "refused": _("Not brought in"),
    }[name]


def _counted() -> dict[str, str]:
    """The counts that add up to the rows read, in the order they are shown."""
    return {
        "read": _("Read"),
        "new": _("New"),
        "changed": _("Changed"),
        "unchanged": _("As before"),
        "held": _("To be settled"),
        "rejected": _("Rejected"),
    }


def upload(hat: Hat, permit: ReviewPermit, names: Names, typed: Typed, *, why: str) -> dict[str, Any]:
    """The form, with what was typed."""
    places = sorted(
        (place for place in names.places.values() if place.id in hat.organisation_ids),
        key=lambda place: (place.id != hat.organisation_id, place.name),
    )
    return {
        "typed": typed,
        "formats": [
            Option(name, format_name(name), is_chosen=typed.format == name) for name in formats.FORMATS
        ],
        "organisations": [
            Option(place.code, names.organisation(place.id), is_chosen=typed.organisation == place.code)
            for place in places
        ],
        "problems": [Problem(why)] if why else [],
        "back_url": reverse("imports", args=[hat.post_id]),
        "as_at": wording.moment(permit.at),
    }


def checked_upload(typed: Typed, file: "UploadedFile[Any] | None") -> "UploadedFile[Any]":
    """The file of a form that can be used.

    Raises: Refused for a form without a file, or with a moment that is none.
    """
    if file is None:
        raise Refused(_("Choose the file to bring in."))
    if typed.has_as_at and typed.as_at is None:
        raise Refused(_("Enter the day the extract was true, such as 27 3 2026, and a time such as 06:10."))
    return file


def run(
    hat: Hat,
    permit: ReviewPermit,
    found: Run,
    names: Names,
    *,
    rejects: Sequence[Reject],
    flagged: Sequence[FlagCount],
    odd_words: Sequence[str],
) -> dict[str, Any]:
    """One run, however far it has come."""
    preview = found.preview if found.state == "previewed" else None
    counts = preview.counts if preview else found.counts
    shown = preview.rejects if preview else rejects
    return {
        "title": f"{names.organisation(found.organisation_id)}, {format_name(found.format)}",
        "facts": _facts(found),
        "state": found.state,
        "state_words": state(found.state),
        "stopped_because": found.stopped_because,
        "is_going_on": found.state in GOING_ON,
        "has_report": bool(preview) or found.state in {"running", "finished", "stopped"},
        "is_preview": preview is not None,
        "is_in_parts": preview is not None and counts["read"] > ROWS_AT_ONCE,
        "done": found.counts["read"],
        "whole": found.rows_expected or 0,
        "counts": [(label, str(counts[name])) for name, label in _counted().items()],
        "sum": _sum(counts),
        "entries": _entries(counts["entries"]),
        "reject_columns": [Column(label) for label in reject_columns()],
        "rejects": [reject(each) for each in shown],
        "more_rejects": counts["rejected"] - len(shown),
        "flag_columns": [Column(_("Field")), Column(_("What is odd")), Column(_("Rows"), is_number=True)],
        "flags": [[_fields(each.field), flags.words(each.key), str(each.rows)] for each in flagged],
        "odd_words": ", ".join(odd_words),
        "placing": _placing(found) if found.state == "previewed" else [],
        "run_url": reverse("run", args=[hat.post_id, found.id]),
        "rejects_url": reverse("rejected", args=[hat.post_id, found.id]) if rejects and not preview else "",
        "held_url": reverse("held", args=[hat.post_id]) if counts["held"] else "",
        "back_url": reverse("imports", args=[hat.post_id]),
        "as_at": wording.moment(permit.at),
    }


def _placing(found: Run) -> list[tuple[str, str, list[Option]]]:
    """Of each column of a plain list the name of its control, how it was read, and what else it may hold."""
    labels = {code: wording.label("people_meanings", code) for code in code_set("people_meanings").labels()}
    return [
        (
            f"column_{number}",
            _("What does “%(column)s” hold?") % {"column": column},
            [
                Option("", _("something else: kept as text"), is_chosen=not meaning),
                *(Option(code, label, is_chosen=code == meaning) for code, label in labels.items()),
            ],
        )
        for number, (column, meaning) in enumerate(found.columns.items())
    ]


def _fields(named: str) -> str:
    """The fields a flag is about, by their names where they have one: "release date, birth date"."""
    names = {
        "reception_on": _("day received"),
        "movement_on": _("day of the last movement"),
        "born_on": _("birth date"),
        "as_at": _("when it was true"),
        "movement_type": _("last movement"),
        "legal_status": _("legal status"),
        "convicted_status": _("convicted or not"),
        "in_out": _("in or out"),
        "recall": _("recall"),
        "status": _("status"),
        "prison": _("prison"),
    }
    return ", ".join(names.get(each) or wording.label("release_date_types", each) for each in named.split())


def _facts(found: Run) -> list[tuple[str, str]]:
    given = wording.moment(found.as_at)
    if not found.as_at_given:
        given = _("%(moment)s, because nobody said when it was true") % {"moment": given}
    facts = [
        (_("File"), found.file_name),
        (_("True at"), given),
        (_("Sent"), wording.moment(found.started_at)),
    ]
    if found.finished_at:
        facts.append((_("Ended"), wording.moment(found.finished_at)))
    return facts


def _sum(counts: Any) -> str:
    """ "96 read = 90 new + 2 changed + 4 as before + 0 to be settled + 0 rejected"."""
    words = _counted()
    parts = " + ".join(f"{counts[name]} {words[name].lower()}" for name in words if name != "read")
    return f"{counts['read']} {words['read'].lower()} = {parts}"


def _entries(count: int) -> str:
    return ngettext("%(count)s entry on records", "%(count)s entries on records", count) % {"count": count}


def reject_columns() -> list[str]:
    return [_("Line"), _("Field"), _("Why"), _("What to do"), _("As written")]


def reject(each: Reject) -> list[str]:
    return [str(each.line), each.field, each.why, each.what_to_do, each.as_written]
