"""What somebody needs, and what they had before custody, as workers learnt it."""

from django.db import models

from throughgate.foundation.codesets import code_set
from throughgate.record.bodies import Body


class Need(Body):
    """How great a need is, in the person's words and the worker's; each domain is a kind of its own."""

    kinds = {f"need_{row['code']}": row["category"] for row in code_set("need_domains").rows}
    how_far = models.CharField(max_length=10)  # of the code set need_levels
    said = models.TextField(blank=True)  # what the person says, in their words
    text = models.TextField(blank=True)
    matters = models.CharField(max_length=10, blank=True)  # to the person; of need_importance


class BeforeCustody(Body):
    """Something they had before custody, or that they had none; each is a kind of its own."""

    kinds = {f"before_{row['code']}": row["category"] for row in code_set("before_custody").rows}
    had = models.BooleanField()
    who = models.CharField(max_length=200, blank=True)
    reach = models.CharField(max_length=200, blank=True)  # how to reach them
    since_on = models.DateField(null=True)
    last_on = models.DateField(null=True)  # the last day of it that is known
    text = models.TextField(blank=True)
