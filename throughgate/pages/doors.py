"""Doors: every page says how it is entered, and no view is reached without its door.

A door works out the hat the request is made under (it stands in the address, so that two tabs can wear two
hats), asks for the permit, and hands both to the view. What the database lets the view read ends with it.
Each door names itself on the view it guards; a test walks the addresses and finds the one that has none.
"""

from collections.abc import Callable, Collection, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from throughgate.access import actions as access
from throughgate.access import policy
from throughgate.access.searching import issue_search_permit
from throughgate.book.rules import Visit
from throughgate.foundation import clock, leave
from throughgate.foundation.errors import NotFound
from throughgate.foundation.permits import ListPermit, Permit
from throughgate.oversight import queries as checks
from throughgate.pages import addresses, proofs, wording
from throughgate.pages.mine import entering
from throughgate.staff import queries as staff
from throughgate.staff.queries import Hat
from throughgate.staff.rules import ADMINISTRATOR

Answer = HttpResponseBase
HatView = Callable[..., Answer]
VOUCHED_BY = "vouched_by"
SOUGHT = "q"  # the control in which somebody is looked for
STATED = "stated"  # of a session: what each record was opened for, where it is not the usual purpose


def anyone(view: HatView) -> HatView:
    """A page without anything about anybody, for people who have not signed in either."""
    view.door = "anyone"  # type: ignore[attr-defined]  # read by the test that walks the addresses
    view.login_required = False  # type: ignore[attr-defined]  # read by Django's middleware
    return view


def signed_in(view: HatView) -> HatView:
    """A page for anybody signed in, such as choosing a hat."""
    view.door = "signed in"  # type: ignore[attr-defined]
    return view


def stepped_up(view: HatView) -> HatView:
    """Around another door: for somebody who has shown a second factor within the last minutes.

    Who has not shows one first and comes back here; what they were sending is kept for them to send on.
    """

    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **rest: Any) -> Answer:
        proofs.require_fresh(request)
        return view(request, *args, **rest)

    return entered


def taking_files(most: int) -> Callable[[HatView], HatView]:
    """Around any other door: so many bytes may be sent there. Elsewhere nothing is larger than a form."""

    def marked(view: HatView) -> HatView:
        view.most_bytes = most  # type: ignore[attr-defined]  # read by the middleware
        return view

    return marked


def with_hat(view: HatView) -> HatView:
    """A page about no person, under one hat."""

    @wraps(view)
    def entered(request: HttpRequest, post_id: UUID, **rest: Any) -> Answer:
        return view(request, _hat(request, post_id), **rest)

    entered.door = "hat"  # type: ignore[attr-defined]
    return entered


def administering(view: HatView) -> HatView:
    """A page about the workers of one organisation, for its administrators; nobody's record is behind it."""

    def checked(request: HttpRequest, hat: Hat, **rest: Any) -> Answer:
        if hat.role != ADMINISTRATOR:
            raise NotFound
        return view(request, hat, **rest)

    return with_hat(checked)


def listing(view: HatView) -> HatView:
    """A page listing people, under a list permit."""

    @wraps(view)
    def entered(request: HttpRequest, post_id: UUID, **rest: Any) -> Answer:
        hat = _hat(request, post_id)
        with leave.ends():
            return view(request, hat, _listing(request, hat), **rest)

    entered.door = "list"  # type: ignore[attr-defined]
    return entered


def searching(view: HatView) -> HatView:
    """A page listing people, in which somebody may be looked for by what is typed."""

    @wraps(view)
    def entered(request: HttpRequest, post_id: UUID, **rest: Any) -> Answer:
        hat = _hat(request, post_id)
        typed = (request.POST.get(SOUGHT, ""), request.GET.get(addresses.SEALED, ""))
        is_search = any(each.strip() for each in typed)
        with leave.ends():
            return view(request, hat, (_search if is_search else _listing)(request, hat), **rest)

    entered.door = "list"  # type: ignore[attr-defined]
    return entered


def record(view: HatView) -> HatView:
    """A page about one person, under a permit for that person alone."""

    @wraps(view)
    def entered(request: HttpRequest, post_id: UUID, person_id: UUID, **rest: Any) -> Answer:
        hat = _hat(request, post_id)
        with leave.ends():
            purpose = request.session.get(STATED, {}).get(_opened(hat, person_id)) or _purpose(hat)
            permit = access.issue_permit(hat, person_id, purpose=purpose, at=clock.now(), page=_page(request))
            request.permit = permit  # type: ignore[attr-defined]  # for the frame, which says what it rests on
            try:
                return view(request, hat, permit, **rest)
            except NotFound:
                access.log_not_found(permit, asked=_ids(rest))
                raise

    entered.door = "record"  # type: ignore[attr-defined]
    return entered


def cohort(view: HatView) -> HatView:
    """A page of what stands without a name, for roles whose home leads there."""

    @wraps(view)
    def entered(request: HttpRequest, post_id: UUID, **rest: Any) -> Answer:
        hat = _hat(request, post_id)
        permit = access.issue_cohort_permit(hat, page=_page(request), at=clock.now())
        return view(request, hat, permit, **rest)

    entered.door = "cohort"  # type: ignore[attr-defined]
    return entered


def review(view: HatView) -> HatView:
    """A page that compares identities, under a review permit."""

    @wraps(view)
    def entered(request: HttpRequest, post_id: UUID, **rest: Any) -> Answer:
        hat = _hat(request, post_id)
        permit = access.issue_review_permit(
            hat, organisation_id=hat.organisation_id, at=clock.now(), page=_page(request)
        )
        return view(request, hat, permit, **rest)

    entered.door = "review"  # type: ignore[attr-defined]
    return entered


def oversight(view: HatView) -> HatView:
    """A page of those who check how records are used, under a list permit."""

    @wraps(view)
    def entered(request: HttpRequest, post_id: UUID, **rest: Any) -> Answer:
        hat = _hat(request, post_id)
        if not checks.checks(hat.role):
            raise NotFound
        with leave.ends():
            return view(request, hat, _listing(request, hat), **rest)

    entered.door = "oversight"  # type: ignore[attr-defined]
    return entered


def own(view: HatView) -> HatView:
    """A page of the person's own book, for whoever has opened it in this browser."""

    @wraps(view)
    def entered(request: HttpRequest, **rest: Any) -> Answer:
        visit = entering.visit(request)
        if visit is None:
            return entering.shut()
        permit = access.issue_own_permit(
            visit.person_id, level=visit.level, beside=visit.beside, at=clock.now(), page=_page(request)
        )
        with wording.speaking(entering.look(request).language):
            return entering.until_idle(view(request, visit, permit, **rest))

    entered.door = "own"  # type: ignore[attr-defined]
    entered.login_required = False  # type: ignore[attr-defined]
    return entered


def own_further(view: HatView) -> HatView:
    """A page of the person's own book that paper alone does not open: their word is asked for first."""

    @wraps(view)
    def entered(request: HttpRequest, visit: Visit, permit: Permit, **rest: Any) -> Answer:
        return view(request, visit, permit, **rest) if visit.is_further else redirect("mine_word")

    return own(entered)


def records(request: HttpRequest, hat: Hat, person_ids: Collection[UUID]) -> dict[UUID, Permit]:
    """For a page that writes about several people at once: a permit for each whom this hat may be shown."""
    return access.issue_permits(hat, person_ids, purpose=_purpose(hat), at=clock.now(), page=_page(request))


def _listing(request: HttpRequest, hat: Hat) -> ListPermit:
    return access.issue_list_permit(hat, purpose=_purpose(hat), at=clock.now(), page=_page(request))


def _search(request: HttpRequest, hat: Hat) -> ListPermit:
    return issue_search_permit(hat, among="list", at=clock.now(), page=_page(request))


def _page(request: HttpRequest) -> str:
    """Which page asks, for the audit: the name of its address, and nothing that stands in it."""
    return request.resolver_match.view_name if request.resolver_match else ""


def _ids(parts: Mapping[str, Any]) -> dict[str, str]:
    """The ids among the parts of an address: what else stands in it, somebody may have typed."""
    return {name: str(value) for name, value in parts.items() if isinstance(value, UUID)}


def _purpose(hat: Hat) -> str:
    """What this role usually opens a record for."""
    return policy.roles()[hat.role].purpose


def state(request: HttpRequest, hat: Hat, person_id: UUID, purpose: str) -> None:
    """Open this record for another purpose, under this hat, until another is stated or the session ends.

    Raises: NotFound for a purpose that does not open it; that it was tried is logged.
    """
    access.issue_permit(hat, person_id, purpose=purpose, at=clock.now(), page=_page(request))
    request.session[STATED] = {**request.session.get(STATED, {}), _opened(hat, person_id): purpose}


def _opened(hat: Hat, person_id: UUID) -> str:
    return f"{hat.post_id} {person_id}"


def bind(request: HttpRequest, organisation_id: UUID) -> None:
    """This session wears hats of one organisation alone, whose own sign-in vouched for it."""
    request.session[VOUCHED_BY] = str(organisation_id)


def may_wear(request: HttpRequest, hat: Hat) -> bool:
    """The word of one organisation opens nothing of another."""
    own = str(hat.organisation_id)
    return bool(request.session.get(VOUCHED_BY, own) == own)


def _hat(request: HttpRequest, post_id: UUID) -> Hat:
    """The hat in the address, which must be the signed-in worker's own."""
    if request.user.pk is None:
        raise NotFound
    hat = staff.hat(request.user.pk, post_id, on=clock.today())
    if not may_wear(request, hat):
        raise NotFound
    proofs.require_second(request)
    request.hat = hat  # type: ignore[attr-defined]  # for the frame of the page
    return hat
