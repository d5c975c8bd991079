"""The commands of `./tg`, each with what may follow it on the line.

Asked of the parsers rather than printed by them: what they print differs from one Python to the next. They
have no public way to be asked, hence the names with an underscore.
"""

import argparse
import importlib
from collections.abc import Iterator

from throughgate.wiring.cli import COMMANDS, Command
from throughgate.wiring.reference.markdown import bullets, code, codes, link, paragraphs, table

HEAD = """\
# Commands

`./tg` alone lists them, `./tg COMMAND --help` says more about one. A command ends with 0 when it did what
was asked, with 1 when it refused and said why, with 2 when the line could not be understood."""
NEEDS = {
    "runtime": "",
    "database": "It uses the database that `DATABASE_URL` names; without one, the demo's.",
    "dev": "For whoever changes the program: it installs what that needs on first use.",
}
OWN_DATABASE = {"demo", "bench"}  # whatever is configured

Parser = argparse.ArgumentParser


def page() -> str:
    listed = ((link(code(f"./tg {each.name}"), f"#tg-{each.name}"), each.help) for each in COMMANDS)
    return paragraphs(HEAD, table(("command", "what for"), listed), *map(_section, COMMANDS))


def _section(command: Command) -> str:
    module = importlib.import_module(f"throughgate.wiring.commands.{command.module}")
    parser = argparse.ArgumentParser(prog=f"./tg {command.name}", add_help=False)
    module.add_arguments(parser)
    needs = "" if command.name in OWN_DATABASE else NEEDS[command.needs]
    return paragraphs(f"## tg {command.name}", module.__doc__ or "", needs, *_arguments(parser))


def _arguments(parser: Parser) -> Iterator[str]:
    """What follows the command; for one with commands of its own, what follows each of those."""
    within = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    rows = [
        (_written(action), _meant(action))
        for action in parser._actions
        if action not in within and not isinstance(action, argparse._HelpAction)
    ]
    if rows:
        yield table(("after it", ""), rows)
    yield bullets(_alternatives(parser))
    for action in within:
        for choice in action._choices_actions:
            inner: Parser = action.choices[choice.dest]
            yield f"{code(inner.prog)}: {choice.help}"
            yield from _arguments(inner)


def _alternatives(parser: Parser) -> Iterator[str]:
    for group in parser._mutually_exclusive_groups:
        yield f"Only one of {codes(each.option_strings[-1] for each in group._group_actions)} at a time."


def _written(action: argparse.Action) -> str:
    """How it is typed: `--from ORGANISATION`, `person`."""
    if not action.option_strings:
        return code(_value(action))
    value = "" if action.nargs == 0 else f" {_value(action)}"
    return code(f"{', '.join(action.option_strings)}{value}") + (", needed" if action.required else "")


def _value(action: argparse.Action) -> str:
    """What stands for the value: its own name, unless it has another or is one of a few."""
    if isinstance(action.metavar, tuple):
        return " ".join(action.metavar)
    many = " ..." if action.nargs in {"*", "+"} else ""
    if action.choices is not None and not action.metavar:
        return "|".join(str(choice) or '""' for choice in action.choices)
    return (action.metavar or (action.dest.upper() if action.option_strings else action.dest)) + many


def _meant(action: argparse.Action) -> str:
    """With the values there are, where the way it is typed does not name them."""
    parts = [action.help or ""]
    if action.metavar and action.choices is not None:
        parts.append(f"one of {codes(str(choice) for choice in action.choices)}")
    return "; ".join(part for part in parts if part)
