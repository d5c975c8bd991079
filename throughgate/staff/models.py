"""Workers, the posts they hold, and what they sign in with.

A post is a hat: one role in one team from one day to another.
"""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from throughgate.foundation.ids import new_id


class WorkerManager(BaseUserManager["Worker"]):
    """Finds a worker by e-mail address, as sign-in does."""

    def get_by_natural_key(self, username: str | None) -> "Worker":
        return self.get(email__iexact=username or "")


class Worker(AbstractBaseUser):
    """Somebody who signs in to do a job; peers and volunteers are workers. A program has no address."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True, null=True, blank=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="en")
    is_active = models.BooleanField(default=True)
    # allauth and Django ask these; nobody uses Django's admin here.
    is_staff = False
    is_superuser = False

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = WorkerManager()

    def __str__(self) -> str:
        return str(self.id)  # never a name: this text can reach a log


class Team(models.Model):
    """People of one organisation who share a caseload, and the prisons they work in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    works_in = models.ManyToManyField("directory.Organisation", related_name="+", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="one_team_of_a_name_in_an_organisation"
            )
        ]


class Membership(models.Model):
    """An organisation under another, as in a consortium: for this purpose the people of one are the concern
    of all: of the parent, and of each member for the same purpose.
    """

    parent = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "member", "purpose"], name="a_member_once_for_a_purpose"
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("member")), name="nobody_is_a_member_of_themselves"
            ),
        ]


class Post(models.Model):
    """One role in one team for one worker: the hat a request is decided under."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="posts")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the last day worked
    ended_at = models.DateTimeField(null=True)  # at once, whatever the day

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="a_post_ends_after_it_starts",
            )
        ]


class Session(AbstractBaseSession):
    """One browser that somebody is signed in with; also one where signing in has only begun."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+", null=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()  # to the minute
    device = models.CharField(max_length=60, blank=True)  # such as: Edge on Windows


class SignInRule(models.Model):
    """What one organisation asks of those who work for it."""

    organisation = models.OneToOneField(
        "directory.Organisation", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    idle_minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(idle_minutes__range=(5, 60)), name="idle_for_five_minutes_to_an_hour"
            )
        ]


class Invitation(models.Model):
    """A post kept for somebody until they take it up, by a code of which only the hash is here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hashed = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    name = models.CharField(max_length=120)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, blank=True)  # empty: no new post, only a new way in
    invited_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+", null=True)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
                name="an_invitation_is_used_or_withdrawn",
            )
        ]


class CodeCard(models.Model):
    """A printed card of codes, each good once, for who carries no phone and no key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["worker"], condition=models.Q(withdrawn_at=None), name="one_card_in_use_for_a_worker"
            )
        ]


class CardCode(models.Model):
    """One code of a card; only its hash is here, made with the secret of this installation."""

    card = models.ForeignKey(CodeCard, on_delete=models.PROTECT, related_name="+")
    hashed = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["card", "hashed"], name="a_code_stands_once_on_a_card")
        ]


class Vouched(models.Model):
    """A worker as an organisation's own sign-in knows them."""

    issuer = models.CharField(max_length=40)
    subject = models.CharField(max_length=255)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="vouched")
    first_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="a_subject_is_one_worker"),
            models.UniqueConstraint(fields=["issuer", "worker"], name="a_worker_is_one_subject"),
        ]


class Program(models.Model):
    """A computer program of an organisation: a worker without a person, an address or a password.

    It shows who it is with a key, of which only the public half is here. How long it may, its one post says.
    """

    worker = models.OneToOneField(Worker, on_delete=models.PROTECT, primary_key=True, related_name="program")
    key = models.TextField()  # as PEM
    thumbprint = models.CharField(max_length=64)  # of the key
    key_since = models.DateTimeField()


class Token(models.Model):
    """Leave to ask, for minutes, got with the key that the program had then; only its hash is here."""

    hashed = models.CharField(max_length=64, primary_key=True)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    thumbprint = models.CharField(max_length=64)
    purpose = models.CharField(max_length=40)
    expires_at = models.DateTimeField()


class Assertion(models.Model):
    """What a program signed to get a token, kept until it would be refused for its age: good once."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="+")
    hashed = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "hashed"], name="an_assertion_is_good_once")
        ]
