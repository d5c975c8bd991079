"""The secret that signs sessions: given on a real installation, made once for demo, tests and benches."""

import os
import secrets
from pathlib import Path

SHORTEST = 32  # characters
VAR = Path(__file__).resolve().parents[2] / "var"


def secret_key(mode: str) -> str:
    """`TG_SECRET_KEY`, or outside `serve` a random one kept in var/.

    Raises: SystemExit when a real installation has not been given one, or one that could be guessed.
    """
    given = os.environ.get("TG_SECRET_KEY", "")
    if mode == "serve" and given and len(given) < SHORTEST:
        raise SystemExit(
            f"TG_SECRET_KEY has {len(given)} characters, and codes on paper are kept from guessing by it."
            f" Give {SHORTEST} or more, drawn at random."
        )
    if given:
        return given
    if mode == "serve":
        raise SystemExit("TG_SECRET_KEY is not set. Give the server a long random secret and keep it.")
    return _kept(VAR / "secret_key")


def _kept(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        fresh.rename(path)
    return path.read_text()
