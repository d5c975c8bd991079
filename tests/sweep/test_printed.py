"""What is printed or taken along tells no more than the record does, to the same role (C02)."""

import pytest

from tests.sweep.routes import addresses, named
from tests.sweep.walk import Answer, go, record, some
from tests.sweep.world import RECOVERY, World
from throughgate.access import policy

CARRIED = [
    *("pack", "agree_pack", "pack_file", "plain_text"),
    *("text", "copy_text", "text_file"),
]


def shown(world: World, answer: Answer) -> set[str]:
    found = world.canaries.found(answer.body)
    return {canary.where for canary in found if canary.is_word and canary.whose == "own"}


@pytest.mark.parametrize("name", CARRIED)
def test_what_is_printed_tells_no_more_than_the_record(world: World, name: str) -> None:
    told = 0
    for role in {RECOVERY, *some([*policy.roles()], most=3, of=name)}:
        page = shown(world, record(world, role, "own"))
        for address in some(addresses(world, named(name), role, "own"), most=4, of=name):
            carried = shown(world, go(world, address))
            assert carried <= page, address
            told += len(carried)
    assert told
