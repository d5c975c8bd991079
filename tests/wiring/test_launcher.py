"""The embedded PostgreSQL: private, shared by those who use it, and up again after whatever happened."""

import os
import signal
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from throughgate.foundation.errors import Refused
from throughgate.wiring import account, cluster, lodgings, postgres, roles
from throughgate.wiring.cluster import Cluster
from throughgate.wiring.postgres import Programs


@pytest.fixture
def own(own_folders: None) -> Cluster:
    return cluster.open_cluster("test")


def asked(server: Cluster, question: str) -> str:
    with server.superuser() as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return str(row[0])


def postmaster(server: Cluster) -> int:
    return int((server.lodgings.data / "postmaster.pid").read_text().split()[0])


def answers(server: Cluster) -> bool:
    try:
        server.superuser().close()
    except psycopg.OperationalError:
        return False
    return True


def test_it_listens_on_no_network(own: Cluster) -> None:
    with own.running():
        assert asked(own, "SHOW listen_addresses") == ""


def test_who_begin_at_once_on_a_new_machine_find_the_same_folders(own_folders: None) -> None:
    """Two processes of a suite, before anything was ever copied."""
    with ThreadPoolExecutor(4) as pool:
        found = {
            each.result().lodgings for each in [pool.submit(cluster.open_cluster, "test") for _ in range(4)]
        }
    assert len(found) == 1


def test_its_folders_are_closed_to_others(own: Cluster) -> None:
    with own.running():
        folders = (own.lodgings.home, own.lodgings.data, own.lodgings.socket)
        assert [stat.S_IMODE(folder.stat().st_mode) for folder in folders] == [0o700] * 3


def test_only_this_user_may_be_our_roles(own: Cluster) -> None:
    with own.running():
        rules = asked(own, "SELECT string_agg(auth_method, ',') FROM pg_hba_file_rules")
    assert rules == "peer"


def test_no_role_is_above_the_walls(own: Cluster) -> None:
    with own.running():
        above = asked(
            own,
            "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'tg!_%' ESCAPE '!' "
            "AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)",
        )
        assert above == "0"
        for name in roles.NAMES:
            with psycopg.connect(own.url(name, "postgres")) as connection:
                assert connection.execute("SELECT current_user").fetchone() == (name,)


def test_it_sorts_by_code_point_in_utf8(own: Cluster) -> None:
    with own.running():
        assert (
            asked(own, "SELECT string_agg(x, '' ORDER BY x) FROM unnest(ARRAY['b', 'ŵ', 'B', 'a']) x")
            == "Babŵ"
        )


def test_the_last_to_leave_stops_it(own: Cluster) -> None:
    other = cluster.open_cluster("test")
    with own.running():
        with other.running():
            assert own.is_shared()
        assert answers(own)
        assert not own.is_shared()
    assert not answers(own)


def test_it_starts_again_after_it_was_killed(own: Cluster) -> None:
    with own.running():
        os.kill(postmaster(own), signal.SIGKILL)
    with own.running():
        assert answers(own)


def test_one_left_running_by_a_killed_command_is_joined(own: Cluster) -> None:
    with own.running():
        before = postmaster(own)
        own.users.leave()  # as if this process had been killed: counted no longer, and nothing stopped
        with cluster.open_cluster("test").running():
            assert postmaster(own) == before
    assert not answers(own)


def test_a_pid_that_now_belongs_to_another_program_is_no_hindrance(own: Cluster) -> None:
    with own.running():
        pass
    left = f"{os.getpid()}\n{own.lodgings.data}\n1\n5432\n{own.lodgings.socket}\n\n0 0\nready\n"
    own.account.write(own.lodgings.data / "postmaster.pid", left)
    with own.running():
        assert answers(own)


@pytest.mark.parametrize("harm", ["PG_VERSION", "global/pg_control"])
def test_a_half_made_one_is_made_anew(own: Cluster, harm: str, capsys: pytest.CaptureFixture[str]) -> None:
    with own.running():
        pass
    own.account.remove(own.lodgings.data / harm)
    own.account.make_private(own.lodgings.home / "data.unfinished")
    with own.running():
        assert answers(own)
    assert "making it anew" in capsys.readouterr().out
    assert not (own.lodgings.home / "data.unfinished").exists()


def test_one_of_another_version_is_made_anew(own: Cluster, capsys: pytest.CaptureFixture[str]) -> None:
    with own.running():
        pass
    own.account.write(own.lodgings.data / "PG_VERSION", "9\n")
    with own.running():
        assert answers(own)
    assert "another version" in capsys.readouterr().out


def test_the_machines_own_postgresql_does_as_well(own: Cluster) -> None:
    programs = postgres._of_machine()  # taken where the wheel does not run
    if programs is None or programs.major < postgres.FLOOR:
        pytest.skip("no other PostgreSQL on this machine")
    places = lodgings.provide("machine", account=own.account, programs=programs)
    machines = Cluster(name="test", programs=programs, account=own.account, lodgings=places)
    with machines.running(), machines.superuser() as connection:
        assert connection.info.server_version // 10000 == programs.major


def test_without_any_postgresql_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    old = Programs(folder=Path("/old"), version="14.2", is_wheel=False)
    monkeypatch.setattr(postgres, "_embedded", lambda: None)
    monkeypatch.setattr(postgres, "_of_machine", lambda: old)
    with pytest.raises(postgres.NoPostgres, match=r"found only 14\.2 in /old\).* DATABASE_URL"):
        postgres.find()


def test_older_versions_take_their_locale_from_the_machine() -> None:
    assert Programs(folder=Path("/x"), version="15.4", is_wheel=False).locale == ("--locale=C.UTF-8",)


def test_root_hands_over_to_a_user_without_rights() -> None:
    chosen = account.for_database()
    assert chosen.uid != 0
    assert chosen.is_me == (os.getuid() != 0)


def test_a_system_folder_of_somebody_else_is_not_used(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="belongs to somebody else"):
        lodgings._own_system_folder(tmp_path, uid=os.getuid() + 1, gid=0, mode=0o700)
