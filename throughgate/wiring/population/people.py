"""Who somebody is: a name nobody has, a birth date, numbers, kin. Each from their serial alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from throughgate.wiring.population import numbers
from throughgate.wiring.population.draws import Draw, Rates, rows

NO_FIXED_ADDRESS = "ZZ99 3VZ"  # as the NHS writes it
FATHER_OLDER_YEARS = (18, 35)
DAYS_OF_A_YEAR = 365


class Forename(NamedTuple):
    """A first name, the same without its marks, and another that somebody with that name goes by."""

    name: str
    plain: str
    also: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """A true person. `kin` is the serial of a twin, a father or a son."""

    serial: int
    sex: str
    called: Forename
    last: str
    alias: str  # another surname, which goes with `called.also`; "" for none
    born: date
    ethnicity: str
    language: str
    needs_interpreter: bool
    postcode: str
    pnc: str
    nhs: str
    kin: int | None = None


@dataclass(frozen=True)
class People:
    """Everybody there is, without keeping them: asked twice, it tells the same."""

    seed: int
    rates: Rates
    on: date  # the day ages are counted to

    def who(self, serial: int) -> Who:
        """The second of a pair may be kin to the first."""
        draw = Draw(self.seed, "who", serial, rates=self.rates)
        one = self._stranger(serial, draw)
        if serial % 2 == 0 or not draw.happens("kin"):
            return one
        return self._kin(one, self.who(serial - 1), draw)

    def _stranger(self, serial: int, draw: Draw) -> Who:
        sex = "Female" if draw.happens("woman") else "Male"
        language = draw.choice("language")
        age = timedelta(days=draw.number("age") * DAYS_OF_A_YEAR + draw.whole(0, DAYS_OF_A_YEAR - 1))
        return Who(
            serial=serial,
            sex=sex,
            called=draw.one_of(_forenames(sex, language)),
            last=_surname(draw, language),
            alias=_surname(draw, "en") if draw.happens("has_alias") else "",
            born=self.on - age,
            ethnicity=draw.choice("ethnicity"),
            language=language,
            needs_interpreter=language not in {"en", "cy"} and draw.happens("interpreter"),
            postcode=NO_FIXED_ADDRESS if draw.happens("no_fixed_address") else f"ZZ{draw.whole(1, 98)} 9ZZ",
            pnc=numbers.police(serial) if draw.happens("has_pnc") else "",
            nhs=numbers.nhs(serial),
        )

    def _kin(self, one: Who, first: Who, draw: Draw) -> Who:
        """A twin of the first, or a son with the same name: the pairs that are taken for one person."""
        one = replace(one, kin=first.serial, last=first.last, postcode=first.postcode, alias="")
        if draw.choice("kinship") == "twins":
            others = [each for each in _forenames(first.sex, first.language) if each != first.called]
            return replace(one, sex=first.sex, born=first.born, called=draw.one_of(others))
        same_name = replace(one, sex=first.sex, called=first.called)
        return replace(same_name, born=_years_apart(first.born, draw.whole(*FATHER_OLDER_YEARS), self.on))


def _years_apart(born: date, years: int, on: date) -> date:
    """A birth date that many years later, or earlier where a child would be in prison."""
    apart = timedelta(days=years * DAYS_OF_A_YEAR + 90)
    later = born + apart
    return later if (on - later).days > FATHER_OLDER_YEARS[0] * DAYS_OF_A_YEAR + 366 else born - apart


@cache
def _forenames(sex: str, language: str) -> Sequence[Forename]:
    return [
        Forename(row["name"], row["plain"] or row["name"], row["also"])
        for row in rows("forenames")
        if (row["sex"], row["language"]) == (sex, language)
    ]


@cache
def _parts(part: str, language: str) -> Sequence[str]:
    return [row["text"] for row in rows("surnames") if (row["part"], row["language"]) == (part, language)]


def _surname(draw: Draw, language: str) -> str:
    """A thing of the house: Lampspoon, now and then O'Lampspoon or Lampspoon-Kettlebox."""
    own = "cy" if language == "cy" else "en"
    name = draw.one_of(_parts("head", own)) + draw.one_of(_parts("tail", own))
    lot = draw.whole(1, 20)
    if lot == 1:
        return draw.one_of(_parts("before", "en")) + name
    return (
        f"{name}-{draw.one_of(_parts('head', own))}{draw.one_of(_parts('tail', own))}" if lot == 2 else name
    )
