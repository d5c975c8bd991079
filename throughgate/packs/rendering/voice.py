"""A sheet read aloud by espeak-ng, a program of the machine's own; nothing leaves the machine."""

import io
import shutil
import subprocess
import wave
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext

from throughgate.foundation.errors import Refused
from throughgate.packs.content import Language, Sheet
from throughgate.packs.rendering.layout import LaidOut, Part, laid_out
from throughgate.packs.rendering.legible import legible
from throughgate.packs.rendering.spoken import spoken
from throughgate.packs.words.wording import Wording, wording

PROGRAM = "espeak-ng"
VOICES = {Language.ENGLISH: "en-gb", Language.WELSH: "cy"}
WORDS_A_MINUTE = "140"  # slow: to be taken in at the first hearing
SECONDS = 20
PAUSE = "\n\n"


def speech_is_possible() -> bool:
    """Whether this machine can speak."""
    return shutil.which(PROGRAM) is not None


def speech(sheet: Sheet) -> bytes:
    """The sheet as a WAV file.

    Raises: Refused where the machine cannot speak, or takes too long over it.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise Refused(gettext("This computer cannot read a sheet aloud. It needs the program espeak-ng."))
    said = PAUSE.join(_spoken(laid_out(legible(sheet))))
    command = [program, "-v", VOICES[sheet.edition.language], "-s", WORDS_A_MINUTE, "--stdin", "--stdout"]
    try:
        done = subprocess.run(command, input=said.encode(), capture_output=True, timeout=SECONDS, check=True)
        return _with_its_length(done.stdout)
    except (OSError, subprocess.SubprocessError, wave.Error, EOFError) as error:
        raise Refused(
            gettext("The sheet could not be read aloud just now. Try again, or read it out.")
        ) from error


def _with_its_length(spoken: bytes) -> bytes:
    """The program writes the head before it knows how long it will speak: players would say half a day."""
    whole = io.BytesIO()
    with wave.open(io.BytesIO(spoken)) as read, wave.open(whole, "wb") as written:
        written.setparams(read.getparams())
        written.writeframes(read.readframes(len(spoken)))
    return whole.getvalue()


def _spoken(sheet: LaidOut) -> Iterator[str]:
    _ = wording(Language(sheet.language))
    for texts in ((sheet.title, *sheet.who), sheet.notices, *map(_part, sheet.parts), (sheet.footer,)):
        yield _sentences(texts, _)


def _part(part: Part) -> Iterator[str]:
    yield part.heading
    for point in part.points:
        yield from (point.title, *point.lines)
        if point.place:
            yield from (*point.place.lines, *point.place.ways)
        yield point.source


def _sentences(texts: Iterable[str], _: Wording) -> str:
    """Each ends with a stop, so that the voice falls."""
    return "\n".join(spoken(text, _).rstrip(" .") + "." for text in texts if text)
