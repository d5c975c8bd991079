"""What somebody says of themself, in their words: nobody else writes or corrects any of it."""

from django.db import models

from throughgate.foundation.codesets import code_set
from throughgate.record.bodies import Body


class OwnWords(Body):
    """What they say about one thing; each is a kind of its own."""

    kinds = {f"own_{topic}": "story" for topic in code_set("own_words").labels()}
    text = models.TextField()
    with_helper = models.BooleanField(default=False)  # somebody wrote it down for them
    supported_by = models.CharField(max_length=200, blank=True, default="")  # who helped them to write it


class Attachment(Body):
    """A recording or a picture that says it; what about, and from whom, is as with words."""

    kinds = {"own_attached": "story"}
    topic = models.CharField(max_length=20)  # of the code set own_words
    title = models.CharField(max_length=200)
    type = models.CharField(max_length=20)  # of the code set attachment_types
    size = models.IntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)  # None: removed by order
    holds = models.BooleanField(default=True)  # False: taken away again
    with_helper = models.BooleanField(default=False)


class Help(Body):
    """Somebody or somewhere that helps them. The item is its name in small letters."""

    kinds = {"helps": "story"}
    what = models.CharField(max_length=20, blank=True, default="")  # of the code set helps_what; "" not said
    holds = models.BooleanField(default=True)  # False: not any more
    name = models.CharField(max_length=200)
    reach = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)  # how it helps
    with_helper = models.BooleanField(default=False)


class Trigger(Body):
    """What makes it hard for them. The item is its name in small letters."""

    kinds = {"trigger": "story"}
    what = models.CharField(max_length=20)  # of the code set trigger_what
    holds = models.BooleanField(default=True)  # False: not any more
    name = models.CharField(max_length=200)
    signs = models.TextField(blank=True)  # how they, or others, notice
    text = models.TextField(blank=True)  # what they do then
    with_helper = models.BooleanField(default=False)


class SafeContact(Body):
    """A way to reach them safely, or one never to use; each is a kind of its own."""

    kinds = {f"reach_{way}": "identity_contact" for way in code_set("safe_ways").labels()}
    is_safe = models.BooleanField(default=True)
    reach = models.CharField(max_length=200, blank=True)  # the number, the address, through whom
    text = models.TextField(blank=True)  # when, and what may be said
    with_helper = models.BooleanField(default=False)


class Consent(Body):
    """Whether those who plan services may read what changed for them: those very words, and no others."""

    kinds = {"story_consent": "story"}
    allowed = models.BooleanField()
    entries = models.JSONField()  # ids of the entries that the words stand in
