"""The team around a person: who is on it, what they ask of each other, and the plan they share."""

from django.db import models

from throughgate.access import policy
from throughgate.foundation.codesets import code_set
from throughgate.foundation.ids import new_id
from throughgate.record.bodies import Body
from throughgate.team.rules import WHOLE

DOMAINS = {row["code"]: row["category"] for row in code_set("need_domains").rows}


class Membership(Body):
    """Somebody joined the team, or left it. The item is their post, as in `post`."""

    kinds = {"team_joined": "plan_appointments", "team_left": "plan_appointments"}
    post = models.UUIDField()
    why = models.TextField()
    agreed = models.CharField(max_length=20, blank=True)  # of team_agreements; "" where nobody could ask


class Lead(Body):
    """Who leads what; each domain of need is a kind of its own, and so is the whole."""

    kinds = {f"lead_{domain}": "plan_appointments" for domain in (WHOLE, *DOMAINS)}
    post = models.UUIDField()
    agreed = models.CharField(max_length=20)
    text = models.TextField(blank=True)


class Task(Body):
    """What one of the team is asked to do. The item names it, for the words on it."""

    kinds = {"task": "plan_appointments"}
    post = models.UUIDField()  # asked of
    text = models.TextField()
    by_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["post"], name="tasks_asked_of_a_post")]


class TaskWord(Body):
    """What became of a task."""

    kinds = {"task_word": "plan_appointments"}
    state = models.CharField(max_length=20)  # of the code set task_states
    text = models.TextField(blank=True)


class Message(Body):
    """From one of the team to another or to all; the kind says who may read it."""

    kinds = {
        "message_plan": "plan_appointments",
        "message_treatment": "treatment_medicines",
        "message_custody": "custody_legal",
        "message_housing": "housing",
    }
    post = models.UUIDField(null=True)  # None: the whole team
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["post"], name="messages_to_a_post")]


class Goal(Body):
    """What the person wants; each domain is a kind of its own. The item names it, for the words on it."""

    kinds = {f"goal_{domain}": category for domain, category in DOMAINS.items()}
    whose = models.CharField(max_length=20)  # of the code set voices
    text = models.TextField()
    by_on = models.DateField(null=True)


class GoalWord(Body):
    """How far a goal is."""

    kinds = {f"goalword_{domain}": category for domain, category in DOMAINS.items()}
    state = models.CharField(max_length=20)  # of the code set goal_states
    text = models.TextField(blank=True)


class Disagreement(Body):
    """Somebody disagrees with the entry whose id is its item; it is shared like that one, and both stand."""

    kinds = {f"disagrees_{category}": category for category in sorted(policy.categories())}
    whose = models.CharField(max_length=20)
    text = models.TextField()


class ContentNote(Body):
    """What may be hard to read in the entry whose id is its item; it is shared like that one."""

    kinds = {f"content_{category}": category for category in sorted(policy.categories())}
    about = models.JSONField()  # codes of content_notes


class Pressure(Body):
    """Debt or pressure, told to one worker of the person's choice, and how they stay safe."""

    kinds = {"pressure": "safeguarding"}
    text = models.TextField()
    plan = models.TextField(blank=True)


class SupportWish(Body):
    """What the person asks for when something shows, in their words; each sign is a kind of its own."""

    kinds = {f"wish_{row['code']}": "plan_appointments" for row in code_set("support_signs").rows}
    text = models.TextField()


class Opened(models.Model):
    """One of the team has had a message before them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(
        "record.Entry", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    post = models.ForeignKey("staff.Post", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "post"], name="a_message_is_opened_once_by_each")
        ]
