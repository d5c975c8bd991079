"""Sheets to lay out: Dee's, as the words of packs would make them, with a place for something hostile."""

from datetime import UTC, datetime

from throughgate.packs.content import (
    Edition,
    Item,
    Landmark,
    Language,
    Layout,
    Reader,
    Section,
    Sheet,
    State,
    Where,
)

AS_AT = datetime(2026, 12, 3, 9, 5, tzinfo=UTC)


def sheet(
    *,
    text: str = "",
    reader: Reader = Reader.PERSON,
    language: Language = Language.ENGLISH,
    layout: Layout = Layout.STANDARD,
) -> Sheet:
    """With that text at the end of every field somebody could have typed."""
    return Sheet(
        edition=Edition(reader, language, layout),
        title="Your sheet",
        who=(f"Dee Lantern{text}", "Born 4 May 1989"),
        version=2,
        as_at=AS_AT,
        footer="As at Thursday 3 December 2026, 09:05. Version 2.",
        page_of="Page %(page)s of %(pages)s",
        notices=(f"You have not agreed to this yet.{text}",),
        sections=(
            Section(
                key="next",
                heading="What comes next",
                items=(
                    Item(key="release", title=f"Thursday{text}", lines=(f"You leave.{text}",)),
                    Item(key="home", title="Ask where you will sleep."),
                ),
            ),
            Section(
                key="where",
                heading="Where to be",
                items=(
                    Item(
                        key="appointment:1",
                        title=f"Friday 4 December, 10:00{text}",
                        lines=(f"See Bea Doorbell.{text}",),
                        source=f"Pathlight Recovery, Tue 1 Dec{text}",
                        where=pathlight(text),
                    ),
                    Item(key="appointment:2", title="No one meets you.", state=State.NONE),
                ),
            ),
            Section(
                key="help",
                heading="If something goes wrong",
                items=(
                    Item(key="help:1", title=f"Ring Bea.{text}", lines=(f"Day and night.{text}",)),
                    Item(key="help:2", title="999", lines=("Ring 01632 960001, 116 123 or 999.",)),
                ),
            ),
            Section(
                key="safer",
                heading="Stay safe",
                items=(
                    Item(key="safer:1", title=f"Drink{text}", lines=(f"Go slow.{text}", "Eat.")),
                    Item(key="safer:any", title="Anything", lines=("Not alone.",)),
                    Item(key="not_checked", title="Nobody has checked this.", state=State.NOTE),
                ),
            ),
        ),
    )


def pathlight(text: str = "") -> Where:
    return Where(
        name=f"Pathlight Recovery{text}",
        address=(f"12 Mill Lane{text}", "Anywhere", "ZZ99 3VZ"),
        phone=f"01632 960001{text}",
        opening=f"Open 9 am to 5 pm.{text}",
        landmarks=(Landmark(f"the bus station{text}", "n", 6), Landmark("the clock tower", "e", 3)),
    )
