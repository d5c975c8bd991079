"""What is asked of the API goes no further in: no session, no cookie and no page has a part in it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import is_valid_path, set_urlconf

from throughgate.api import problems, urls

WHERE = "/api/"
MOST_BYTES = 64 * 1024
Next = Callable[[HttpRequest], HttpResponseBase]


class Apart:
    """Answers for every address below /api/ by itself, also for those that are not there."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(WHERE):
            return self.get_response(request)
        set_urlconf(urls.__name__)  # so that what fails is answered by its handlers; each request begins anew
        answer = _answer(request)
        for name, value in problems.GUARDS.items():
            answer.headers[name] = value
        return answer


def _answer(request: HttpRequest) -> HttpResponseBase:
    told = request.META.get("CONTENT_LENGTH", "")
    if told.isdecimal() and int(told) > MOST_BYTES:
        return problems.problem(413, "Nothing that is asked here is as large as that. None of it was read.")
    found = is_valid_path(request.path_info)
    if not found:
        return problems.not_found(request)
    request.resolver_match = found
    answer: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
    return answer
