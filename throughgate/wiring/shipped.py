"""That no form is changed to which answers are pinned."""

from throughgate.assessment import instruments


def check() -> list[str]:
    """Empty where each version is as it was first asked."""
    return instruments.unlike_shipped()
