"""`./tg`: what it lists, and how it refuses."""

import importlib.util
import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from throughgate.foundation.errors import Refused
from throughgate.wiring import cli, secrets, server, signals
from throughgate.wiring.places import ROOT


@pytest.mark.parametrize("command", cli.COMMANDS, ids=lambda command: str(command.name))
def test_each_command_in_the_list_exists(command: cli.Command) -> None:
    assert importlib.util.find_spec(f"throughgate.wiring.commands.{command.module}")


def test_tg_alone_lists_its_commands() -> None:
    said = subprocess.run([ROOT / "tg"], capture_output=True, text=True, check=True, cwd="/").stdout
    assert [line for line in said.splitlines() if line.startswith("  ./tg demo ")]


def test_an_unknown_command_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["nope"]) == 2
    assert capsys.readouterr().err == "There is no command 'nope'. ./tg alone lists them.\n"


def test_a_slip_of_the_pen_in_a_command_is_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["impotr"]) == 2
    assert "There is no command 'impotr'. Did you mean ./tg import?" in capsys.readouterr().err


@pytest.mark.parametrize("command", cli.COMMANDS, ids=lambda command: str(command.name))
def test_each_command_says_what_it_is_for(command: cli.Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli._run(command, ["--help"]) == 0
    assert capsys.readouterr().out.startswith(f"usage: ./tg {command.name} ")


@pytest.mark.parametrize(
    ("name", "environment", "wanted"),
    [
        ("demo", {}, ("runtime", "embedded")),
        ("migrate", {"DATABASE_URL": "x"}, ("runtime",)),
        ("serve", {"DATABASE_URL": "x"}, ("runtime",)),
        ("test", {}, ("dev",)),
    ],
)
def test_a_command_installs_only_what_it_needs(
    name: str, environment: dict[str, str], wanted: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    command = next(each for each in cli.COMMANDS if each.name == name)
    assert cli._lock_files(command) == wanted


def tg(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "tg", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
        timeout=60,
    )


def test_the_demo_does_not_touch_a_real_database() -> None:
    done = tg("demo", DATABASE_URL="postgresql://tg_web@/real")
    assert done.returncode == 1
    assert "This is a demo" in done.stderr


def test_serving_beyond_this_machine_is_refused() -> None:
    done = tg("serve", "--host", "0.0.0.0", DATABASE_URL="postgresql://tg_web@/real")  # noqa: S104 - refused
    assert done.returncode == 1
    assert "can be reached from other machines" in done.stderr


@pytest.mark.parametrize("secret", ["", "too short"])
def test_a_secret_that_could_be_guessed_is_refused(secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_SECRET_KEY", secret)
    with pytest.raises(SystemExit, match="TG_SECRET_KEY"):
        secrets.secret_key("serve")
    monkeypatch.setenv("TG_SECRET_KEY", "k" * secrets.SHORTEST)
    assert secrets.secret_key("serve") == "k" * secrets.SHORTEST


def test_serving_without_a_database_is_refused() -> None:
    done = tg("serve")
    assert done.returncode == 1
    assert "DATABASE_URL is not set" in done.stderr


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server((server.LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Refused, match=rf"Port {port} .*--port {port + 1}"), server.listening(port):
            pass


@pytest.mark.parametrize("port", [65535 + 1, -1])
def test_a_port_that_no_machine_has_leads_to_one_it_has(port: int) -> None:
    with pytest.raises(Refused, match="--port 8000"), server.listening(port):
        pass


def test_an_invitation_names_the_port_that_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TG_ADDRESS", "")  # so that it is put back afterwards
    monkeypatch.delenv("TG_ADDRESS")
    with server.listening(0) as listener:
        assert os.environ["TG_ADDRESS"] == f"http://localhost:{listener.getsockname()[1]}"
    monkeypatch.setenv("TG_ADDRESS", "https://throughgate.example")
    with server.listening(0):
        assert os.environ["TG_ADDRESS"] == "https://throughgate.example"


def test_a_second_signal_does_not_interrupt_the_stopping() -> None:
    before = {each: signal.getsignal(each) for each in signals.STOPPING}
    try:
        signals.stop_once()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def test_of_a_population_the_bench_measures_nothing_but_pages(tmp_path: Path) -> None:
    asked = tg("bench", "--population", str(tmp_path), "--only", "import_first", "--only", "today")
    assert asked.returncode == 1
    assert "Of a population only pages are measured, and not import_first." in asked.stderr
