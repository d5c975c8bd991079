"""What is wrong with an answer, each fault in a line: whatever was asked for, it is asked for once."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote

from tests.sweep.routes import Address
from tests.sweep.walk import Answer, leaks
from tests.sweep.world import World

RUNS = {
    "iframe",
    "object",
    "embed",
    "base",
    "link",
    "style",
    "script",
}  # with what decides whether it is ours
STRICT = {"X-Content-Type-Options: nosniff", "X-Frame-Options: DENY", "Referrer-Policy: same-origin"}
ADDRESS = re.compile(r'(?:href|src|action|content)="([^"]*)"|Location: (.*)')


def faults(world: World, address: Address, answer: Answer) -> list[str]:
    """Words that this role may not see, marks that run, headers that allow it, words in an address."""
    return [
        *leaks(world, address, answer),
        *(f"{address.url} runs {mark}" for mark in foreign(answer)),
        *(f"{address.url} allows {what}" for what in allowed(answer)),
        *(f"{address.url} leads to {word}" for word in led_to(world, answer)),
    ]


class Foreign(HTMLParser):
    """Marks of a page that could run, or fetch, what is not ours."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        ours = (values.get("src") or values.get("href", "")).startswith("/static/")
        if tag in RUNS and not ours:
            self.found.append(tag)
        self.found += [name for name in values if name.startswith("on") or name in {"style", "srcdoc"}]
        self.found += [
            value for name, value in values.items() if name in {"href", "src", "action"} and is_script(value)
        ]


def is_script(value: str) -> bool:
    return "".join(value.split()).lower().startswith(("javascript:", "data:", "vbscript:", "//"))


def foreign(answer: Answer) -> list[str]:
    """A sheet to take along brings its own style: it is opened without us."""
    if "text/html" not in answer.headers:
        return []
    parser = Foreign()
    parser.feed(answer.body)
    return [mark for mark in parser.found if mark != "style" or "attachment" not in answer.headers]


def allowed(answer: Answer) -> Iterator[str]:
    """What its headers do not forbid."""
    lines = answer.headers.splitlines()
    headers = dict(line.split(": ", 1) for line in lines)
    yield from sorted(STRICT - {*lines})
    if "no-store" not in headers["Cache-Control"]:
        yield "a copy to be kept"
    policy = headers["Content-Security-Policy"]
    if "default-src 'none'" not in policy or "unsafe" in policy:
        yield policy


def led_to(world: World, answer: Answer) -> list[str]:
    """Words of a record in the addresses that it leads to; ids may stand there."""
    led = unquote(" ".join("".join(match) for match in ADDRESS.findall(answer.text)))
    return [canary.where for canary in world.canaries.found(led) if not canary.is_id]


def unseen(world: World, address: Address, answer: Answer) -> list[str]:
    """A look at words of a record that did not leave one row of the audit, and no more."""
    if not world.canaries.found(answer.text) - world.canaries.found(address.url):
        return []
    is_program = address.route.is_for_programs
    hat = world.programs[address.role][0] if is_program else world.hats[address.role]
    person = world.people.get(address.whose)
    wanted = (hat.worker_id, hat.role, hat.organisation_id, person.id if person else None, address.route.name)
    looks = [look for look in answer.looks if look[3] == wanted[3]]
    return [] if looks == [wanted] else [f"{address.url} left {looks}"]
