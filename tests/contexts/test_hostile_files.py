"""Files made to do harm, in every format that can come in: refused within limits, and nothing is fetched."""

import io
import math
import os
import resource
import socket
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from multiprocessing import get_context
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests import content, story
from tests.content import rows
from tests.contexts.clients import address, signed_in, words
from throughgate.exchange import formats, uploads
from throughgate.exchange.inbound import reading
from throughgate.exchange.inbound.reading import Unreadable
from throughgate.exchange.inbound.run import Report

pytestmark = pytest.mark.django_db

FORMATS = sorted(formats.FORMATS)
MOST_MEMORY_KIB = 512 * 1024
MOST_SECONDS, SLOWER = 2, 5
PATIENCE_SECONDS = 60
GIB = 1024**3


def bring_in(path: Path, format_name: str) -> Report:
    story.prison()
    return story.bring_in_file(path, format_name=format_name)


# Files that are huge, deep or packed: D01


def of_nothing(path: Path, beginning: bytes) -> Path:
    """A file of two gigabytes that takes no room: after its beginning it holds nothing but NUL."""
    path.write_bytes(beginning)
    os.truncate(path, 2 * GIB)
    return path


def of_one_text(path: Path, beginning: bytes) -> Path:
    """A record whose one text goes on for a quarter of a gigabyte, every other character escaped."""
    with path.open("wb") as file:
        file.write(beginning)
        for _ in range(256):
            file.write(b'\\"' * 512 * 1024)
    return path


def of_brackets(path: Path) -> Path:
    """Lists within lists within lists."""
    path.write_bytes(b"[" * 64 * 1024 * 1024)
    return path


def of_lines(path: Path, beginning: bytes) -> Path:
    """A file of a hundred million lines that hold nothing."""
    with path.open("wb") as file:
        file.write(beginning)
        for _ in range(100):
            file.write(b"\n" * 1_000_000)
    return path


HUGE: dict[str, Callable[[Path], Path]] = {
    "nothing but NUL": lambda path: of_nothing(path, b""),
    "an array of nothing": lambda path: of_nothing(path, b"["),
    "an object of nothing": lambda path: of_nothing(path, b"{"),
    "a header over nothing": lambda path: of_nothing(path, b"CLIENTID,Name\n"),
    "one text in an array": lambda path: of_one_text(path, b'["'),
    "one text in a line": lambda path: of_one_text(path, b'{"a": "'),
    "one text in an object that is spread": lambda path: of_one_text(path, b'{\n"a": "'),
    "lines of nothing under a header": lambda path: of_lines(path, b"CLIENTID,Name\n"),
    "lines of nothing after a record": lambda path: of_lines(path, b'{"a": 1}\n'),
    "brackets without end": of_brackets,
    "one cell": lambda path: of_one_text(path, b'CLIENTID,Name\n"'),
}


def cost(path: Path, format_name: str) -> tuple[int, float]:
    """What reading the file takes, in a process of its own: KiB at most, and seconds of a processor.

    One that would read for ever is stopped, and took for ever.
    """
    ours, theirs = get_context("fork").Pipe()

    def read() -> None:
        begun = time.process_time()
        with path.open("rb") as file:
            try:
                for _ in formats.named(format_name).read(file, as_at=story.NOON):
                    pass
            except Unreadable:
                pass
        took = time.process_time() - begun
        theirs.send((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, took))

    process = get_context("fork").Process(target=read)
    process.start()
    theirs.close()
    most, took = ours.recv() if ours.poll(PATIENCE_SECONDS) else (0, math.inf)
    process.kill()
    process.join()
    return most, took


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("make", HUGE.values(), ids=HUGE)
def test_a_huge_file_is_read_or_refused_in_little_memory_and_little_time(
    make: Callable[[Path], Path], format_name: str, tmp_path: Path
) -> None:
    """Two seconds are the bound of the assurance plan; a slow machine may take several times as long."""
    path = make(tmp_path / "extract")
    memory, seconds = cost(path, format_name)
    path.unlink()
    assert memory < MOST_MEMORY_KIB
    assert seconds < MOST_SECONDS * SLOWER


def test_a_record_far_too_long_ends_the_reading_with_a_reason(tmp_path: Path) -> None:
    report = bring_in(of_one_text(tmp_path / "extract.json", b'["'), "prisoner-search")
    assert "far too long" in report.stopped_because
    assert report.counts["read"] == 0


@pytest.mark.parametrize(
    ("format_name", "text"),
    [("people", "Name\nDee\n{}Gethin\n"), ("prisoner-search", '{{"a": 1}}\n{}{{"a": 2}}\n')],
)
def test_blank_lines_are_passed_over_and_an_endless_run_of_them_ends_the_reading(
    format_name: str, text: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(reading, "MOST_BLANK", 3)
    path = tmp_path / "extract"
    for blank, read in ((3, 2), (4, 1)):
        path.write_text(text.format("\n" * blank))
        with path.open("rb") as file:
            told = formats.named(format_name).read(file, as_at=story.NOON)
            found: list[object] = []
            with pytest.raises(Unreadable, match="hold nothing") if read == 1 else nullcontext():
                found.extend(told)
        assert len(found) <= read


# Files that would fetch or unpack: D02


@pytest.fixture
def hits() -> Iterator[list[str]]:
    """Who called at a door of this machine; the address stands in `TG_TEST_LISTENER`'s place as hits[0]."""
    calls: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        calls.append(f"127.0.0.1:{server.getsockname()[1]}")
        is_over = threading.Event()
        listening = threading.Thread(target=_listen, args=(server, calls, is_over))
        listening.start()
        yield calls
        is_over.set()
        listening.join()


def _listen(server: socket.socket, calls: list[str], is_over: threading.Event) -> None:
    while not is_over.is_set():
        try:
            server.accept()[0].close()
        except TimeoutError:
            continue
        calls.append("a call")


def entities(at: str) -> bytes:
    return f"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY far SYSTEM "http://{at}/x">
<!ENTITY near SYSTEM "file:///etc/passwd"><!ENTITY % sub SYSTEM "http://{at}/dtd">%sub;]>
<x>&far;&near;</x>""".encode()


def laughs(_at: str) -> bytes:
    more = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{more}]><x>&l9;</x>'.encode()


def drawing(at: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://{at}/x"/></svg>'.encode()


def packed(*names: str) -> Callable[[str], bytes]:
    def make(at: str) -> bytes:
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in names:
                archive.writestr(name, entities(at))
            archive.writestr("bomb", b"\0" * 10_000_000)
        return file.getvalue()

    return make


DOCUMENTS: dict[str, Callable[[str], bytes]] = {
    "XML with entities from elsewhere": entities,
    "XML that grows a thousand million times": laughs,
    "a drawing": drawing,
    "a spreadsheet": packed("[Content_Types].xml", "xl/workbook.xml", "xl/sharedStrings.xml"),
    "a text document": packed("[Content_Types].xml", "word/document.xml"),
    "an archive that leads out of itself": packed("../../etc/cron.d/x", "/etc/x"),
    "an older spreadsheet": lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
    "a packed stream": lambda _: b"\x1f\x8b\x08\0" + b"\0" * 512,
    "a PDF": lambda _: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
}


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("make", DOCUMENTS.values(), ids=DOCUMENTS)
def test_what_is_no_extract_is_refused_and_nothing_is_fetched_or_unpacked(
    make: Callable[[str], bytes], format_name: str, hits: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "extract"
    path.write_bytes(make(hits[0]))
    before = content.everything()
    report = bring_in(path, format_name)
    assert report.stopped_because.endswith(".")
    assert report.counts["read"] == report.counts["rejected"]
    assert content.everything() == before
    assert "root:" not in repr([report.rejects, report.stopped_because])
    assert hits[1:] == []
    assert [each.name for each in tmp_path.iterdir()] == ["extract"]


# Names that lie: D08


@contextmanager
def sent(name: str, settings: Settings, folder: Path) -> Iterator[str]:
    """The page of a run that was sent under that name."""
    settings.UPLOADS = folder / "uploads"
    clerk = story.worker("data_quality")
    file = SimpleUploadedFile("x.json", b"[]", content_type="text/html")
    file._name = name  # type: ignore[attr-defined]  # past what Django itself takes off a name
    typed = {"organisation": "MDI", "format": "prisoner-search", "extract": file}
    at = signed_in(clerk).post(address("upload", clerk), typed).headers["Location"]
    uploads.carry_out_waiting()
    yield words(signed_in(clerk).get(at))


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/cron.d/x",
        "/etc/passwd",
        "..\\..\\x.json",
        "x.json\r\nSet-Cookie: a=b",
        "<b>x</b>.html",
        "x" * 500,
    ],
)
def test_a_name_is_shown_and_leads_nowhere(name: str, settings: Settings, tmp_path: Path) -> None:
    with sent(name, settings, tmp_path) as page:
        assert "Extract" in page
    kept = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert all(path.startswith("uploads/") and path.endswith(".upload") for path in kept)
    ((shown, kept_as),) = rows("SELECT file_name, kept_as FROM exchange_importrun")
    assert len(shown) <= 200
    assert "/" not in shown
    assert "/" not in kept_as


def test_what_goes_out_again_is_a_file_of_a_kind_that_is_said() -> None:
    report = story.bring_in(story.document("<script>alert(1)</script>"))
    clerk = story.worker("data_quality")
    answer = signed_in(clerk).get(address("rejected", clerk, report.run_id))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment;")


# Sent where no file belongs


class NotToBeRead(io.RawIOBase):
    """A body that must not be touched."""

    def readable(self) -> bool:
        return True

    def readinto(self, _into: object) -> int:
        raise AssertionError("read, and so written to a disk")


def asked(client: Client, there: str, size: int) -> int:
    body = {"wsgi.input": NotToBeRead(), "CONTENT_LENGTH": str(size)}
    form = "multipart/form-data; boundary=x"
    return client.generic("POST", there, b"", form, **body).status_code  # type: ignore[arg-type]  # as WSGI has it


@pytest.mark.parametrize("page", ["mine", "sign_in", "mine_look", "invitation"])
def test_nobody_fills_a_disk_without_signing_in(page: str) -> None:
    assert asked(Client(enforce_csrf_checks=True), reverse(page), 6_000_000) == 413


def test_only_who_is_signed_in_sends_an_extract_and_nothing_else_that_is_large() -> None:
    clerk = story.worker("data_quality")
    there = address("upload", clerk)
    assert asked(Client(), there, uploads.LARGEST) == 413
    assert asked(signed_in(clerk), there, 2 * uploads.LARGEST) == 413
    assert asked(signed_in(clerk), address("near", clerk), uploads.LARGEST) == 413
    assert asked(signed_in(clerk), there, uploads.LARGEST) == 400  # let in, and no file


def test_a_size_that_is_no_number_is_none() -> None:
    assert Client().post(reverse("mine"), {}, headers={"Content-Length": "many"}).status_code == 400
