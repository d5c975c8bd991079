"""What somebody needs, what they had before custody, and what they answered, as workers learnt it."""

from django.db import models

from throughgate.access import policy
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


class Answers(Body):
    """What somebody answered: of one topic of one sitting, all that the same people may read.

    The item names instrument and topic. A sitting is nothing but the entries that bear its id.
    """

    kinds = {f"answers_{category}": category for category in sorted(policy.categories())}
    sitting = models.UUIDField()
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    stage = models.CharField(max_length=20, blank=True)  # of the code set assessment_stages; "" has none
    topic = models.CharField(max_length=40)
    way = models.CharField(max_length=10)  # of the code set assessment_ways
    setting = models.CharField(max_length=10)  # of the code set assessment_settings
    for_court = models.BooleanField()  # told for a court or for justice, and so agreed to for them
    seconds = models.IntegerField()  # spent on the topic
    again_because = models.TextField(blank=True)  # why it was asked so soon after another time
    answers = models.JSONField()  # question -> answer
