"""A few clients asking a server on this machine for pages, for a short time."""

import http.client
import threading
import time
from dataclasses import dataclass, field

LOOPBACK = "127.0.0.1"
PATIENCE_SECONDS = 30
MOST_REQUESTS = 50_000  # of one client, whatever the time


@dataclass
class Load:
    """What the clients saw. Errors are answers other than 200, and none at all."""

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


def ask(port: int, path: str, *, cookie: str, clients: int, seconds: float) -> Load:
    """Each client asks again as soon as it is answered, until the time is over."""
    load = Load()
    began = time.perf_counter()
    asking = [
        threading.Thread(target=_keep_asking, args=(load, port, path, cookie, began + seconds))
        for _ in range(clients)
    ]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    load.seconds = time.perf_counter() - began
    return load


def _keep_asking(load: Load, port: int, path: str, cookie: str, until: float) -> None:
    """Appending to a list is safe between threads; `errors` and `bytes` need no exactness."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=PATIENCE_SECONDS)
    headers = {"Cookie": cookie} if cookie else {}
    for _ in range(MOST_REQUESTS):
        asked = time.perf_counter()
        if asked >= until:
            break
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            load.bytes = len(answer.read())
        except (OSError, http.client.HTTPException):
            load.errors += 1
            connection.close()
            continue
        if answer.status == http.client.OK:
            load.taken_ms.append((time.perf_counter() - asked) * 1000)
        else:
            load.errors += 1
    connection.close()
