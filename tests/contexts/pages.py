"""Parts of a page, as a test reads it."""

import re
from html import unescape

TAGS = re.compile(r"<[^>]+>")


def card(page: str, name: str) -> str:
    """What the card of that id says, without its marks."""
    _, _, rest = page.partition(f'id="{name}"')
    return said(rest.partition("</section>")[0].partition(">")[2])


def said(html: str) -> str:
    """The words of a piece of a page, one space between them."""
    return " ".join(unescape(TAGS.sub(" ", html)).split())
