"""Nothing is done that its own page did not send, at any address there is (B06)."""

import json

from django.middleware.csrf import _get_new_csrf_string
from django.test import Client

from tests.sweep.routes import addresses, routes
from tests.sweep.state import state
from tests.sweep.world import RECOVERY, World

TOKEN = _get_new_csrf_string()
FORGERIES = {
    "without a token": ({}, {}),
    "with a token of another's": ({"csrfmiddlewaretoken": _get_new_csrf_string()}, {}),
    "from another site": ({"csrfmiddlewaretoken": TOKEN}, {"Origin": "https://evil.example"}),
}


def browser(world: World) -> Client:
    """The worker's own, which answers as it would to any page that is open in it."""
    client = Client(enforce_csrf_checks=True)
    client.cookies.update(world.clients[RECOVERY].cookies)
    client.cookies["csrftoken"] = TOKEN
    return client


def test_nothing_is_done_that_our_own_page_did_not_send(world: World) -> None:
    before = state()
    for route in routes():
        url = addresses(world, route, RECOVERY, "own")[0].url
        answers = [browser(world).post(url, data, headers=headers) for data, headers in FORGERIES.values()]
        answers.append(browser(world).post(url, json.dumps({"text": "x"}), content_type="text/plain"))
        answers += [getattr(browser(world), method)(url) for method in ("put", "patch", "delete")]
        # The API reads no cookie: it asks for what only the program has, or for another method.
        refused = {400, 405} if route.is_of_the_api else {403}
        assert {answer.status_code for answer in answers} <= refused, url
    assert state() == before
