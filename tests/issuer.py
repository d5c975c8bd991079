"""An organisation's own sign-in, played on this machine: it says what a test has it say."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from throughgate.foundation import clock

CLIENT = "throughgate-here"


class FakeIssuer:
    """`claims` are laid over what an honest one would say; `alg` and `key` are what it signs with."""

    def __init__(self, port: int) -> None:
        self.address = f"http://localhost:{port}"
        self.key: Any = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.published = json.loads(RSAAlgorithm.to_jwk(self.key.public_key())) | {
            "kid": "one",
            "alg": "RS256",
        }
        self.alg = "RS256"
        self.claims: dict[str, Any] = {}
        self.without: tuple[str, ...] = ()
        self.described: dict[str, str] = {}
        self.asked: dict[str, str] = {}
        self.sent: dict[str, str] = {}

    def settings(self, name: str = "mdi", organisation: str = "MDI") -> dict[str, Any]:
        return {
            "id": name,
            "name": "Moorland",
            "organisation": organisation,
            "address": self.address,
            "client_id": CLIENT,
            "secret": "a secret of ours",
            "asks_second_factor": True,
        }

    def is_sent(self, location: str) -> dict[str, str]:
        """Somebody's browser comes with our question; what it is sent back with."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        return {"code": "a-code", "state": self.asked["state"]}

    def answer(self, path: str) -> Any:
        if path == "/.well-known/openid-configuration":
            pages = {"authorization_endpoint": "ask", "token_endpoint": "token", "jwks_uri": "keys"}
            found = {name: f"{self.address}/{page}" for name, page in pages.items()}
            return {"issuer": self.address} | found | self.described
        return {"keys": [self.published]} if path == "/keys" else {"id_token": self._token()}

    def _token(self) -> str:
        now = clock.now()
        honest = {
            "iss": self.address,
            "sub": "subject-1",
            "aud": CLIENT,
            "iat": now,
            "exp": now + timedelta(minutes=5),
            "nonce": self.asked["nonce"],
            "email": "ravi@example.org",
            "email_verified": True,
        }
        said = {name: value for name, value in (honest | self.claims).items() if name not in self.without}
        key: Any = None if self.alg == "none" else self.key
        return jwt.encode(said, key, algorithm=self.alg, headers={"kid": "one"})


@contextmanager
def fake_issuer() -> Iterator[FakeIssuer]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(issuer.answer(self.path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            issuer.sent = {name: values[0] for name, values in parse_qs(body).items()}
            self._say(issuer.answer(self.path))

        def _say(self, what: Any) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(what).encode())

        def log_message(self, *_given: Any) -> None:
            """Nothing on the screen."""

    with ThreadingHTTPServer(("localhost", 0), Handler) as server:
        issuer = FakeIssuer(server.server_port)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield issuer
        server.shutdown()
        thread.join()
