"""What people may say of themselves, who may read it, and what a file that they attach is."""

from uuid import UUID

import pytest

from throughgate.foundation.codesets import code_set
from throughgate.story import rules
from throughgate.story.limits import limits
from throughgate.story.rules import EVERYBODY, FileSaid, NotKept, Readers, Who, Why

DEE, LANTERN, LADDER = UUID(int=1), UUID(int=2), UUID(int=3)
PNG = b"\x89PNG\r\n\x1a\n"
LIMITS = {"attachment_bytes": 20, "attachments_held": 2}


def file(title: str = "Me", content: bytes = PNG) -> FileSaid:
    return FileSaid("about", title, content, with_helper=False)


@pytest.mark.parametrize(
    ("readers", "kept"),
    [
        pytest.param(EVERYBODY, (), id="everybody she lets see her story"),
        pytest.param(Readers(Who.ME), (DEE,), id="nobody but her"),
        pytest.param(Readers(Who.CHOSEN, (LANTERN,)), (LANTERN,), id="one organisation"),
        pytest.param(Readers(Who.CHOSEN, (LADDER, LANTERN, LADDER)), (LANTERN, LADDER), id="each once"),
        pytest.param(Readers(Who.CHOSEN), None, id="those she ticks, and none is ticked"),
        pytest.param(Readers(Who.CHOSEN, (UUID(int=9),)), None, id="one that is not concerned with her"),
    ],
)
def test_who_reads_it(readers: Readers, kept: tuple[UUID, ...] | None) -> None:
    if kept is None:
        with pytest.raises(NotKept) as refusal:
            rules.only_for(readers, offered=[LANTERN, LADDER], person_id=DEE)
        assert refusal.value.why is Why.NO_CHOICE
    else:
        assert rules.only_for(readers, offered=[LANTERN, LADDER], person_id=DEE) == kept


@pytest.mark.parametrize(
    ("text", "choice", "name", "why"),
    [
        pytest.param("I sing", True, "", None, id="words about something are kept"),
        pytest.param("I sing", False, "", Why.NO_CHOICE, id="words about nothing are not"),
        pytest.param(" \n", True, "", Why.NOTHING_SAID, id="nor blanks"),
        pytest.param("x" * 5_000, True, "", None, id="five thousand letters are kept whole"),
        pytest.param("x" * 5_001, True, "", Why.TOO_LONG, id="one more is refused, not cut"),
        pytest.param("I sing", True, "x" * 201, Why.TOO_LONG, id="nor is an endless name"),
    ],
)
def test_what_is_said(text: str, choice: bool, name: str, why: Why | None) -> None:
    if why is None:
        rules.check_said(text, choice=choice, name=name)
    else:
        with pytest.raises(NotKept, match="stays as it was") as refusal:
            rules.check_said(text, choice=choice, name=name)
        assert refusal.value.why is why


@pytest.mark.parametrize(
    ("content", "found"),
    [
        pytest.param(b"\xff\xd8\xff\xe0", "image/jpeg", id="a photograph"),
        pytest.param(PNG, "image/png", id="a drawing"),
        pytest.param(b"RIFF\0\0\0\0WEBPVP8 ", "image/webp", id="a picture of the web"),
        pytest.param(b"RIFF\0\0\0\0WAVEfmt ", "audio/wav", id="a plain recording"),
        pytest.param(b"OggS\0", "audio/ogg", id="a recording of a free kind"),
        pytest.param(b"ID3\x04", "audio/mpeg", id="a recording with a title"),
        pytest.param(b"\xff\xfb\x90", "audio/mpeg", id="one without"),
        pytest.param(b"\0\0\0\x20ftypM4A ", "audio/mp4", id="a recording by telephone"),
        pytest.param(b"\x1a\x45\xdf\xa3", "audio/webm", id="one by a browser"),
        pytest.param(b"\0\0\0\x20ftypqt  ", "", id="a film is none of them"),
        pytest.param(b"<svg onload=x>", "", id="nor a picture that could run"),
        pytest.param(b"%PDF-1.7", "", id="nor a document"),
        pytest.param(b"<html>", "", id="nor a page"),
        pytest.param(b"", "", id="nor nothing"),
    ],
)
def test_a_file_is_what_it_begins_like(content: bytes, found: str) -> None:
    assert rules.type_of(content) == found
    assert not found or found in code_set("attachment_types")


@pytest.mark.parametrize(
    ("said", "held", "why"),
    [
        pytest.param(file("Me", PNG), 1, None, id="a picture with a title is kept"),
        pytest.param(file("", PNG), 0, Why.NOTHING_SAID, id="it needs a title"),
        pytest.param(file("Me", b""), 0, Why.NOTHING_SAID, id="and a file"),
        pytest.param(file("x" * 201, PNG), 0, Why.TOO_LONG, id="no endless title"),
        pytest.param(file("Me", PNG * 3), 0, Why.FILE_TOO_LARGE, id="no endless file"),
        pytest.param(file("Me", PNG), 2, Why.TOO_MANY_FILES, id="nor one too many"),
        pytest.param(file("Me", b"<html>"), 0, Why.NOT_A_FILE, id="nor a page"),
    ],
)
def test_which_files_are_kept(said: FileSaid, held: int, why: Why | None) -> None:
    if why is None:
        assert rules.check_file(said, choice=True, held=held, limits=LIMITS) == "image/png"
    else:
        with pytest.raises(NotKept) as refusal:
            rules.check_file(said, choice=True, held=held, limits=LIMITS)
        assert refusal.value.why is why


def test_a_file_about_nothing_is_not_kept() -> None:
    with pytest.raises(NotKept):
        rules.check_file(file(), choice=False, held=0, limits=LIMITS)


@pytest.mark.parametrize(
    ("consented", "standing", "allowed"),
    [
        pytest.param(["a", "b"], ["b", "a"], True, id="the words she agreed to"),
        pytest.param(["a"], ["a", "b"], False, id="something was said besides"),
        pytest.param(["a", "b"], ["a"], False, id="something is gone"),
        pytest.param(["a"], ["b"], False, id="said anew"),
        pytest.param([], [], False, id="nothing was agreed to"),
    ],
)
def test_a_consent_is_to_these_very_words(consented: list[str], standing: list[str], allowed: bool) -> None:
    assert rules.is_still_allowed(consented, standing) is allowed


def test_the_numbers_are_all_there() -> None:
    assert limits().keys() >= LIMITS.keys()
