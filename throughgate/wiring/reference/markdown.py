"""The few shapes a page of reference is made of."""

from collections.abc import Iterable, Sequence


def paragraphs(*parts: str) -> str:
    """A page or a section: its parts with an empty line between, those that say nothing left out."""
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A column in which no row says anything is left out."""
    filled = [list(row) for row in rows]
    kept = [place for place in range(len(head)) if any(row[place] for row in filled)]
    lines = ([line[place] for place in kept] for line in (head, ["---"] * len(head), *filled))
    return "\n".join(_line(line) for line in lines)


def bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def diagram(moves: Iterable[tuple[str, str, str]]) -> str:
    """States, and what leads from one to another, as (from, to, by); "[*]" is the beginning."""
    lines = (f"    {start} --> {end}: {by}" for start, end, by in moves)
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def code(text: str) -> str:
    """As it stands in the code or in a file; nothing stays nothing."""
    return f"`{text}`" if text else ""


def codes(texts: Iterable[str]) -> str:
    return ", ".join(code(text) for text in texts)


def link(text: str, to: str) -> str:
    return f"[{text}]({to})"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
