"""What somebody was sending when they had to sign in again: kept in their session, theirs alone to send on.

Nothing is sent by itself. After signing in they see where it goes, and press once.
"""

from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest

KEY = "unsent"
MOST = 200_000  # characters of one form
OURS = "csrfmiddlewaretoken"


class Unsent(NamedTuple):
    address: str
    fields: list[tuple[str, str]]


def keep(request: HttpRequest, worker_id: UUID | None) -> bool:
    """Keeps a form that somebody sent; False for what a script sent, for files, and of nobody known."""
    is_form = request.method == "POST" and request.accepts("text/html") and not request.FILES
    if not is_form or worker_id is None:
        return False
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name != OURS]
    if sum(len(name) + len(value) for name, value in fields) > MOST:
        return False
    request.session[KEY] = {
        "worker": str(worker_id),
        "address": request.get_full_path(),
        "fields": fields,
    }
    return True


def find(request: HttpRequest) -> Unsent | None:
    """What whoever is signed in was sending; somebody else's is forgotten."""
    kept = request.session.get(KEY)
    if kept is None:
        return None
    if kept["worker"] != str(request.user.pk):
        del request.session[KEY]
        return None
    return Unsent(kept["address"], [(name, value) for name, value in kept["fields"]])
