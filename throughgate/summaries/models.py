"""Texts for others: what was agreed and written, to whom it was given, and that it holds no more."""

from django.db import models

from throughgate.record.bodies import Body


class Made(Body):
    """One text as the person agreed it. The item is which text; each fact stands with its category."""

    kinds = {"text_made": "plan_appointments"}
    text = models.CharField(max_length=20)  # of the code set summary_texts
    version = models.PositiveIntegerField()  # of this person and this text
    way = models.CharField(max_length=20)  # how they agreed: of the code set sharing_ways
    left_out = models.JSONField(default=list)  # keys of facts that they were shown and did not agree
    snapshot = models.JSONField()  # see packs.rules.snapshot


class Given(Body):
    """That a text reached those it is for. The item is the text."""

    kinds = {"text_given": "plan_appointments"}
    made = models.UUIDField()
    way = models.CharField(max_length=20)  # of the code set summary_givings
    text = models.TextField(blank=True)  # to whom


class Revoked(Body):
    """That a text holds no more. The item is the text."""

    kinds = {"text_revoked": "plan_appointments"}
    made = models.UUIDField()
    text = models.TextField()  # why
