"""Sessions in the database, read by one plain query.

Every page asks for one, and the ORM took longer to ask than the database to answer.
"""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import connection

from throughgate.foundation import clock

READ = """
SELECT session_key, session_data, expire_date FROM django_session
WHERE session_key = %s AND expire_date > %s
"""


class SessionStore(db.SessionStore):
    """As Django's in all else."""

    def _get_session_from_db(self) -> Session | None:
        with connection.cursor() as cursor:
            cursor.execute(READ, [self.session_key, clock.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return None
        return Session(*row)
