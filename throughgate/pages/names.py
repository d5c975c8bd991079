"""What organisations, workers, categories and codes are called, for presenters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from throughgate.directory.queries import Place
from throughgate.foundation.codesets import code_set


@dataclass(frozen=True)
class Names:
    """Names read once for a page."""

    places: Mapping[UUID, Place]
    workers: Mapping[UUID, str] = field(default_factory=dict)
    _by_code: dict[str, Place] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {place.code: place for place in self.places.values()})

    def organisation(self, organisation_id: UUID) -> str:
        place = self.places.get(organisation_id)
        return _in_language(place) if place else _("an organisation that is gone")

    def prison(self, code: str) -> str:
        """The prison's name; the code itself where nobody knows it."""
        place = self._by_code.get(code)
        return _in_language(place) if place else code or _("a place not named")

    def worker(self, worker_id: UUID) -> str:
        return self.workers.get(worker_id) or _("somebody who has left")


def _in_language(place: Place) -> str:
    return place.name_cy if place.name_cy and get_language() == "cy" else place.name


def code_label(table: str, code: str, *, column: str = "") -> str:
    """What a code means; the code as sent where the table does not know it."""
    row = code_set(table).get(code)
    if row is None:
        return code
    words = row[column or code_set(table).meta.label]
    return _(words) if words else code


def category(category_id: str) -> str:
    return code_label("categories", category_id)


def language(code: str) -> str:
    """A language by its name: "Welsh"."""
    return code_label("languages", code)
