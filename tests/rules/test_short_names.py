"""Short forms of first names: the table holds only what may take a doubt away."""

from collections import defaultdict

from throughgate.foundation.codesets import code_set
from throughgate.linkage.rules import is_short_form
from throughgate.people.rules import fold

ROWS = code_set("short_names").rows


def usual(name: str) -> str:
    """As it is spelled usually."""
    return next(row["same_as"] or row["name"] for row in ROWS if row["name"] == name)


def test_a_short_form_is_of_one_name_alone_however_that_is_spelled() -> None:
    """Two children of one birth may be Edward and Theodore, and each of them is Ted."""
    names = defaultdict(set)
    for row in ROWS:
        names[fold(row["short"])].add(usual(row["name"]))
    assert {short: found for short, found in names.items() if len(found) > 1} == {}


def test_no_short_form_is_a_name_with_short_forms_itself() -> None:
    assert {fold(row["short"]) for row in ROWS} & {fold(row["name"]) for row in ROWS} == set()


def test_what_a_name_is_spelled_as_is_spelled_so_itself() -> None:
    assert {usual(row["same_as"]) for row in ROWS if row["same_as"]} <= {
        row["name"] for row in ROWS if not row["same_as"]
    }


def test_each_row_holds_either_way_round() -> None:
    for row in ROWS:
        short, name = fold(row["short"]), fold(row["name"])
        assert is_short_form(short, name)
        assert is_short_form(name, short)


def test_what_stands_for_several_names_or_is_a_name_of_its_own_is_not_there() -> None:
    """Each of these a brother or a sister of the same birth might bear, or be called by."""
    asked = {"ted", "ed", "sam", "alex", "chris", "nick", "andy", "pat", "jo", "rob", "will", "harry", "jack"}
    asked |= {"kit", "fred", "frank", "jon", "gerry", "terry", "phil", "vic", "sue", "beth", "kath", "steph"}
    assert asked & {fold(row["short"]) for row in ROWS} == set()


def test_two_short_forms_of_one_name_are_not_each_other() -> None:
    assert not is_short_form("bob", "bobby")
    assert not is_short_form("bill", "bill")
