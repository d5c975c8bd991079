"""Workers who may sign in: adds one (or another hat to one), lists them, ends one's work."""

import argparse

from throughgate.wiring import connected


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True)
    add = what.add_parser("add", help="add a worker; one who is there already gains this hat")
    add.add_argument("email")
    add.add_argument("name")
    add.add_argument("--role", required=True, help="such as prison_recovery_worker: data/access/roles.csv")
    add.add_argument("--organisation", required=True, metavar="CODE", help="who employs or hosts them")
    add.add_argument("--team", required=True)
    add.add_argument("--works-in", nargs="+", default=[], metavar="CODE", help="prisons the team works in")
    add.add_argument("--password-stdin", action="store_true", help="the password is the first line of input")
    what.add_parser("list", help="everybody, and their hats")
    let_in = what.add_parser("let-in", help="a code with which somebody chooses a new password")
    let_in.add_argument("email")
    end = what.add_parser("end", help="end somebody's work; it bites at their next click")
    end.add_argument("email")


def run(options: argparse.Namespace) -> int:
    with connected.as_role("worker"):
        from throughgate.wiring.console import working  # noqa: PLC0415 - once Django is set up

        if options.what == "list":
            return working.show()
        if options.what == "end":
            return working.end(options.email)
        if options.what == "let-in":
            return working.let_in(options.email)
        return working.add(
            working.Newcomer(
                email=options.email,
                name=options.name,
                role=options.role,
                organisation=options.organisation,
                team=options.team,
                works_in=options.works_in,
                password_comes_in=options.password_stdin,
            )
        )
