"""A sheet read aloud: what is said, by which voice, and what happens where nobody can speak."""

import io
import shutil
import stat
import wave
from dataclasses import replace
from pathlib import Path

import pytest

from tests.sheets import sheet
from throughgate.foundation.errors import Refused
from throughgate.packs import rendering
from throughgate.packs.content import Language
from throughgate.packs.rendering import voice

can_speak = pytest.mark.skipif(
    shutil.which(voice.PROGRAM) is None,
    reason="Speaking needs espeak-ng. On Debian or Ubuntu: apt-get install espeak-ng",
)


def wav(frames: bytes = b"\0\1" * 50) -> bytes:
    """As the program writes it: the lengths in its head are not true."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setparams((1, 2, 22_050, 0, "NONE", ""))
        file.writeframes(frames)
    return made.getvalue().replace(len(frames).to_bytes(4, "little"), b"\x00\xf0\xff\x7f")


class Program:
    """A program of that name, first on the path, which keeps what it was asked and says nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "silence.wav").write_bytes(wav())
        self.does(f'echo "$@" >{folder}/asked; cat >{folder}/said; cat {folder}/silence.wav')

    def does(self, script: str) -> None:
        path = self.folder / voice.PROGRAM
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def asked(self) -> str:
        return (self.folder / "asked").read_text().strip()

    def said(self) -> str:
        return (self.folder / "said").read_text()


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return Program(tmp_path)


def test_the_whole_sheet_is_said_in_order(program: Program) -> None:
    rendering.speech(sheet())
    said = program.said()
    words = [
        "Your sheet.",
        "Dee Lantern.",
        "You have not agreed to this yet.",
        "Where to be.",
        "Friday 4 December, 10 o'clock in the morning.",
        "See Bea Doorbell.",
        "12 Mill Lane, Anywhere,",
        "From the bus station walk 6 minutes north.",
        "If something goes wrong.",
        "As at Thursday 3 December 2026, 9 oh 5 in the morning. Version 2.",
    ]
    at = [said.index(word) for word in words]
    assert at == sorted(at)


def test_numbers_that_are_rung_are_said_digit_by_digit(program: Program) -> None:
    rendering.speech(sheet())
    said = program.said()
    assert "Phone: 0 1 6 3 2, 9 6 0, 0 0 1." in said
    assert "Ring 0 1 6 3 2, 9 6 0, 0 0 1, 1 1 6, 1 2 3 or 9 9 9." in said
    assert "Born 4 May 1989." in said
    rendering.speech(replace(sheet(), who=("NHS number 999 000 0018",)))
    assert "NHS number 9 9 9, 0 0 0, 0 0 1 8." in program.said()


@pytest.mark.parametrize(("language", "spoken"), [(Language.ENGLISH, "en-gb"), (Language.WELSH, "cy")])
def test_each_language_has_its_voice(program: Program, language: Language, spoken: str) -> None:
    rendering.speech(sheet(language=language))
    assert f"-v {spoken} " in program.asked()


def test_nothing_typed_becomes_an_order_to_the_voice(program: Program) -> None:
    rendering.speech(sheet(text=" -w /tmp/x [[D,Is]] <voice>"))
    assert program.asked() == "-v en-gb -s 140 --stdin --stdout"
    assert "[[" not in program.said()


def test_a_voice_that_takes_too_long_is_stopped(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    program.does("exec sleep 60")
    monkeypatch.setattr(voice, "SECONDS", 0.2)
    with pytest.raises(Refused, match="could not be read aloud just now"):
        rendering.speech(sheet())


@pytest.mark.parametrize("script", ["echo half; exit 1", "echo no sound", "exit 0"])
def test_a_voice_that_fails_is_refused_and_gives_nothing(program: Program, script: str) -> None:
    program.does(script)
    with pytest.raises(Refused, match="could not be read aloud just now"):
        rendering.speech(sheet())


def test_a_machine_that_cannot_speak_says_so(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendering.speech_is_possible()
    monkeypatch.setenv("PATH", str(program.folder / "empty"))
    assert not rendering.speech_is_possible()
    with pytest.raises(Refused, match="needs the program espeak-ng"):
        rendering.speech(sheet())


def test_a_player_is_told_how_long_it_is(program: Program) -> None:
    with wave.open(io.BytesIO(rendering.speech(sheet()))) as spoken:
        assert spoken.getnframes() == 50


@can_speak
@pytest.mark.parametrize("language", Language)
def test_the_voice_of_the_machine_speaks(language: Language) -> None:
    with wave.open(io.BytesIO(rendering.speech(sheet(language=language)))) as spoken:
        assert 20 < spoken.getnframes() / spoken.getframerate() < 120  # seconds
