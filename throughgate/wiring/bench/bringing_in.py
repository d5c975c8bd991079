"""Run by itself as the worker role: brings a folder of extracts in, and prints what it was and took as JSON.

`python -m throughgate.wiring.bench.bringing_in FOLDER`, where FOLDER is one that `./tg population` wrote.
"""

import json
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from throughgate.wiring import connected

BY_FORMAT = """
SELECT format, count(*) AS files, sum(read)::int AS read, sum(entries)::int AS entries,
       extract(epoch FROM sum(finished_at - started_at))::float AS seconds
FROM exchange_importrun GROUP BY format ORDER BY format
"""
# Whose workers have most people to look after.
FULLEST = """
SELECT organisation.code FROM access_relationship concerned
JOIN directory_organisation organisation ON organisation.id = concerned.organisation_id
WHERE organisation.kind = 'prison' AND concerned.closed_on IS NULL
GROUP BY organisation.code ORDER BY count(*) DESC, organisation.code LIMIT 1
"""
PEOPLE = "SELECT count(*) FROM people_person"


def main(folder: Path) -> None:
    connected.set_up("worker")
    from throughgate.wiring.console import backlog  # noqa: PLC0415 - once Django is set up

    with redirect_stdout(sys.stderr):
        if backlog.run(folder, is_agreed=True):
            raise SystemExit(1)
    print(json.dumps(_brought_in()))


def _brought_in() -> dict[str, Any]:
    from django.db import connection  # noqa: PLC0415 - once Django is set up

    with connection.cursor() as cursor:
        cursor.execute(BY_FORMAT)
        names = [column.name for column in cursor.description]
        loaded = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        cursor.execute(FULLEST)
        (prison,) = cursor.fetchone()
        cursor.execute(PEOPLE)
        (people,) = cursor.fetchone()
    connection.close()
    return {"prison": prison, "people": people, "loaded": loaded}


if __name__ == "__main__":
    os.umask(0o077)
    main(Path(sys.argv[1]))
