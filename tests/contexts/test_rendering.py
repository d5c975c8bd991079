"""Sheets on paper and on a screen: what a reader finds, and what no text can make a renderer do."""

import io
import re
import resource
import socket
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from tests.architecture.source import ROOT
from tests.sheets import sheet
from throughgate.foundation.errors import Refused
from throughgate.packs import rendering
from throughgate.packs.content import Item, Language, Layout, Reader, Section, Sheet
from throughgate.packs.rendering import fonts, legible, pictures, typesetting

EVERY = [(Reader.PERSON, layout) for layout in Layout] + [
    (Reader.NEXT_WORKER, Layout.STANDARD),
    (Reader.NEXT_WORKER, Layout.LARGE),
]


def read(document: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(document))


def words_of(document: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(document).pages).split())


def root_of(document: bytes) -> Any:
    return read(document).trailer["/Root"]


def tags_of(document: bytes) -> set[str]:
    """The kinds of part in the tree that a screen reader follows."""
    found, left = set(), [root_of(document)["/StructTreeRoot"]["/K"]]
    while left:
        part: Any = left.pop()
        part = part.get_object() if hasattr(part, "get_object") else part
        if isinstance(part, list):
            left += part
        elif isinstance(part, dict):
            found.add(str(part.get("/S", "")))
            left.append(part.get("/K"))
    return found


# What stands there


def test_paper_says_what_the_sheet_says() -> None:
    words = words_of(rendering.pdf(sheet()))
    for said in [
        "Dee Lantern Born 4 May 1989",
        "You have not agreed to this yet.",
        "Where to be Friday 4 December, 10:00 See Bea Doorbell.",
        "Phone: 01632 960001",
        "1. From the bus station walk 6 minutes north.",
        "2. From the clock tower walk 3 minutes east.",
        "No one meets you.",
        "As at Thursday 3 December 2026, 09:05. Version 2. Page 1 of 1",
    ]:
        assert said in words


def test_each_page_says_as_at_version_and_which_page_it_is() -> None:
    pages = read(rendering.pdf(sheet(layout=Layout.LARGE, text=" and more" * 60))).pages
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        words = " ".join(page.extract_text().split())
        assert f"As at Thursday 3 December 2026, 09:05. Version 2. Page {number} of {len(pages)}" in words


def test_sheets_of_several_people_count_their_own_pages() -> None:
    two = [sheet(), sheet(language=Language.WELSH)]
    pages = [page.extract_text() for page in read(rendering.pdf_of_many(two)).pages]
    assert [re.findall(r"Page \d of \d", page) for page in pages] == [["Page 1 of 1"], ["Page 1 of 1"]]


@pytest.mark.parametrize("language", Language)
def test_a_pdf_has_title_language_and_tags(language: Language) -> None:
    document = rendering.pdf(sheet(language=language))
    root = root_of(document)
    assert root["/Lang"] == language.value
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert {"/H1", "/H2", "/P", "/Figure"} <= tags_of(document)


def test_a_pdf_tells_nothing_beyond_its_page() -> None:
    found: Any = read(rendering.pdf(sheet())).metadata
    assert set(found) == {"/Title", "/Creator", "/CreationDate", "/ModDate"}
    assert found.title == "Your sheet"
    assert re.fullmatch(r"Typst [\d.]+", str(found.creator))
    assert found["/CreationDate"] == found["/ModDate"] == "D:20261203090500Z"


def test_the_same_sheet_is_the_same_bytes() -> None:
    assert rendering.pdf(sheet()) == rendering.pdf(sheet())


@pytest.mark.parametrize(("reader", "layout"), EVERY)
def test_every_edition_can_be_laid_out(reader: Reader, layout: Layout) -> None:
    wanted = sheet(reader=reader, layout=layout)
    assert "Dee Lantern" in words_of(rendering.pdf(wanted))
    assert b"Dee Lantern" in rendering.page(wanted)


@pytest.mark.parametrize(("reader", "layout"), EVERY)
@pytest.mark.parametrize(
    "text", [" long" * 250, "long" * 300, "\nlong" * 100], ids=["words", "a word", "lines"]
)
def test_nothing_is_printed_beside_the_paper(reader: Reader, layout: Layout, text: str) -> None:
    stands_on_its_pages(sheet(reader=reader, layout=layout, text=text))


@pytest.mark.parametrize("key", ["next", "help", "where", "people", "safer"])
@pytest.mark.parametrize(("reader", "layout"), EVERY)
def test_many_things_under_one_heading_go_on_to_the_next_page(
    reader: Reader, layout: Layout, key: str
) -> None:
    lines = tuple(f"Line {number} of what was written." for number in range(12))
    items = tuple(Item(key=str(number), title=f"Thing {number}.", lines=lines) for number in range(9))
    wanted = sheet(reader=reader, layout=layout)
    found = replace(wanted, sections=(Section(key=key, heading="Things", items=items),))
    assert "Thing 8." in stands_on_its_pages(found)


def stands_on_its_pages(wanted: Sheet) -> str:
    document = rendering.pdf(wanted)
    for page in read(document).pages:
        for east, north in places_of_text(page):
            assert 0 < east < float(page.mediabox.width)
            assert 0 < north < float(page.mediabox.height)
    return words_of(document)


def places_of_text(page: PageObject) -> list[tuple[float, float]]:
    """Where each piece of text begins, in points from the lower left corner."""
    found: list[tuple[float, float]] = []

    def keep(text: str, around: list[float], own: list[float], *_font: object) -> None:
        if text.strip():
            x, y = own[4], own[5]
            found.append(
                (around[0] * x + around[2] * y + around[4], around[1] * x + around[3] * y + around[5])
            )

    page.extract_text(visitor_text=keep)
    return found


# What no text can do

SECRET = "nobody may read this"
HOSTILE = """
#image("{file}") #read("{file}") #include "{file}" #import "@preview/cetz:0.3.0": * #eval("1+1")
#link("http://127.0.0.1:{port}/a") http://127.0.0.1:{port}/b $ x $ `raw` <label> @ref [[x]] ]] #] \\u{{23}}
// /* */ = A - item + item <link rel=stylesheet href="//127.0.0.1:{port}/d"> ${{7*7}} </style></p> %(page)s
<img src="http://127.0.0.1:{port}/c"><script>fetch("http://127.0.0.1:{port}/e")</script> &amp; &#35; ]]>
<style>@import url(http://127.0.0.1:{port}/f);</style><svg><image href="file://{file}"/></svg>
data:text/html;base64,PGI+ {{{{ sheet }}}} {{% include "{file}" %}}
"""


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A port of this machine, and what anybody asked of it."""
    asked: list[bytes] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        server.settimeout(0.1)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    with closing(server.accept()[0]) as connection:
                        asked.append(connection.recv(100))
                except TimeoutError:
                    pass

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], asked
        stop.set()
        thread.join()


def test_hostile_text_is_text(
    listener: tuple[int, list[bytes]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """C04, C06, D07 of the assurance plan: no file is read, nothing is fetched, and all of it is shown."""
    port, asked = listener
    file = tmp_path_factory.mktemp("private") / "secret.txt"
    file.write_text(SECRET)
    text = HOSTILE.format(file=file, port=port)
    for reader, layout in EVERY:
        wanted = sheet(text=text, reader=reader, layout=layout)
        printed = words_of(rendering.pdf(wanted))
        shown = rendering.page(wanted).decode()
        assert SECRET not in printed + shown
        squeezed = printed.replace(" ", "")
        assert f'#read("{file}")'.replace(" ", "") in squeezed
        assert "{{sheet}}" in squeezed
        assert set(re.findall(r"<(script|img|link|iframe|image|object|use)\b", shown)) == set()
        assert shown.count("<style>") == shown.count("</style>") == 1
        assert set(re.findall(r"""<[^>]*\b(?:src|href|on\w+)\s*=.*?>""", shown)) <= {'<a href="tel:999">'}
    assert asked == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("safe\u202egnp.exe", "safe◊gnp.exe", id="letters turned round"),
        pytest.param("Dee\u200bLantern", "Dee◊Lantern", id="a space without width"),
        pytest.param("a\x00b\x1bc\ufeffd", "a◊b◊c◊d", id="control characters"),
        pytest.param("\ud800x", "◊x", id="half of a character"),
        pytest.param("a\t b\r\nc", "a  b \nc", id="space of every kind"),
        pytest.param("Sia\u0302n \u0175\u0177", "Siân ŵŷ", id="an accent on its own"),
    ],
)
def test_what_shows_nothing_is_made_to_show(typed: str, shown: str) -> None:
    assert legible.legible(sheet(text=typed)).who[0] == f"Dee Lantern{shown}"


def test_letters_that_the_print_font_lacks_are_marked_and_said() -> None:
    words = words_of(rendering.pdf(sheet(text=" 中文 😀 Ελλ")))
    assert "Dee Lantern ◊◊ ◊ ◊◊◊" in words
    assert "◊ stands for a letter that this sheet cannot show." in words
    assert "中文 😀" in rendering.page(sheet(text=" 中文 😀")).decode()


def test_the_font_can_print_every_letter_it_is_said_to_have() -> None:
    everything = "".join(sorted(fonts.letters()))
    assert set("ŵŷŴŶâêîôûäïẃẁ…£€ŁłżźćęąșțğışÅøß◊") <= fonts.letters()
    assert "◊ stands for" not in words_of(rendering.pdf(sheet(text=everything.replace(legible.MARK, ""))))


def test_paper_and_screen_have_the_same_font() -> None:
    served = ROOT / "throughgate" / "pages" / "static" / "throughgate" / "fonts"
    for path in sorted(typesetting.FONTS.glob("*.ttf")):
        assert path.read_bytes() == (served / path.name).read_bytes()
    assert "SIL OPEN FONT LICENSE" in (typesetting.FONTS / "LICENCE.txt").read_text().upper()


def test_a_picture_names_nothing_outside_itself() -> None:
    found = [path.read_text(encoding="utf-8") for path in sorted(pictures.FOLDER.glob("*.svg"))]
    assert len(found) == 7
    for drawn in found:
        tags = set(re.findall(r"<([a-z]+)", drawn))
        assert tags <= {"svg", "g", "path", "rect", "circle"}
        assert "href" not in drawn


def test_a_text_without_end_is_cut_and_says_so() -> None:
    words = words_of(rendering.pdf(sheet(text="x" * 1_000_000)))
    assert "(too long to print: ask to see the rest)" in words


def test_others_have_their_turn_while_a_long_sheet_is_laid_out() -> None:
    """Laying out is not Python's, and lets go of what one thread holds at a time."""
    rendering.pdf(sheet())
    items = tuple(Item(key=str(number), title="x\n" * 990, lines=("x\n" * 990,) * 2) for number in range(6))
    long = replace(sheet(), sections=(Section(key="next", heading="Things", items=items),))
    turns = 0
    with ThreadPoolExecutor(1) as together:
        printing = together.submit(rendering.pdf, long)
        while not printing.done():
            time.sleep(0.001)
            turns += 1
    assert printing.result().startswith(b"%PDF")
    assert turns > 20


def test_a_sheet_without_end_is_refused() -> None:
    long = sheet(text=" word" * 300)
    with pytest.raises(Refused, match="too long to print"):
        rendering.pdf(replace(long, sections=long.sections * 5))


# When it goes wrong


def most_memory() -> float:
    """The most that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_many_sheets_that_take_too_long_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "SECONDS", 0.01)
    with pytest.raises(Refused, match="print fewer at a time"):
        rendering.pdf_of_many([sheet()] * 20)


def test_a_process_killed_while_it_prints_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """G07: what is printed is whole, or is not there."""
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nprintf '%%PDF-1.7 half'\nkill -9 $$\n")
    python.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(python))
    with pytest.raises(Refused, match="print fewer at a time"):
        rendering.pdf_of_many([sheet()])


def test_many_sheets_take_no_memory_that_stays() -> None:
    rendering.pdf_of_many([sheet()])
    before = most_memory()
    rendering.pdf_of_many([sheet(text=f" {number}") for number in range(60)])
    assert most_memory() - before < 20
