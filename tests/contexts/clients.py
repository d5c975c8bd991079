"""A worker at a browser, without the browser."""

from html import unescape
from typing import Any

from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests import story
from throughgate.staff.models import Worker
from throughgate.staff.queries import Hat


def signed_in(hat: Hat) -> Client:
    client = Client()
    client.force_login(Worker.objects.get(id=hat.worker_id))
    return client


def address(name: str, hat: Hat, *rest: Any) -> str:
    return reverse(name, args=[hat.post_id, *rest])


def words(response: HttpResponseBase) -> str:
    """What the page says, with entities undone."""
    return unescape(response.content.decode())  # type: ignore[attr-defined]  # pages are never streamed


def beside_them(hat: Hat) -> Client:
    """A worker sits with Dee at her book."""
    client = signed_in(hat)
    client.post(address("open_beside", hat, story.person()))
    return client
