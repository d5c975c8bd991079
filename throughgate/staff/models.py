"""Workers and the posts they hold. A post is a hat: one role in one team from one day to another."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from throughgate.foundation.ids import new_id


class WorkerManager(BaseUserManager["Worker"]):
    """Finds a worker by e-mail address, as sign-in does."""

    def get_by_natural_key(self, username: str | None) -> "Worker":
        return self.get(email__iexact=username)


class Worker(AbstractBaseUser):
    """Somebody who signs in to do a job; peers and volunteers are workers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
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


class Post(models.Model):
    """One role in one team for one worker: the hat a request is decided under."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="posts")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the last day worked

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="a_post_ends_after_it_starts",
            )
        ]
