"""What they had before custody, in words: each thing with who says so, or why nothing is shown of it."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from throughgate.assessment.queries import Told
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import Permit
from throughgate.pages import addresses
from throughgate.pages.names import Names
from throughgate.pages.person import medicines, words
from throughgate.pages.person.medicines import Source
from throughgate.pages.person.reading import Record
from throughgate.staff.queries import Hat
from throughgate.treatment.rules import SourceLine

SCRIPT = "script"  # of the code set before_custody: what providers prescribed then counts, too
INSIDE = frozenset({"prison", "prison_healthcare", "prison_treatment"})  # kinds of organisation


class Row(NamedTuple):
    """One thing that they may have had."""

    label: str
    sources: tuple[Source, ...]
    absent: str = ""  # why there are none, as the `absent` macro calls it
    url: str = ""  # where it is recorded; "" where this worker does not, or somebody has


def panel(read: Record, hat: Hat, permit: Permit) -> list[Row]:
    """One row for each thing, in the order of the table; none of somebody who was never inside."""
    if not (read.before or (read.panel and read.panel.stays)):
        return []
    url = addresses.to("sheet", hat.post_id, permit.person_id, "before")
    return [_row(topic, read, permit, url=url) for topic in code_set("before_custody").rows]


def _row(topic: Mapping[str, str], read: Record, permit: Permit, *, url: str) -> Row:
    code, _ = topic["code"], read.names.wording
    label = _.label("before_custody", code)
    if topic["category"] not in permit.read:
        return Row(label, (), absent="not_shared")
    said = [_said(told, read.names) for told in read.before if told.topic == code]
    said += _prescribed(read) if code == SCRIPT else ()
    if said:
        return Row(label, tuple(said))
    here = f"{url}?{urlencode({'topic': code})}" if topic["category"] in permit.write else ""
    return Row(label, (), absent="not_recorded", url=here)


def _said(told: Told, names: Names) -> Source:
    """An organisation's last word."""
    return Source(
        names.organisation(told.organisation_id),
        (words.before(told.line, names.wording),),
        medicines.said(told.as_at, told.recorded_by, names),
    )


def _prescribed(read: Record) -> list[Source]:
    """What somebody outside prescribed since before this custody began."""
    return [
        shown._replace(lines=(medicines.called(line), *shown.lines))
        for line in (read.medicines.medicines if read.medicines else ())
        for each in line.sources
        if _is_from_before(each, read)
        for shown in [medicines.source(each, read.names)]
    ]


def _is_from_before(line: SourceLine, read: Record) -> bool:
    came_on = read.plan.custody_from if read.plan else None
    since = line.prescription.fact.started_on if line.prescription else None
    place = read.names.places[UUID(line.voice.organisation)]
    return bool(came_on and since and since < came_on and place.kind not in INSIDE)
