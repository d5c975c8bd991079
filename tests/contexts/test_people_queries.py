"""Who a person is, as each identity has it."""

from dataclasses import replace
from datetime import date

import pytest

from tests import story
from throughgate.foundation.errors import NotFound
from throughgate.foundation.ids import new_id
from throughgate.people import queries as people

pytestmark = pytest.mark.django_db


def test_the_banner_holds_what_each_source_says_newest_first() -> None:
    story.bring_in(
        story.document(pncNumber="2002/0143715R", aliases=[{"firstName": "DEE", "lastName": "LANTERN"}])
    )
    story.bring_in(
        story.document(lastName="MARLOW", dateOfBirth="1989-05-04"), source="LEI", as_at=story.noon(5)
    )
    who = people.banner(story.opens(story.worker(), story.person()))
    assert (who.name, who.birth_date, who.death) == ("Dee Marlow", date(1989, 5, 4), "")
    assert [known.last_name for known in who.known_as] == ["MARLOW", "MARLOWE"]
    told_by_moorland = who.known_as[1]
    assert [alias.last for alias in told_by_moorland.aliases] == ["LANTERN"]
    assert {(number.system, number.value) for number in told_by_moorland.numbers} == {
        ("prison", story.DEE),
        ("pnc", "2002/0143715R"),
    }


def test_somebody_to_whom_nothing_belongs_any_more_is_not_there() -> None:
    story.bring_in(story.document())
    permit = story.opens(story.worker(), story.person())
    with pytest.raises(NotFound):
        people.banner(replace(permit, person_id=new_id()))


def test_the_sides_of_a_pair_can_be_looked_at_together() -> None:
    story.bring_in(story.document(), story.document(story.GETHIN, bookingId="2", firstName="GETHIN"))
    wanted = frozenset({story.identity(story.DEE), story.identity(story.GETHIN)})
    found = people.known_as(story.reviewer(), wanted)
    assert {known.first_name for known in found.values()} == {"DEE", "GETHIN"}
