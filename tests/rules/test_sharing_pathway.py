"""Who was asked what they want shared before they had settled is asked again."""

from tests.rules.pathway_people import D0, LATE, NOT_STARTED, day, inside, out, step, steps


def test_it_is_asked_again_on_its_day_and_late_after() -> None:
    assert "ask_sharing_again" not in steps(inside())
    assert step(inside(ask_again_on=D0), "ask_sharing_again").due_on == D0
    assert step(inside(ask_again_on=day(2)), "ask_sharing_again").progress is NOT_STARTED
    assert step(inside(ask_again_on=day(-1)), "ask_sharing_again").progress is LATE


def test_leaving_does_not_answer_it() -> None:
    assert step(out(left=-1, ask_again_on=D0), "ask_sharing_again").due_on == D0
