"""Whatever somebody typed is shown and never run (N04): what `judging` looks for is there to be found."""

from html import unescape

import pytest

from tests.sweep.canaries import ATTACKS
from tests.sweep.judging import foreign
from tests.sweep.walk import Answer, record
from tests.sweep.world import RECOVERY, World


def test_what_could_run_is_on_the_pages_that_are_swept(world: World) -> None:
    """Else they would be found clean for want of attacks."""
    page = unescape(record(world, RECOVERY, "own").body)
    assert [attack for attack in ATTACKS if attack not in page] == []


@pytest.mark.parametrize(
    "mark", ["<img src=x onerror=alert(1)>", "<script src=//x>", '<a href="java\nscript:a">']
)
def test_a_mark_planted_on_a_page_is_caught(mark: str) -> None:
    assert foreign(Answer(200, f"<p>Dee{mark}</p>", "Content-Type: text/html"))
