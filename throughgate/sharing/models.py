"""What somebody chose to share, who must not know of them, and whom they trust."""

from django.db import models

from throughgate.record.bodies import Body


class Choice(Body):
    """What they said of one topic, one organisation and one purpose; left empty, each stands for all."""

    kinds = {"sharing_choice": "sharing"}
    towards = models.UUIDField(null=True)  # an organisation; None: every one
    topic = models.CharField(max_length=30, blank=True)  # a sharing category; "" everything
    purpose = models.CharField(max_length=30, blank=True)  # of data/access/purposes.csv; "" any
    answer = models.CharField(max_length=10)  # of the code set sharing_answers
    expires_on = models.DateField(null=True)  # the first day it holds no more
    place = models.CharField(max_length=20)  # of sharing_places: where they were asked
    state = models.CharField(max_length=20)  # of sharing_states: how they were then
    way = models.CharField(max_length=20)  # of sharing_ways: how they said it
    present = models.CharField(max_length=200, blank=True)  # who else was there
    ask_again_on = models.DateField(null=True)  # None: they were settled; else what the paper told them
    text = models.TextField(blank=True)


class MustNotKnow(Body):
    """Somebody, or everybody of an organisation, to whom this record is not to exist. The item is who."""

    kinds = {"must_not_know": "sharing"}
    holds = models.BooleanField()  # False: they may know again
    worker = models.UUIDField(null=True)
    organisation = models.UUIDField(null=True)
    name = models.CharField(max_length=200, blank=True)  # of somebody who works nowhere here
    text = models.TextField(blank=True)  # why; nobody has to say


class LimitedRecord(Body):
    """Who alone may know that there is a record; nobody named: everybody again who could before."""

    kinds = {"limited_record": "sharing"}
    workers = models.JSONField(default=list)  # ids
    organisations = models.JSONField(default=list)  # ids
    text = models.TextField(blank=True)


class ProtectedAddress(Body):
    """Where they live, or stay, and must not be found. The item is empty: the last word counts."""

    kinds = {"protected_address": "protected_contact"}
    text = models.TextField()  # the address, and how it is written to


class KeptName(Body):
    """A name of before that nobody is to be shown. The item is the name as it is compared."""

    kinds = {"kept_name": "sharing"}
    holds = models.BooleanField()  # False: it may be shown again
    name = models.CharField(max_length=400)


class MinimumRead(Body):
    """That a receiving service has read the minimum safety set. The item is the service."""

    kinds = {"minimum_read": "safety_now"}
    codes = (
        models.JSONField()
    )  # of the code set sharing_minimum: what stood on the page, as far as it is theirs
    shown = models.UUIDField()  # an id made with that page: what has a greater one did not stand on it


class TrustedPerson(Body):
    """Somebody they trust, how to reach them safely, and what they may be told. The item is the name."""

    kinds = {"trusted_person": "sharing"}
    holds = models.BooleanField()  # False: named no more
    name = models.CharField(max_length=200)
    relation = models.CharField(max_length=200, blank=True)
    reach = models.CharField(max_length=200, blank=True)
    may_be_told = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
