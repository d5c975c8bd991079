"""The pure rules of texts for others. No database, no clock."""

from throughgate.summaries.rules.agreeing import agreed, check_way, token
from throughgate.summaries.rules.items import Item, ItemState, items
from throughgate.summaries.rules.states import (
    TextState,
    check_entering,
    check_giving,
    check_holds,
    state_of,
)
from throughgate.summaries.rules.texts import Part, Text, parts, tells, text, texts, told

__all__ = [
    "Item",
    "ItemState",
    "Part",
    "Text",
    "TextState",
    "agreed",
    "check_entering",
    "check_giving",
    "check_holds",
    "check_way",
    "items",
    "parts",
    "state_of",
    "tells",
    "text",
    "texts",
    "token",
    "told",
]
