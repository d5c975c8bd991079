"""How long asking takes, by the numbers of the table."""

import pytest

from throughgate.assessment.rules import pace
from throughgate.assessment.rules.pace import Effort


@pytest.mark.parametrize(
    ("effort", "usual", "slow"),
    [
        pytest.param(Effort(), 0, 0, id="nothing"),
        pytest.param(Effort(said=183), 60, 90, id="a minute of words read aloud"),
        pytest.param(Effort(read=119), 30, 40.8, id="half a minute of words read silently"),
        pytest.param(Effort(answers=2), 5.2, 14, id="thought of and said"),
        pytest.param(Effort(decisions=1, presses=1), 2.65, 3.05, id="one box"),
        pytest.param(Effort(decisions=1, presses=2), 3.95, 4.75, id="two boxes of one answer"),
        pytest.param(Effort(scrolls=2, pages=1), 2.7, 5, id="further down, and on"),
        pytest.param(Effort(fields=1, keys=10), 3.6, 12.8, id="from mouse to keys and back"),
    ],
)
def test_what_asking_takes_is_added_up(effort: Effort, usual: float, slow: float) -> None:
    assert pace.seconds(effort) == pytest.approx(usual, abs=0.05)
    assert pace.seconds(effort, pace="slow") == pytest.approx(slow, abs=0.05)
