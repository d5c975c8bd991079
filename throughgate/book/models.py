"""What opens a person's own book: codes on paper, words they remember, and the visits they make."""

from django.db import models

from throughgate.foundation.ids import new_id
from throughgate.record.bodies import Body


class Opening(Body):
    """That a code was given, a passkey added, either of them stopped, or that a worker opened it beside them.

    What opens the door stands apart, in `Code` and `Passkey`: no reader of a record needs it.
    """

    kinds = {
        "book_code_given": "identity_contact",
        "book_code_stopped": "identity_contact",
        "book_beside": "identity_contact",
        "book_passkey_added": "identity_contact",
        "book_passkey_stopped": "identity_contact",
    }
    last_on = models.DateField(null=True)  # the last day a code given holds


class Told(Body):
    """What the person told one worker or service of their choice, and nobody else."""

    kinds = {"told": "plan_appointments"}
    what = models.CharField(max_length=20)  # of the code set told_what
    text = models.TextField(blank=True)
    with_helper = models.BooleanField(default=False)


class Answer(Body):
    """What was answered to what they told: the item is that entry."""

    kinds = {"told_answered": "plan_appointments"}
    text = models.TextField()


class Code(models.Model):
    """A code on paper, as a keyed hash; it opens together with one of the birth dates it was given for."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    identity = models.ForeignKey("people.Identity", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64, unique=True)
    dates = models.JSONField()  # keyed hashes of the code with each birth date
    given_at = models.DateTimeField()
    given_by = models.UUIDField(null=True)  # worker; None: a script
    last_on = models.DateField()
    permit_id = models.UUIDField()


class CodeStopped(models.Model):
    """That a code holds no more."""

    code = models.OneToOneField(Code, primary_key=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    permit_id = models.UUIDField()


class Word(models.Model):
    """A word the person remembers, as a slow hash. The newest counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    identity = models.ForeignKey("people.Identity", on_delete=models.PROTECT, related_name="+")
    hashed = models.CharField(max_length=250)
    chosen_at = models.DateTimeField()
    permit_id = models.UUIDField()


class Passkey(models.Model):
    """A telephone or a computer of the person's own that opens their book: its public key, and no secret."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    identity = models.ForeignKey("people.Identity", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64, unique=True)  # a keyed hash of what it calls itself
    public = models.BinaryField()  # as the library keeps it
    device = models.CharField(max_length=40, blank=True)  # "Chrome, Android"
    added_at = models.DateTimeField()
    permit_id = models.UUIDField()


class PasskeyStopped(models.Model):
    """That a passkey opens nothing any more."""

    passkey = models.OneToOneField(Passkey, primary_key=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    permit_id = models.UUIDField()


class Try(models.Model):
    """One try of a code, a passkey or a word. Of what there is none of, too: so the two look alike."""

    key = models.CharField(max_length=64)  # of the code or the passkey, or whose word
    place = models.CharField(max_length=64)  # a keyed hash of the network address
    at = models.DateTimeField()
    was_right = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["key", "at"], name="tries_of_a_code"),
            models.Index(fields=["place", "at"], name="tries_from_a_place"),
        ]


class Visit(models.Model):
    """A time that a book is open on one machine. Mutable on purpose: that it goes on is learned later."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=64, unique=True)  # a hash of what the browser holds
    identity = models.ForeignKey("people.Identity", on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10)
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="+", null=True)
    passkey = models.ForeignKey(Passkey, on_delete=models.PROTECT, related_name="+", null=True)
    beside = models.UUIDField(null=True)  # worker
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__isnull=False, passkey=None, beside=None)
                | models.Q(passkey__isnull=False, code=None, beside=None)
                | models.Q(beside__isnull=False, code=None, passkey=None),
                name="a_visit_is_opened_in_one_way",
            )
        ]
