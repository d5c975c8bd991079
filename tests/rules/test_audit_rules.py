"""The Merkle trees over audit rows, and the chain of their roots."""

from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughgate.audit import rules

# The eight leaves by which implementations of RFC 6962 are compared, and the root of the first n of them.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("count", range(1, 9))
def test_roots_are_those_of_rfc_6962(count: int) -> None:
    leaves = [rules.leaf(bytes.fromhex(leaf)) for leaf in LEAVES[:count]]
    assert rules.root(leaves).hex() == ROOTS[count - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert rules.root([]) == sha256(b"").digest()


def as_written_in_the_standard(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1: split at the largest power of two smaller than the number of leaves."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = leaves[:half], leaves[half:]
    return sha256(b"\x01" + as_written_in_the_standard(left) + as_written_in_the_standard(right)).digest()


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40))
def test_reading_rows_once_gives_the_root_the_standard_defines(rows: list[bytes]) -> None:
    leaves = [rules.leaf(row) for row in rows]
    assert rules.root(iter(leaves)) == as_written_in_the_standard(leaves)


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=20), st.data())
def test_another_row_is_another_root(rows: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    changed = [*rows]
    changed[place] += b"!"
    roots = {rules.root(map(rules.leaf, each)) for each in (rows, changed, [*rows, b""])}
    assert len(roots) == 3


SEAL: dict[str, Any] = {
    "previous": rules.NOTHING_BEFORE,
    "this_root": b"r" * 32,
    "from_txid": 0,
    "to_txid": 9,
    "rows": 3,
}


@pytest.mark.parametrize(
    "changed",
    [{"previous": b"p" * 32}, {"this_root": b"s" * 32}, {"from_txid": 1}, {"to_txid": 10}, {"rows": 4}],
    ids=lambda changed: next(iter(changed)),
)
def test_a_seal_hangs_on_everything_it_says(changed: dict[str, Any]) -> None:
    assert chain(**SEAL) != chain(**{**SEAL, **changed})


def chain(*, previous: bytes, this_root: bytes, **bounds: int) -> bytes:
    return rules.chain(previous, this_root, **bounds)
