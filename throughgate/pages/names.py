"""What organisations and workers are called, in the language of the page, for presenters."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from throughgate.access import policy
from throughgate.directory.queries import Organisation
from throughgate.pages import wording
from throughgate.staff.queries import Hat


def of_hat(hat: Hat) -> str:
    """ "Housing worker, Resettlement"; the role alone where the team is called after it."""
    role = wording.words(policy.roles()[hat.role].label)
    return role if hat.team_name.casefold().startswith(role.casefold()) else f"{role}, {hat.team_name}"


class Names:
    """Names read once for a page, and the wording they stand in."""

    def __init__(
        self,
        places: Iterable[Organisation],
        workers: Mapping[UUID, str] | None = None,
        posts: Mapping[UUID, Hat] | None = None,
    ) -> None:
        self.wording = wording.current()
        self.places = {place.id: place for place in places}
        self._workers = workers or {}
        self._posts = posts or {}
        is_welsh = self.wording.language == "cy"
        called = {
            place.id: (place.name_cy if is_welsh else "") or place.name for place in self.places.values()
        }
        self._organisations = called
        self._prisons = {place.code: called[place.id] for place in self.places.values()}

    def organisation(self, organisation_id: UUID) -> str:
        _ = self.wording
        return self._organisations.get(organisation_id) or _("an organisation that is gone")

    def kind(self, organisation_id: UUID) -> str:
        """What kind of organisation it is; "" for one that is gone."""
        place = self.places.get(organisation_id)
        return place.kind if place else ""

    def prison(self, code: str) -> str:
        """The prison's name; the code itself where nobody knows it."""
        _ = self.wording
        return self._prisons.get(code) or code or _("a place not named")

    def worker(self, worker_id: UUID) -> str:
        _ = self.wording
        return self._workers.get(worker_id) or _("somebody who has left")

    def post(self, post_id: UUID) -> str:
        """Whoever holds or held that post: "Kofi Footpath, Stepping Stone"."""
        hat = self._posts.get(post_id)
        return f"{hat.worker_name}, {hat.organisation_name}" if hat else self.wording("somebody who has left")
