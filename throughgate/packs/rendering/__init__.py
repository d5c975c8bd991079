"""A sheet on paper, on a screen without a network, and read aloud: one content, three renderers.

Each takes a `Sheet` and gives the whole of its bytes, from memory: nothing is stored, so nothing can be half
served.
"""

from throughgate.packs.rendering.printing import pdf, pdf_of_many
from throughgate.packs.rendering.screen import STYLE, page
from throughgate.packs.rendering.voice import speech, speech_is_possible

__all__ = ["STYLE", "page", "pdf", "pdf_of_many", "speech", "speech_is_possible"]
