"""Invented prisoner-search documents, as many as are wanted: the same number and seed give the same one.

About ten entries follow from each when it is first seen. Names are made of syllables, prison numbers begin
with Z and police numbers count up from one, so that none is anybody's.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from throughgate.foundation.codesets import code_set
from throughgate.people.rules import CHECK_LETTERS

Document = dict[str, Any]

FIRST_DAY = date(2026, 9, 1)  # of the first extract
SHARE_INSIDE = 0.3  # of all whom the prisons ever knew
SHARE_WITH_ALIAS = 0.4
SHARE_CHANGED = 0.02  # from one extract to the next
SHARE_SENTENCED_ANEW = 0.2  # of those changed
SHARE_AT_COURT = 0.2  # of those changed who are inside
FORENAMES = ("Ado", "Bere", "Calo", "Dani", "Edo", "Fari", "Goro", "Hale", "Ilo", "Jona", "Keri", "Lumo")
ENDINGS = ("n", "ra", "lin", "ta", "vo", "sa", "mir", "del")
SURNAMES = (
    "Placehold",
    "Inven",
    "Exampl",
    "Sampl",
    "Madeup",
    "Fictiv",
    "Suppos",
    "Imagin",
    "Notreal",
    "Draf",
)
TAILS = ("er", "ton", "ley", "by", "wick", "son", "ham", "worth", "field", "stead", "ford", "shaw")
ALERTS = (("X", "XA"), ("H", "HA"), ("H", "HC"), ("M", "MAS"), ("M", "MEP"), ("O", "OISFL"), ("L", "LCE"))
NEEDS = (("DISAB", "ASP"), ("PSYCH", "DEP"), ("DISAB", "RM"), ("PHY", "ASTH"))
LAW = (("SENTENCED", "SENT03"), ("SENTENCED", "ADIMP_ORA"), ("RECALL", "LR_ORA"), ("REMAND", "TRL"))
# When each date of a sentence falls, in lengths of the time to be served.
SENTENCE = {
    "homeDetentionCurfewEligibilityDate": 0.7,
    "conditionalReleaseDate": 1.0,
    "releaseDate": 1.0,
    "sentenceExpiryDate": 2.0,
    "licenceExpiryDate": 2.0,
}
# Fields of the service that are read past, so that a document is as long as a real one.
READ_PAST = {
    "youthOffender": False,
    "maritalStatus": "Single-not married/in civil partnership",
    "religion": "No Religion",
    "nationality": "British",
    "category": "C",
    "csra": "Standard",
    "mostSeriousOffence": "An offence that is read past, and never kept",
    "indeterminateSentence": False,
    "imprisonmentStatusDescription": "As the prison service describes the status",
    "currentIncentive": {
        "level": {"code": "STD", "description": "Standard"},
        "dateTime": "2026-07-07T09:18:46",
        "nextReviewDate": "2027-01-10",
    },
    "heightCentimetres": 175,
    "weightKilograms": 75,
    "hairColour": "Brown",
    "rightEyeColour": "Brown",
    "leftEyeColour": "Brown",
    "facialHair": "Clean Shaven",
    "shapeOfFace": "Oval",
    "build": "Medium",
    "shoeSize": 9,
}


def documents(numbers: Iterable[int], *, seed: int) -> Iterator[Document]:
    """The first extract: one document for each number."""
    for number in numbers:
        yield _document(number, _drawn(seed, number))


def changed(
    numbers: Iterable[int], *, seed: int, extract: int, share: float = SHARE_CHANGED
) -> Iterator[Document]:
    """A later extract (1, 2, ...): the same people, that share of them changed in several fields."""
    for number in numbers:
        document = _document(number, _drawn(seed, number))
        random = _drawn(seed, number, extract)
        yield _altered(document, random, extract) if random.random() < share else document


def write(documents: Iterable[Document], path: Path) -> int:
    """As the service answers, in one array; returns how many bytes that is."""
    with path.open("w", encoding="utf-8") as file:
        before = "["
        for document in documents:
            file.write(before)
            file.write(json.dumps(document, separators=(",", ":")))
            before = ",\n"
        file.write("]\n")
        return file.tell()


def _drawn(*parts: int) -> Random:
    return Random(":".join(map(str, parts)))  # noqa: S311 - the same every time is what is wanted


def _document(number: int, random: Random) -> Document:
    is_inside = random.random() < SHARE_INSIDE
    received = FIRST_DAY - timedelta(days=random.randrange(20, 300))
    born = date(1950, 1, 1) + timedelta(days=random.randrange(20_000))
    forename = random.choice(FORENAMES) + random.choice(ENDINGS)
    surname = random.choice(SURNAMES) + random.choice(TAILS)
    legal_status, status_code = random.choice(LAW)
    return {
        "prisonerNumber": _prison_number(number),
        **_police_number(number),
        "bookingId": str(1_000_000 + number),
        "firstName": forename.upper(),
        "middleNames": random.choice(FORENAMES).upper(),
        "lastName": surname.upper(),
        "dateOfBirth": born.isoformat(),
        "gender": "Male",
        "ethnicity": "White: Eng./Welsh/Scot./N.Irish/British",
        **READ_PAST,
        **(_inside(random, received) if is_inside else _released(random, received)),
        "receptionDate": received.isoformat(),
        "legalStatus": legal_status,
        "imprisonmentStatus": status_code,
        "recall": legal_status == "RECALL",
        "restrictedPatient": False,
        **_dates(random, received),
        "aliases": _aliases(random, forename, born),
        "alerts": [_alert(*each) for each in random.sample(ALERTS, random.randrange(1, 4))],
        "personalCareNeeds": [_need(*each) for each in random.sample(NEEDS, random.randrange(2))],
    }


def _prison_number(number: int) -> str:
    letters = f"{chr(65 + number // 260_000 % 26)}{chr(65 + number // 10_000 % 26)}"
    return f"Z{number % 10_000:04}{letters}"


def _police_number(number: int) -> Document:
    """A short year and a serial of their own; three in five have one."""
    if number % 5 > 2:
        return {}
    year = number % 20
    letter = CHECK_LETTERS[int(f"{year:02}{number + 1:07}") % len(CHECK_LETTERS)]
    return {
        "pncNumber": f"{year:02}/{number + 1}{letter}",
        "pncNumberCanonicalLong": f"20{year:02}/{number + 1:07}{letter}",
    }


def _inside(random: Random, received: date) -> Document:
    return {
        "status": "ACTIVE IN",
        "inOutStatus": "IN",
        "lastMovementTypeCode": "ADM",
        "lastMovementReasonCode": "INT",
        "lastMovementDate": (received + timedelta(days=random.randrange(1, 15))).isoformat(),
        "prisonId": random.choice(_prisons()),
        "cellLocation": _cell(random),
    }


def _released(random: Random, received: date) -> Document:
    return {
        "status": "INACTIVE OUT",
        "inOutStatus": "OUT",
        "lastMovementTypeCode": "REL",
        "lastMovementReasonCode": "CR",
        "lastMovementDate": (received + timedelta(days=random.randrange(5, 20))).isoformat(),
        "prisonId": "OUT",
        "lastPrisonId": random.choice(_prisons()),
    }


@cache
def _prisons() -> tuple[str, ...]:
    return tuple(row["code"] for row in code_set("prisons").rows if row["active"] == row["men"] == "yes")


def _cell(random: Random) -> str:
    return f"{random.choice('ABCDEF')}-{random.randrange(1, 5)}-{random.randrange(1, 60):03}"


def _dates(random: Random, received: date) -> Document:
    days = random.randrange(60, 1500)
    return {
        field: (received + timedelta(days=int(days * lengths))).isoformat()
        for field, lengths in SENTENCE.items()
    }


def _aliases(random: Random, forename: str, born: date) -> list[Document]:
    if random.random() > SHARE_WITH_ALIAS:
        return []
    surname = random.choice(SURNAMES) + random.choice(TAILS)
    return [{"firstName": forename, "lastName": surname, "dateOfBirth": born.isoformat(), "gender": "Male"}]


def _alert(alert_type: str, code: str) -> Document:
    return {"alertType": alert_type, "alertCode": code, "active": True, "expired": False}


def _need(kind: str, code: str) -> Document:
    return {
        "problemType": kind,
        "problemCode": code,
        "problemStatus": "ON",
        "problemDescription": "As the prison wrote it",
        "startDate": "2020-06-21",
        "endDate": None,
    }


def _altered(document: Document, random: Random, extract: int) -> Document:
    """What a day may bring: another cell, other alerts, a trip to court, sometimes a later sentence."""
    changed = {**document, "alerts": [_alert(*each) for each in random.sample(ALERTS, 2)]}
    if random.random() < SHARE_SENTENCED_ANEW:
        for field in ("conditionalReleaseDate", "releaseDate", "sentenceExpiryDate"):
            day = date.fromisoformat(document[field]) + timedelta(days=extract)
            changed[field] = day.isoformat()
    if document["inOutStatus"] == "IN":
        changed["cellLocation"] = _cell(random)
        if random.random() < SHARE_AT_COURT:
            changed |= _at_court(FIRST_DAY + timedelta(days=extract))
    return changed


def _at_court(day: date) -> Document:
    return {
        "status": "ACTIVE OUT",
        "inOutStatus": "OUT",
        "lastMovementTypeCode": "CRT",
        "lastMovementReasonCode": "CA",
        "lastMovementDate": day.isoformat(),
    }
