"""Numbers that are nobody's: each passes the checks of its system and lies where none is given out."""

from throughgate.people.rules import CHECK_LETTERS

MOST_PEOPLE = 400_000  # as many as have a number of each kind, and a second one for mistakes
SECOND = 3_000_000  # added for a second prison number
MISTYPED = str.maketrans("0123456789", "1234567890")


def prison(serial: int) -> str:
    """A prison number that begins with Z, as none does that was ever given."""
    letters = f"{chr(65 + serial // 260_000 % 26)}{chr(65 + serial // 10_000 % 26)}"
    return f"Z{serial % 10_000:04}{letters}"


def nhs(serial: int) -> str:
    """A number of the range kept for tests (999); "" for one in eleven, which would have no check digit."""
    digits = f"999{serial:06}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True))
    check = (11 - total % 11) % 11
    return f"{digits}{check}" if check < 10 else ""


def mistyped(number: str) -> str:
    """The number with its last digit wrong, so that its check fails."""
    return number[:-1] + number[-1].translate(MISTYPED)


def police(serial: int) -> str:
    """A low serial of its own in a year of this century, and the letter that goes with both."""
    year = serial % 20
    letter = CHECK_LETTERS[int(f"{year:02}{serial + 1:07}") % len(CHECK_LETTERS)]
    return f"20{year:02}/{serial + 1:07}{letter}"
