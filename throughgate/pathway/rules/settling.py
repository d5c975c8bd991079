"""What a worker may say of a step by hand: that it is done, or is not needed."""

from throughgate.foundation import wrong
from throughgate.pathway.rules.facts import BY_HAND, UNTIL_TALKED, StepRow


def wrong_with_word(row: StepRow, *, state: str, text: str) -> dict[str, str]:
    """A sentence for each part that has to be put right.

    What has to be ready is done once its item is confirmed, which counts for all the steps about it.
    """
    return wrong.parts({"state": _wrong_with_state(row, state), "text": _wrong_with_text(row, state, text)})


def _wrong_with_state(row: StepRow, state: str) -> str:
    if state not in BY_HAND:
        return "Choose whether it is done or not needed."
    if state == "done" and row.completed_by.startswith("ready:"):
        return "Say that it is confirmed, under what has to be ready for the day they leave."
    return ""


def _wrong_with_text(row: StepRow, state: str, text: str) -> str:
    if state == "not_needed" and not text:
        return "Write why it is not needed."
    if row.anchor in UNTIL_TALKED and not text:
        return "Write what was done to keep them safe, and who knows of it."
    return wrong.too_long(text)
