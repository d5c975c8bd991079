"""What plans rest on is asked about those people alone of whom it can tell something."""

import inspect
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import story
from throughgate.access import actions as access
from throughgate.foundation.ids import new_id
from throughgate.pathway import gathering

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("query", gathering.reads(), ids=lambda query: f"{query.__module__}.{query.__name__}")
def test_a_query_reads_no_kind_but_those_entered_for_it(query: Callable[..., Any]) -> None:
    """Else it would not be asked about people of whom there is nothing but that kind."""
    permit = access.issue_timer_permit("nightly refresh", at=story.noon(9))
    since = {"since": date(2026, 1, 1)} if "since" in inspect.signature(query).parameters else {}
    with CaptureQueriesContext(connection) as captured:
        query(permit, [new_id()], **since)
    asked = re.findall(r"entry\.kind = '(\w+)'", captured[0]["sql"])
    assert set(asked) <= set(gathering.reads()[query])
