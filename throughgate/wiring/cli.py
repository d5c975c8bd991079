"""The commands of `./tg`: a table, and how one of them is run.

Imports nothing but the standard library until a command is chosen, because it also runs before anything is
installed.
"""

import argparse
import difflib
import importlib
import keyword
import os
import sys
from dataclasses import dataclass

from throughgate.foundation.errors import NotFound, Refused
from throughgate.wiring import installation, signals


@dataclass(frozen=True)
class Command:
    name: str  # the module in throughgate.wiring.commands; one more _ where Python keeps the word for itself
    needs: str  # "runtime", "database" (runtime, and PostgreSQL where none is configured) or "dev"
    help: str

    @property
    def module(self) -> str:
        return f"{self.name}_" if keyword.iskeyword(self.name) else self.name


HELP = frozenset({"--help", "-h"})
COMMANDS = (
    Command("demo", "database", "try it: a database, invented people and a server on this machine"),
    Command("test", "dev", "the whole suite, or what you name: ./tg test tests/rules -k stay"),
    Command("night", "dev", "what takes too long for the suite: every world, address and page there is"),
    Command("check", "dev", "format, lint, types, walls, migrations and documents, without a database"),
    Command("serve", "runtime", "serve the real database that DATABASE_URL names"),
    Command("jobs", "database", "run what is due by itself: nightly refresh, sealing, imports from the page"),
    Command("migrate", "database", "bring the tables of the database up to this version"),
    Command("organisation", "database", "add a prison, provider or authority, or see which there are"),
    Command("worker", "database", "add a worker who may sign in, or see who may"),
    Command("import", "database", "read an organisation's extract into the record"),
    Command("backlog", "database", "read a folder of extracts, in the order of its list"),
    Command("held", "database", "rows and links that wait for a person to decide"),
    Command("show", "database", "print one person's record, for scripts; audited"),
    Command("audit", "database", "verify that the audit log is as it was sealed"),
    Command("messages", "dev", "write the catalogue of strings that translators work from"),
    Command("reference", "dev", "write the pages of docs/reference afresh"),
    Command("population", "runtime", "write extracts of invented people, with the truth about them"),
    Command("bench", "dev", "how fast, each line as a ratio to a probe in the same run"),
)


def main(argv: list[str]) -> int:
    if not argv or argv[0] in {"help", *HELP}:
        print(_listing())
        return 0
    command = next((each for each in COMMANDS if each.name == argv[0]), None)
    if command is None:
        print(f"There is no command {argv[0]!r}.{_meant(argv[0])} ./tg alone lists them.", file=sys.stderr)
        return 2
    try:
        installation.prepare(_lock_files(command))
        signals.stop_once()
        return _run(command, argv[1:])
    except (Refused, NotFound) as refusal:
        print(f"./tg {command.name}: {refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def _meant(name: str) -> str:
    near = difflib.get_close_matches(name, [command.name for command in COMMANDS], n=1)
    return f" Did you mean ./tg {near[0]}?" if near else ""


def _lock_files(command: Command) -> tuple[str, ...]:
    if command.needs == "dev":
        return ("dev",)
    if command.needs == "database" and "DATABASE_URL" not in os.environ:
        return ("runtime", "embedded")
    return ("runtime",)


def _run(command: Command, arguments: list[str]) -> int:
    module = importlib.import_module(f"throughgate.wiring.commands.{command.module}")
    parser = argparse.ArgumentParser(prog=f"./tg {command.name}", description=module.__doc__)
    module.add_arguments(parser)
    if arguments and arguments[0] in HELP:  # also of a command that hands all it is given to another program
        parser.print_help()
        return 0
    code: int = module.run(parser.parse_args(arguments))
    return code


def _listing() -> str:
    width = max(len(command.name) for command in COMMANDS)
    lines = [f"  ./tg {command.name:<{width}}  {command.help}" for command in COMMANDS]
    return "\n".join(["Throughgate. Its commands:", *lines, "", "./tg COMMAND --help says more about one."])
