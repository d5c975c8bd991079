"""What the pages of packs are asked for and sent: shapes only; what may be kept is decided elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django.http import QueryDict

from throughgate.foundation.errors import NotFound
from throughgate.foundation.ids import new_id
from throughgate.packs.content import Edition, Language, Layout, Reader
from throughgate.pages.typed import id_in
from throughgate.record.rules import Form

LONGEST_KEY = 120  # characters: what the record holds of it
EDITION = ("language", "layout", "discreet")
LEFT_OUT = "left_out_"  # and the key of a section: the controls of what is under it
SHEETS = {"sheet-1": Reader.PERSON, "sheet-2": Reader.NEXT_WORKER}  # names that tell a finder nothing
SHEET_OF = {reader: sheet for sheet, reader in SHEETS.items()}
PERSON = "person"  # the control of one person on the list of the lounge
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A form of a pack as it was sent; opening it makes its key."""

    form: Form
    left_out: tuple[str, ...] = ()  # keys of items
    readers: tuple[Reader, ...] = ()  # whose sheets are given
    edition: Edition = field(default_factory=lambda: Edition(Reader.PERSON))
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Ticked:
    """Whose packs are asked for at once."""

    key: str
    person_ids: tuple[UUID, ...]


def reader(sheet: str) -> Reader:
    """For whom the sheet of that name is. Raises: NotFound where there is none."""
    if sheet not in SHEETS:
        raise NotFound
    return SHEETS[sheet]


def spoken(language: str) -> Language:
    """The language of sheets for somebody who speaks that one."""
    return _chosen(language, Language.ENGLISH)


def language(given: Mapping[str, str], *, usual: Language) -> Language:
    """The language asked for; what nobody offers asks for the usual."""
    return _chosen(given.get("language", ""), usual)


def edition(given: Mapping[str, str], *, usual: Language = Language.ENGLISH) -> Edition:
    """How the person's own sheet is asked for; what nobody offers asks for the usual."""
    return Edition(
        Reader.PERSON,
        language(given, usual=usual),
        _chosen(given.get("layout", ""), Layout.STANDARD),
        is_discreet=bool(given.get("discreet")),
    )


def as_typed(asked: Edition) -> dict[str, str]:
    """An edition as an address asks for it."""
    discreet = {"discreet": "yes"} if asked.is_discreet else {}
    return {"language": asked.language.value, "layout": asked.layout.value, **discreet}


def opened(typed: Typed) -> Typed:
    """A form about to be shown: for the first time, or again after a refusal."""
    return replace(typed, form=Form(str(new_id())))


def sent(given: QueryDict) -> Typed:
    return Typed(
        form=Form(_key(given)),
        left_out=tuple(_left_out(given)),
        readers=tuple(SHEETS[each] for each in given.getlist("sheets") if each in SHEETS),
        edition=edition({name: given.get(name, "") for name in EDITION}),
        text=given.get("text", "").strip(),
    )


def ticked(given: QueryDict) -> Ticked:
    ids = (id_in({PERSON: value}, PERSON) for value in given.getlist(PERSON))
    return Ticked(key=_key(given), person_ids=tuple(dict.fromkeys(filter(None, ids))))


def _key(given: QueryDict) -> str:
    return given.get("form_key", "")[:LONGEST_KEY]


def _left_out(given: QueryDict) -> Iterator[str]:
    for name in given:
        if name.startswith(LEFT_OUT):
            yield from given.getlist(name)


def _chosen(text: str, usual: Choice) -> Choice:
    choices = type(usual)
    return choices(text) if text in tuple(choices) else usual
