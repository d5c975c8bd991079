"""Organisations: adds one, every prison of the code set, or the places of a file; or lists them."""

import argparse
from pathlib import Path

from throughgate.wiring import connected


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True)
    add = what.add_parser("add", help="add one, or bring its name up to date")
    add.add_argument("code")
    add.add_argument("name")
    add.add_argument("kind", help="prison, community_treatment, probation ...")
    add.add_argument("--name-cy", default="", help="its name in Welsh")
    add.add_argument("--nation", choices=["", "england", "wales"], default="")
    places = what.add_parser(
        "places", help="add places with address, phone and opening, or bring them up to date"
    )
    places.add_argument(
        "file", type=Path, help="a CSV file; docs/how-to/tell-it-your-places.md says its columns"
    )
    member = what.add_parser(
        "member", help="say what an organisation shares for under the umbrella of another"
    )
    member.add_argument("parent")
    member.add_argument("member")
    member.add_argument(
        "--for",
        dest="purposes",
        action="append",
        default=[],
        metavar="PURPOSE",
        help="again for each purpose; none: it has left",
    )
    what.add_parser("prisons", help="add every prison of the code set")
    what.add_parser("list", help="those there are")


def run(options: argparse.Namespace) -> int:
    with connected.as_role("worker"):
        from throughgate.wiring.console import organising  # noqa: PLC0415 - once Django is set up

        if options.what == "list":
            return organising.show()
        if options.what == "prisons":
            return organising.load_prisons()
        if options.what == "places":
            return organising.put_places(options.file)
        if options.what == "member":
            return organising.share(options.parent, options.member, options.purposes)
        return organising.add(
            code=options.code,
            name=options.name,
            kind=options.kind,
            name_cy=options.name_cy,
            nation=options.nation,
        )
