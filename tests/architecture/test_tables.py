"""Walls that stand in the database: what is never changed, who may touch what, and where keys point."""

import re
import tomllib
from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import isolate_apps

from tests import database, story
from tests.architecture.source import ROOT
from tests.content import rows
from throughgate.record import bodies
from throughgate.record.bodies import Body

# Tables that change on purpose. Every other table of ours is append-only, a new one too.
CHANGE = {
    "directory_organisation": "the world reorganises",
    "directory_place": "places move and change their hours",
    "staff_worker": "people change names and leave",
    "staff_team": "the world reorganises",
    "staff_team_works_in": "the world reorganises",
    "staff_post": "a post ends",
    "staff_membership": "an organisation joins others and leaves them",
    "staff_session": "begins, is kept awake, and ends",
    "staff_signinrule": "an organisation thinks again",
    "staff_invitation": "is taken up, or withdrawn",
    "staff_codecard": "is withdrawn",
    "staff_cardcode": "is used",
    "staff_program": "its key is changed",
    "staff_token": "runs out within minutes",
    "staff_assertion": "is forgotten once it is too old to be used again",
    "staff_vouched": "an organisation changes its own sign-in",
    "people_person": "holds only what is derived: names in order, whether a death is reported",
    "people_identity": "whose it is, is derived from the links",
    "access_relationship": "derived from stays and episodes",
    "access_choice": "derived from what the person said",
    "access_bar": "derived from who must not know; declared by workers of their own and their families'",
    "access_limit": "derived from who alone may know",
    "access_emergency": "an opening may end early; the audit keeps when",
    "record_formdraft": "a form begun and not sent, which is no entry",
    "custody_bridging": "since when an event counts no more is learned later",
    "custody_stay": "derived from movements",
    "custody_standing": "derived from entries",
    "pathway_plan": "derived from all that is known",
    "book_visit": "when it was last seen, and that it ended, are learned later",
    "exchange_importrun": "its counts grow with each chunk",
}
RECORDED = set(bodies.kinds()) - {bodies.WITHDRAWN}
OURS = [config for config in apps.get_app_configs() if config.name.startswith("throughgate.")]


def tables() -> list[str]:
    return [
        model._meta.db_table
        for config in OURS
        for model in config.get_models(include_auto_created=True)
        if not model._meta.abstract
    ]


def append_only_tables() -> list[str]:
    return sorted(set(tables()) - set(CHANGE))


# Never changed

UPDATES, DELETES, TRUNCATES = 16, 8, 32  # bits of pg_trigger.tgtype
GUARDS = """
SELECT coalesce(bit_or(tgtype::int), 0) FROM pg_trigger
JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE tgrelid = %s::regclass AND proname = 'tg_refuse_change' AND tgenabled IN ('O', 'A')
"""


def unguarded(table: str) -> list[str]:
    """What the database would let somebody do to the rows of a table."""
    ((bits,),) = rows(GUARDS, table)
    guards = {"update": UPDATES, "delete": DELETES, "truncate": TRUNCATES}
    return [what for what, bit in guards.items() if not bits & bit]


@pytest.mark.django_db
@pytest.mark.parametrize("table", append_only_tables())
def test_every_other_table_refuses_update_delete_and_truncate(table: str) -> None:
    assert unguarded(table) == []


@pytest.mark.django_db
def test_a_table_planted_without_guards_is_caught() -> None:
    with database.role("owner"), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE attic (id int)")
        assert unguarded("attic") == ["update", "delete", "truncate"]
        cursor.execute(
            "CREATE TRIGGER stays BEFORE UPDATE ON attic FOR EACH ROW EXECUTE FUNCTION tg_refuse_change()"
        )
        assert unguarded("attic") == ["delete", "truncate"]


def test_what_may_change_is_still_a_table_of_ours() -> None:
    assert sorted(set(CHANGE) - set(tables())) == []


DEEDS = ("UPDATE {table} SET {column} = {column}", "DELETE FROM {table}", "TRUNCATE {table} CASCADE")


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["web", "worker", "owner"])
def test_rows_that_are_there_stay_whoever_asks(role: str) -> None:
    """The web and worker roles lack the right; the owner, who has it, meets the trigger."""
    a_bit_of_everything()
    for table in append_only_tables():
        if not rows(f"SELECT FROM {table} LIMIT 1"):
            continue
        ((column,), *_) = rows(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0", table
        )
        for deed in DEEDS:
            refusal = "never changed or removed" if role == "owner" else "permission denied"
            with pytest.raises(DatabaseError, match=refusal), transaction.atomic(), database.role(role):
                rows(deed.format(table=table, column=column))


def a_bit_of_everything() -> None:
    """Rows in the spine, its bodies, the links, the feeds' own words and the audit."""
    need = {"problemType": "PSYCH", "problemCode": "DEP", "problemStatus": "ON"}
    alert = {"alertType": "H", "alertCode": "HA", "active": True}
    story.bring_in(
        story.document(
            confirmedReleaseDate="2026-12-24", personalCareNeeds=[need], alerts=[alert], dateOfBirth="soon"
        ),
        {"no": "person"},
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else waiting keys are what refuses to truncate
    filled = [table for table in append_only_tables() if rows(f"SELECT FROM {table} LIMIT 1")]
    assert {"record_entry", "custody_movement", "linkage_link", "audit_event", "exchange_rejected"} <= {
        *filled
    }


# Who may touch what


def login_roles_that_own(table: str) -> list[str]:
    return [
        role
        for (role,) in rows(
            "SELECT rolname FROM pg_roles WHERE rolname IN ('tg_web', 'tg_worker', 'tg_reports')"
            " AND pg_has_role(rolname, (SELECT relowner FROM pg_class WHERE oid = %s::regclass), 'MEMBER')",
            table,
        )
    ]


def may(role: str, table: str, *deeds: str) -> list[str]:
    return [
        deed
        for deed in deeds
        if rows("SELECT has_table_privilege(%s, %s, %s)", role, table, deed) == [(True,)]
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("table", tables())
def test_those_who_serve_and_import_read_every_table_and_own_none(table: str) -> None:
    assert login_roles_that_own(table) == []
    for role in ("tg_web", "tg_worker"):
        assert may(role, table, "SELECT", "INSERT") == ["SELECT", "INSERT"]
        assert may(role, table, "TRUNCATE", "REFERENCES", "TRIGGER") == []
        if table not in CHANGE:
            assert may(role, table, "UPDATE", "DELETE") == []


@pytest.mark.django_db
@pytest.mark.parametrize("table", tables())
def test_reports_read_nothing_that_is_not_published(table: str) -> None:
    assert may("tg_reports", table, "SELECT", "INSERT", "UPDATE", "DELETE") == []


@pytest.mark.django_db
def test_a_table_planted_under_the_web_role_is_caught() -> None:
    with database.role("owner"), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE attic (id int)")
        assert login_roles_that_own("attic") == []
    assert may("tg_web", "attic", "SELECT") == []
    ((role,),) = rows(
        "SELECT rolname FROM pg_roles WHERE oid = (SELECT relowner FROM pg_class WHERE relname = 'attic')"
    )
    assert role == "tg_owner"


# Keys point down


def floors() -> dict[str, int]:
    """Each context's height, from the contract that the imports keep too; the foundation is 0."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (layers,) = [each["layers"] for each in contracts["contracts"] if each["type"] == "layers"]
    return {
        package: height
        for height, layer in enumerate(reversed(layers))
        for package in re.findall(r"\w+", layer)
    }


def keys_that_point_up(found: Iterable[type[models.Model]]) -> Iterator[str]:
    """Keys to a context above or beside; string references to models are invisible to the import contract."""
    heights = floors()
    for model in found:
        own = heights[model._meta.app_label]
        for field in model._meta.get_fields():
            target = (
                field.related_model if isinstance(field, models.ForeignKey | models.ManyToManyField) else None
            )
            if not isinstance(target, type) or target._meta.app_label == model._meta.app_label:
                continue
            if heights.get(target._meta.app_label, len(heights)) >= own:
                yield f"{model._meta.label}.{field.name} points at {target._meta.label}"


def test_keys_point_down() -> None:
    found = [model for config in OURS for model in config.get_models(include_auto_created=True)]
    assert list(keys_that_point_up(found)) == []


@isolate_apps("throughgate.directory", "throughgate.record", "throughgate.custody")
def test_keys_planted_upward_and_sideways_are_caught() -> None:
    class Stay(models.Model):
        class Meta:
            app_label = "custody"

    class Place(models.Model):
        stay = models.ForeignKey(Stay, on_delete=models.PROTECT)

        class Meta:
            app_label = "directory"

    assert list(keys_that_point_up([Place])) == ["directory.Place.stay points at custody.Stay"]


@pytest.mark.django_db
def test_the_database_has_no_key_that_the_models_do_not_have() -> None:
    heights = floors()
    pairs = rows(
        "SELECT split_part(conrelid::regclass::text, '_', 1), split_part(confrelid::regclass::text, '_', 1)"
        " FROM pg_constraint WHERE contype = 'f'"
    )
    upward = [
        (one, two) for one, two in pairs if one != two and one in heights and heights[two] >= heights[one]
    ]
    assert upward == []


# Kinds of entry


def test_every_kind_of_entry_has_one_sharing_category_of_the_matrix() -> None:
    kinds = [kind for model in apps.get_models() if issubclass(model, Body) for kind in model.kinds]
    assert kinds
    assert len(kinds) == len(set(kinds))


@pytest.mark.parametrize(
    ("kinds", "why"),
    [({"rumour": "hearsay"}, "needs a sharing category"), ({"movement": "custody_legal"}, "has two bodies")],
)
@isolate_apps("throughgate.custody")
def test_a_kind_planted_without_a_category_or_twice_does_not_import(kinds: dict[str, str], why: str) -> None:
    with pytest.raises(TypeError, match=why):
        type(
            "Rumour",
            (Body,),
            {"kinds": kinds, "__module__": __name__, "Meta": type("Meta", (), {"app_label": "custody"})},
        )


# Read by leave


@pytest.mark.django_db
@pytest.mark.parametrize("table", sorted({body._meta.db_table for body in map(bodies.body_of, RECORDED)}))
def test_what_an_entry_says_is_read_only_by_leave(table: str) -> None:
    ((is_on,),) = rows("SELECT relrowsecurity FROM pg_class WHERE oid = %s::regclass", table)
    assert is_on, f"a migration of {table} uses record.guards.read_with_their_entries"
