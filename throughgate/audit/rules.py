"""Merkle trees over audit rows (RFC 6962 hashing) and the chain of their roots. Pure."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

NOTHING_BEFORE = bytes(32)


def leaf(row: bytes) -> bytes:
    """The hash of one row. The prefix keeps a leaf from passing for a node (RFC 6962, 2.1)."""
    return sha256(b"\x00" + row).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """The Merkle root of leaf hashes, in order; of none, the hash of nothing.

    Kept as a stack of perfect subtrees, so that any number of rows is read once in little memory.
    """
    peaks: list[tuple[int, bytes]] = []
    for hashed in leaves:
        size, node = 1, hashed
        while peaks and peaks[-1][0] == size:
            node = _node(peaks.pop()[1], node)
            size *= 2
        peaks.append((size, node))
    return _joined([node for _, node in peaks])


def chain(previous: bytes, this_root: bytes, *, from_txid: int, to_txid: int, rows: int) -> bytes:
    """What ties a seal to the one before: change any row, bound or count and every later link differs."""
    bounds = f"{from_txid}:{to_txid}:{rows}".encode()
    return sha256(previous + this_root + bounds).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _joined(peaks: Sequence[bytes]) -> bytes:
    if not peaks:
        return sha256().digest()
    node = peaks[-1]
    for peak in reversed(peaks[:-1]):
        node = _node(peak, node)
    return node
