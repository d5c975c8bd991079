"""A page whose form does one thing about one person."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.pathway import actions as pathway

Context = dict[str, Any]


def page(
    request: HttpRequest,
    permit: Permit,
    keep: Callable[[], HttpResponse],
    template: str,
    context: Callable[[str], Context],
) -> HttpResponse:
    """The page, or what sending it does, with the plan brought in step; refused, the page again with why."""
    if request.method != "POST":
        return render(request, template, context(""))
    try:
        with pathway.in_step(permit):
            return keep()
    except Refused as refusal:
        return render(request, template, context(str(refusal)), status=400)
