"""The bare pages that ours are measured against: no session, no door, no audit, no words to choose.

Run by gunicorn as ours are. Django answers, without middleware; the address, the person and the prison come
from the environment.
"""

import os
from datetime import datetime
from typing import Any

import django
import jinja2
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

from throughgate.foundation import clock
from throughgate.wiring.database import database_settings

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": database_settings("web")},
    INSTALLED_APPS=[],
    MIDDLEWARE=[],
    ROOT_URLCONF=__name__,
    SECRET_KEY="nothing is signed here",  # noqa: S106 - a page without sessions
    USE_TZ=True,
)
django.setup()
PERSON, PRISON = os.environ["TG_BENCH_PERSON"], os.environ["TG_BENCH_PRISON"]
# Joined by what every body has, since a bare page needs no bodies.
ENTRIES = """
SELECT entry.id, entry.kind, entry.category, entry.item, entry.happened_at, entry.recorded_at, entry.source,
       organisation.name
FROM people_identity identity
JOIN record_entry entry ON entry.identity_id = identity.id
JOIN directory_organisation organisation ON organisation.id = entry.organisation_id
WHERE identity.person_id = %s
ORDER BY entry.happened_at DESC, entry.id DESC LIMIT 300
"""
# What any list of this kind must ask: whom one organisation is concerned with today, in order of names.
PEOPLE = """
SELECT person.id, person.display_name, person.birth_date, standing.prison, standing.cell, standing.release_on,
       (SELECT number.value FROM people_identifier number
        JOIN people_identity identity ON identity.id = number.identity_id
        WHERE identity.person_id = person.id AND number.system = 'prison'
        ORDER BY number.recorded_at DESC LIMIT 1)
FROM directory_organisation organisation
JOIN access_relationship concerned ON concerned.organisation_id = organisation.id
JOIN people_person person ON person.id = concerned.person_id
LEFT JOIN custody_standing standing ON standing.person_id = person.id
WHERE organisation.code = %s AND concerned.opened_on <= %s
  AND (concerned.closed_on IS NULL OR concerned.closed_on > %s)
ORDER BY person.sort_name, person.id LIMIT 60
"""
POINT = "SELECT display_name FROM people_person WHERE id = %s"
SHEET = jinja2.Environment(autoescape=True).from_string("""<!doctype html><html lang="en"><head>
<meta charset="utf-8"><title>A bare page</title></head><body><main><h1>A bare page</h1><ol>
{% for row in rows %}<li id="{{ row.id }}"><h2>{{ row.title }}</h2>
<p class="when"><time>{{ row.when }}</time> <span class="known">known since {{ row.known }}</span></p>
<p class="what">{{ row.what }}</p><p class="source">said by {{ row.who }}, shared as {{ row.shared }}</p></li>
{% endfor %}</ol></main></body></html>""")


def _rows(query: str, *parameters: str) -> list[tuple[Any, ...]]:
    from django.db import connection  # noqa: PLC0415 - once settings stand

    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def entries(_request: HttpRequest) -> HttpResponse:
    """300 entries of one person."""
    rows = [
        {
            "id": entry_id,
            "title": kind,
            "when": _day(happened_at),
            "known": _day(recorded_at),
            "what": item,
            "who": f"{organisation}, {source}",
            "shared": category,
        }
        for entry_id, kind, category, item, happened_at, recorded_at, source, organisation in _rows(
            ENTRIES, PERSON
        )
    ]
    return HttpResponse(SHEET.render(rows=rows))


def people(_request: HttpRequest) -> HttpResponse:
    """60 people of one prison in order of their names."""
    rows = [
        {
            "id": row[0],
            "title": row[1],
            "when": row[2],
            "known": row[5],
            "what": row[4],
            "who": row[3],
            "shared": row[6],
        }
        for row in _rows(PEOPLE, PRISON, *[clock.today().isoformat()] * 2)
    ]
    return HttpResponse(SHEET.render(rows=rows))


def point(_request: HttpRequest) -> HttpResponse:
    """One row by its key."""
    return HttpResponse(_rows(POINT, PERSON)[0][0])


urlpatterns = [path("jinja", entries), path("list", people), path("point", point)]
application = WSGIHandler()
