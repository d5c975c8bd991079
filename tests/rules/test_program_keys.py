"""Whatever is sent in place of a key or of something signed, it is refused in words and nothing breaks."""

import base64
import json
from contextlib import suppress
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from throughgate.staff import keys

LEAF = some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=9)
JSON = some.recursive(
    LEAF, lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner), max_leaves=9
)
NAMES = ("kty", "crv", "x", "y", "n", "e", "d", "k", "alg", "use", "kid")
KIND = some.sampled_from(["EC", "RSA", "OKP", "oct", "P-256", "P-384", "Ed25519", "AQAB"])
JWK = some.dictionaries(some.sampled_from(NAMES), KIND | JSON)


def part(said: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


@given(some.text())
def test_text_in_place_of_a_key_is_refused(pasted: str) -> None:
    with suppress(keys.NoKey):
        keys.read(pasted)


@given(JWK | JSON)
def test_json_in_place_of_a_key_is_refused(pasted: Any) -> None:
    with suppress(keys.NoKey):
        keys.read(json.dumps(pasted))


@given(some.text())
def test_text_in_place_of_what_was_signed_is_nobodys(sent: str) -> None:
    assert isinstance(keys.claimed(sent), str)


@given(JSON, JSON, some.text(alphabet="AQab_-", max_size=9))
def test_json_in_place_of_what_was_signed_breaks_nothing(head: Any, said: Any, signature: str) -> None:
    assert isinstance(keys.claimed(f"{part(head)}.{part(said)}.{signature}"), str)
