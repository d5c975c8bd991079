"""The commands of whoever runs it, as somebody types them: the audit, organisations, workers."""

import io

import pytest
from django.db import connection

from tests import story
from tests.contexts.conftest import Tg
from throughgate.audit import sealing
from throughgate.directory import actions as directory
from throughgate.foundation.errors import Refused
from throughgate.staff.models import Worker
from throughgate.wiring.readiness import problems

# audit


def test_the_audit_is_sealed_verified_and_found_out(
    tg: Tg, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # The rows of a transaction that is still open are never sealed, and a test is one transaction.
    monkeypatch.setattr(sealing, "SAFE_UP_TO", "SELECT pg_current_xact_id()::text::bigint + 1")
    story.bring_in(story.document())
    assert [tg("audit", "seal"), tg("audit", "seal"), tg("audit", "verify")] == [0, 0, 0]
    said = capsys.readouterr().out
    assert "Nothing to seal" in said
    assert "as it was sealed" in said
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event (at, action, outcome, actor_kind, role, purpose, rows, detail, txid)"
            " SELECT now(), 'open record', 'allowed', 'worker', '', '', 0, '{}', min(txid) FROM audit_event"
        )
    assert tg("audit", "verify") == 1
    assert "rows were added or removed" in capsys.readouterr().err


# organisation


def test_an_organisation_is_added_and_listed(tg: Tg, capsys: pytest.CaptureFixture[str]) -> None:
    assert tg("organisation", "add", "PATH", "Pathlight Recovery", "community_treatment") == 0
    assert tg("organisation", "prisons") == 0
    directory.note_unknown_prisons(["QQI"])
    capsys.readouterr()
    assert tg("organisation", "list") == 0
    said = capsys.readouterr().out
    assert "PATH   community_treatment  Pathlight Recovery\n" in said
    assert "used by a feed, not looked at yet" in next(line for line in said.splitlines() if "QQI" in line)


@pytest.mark.parametrize(
    ("code", "kind", "why"), [("pathlight", "prison", "cannot be a code"), ("PATH", "shop", "no kind of")]
)
def test_an_organisation_is_refused_for_a_reason(tg: Tg, code: str, kind: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        tg("organisation", "add", code, "Pathlight", kind)


# worker


RAVI = ("worker", "add", "Ravi@Example.org", "Ravi Inkwell", "--organisation", "MDI", "--team", "Recovery")
GOOD = "correct horse battery"


def add(tg: Tg, monkeypatch: pytest.MonkeyPatch, *more: str, password: str = GOOD) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    return tg(*RAVI, "--password-stdin", *more)


def test_a_worker_is_added_listed_and_ended(
    tg: Tg, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(tg, monkeypatch, "--role", "prison_recovery_worker", "--works-in", "LEI") == 0
    assert Worker.objects.get().check_password(GOOD)
    assert tg("worker", "list") == 0
    assert "Ravi Inkwell  ravi@example.org  Prison recovery worker  Recovery" in capsys.readouterr().out
    assert tg("worker", "end", "ravi@example.org") == 0
    tg("worker", "list")
    assert "ended" in capsys.readouterr().out
    assert not Worker.objects.get().is_active


def test_a_second_hat_asks_for_no_password(tg: Tg, monkeypatch: pytest.MonkeyPatch) -> None:
    add(tg, monkeypatch, "--role", "prison_recovery_worker")
    assert tg(*RAVI, "--role", "data_quality") == 0
    assert Worker.objects.get().check_password(GOOD)


def test_nobody_yet_is_said_so(tg: Tg, capsys: pytest.CaptureFixture[str]) -> None:
    assert tg("worker", "list") == 0
    assert "Nobody yet" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "password", "why"),
    [
        (("--role", "wizard"), GOOD, "no role wizard"),
        (("--role", "community_prescriber"), GOOD, "another kind of organisation"),
        (("--role", "prison_officer"), "short", "at least 12 characters"),
        (("--role", "prison_officer", "--organisation", "NOWHERE"), GOOD, "no organisation with the code"),
    ],
)
def test_a_worker_is_refused_for_a_reason(
    tg: Tg, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...], password: str, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        add(tg, monkeypatch, *more, password=password)


def test_an_address_that_is_none_is_refused(tg: Tg) -> None:
    with pytest.raises(Refused, match="not an e-mail address"):
        tg("worker", "add", "ravi", *RAVI[3:], "--role", "prison_officer")


def test_a_password_is_asked_for_twice(tg: Tg, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([GOOD, "something else", GOOD, GOOD])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _: next(answers))
    with pytest.raises(Refused, match="not the same"):
        tg(*RAVI, "--role", "prison_officer")
    assert tg(*RAVI, "--role", "prison_officer") == 0


def test_without_anybody_to_ask_there_is_no_password(tg: Tg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(Refused, match="--password-stdin"):
        tg(*RAVI, "--role", "prison_officer")


def test_a_server_without_anybody_to_serve_says_so(tg: Tg, monkeypatch: pytest.MonkeyPatch) -> None:
    assert any("./tg worker add" in problem for problem in problems())
    add(tg, monkeypatch, "--role", "prison_officer")
    assert not any("./tg worker add" in problem for problem in problems())
