"""Words in an address: opened for whom they were sealed, and for nobody else."""

import base64
from uuid import UUID

import pytest

from throughgate.foundation.sealed import opened, seal

RAVI, BEA = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize("words", ["Marlowe", "A1234BC", "Siân", "4 May 1989", ""])
def test_what_is_sealed_is_opened_as_it_was_and_says_nothing_meanwhile(words: str) -> None:
    sealed = seal(words, owner=RAVI)
    assert opened(sealed, owner=RAVI) == words
    assert not words or words.encode() not in base64.urlsafe_b64decode(sealed)
    assert sealed == seal(words, owner=RAVI)


@pytest.mark.parametrize("sealed", [seal("Marlowe", owner=BEA), "", "Marlowe", "AAAA", "é", "===="])
def test_what_was_sealed_for_another_or_by_nobody_is_empty(sealed: str) -> None:
    assert opened(sealed, owner=RAVI) == ""
