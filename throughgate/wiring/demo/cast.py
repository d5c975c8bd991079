"""The town's organisations, and the people who work there."""

from datetime import date, timedelta

from throughgate.access import policy
from throughgate.directory import actions as directory
from throughgate.directory import place_file
from throughgate.foundation import clock
from throughgate.foundation.errors import Refused
from throughgate.staff import actions as staff
from throughgate.staff import cast as signing_in
from throughgate.staff import queries as workers
from throughgate.wiring.demo.stories import DEMO, rows

BEGAN = timedelta(days=3000)  # before the first night


def refuse_unless_empty() -> None:
    """Raises: Refused where somebody works already: the demo never mixes with a real record."""
    if workers.anyone():
        raise Refused("Somebody works in this database already. The demo goes into an empty one only.")


def make(today: date) -> None:
    """Organisations, teams, workers and their hats. Nobody here has a password: one chooses who to be."""
    directory.load_prisons()
    for row in rows("organisations"):
        directory.add(**row)
    lines = (DEMO / "places.csv").read_text(encoding="utf-8").splitlines()
    directory.put_places(place_file.read(lines), at=clock.now())
    for row in rows("workers"):
        staff.add_worker(
            email=row["email"],
            name=row["name"],
            role=row["role"],
            organisation=row["organisation"],
            team=row["team"],
            works_in=row["works_in"].split("|") if row["works_in"] else (),
            password=None,
            on=today - BEGAN,
        )
    for row in rows("umbrellas"):
        staff.set_membership(
            parent=row["parent"],
            member=row["member"],
            purposes=row["purposes"].split("|"),
            at=clock.start_of(today - BEGAN),
        )


def lines(on: date) -> list[str]:
    """Each hat of each worker: name, role, place."""
    roles = policy.roles()
    return [
        f"{hat.worker_name}: {roles[hat.role].label}, {hat.organisation_name}"
        for hat in signing_in.hats(on=on)
    ]
