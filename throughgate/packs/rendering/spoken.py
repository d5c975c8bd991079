"""A text as a voice says it best: numbers that are rung by groups, codes letter by letter, times in words."""

import re
from functools import cache

from throughgate.foundation.codesets import code_set
from throughgate.packs.words.wording import Wording

RUNG = re.compile(r"\b0[\d ]{8,}\d\b|\b\d{3} \d{3}(?: \d{4})?\b|\b(?:999|111)\b")
CODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b|\b[A-Z]\d{4}[A-Z]{2}\b")  # postcode, prison number
TIME = re.compile(r"\b([01]?\d|2[0-4]):([0-5]\d)\b")
BETWEEN_TIMES = re.compile(r"(?<=:\d\d) - (?=\d{1,2}:\d\d)")
BETWEEN_CAPITALS = re.compile(r"(?<=[A-Z])/(?=[A-Z])")  # of HMP/YOI: nobody says "slash"
HALF = 6  # digits: more than are taken in at once
NOON, EVENING = 12, 18
SOON = 10  # minutes past that are said with a nought before them


def spoken(text: str, _: Wording) -> str:
    """Brackets that the program takes for sounds are taken apart."""
    text = text.replace("[[", "[ [")
    text = RUNG.sub(lambda found: ", ".join(map(_digits, found[0].split())), text)
    text = CODE.sub(
        lambda found: ", ".join(found[0].replace(" ", "").replace("\N{NO-BREAK SPACE}", "")), text
    )
    until = _("until")
    text = BETWEEN_CAPITALS.sub(" ", BETWEEN_TIMES.sub(f" {until} ", text))
    text = TIME.sub(lambda found: _time(int(found[1]), int(found[2]), _), text)
    return _as_said(text, _.language.value)


def _digits(group: str) -> str:
    """Six or more in two halves, with a moment between."""
    middle = len(group) // 2 if len(group) >= HALF else len(group)
    return ", ".join(" ".join(half) for half in (group[:middle], group[middle:]) if half)


def _time(hour: int, minute: int, _: Wording) -> str:
    """As it is said, and not as a clock of 24 hours shows it."""
    if minute == 0 and hour % NOON == 0:
        return _("noon") if hour == NOON else _("midnight")
    said = {"hour": (hour - 1) % NOON + 1, "minute": minute}
    if minute == 0:
        time = _("%(hour)s o'clock") % said
    else:
        time = (_("%(hour)s oh %(minute)s") if minute < SOON else "%(hour)s %(minute)s") % said
    if hour % (2 * NOON) < NOON:
        return _("%(time)s in the morning") % {"time": time}
    part = _("%(time)s in the afternoon") if hour < EVENING else _("%(time)s in the evening")
    return part % {"time": time}


def _as_said(text: str, language: str) -> str:
    said = _words(language)
    if not said:
        return text
    pattern = rf"\b(?:{'|'.join(map(re.escape, said))})\b"
    return re.sub(pattern, lambda found: said[found[0].lower()], text, flags=re.IGNORECASE)


@cache
def _words(language: str) -> dict[str, str]:
    """Of a language, in small letters."""
    rows = code_set("spoken_words").rows
    return {row["word"]: row["said"] for row in rows if row["language"] == language and not row["valid_to"]}
