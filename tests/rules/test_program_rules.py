"""What a program signs is checked by our own clock, whatever the library that reads it makes of it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from throughgate.staff import rules

WHO, WHERE = UUID(int=7), "https://record.example/api/token"
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def after(seconds: float) -> float:
    return (AT + timedelta(seconds=seconds)).timestamp()


def wrong(**changed: Any) -> str:
    claims = {"iss": str(WHO), "sub": str(WHO), "aud": WHERE, "jti": "1", "exp": after(60), **changed}
    kept = {name: value for name, value in claims.items() if value != "left out"}
    return rules.wrong_with(kept, program=WHO, audience=WHERE, at=AT)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"aud": [WHERE]},
        {"exp": after(-29)},
        {"exp": after(330)},
        {"iat": after(30), "nbf": 0},
        {"jti": "x" * 200},
    ],
)
def test_what_is_in_order_is_let_in_also_by_a_clock_that_is_a_little_off(changed: dict[str, Any]) -> None:
    assert wrong(**changed) == ""


@pytest.mark.parametrize(
    ("changed", "begins"),
    [
        ({"iss": "left out"}, "iss and sub"),
        ({"iss": str(UUID(int=8))}, "iss and sub"),
        ({"sub": "left out"}, "iss and sub"),
        ({"aud": "left out"}, "aud must be"),
        ({"aud": []}, "aud must be"),
        ({"aud": [WHERE, WHERE]}, "aud must be"),
        ({"aud": f"{WHERE}/"}, "aud must be"),
        ({"jti": "left out"}, "jti must be"),
        ({"jti": 7}, "jti must be"),
        ({"jti": ""}, "jti must be"),
        ({"jti": "x" * 201}, "jti must be"),
        ({"exp": "left out"}, "exp must be"),
        ({"exp": after(-30)}, "exp must be"),
        ({"exp": after(331)}, "exp must be"),
        ({"exp": str(after(60))}, "exp must be"),
        ({"exp": True}, "exp must be"),
        ({"exp": float("nan")}, "exp must be"),
        ({"exp": float("inf")}, "exp must be"),
        ({"exp": 10**400}, "exp must be"),
        ({"iat": after(31)}, "iat and nbf"),
        ({"nbf": after(31)}, "iat and nbf"),
        ({"nbf": None}, "iat and nbf"),
    ],
)
def test_what_is_wrong_is_said(changed: dict[str, Any], begins: str) -> None:
    assert wrong(**changed).startswith(begins)


@pytest.mark.parametrize(("days", "is_wrong"), [(-1, True), (0, False), (365, False), (366, True)])
def test_a_program_ends_within_a_year(days: int, is_wrong: bool) -> None:
    assert rules.wrong_end(TODAY + timedelta(days=days), on=TODAY) is is_wrong


def test_a_program_ends_on_some_day() -> None:
    assert rules.wrong_end(None, on=TODAY)
