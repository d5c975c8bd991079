"""What a page of somebody's own book can come to say stands in every language of the book.

Whoever writes a message need not know who reads it: which ones the book leads to is read from the source.
"""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.architecture.source import planted
from throughgate.wiring import messages
from throughgate.wiring.reach import Place, Source

VIEW = """
from throughgate.pages import doors
from throughgate.story import rules as story
from throughgate.story.rules import Kind

def _helper():
    return Kind, story.check

@doors.own
def page(request):
    return _helper()

@doors.record
def of_a_worker(request):
    return story.of_workers()
"""
RULES = """
from throughgate.story.rules import check as itself

TOLD: dict = {"late": _("It is late.")}

class Kind:
    label = words("A kind")

def check():
    return TOLD, sentence("Write a number up to %(most)s.", most=9), OutsideThePermit("Not yours.")

def of_workers():
    return _("For workers"), gettext(name), print("No message"), Refused()
"""
PLANTED = {"pages/mine/views.py": VIEW, "story/rules.py": RULES, "story/__init__.py": ""}


@pytest.fixture(name="source")
def _source(tmp_path: Path) -> Source:
    planted(tmp_path, PLANTED)
    return Source.below(tmp_path, "throughgate")


def test_all_that_the_book_says_stands_in_the_welsh_catalogue() -> None:
    with messages.WELSH.open("rb") as file:
        welsh = {str(message.id): message.string for message in read_po(file)}
    assert sorted(text for text in messages.of_the_book() if not welsh.get(text)) == []


def test_the_book_is_found_to_say_what_it_says() -> None:
    said = messages.of_the_book()
    assert {
        "Say that as well, or take away what stands here. %(only_if)s",
        "Write a number up to %(most)s.",
        "somebody who has left",
    } <= said
    assert "Your role does not give out codes, nor stop them. Ask a colleague whose role does." not in said


def test_what_a_view_leads_to_is_found_through_names_classes_and_tables(source: Source) -> None:
    views = source.views("throughgate.pages.mine.", frozenset({"doors.own"}))
    assert views == [Place("throughgate.pages.mine.views", "page")]
    assert source.said(source.reached(views)) == {
        "It is late.",
        "A kind",
        "Write a number up to %(most)s.",
        "Not yours.",
    }


def test_what_another_door_leads_to_is_said_to_others(source: Source) -> None:
    views = source.views("throughgate.pages.", frozenset({"doors.record"}))
    assert source.said(source.reached(views)) == {"For workers"}
