"""Two neighbouring states of one identity, and in what way the second differs."""

from dataclasses import dataclass

from throughgate.custody.rules.states import HELD, IN_CUSTODY, Sighting, Where


@dataclass(frozen=True)
class Step:
    was: Sighting
    now: Sighting

    @property
    def told(self) -> bool:
        """Whether the last movement is another one. A feed that stops telling has told of none."""
        was, now = self.was.state, self.now.state
        if (was.movement_type, was.movement_reason) != (now.movement_type, now.movement_reason):
            return bool(now.movement_type or now.movement_reason)
        if now.movement_on is None:
            return False
        if was.movement_on is None:
            return now.movement_on > self.was.day
        return now.movement_on != was.movement_on

    @property
    def is_later(self) -> bool:
        """Whether the dates prove that the last movement came after the one before it."""
        then = self.was.state.movement_on or self.was.day
        return self.now.state.movement_on is not None and self.now.state.movement_on > then

    @property
    def is_withdrawn(self) -> bool:
        """Whether the source took its last movement back, so that an earlier one is the last again."""
        was, now = self.was.state.movement_on, self.now.state.movement_on
        return was is not None and now is not None and now < was

    @property
    def is_corrected(self) -> bool:
        """Whether the last movement is the same one with another reason.

        Without dates only an admission or a release is taken for a correction; a second trip to court is
        likelier than one trip told twice.
        """
        was, now = self.was.state, self.now.state
        return (
            self.was.side == self.now.side
            and self.told
            and was.movement_type == now.movement_type
            and was.movement_on == now.movement_on
            and (now.movement_on is not None or now.movement_type in {"ADM", "REL"})
            and not self.has_moved
        )

    @property
    def has_moved(self) -> bool:
        """Whether another prison than before answers for them; naming it at last moves nobody who is out."""
        was, now = self.was.prison, self.now.prison
        if Where.INSIDE in {self.was.where, self.now.where}:
            return now not in {was, ""}
        return {self.was.where, self.now.where} <= HELD and "" != was != now != ""

    @property
    def is_renumbered(self) -> bool:
        was, now = self.was.state.booking, self.now.state.booking
        return bool(was and now) and was != now

    @property
    def is_new_custody(self) -> bool:
        """Whether the other booking is another time in custody, and not the same one under another number."""
        was, now = self.was.state.reception_on, self.now.state.reception_on
        began_later = was is None or now is None or now > was
        if not (self.is_renumbered and began_later):
            return False
        if now is not None and now >= self.was.day:
            return True
        if self.was.where in IN_CUSTODY:
            return self.told and self.now.is_admission
        return self.told or self.now.where in IN_CUSTODY

    @property
    def is_readmission(self) -> bool:
        return self.told and self.is_later and self.now.is_admission
