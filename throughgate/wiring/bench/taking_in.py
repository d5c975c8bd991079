"""Run by itself as the worker role: takes extracts in, and prints what each cost as JSON.

`python -m throughgate.wiring.bench.taking_in '[["file.json", "2026-09-01"], ...]'`
"""

import json
import os
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from throughgate.foundation.clock import start_of
from throughgate.wiring import connected
from throughgate.wiring.bench import costs

PRISON = "MDI"  # whose extracts these are; the people in them are in every prison


def main(extracts: list[tuple[str, str]]) -> None:
    connected.set_up("worker")
    from django.db import connection  # noqa: PLC0415 - once Django is set up

    from throughgate.directory import actions as directory  # noqa: PLC0415

    directory.load_prisons()
    print(json.dumps([_take_in(Path(file), day) for file, day in extracts]))
    connection.close()


def _take_in(file: Path, day: str) -> dict[str, Any]:
    from throughgate.exchange import actions as exchange  # noqa: PLC0415 - once Django is set up

    with costs.counted() as cost:
        report = exchange.import_file(
            format_name="prisoner-search",
            path=file,
            organisation_code=PRISON,
            as_at=start_of(datetime.fromisoformat(day).date()),
            progress=lambda _: None,
        )
    print(
        f"  {file.name}: {report.counts['read']:,} documents, {report.counts['entries']:,} entries in"
        f" {cost.seconds:.0f} s",
        file=sys.stderr,
        flush=True,
    )
    return {**report.counts, **asdict(cost)}


if __name__ == "__main__":
    os.umask(0o077)
    main(json.loads(sys.argv[1]))
