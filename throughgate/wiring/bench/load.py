"""A few clients asking a server on this machine for pages, or sending it forms, for a short time."""

import http.client
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle, islice
from urllib.parse import urlencode

from throughgate.foundation.ids import new_id

LOOPBACK = "127.0.0.1"
PATIENCE_SECONDS = 30
MOST_REQUESTS = 50_000  # of one client, whatever the time
CSRF = "bench" * 6 + "ok"  # a token is any 32 letters that stand in the cookie and in the header


@dataclass(frozen=True, kw_only=True)
class Page:
    """What to ask for: addresses in turn, or, where there is a form, addresses to send it to.

    Where there are several cookies, each address goes with its own.
    """

    paths: tuple[str, ...]
    cookies: tuple[str, ...] = ()
    form: Mapping[str, str] = field(default_factory=dict)

    @property
    def content(self) -> int:
        """How a server answers that did what it was asked: a form that was kept leads elsewhere."""
        return http.client.FOUND if self.form else http.client.OK

    def requests(self, client: int) -> Iterator[tuple[str, str, str | None, dict[str, str]]]:
        """Method, address, body and headers, without end; each client begins elsewhere, each form is new."""
        for path, cookie in islice(zip(cycle(self.paths), cycle(self.cookies or ("",))), client, None):
            headers = {"Cookie": cookie} if cookie else {}
            if self.form:
                sent = {**headers, "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": CSRF}
                yield "POST", path, urlencode({**self.form, "form_key": str(new_id())}), sent
            else:
                yield "GET", path, None, headers


@dataclass
class Load:
    """What the clients saw. Errors are answers that a browser would not be content with, and none at all."""

    seconds: float = 0.0
    taken_ms: list[float] = field(default_factory=list)
    errors: int = 0
    bytes: int = 0  # of one answer

    @property
    def per_second(self) -> float:
        return len(self.taken_ms) / self.seconds if self.seconds else 0.0

    @property
    def p95_ms(self) -> float:
        ordered = sorted(self.taken_ms)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] if ordered else 0.0


def answers(port: int, path: str) -> bool:
    """Whether the page is there already."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def ask(port: int, page: Page, *, clients: int, seconds: float) -> Load:
    """Each client asks again as soon as it is answered, until the time is over."""
    load = Load()
    began = time.perf_counter()
    asking = [
        threading.Thread(target=_keep_asking, args=(load, port, page, client, began + seconds))
        for client in range(clients)
    ]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    load.seconds = time.perf_counter() - began
    return load


def _keep_asking(load: Load, port: int, page: Page, client: int, until: float) -> None:
    """Appending to a list is safe between threads; `errors` and `bytes` need no exactness."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=PATIENCE_SECONDS)
    for method, path, body, headers in islice(page.requests(client), MOST_REQUESTS):
        asked = time.perf_counter()
        if asked >= until:
            break
        try:
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            load.bytes = len(answer.read())
        except (OSError, http.client.HTTPException):
            load.errors += 1
            connection.close()
            continue
        if answer.status == page.content:
            load.taken_ms.append((time.perf_counter() - asked) * 1000)
        else:
            load.errors += 1
    connection.close()
