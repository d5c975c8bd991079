"""How far a text is, and what may be done with it. Pure."""

from enum import StrEnum

from throughgate.foundation import wrong
from throughgate.foundation.codesets import code_set
from throughgate.foundation.errors import Refused
from throughgate.summaries.rules.texts import Text


class TextState(StrEnum):
    MADE = "made"  # agreed line by line, and with nobody yet
    GIVEN = "given"
    REVOKED = "revoked"
    REPLACED = "replaced"  # there is a newer version, which holds
    LAPSED = "lapsed"  # there was a newer version, which was taken back


def state_of(*, is_newest: bool, newer_holds: bool, is_given: bool, is_revoked: bool) -> TextState:
    """What was replaced does not hold again once the newer one is taken back: it is the older word still."""
    if is_revoked:
        return TextState.REVOKED
    if newer_holds:
        return TextState.REPLACED
    if not is_newest:
        return TextState.LAPSED
    return TextState.GIVEN if is_given else TextState.MADE


def check_holds(state: TextState) -> None:
    """Refuse to go on with a text that holds no more."""
    if state is TextState.REVOKED:
        raise Refused("This text was taken back. Make a new one.")
    if state is TextState.REPLACED:
        raise Refused("There is a newer version of this text. Go on with that one.")
    if state is TextState.LAPSED:
        raise Refused("The version after this one was taken back. Make a new one.")


def check_giving(state: TextState, *, way: str, text: str) -> None:
    """Refuse to give what holds no more, in no way, or with more words than there is room for."""
    check_holds(state)
    is_way = way in code_set("summary_givings")
    said = {"way": "" if is_way else "Choose how it reached them.", "text": wrong.too_long(text)}
    wrong.refuse(wrong.parts(said))


def check_entering(state: TextState, text: Text, system: str) -> None:
    """Refuse to enter what holds no more; and into a system of justice, what was not agreed for one."""
    check_holds(state)
    row = code_set("other_systems").get(system)
    if row is None:
        raise Refused("Choose the system you entered it in.")
    if row["is_justice"] == "yes" and not text.is_justice:
        raise Refused("They did not agree to this text for a system that justice reads. Make one that is.")
