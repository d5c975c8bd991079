"""Words cut to the length that another system takes at once."""

LIMIT = 4000  # characters: what a field for notes commonly takes


def parts(text: str, *, limit: int = LIMIT) -> list[str]:
    """The text in pieces of at most so many characters, cut between words wherever a piece has any."""
    pieces = []
    while len(text) > limit:
        cut = max(text.rfind(space, 1, limit + 1) for space in " \n")
        cut = cut if cut > 0 else limit
        pieces.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*pieces, text]
