"""Where else what an entry says was entered, in words."""

from throughgate.pages.components.shapes import Mark, TimelineRow
from throughgate.pages.person import timeline
from throughgate.pages.person.reading import History
from throughgate.pages.wording import words as _


def rows(read: History, entered: History) -> list[TimelineRow]:
    """Each time it was entered, the newest first; marked where that is no longer what it says."""
    told = timeline.Told(entries=entered.versions, lines=entered.lines, names=entered.names, above=None)
    old = Mark(_("it has been corrected here since"), "amber")
    return [
        row if entry.item == str(read.versions[0].id) else row._replace(marks=(*row.marks, old))
        for row, entry in zip(timeline.rows(told), entered.versions, strict=True)
    ]
