"""The team around a person: who is on it, what they ask of each other, and the plan they share."""

from django.db import models

from throughgate.access import policy
from throughgate.foundation.codesets import code_set
from throughgate.foundation.ids import new_id
from throughgate.record.bodies import Body
from throughgate.team.domains import DOMAINS
from throughgate.team.rules import WHOLE


class Membership(Body):
    """Somebody joined the team, or left it. The item is their post, as in `post`."""

    kinds = {"team_joined": "plan_appointments", "team_left": "plan_appointments"}
    post = models.UUIDField()
    why = models.TextField()
    agreed = models.CharField(max_length=20, blank=True)  # of team_agreements; "" where nobody could ask

    class Meta:
        indexes = [models.Index(fields=["post"], name="teams_of_a_post")]


class Lead(Body):
    """Who leads what; each domain of need is a kind of its own, and so is the whole."""

    kinds = {f"lead_{domain}": "plan_appointments" for domain in (WHOLE, *DOMAINS)}
    post = models.UUIDField()
    agreed = models.CharField(max_length=20)
    text = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["post"], name="leads_of_a_post")]


class Task(Body):
    """What somebody is asked to do. The item names it, for the words on it.

    What serves a goal is shared like that goal: each domain is a kind of its own.
    """

    kinds = {"task": "plan_appointments", **{f"goaltask_{domain}": each for domain, each in DOMAINS.items()}}
    post = models.UUIDField(null=True)  # asked of; None: of `who`
    who = models.CharField(max_length=200, blank=True)  # without a post; with none either, the person
    text = models.TextField()
    by_on = models.DateField(null=True)
    serves = models.CharField(max_length=120, blank=True)  # the item of a goal, or of a hard day

    class Meta:
        indexes = [models.Index(fields=["post"], name="tasks_asked_of_a_post")]


class TaskWord(Body):
    """What became of a task."""

    kinds = {
        "task_word": "plan_appointments",
        **{f"goaltaskword_{domain}": category for domain, category in DOMAINS.items()},
    }
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
    agreed = models.CharField(max_length=20, blank=True)  # of goal_agreements; "" it is their own
    reason = models.CharField(max_length=120, blank=True)  # the item of the reason it is tied to


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


class Reason(Body):
    """What started it, keeps it going, protects, or would make it worth it; the item names it, for goals."""

    kinds = {f"reason_{row['code']}": row["category"] for row in code_set("reason_parts").rows}
    reason = models.CharField(max_length=20)  # of the code set reasons
    text = models.TextField(blank=True)  # in their words


class HardDay(Body):
    """A day that is hard for them, and what helps then; the item names it, for whoever looks in on them."""

    kinds = {"hard_day": "story"}
    falls_on = models.DateField()
    is_yearly = models.BooleanField()
    text = models.TextField()
    helps = models.TextField(blank=True)


class Unmet(Body):
    """That nothing exists to meet a need; each domain is a kind of its own."""

    kinds = {f"unmet_{domain}": category for domain, category in DOMAINS.items()}
    place = models.CharField(max_length=200)
    text = models.TextField()


class Referral(Body):
    """That a service is asked to take part, for a need; each domain is a kind of its own.

    The item names it, for the words on it.
    """

    kinds = {f"referral_{domain}": category for domain, category in DOMAINS.items()}
    who = models.CharField(max_length=200)
    text = models.TextField()
    answer_by = models.DateField()


class ReferralWord(Body):
    """What a service answers, and what came of it."""

    kinds = {f"referralword_{domain}": category for domain, category in DOMAINS.items()}
    state = models.CharField(max_length=20)  # of the code set referral_states
    text = models.TextField(blank=True)


class Outside(Body):
    """Somebody is on the team who has no account, or is no more. The item is the name."""

    kinds = {"outside": "plan_appointments"}
    holds = models.BooleanField()
    name = models.CharField(max_length=200)
    works_for = models.CharField(max_length=200, blank=True)
    reach = models.CharField(max_length=200, blank=True)
    text = models.TextField()  # what they are on the team for, or why they leave
    agreed = models.CharField(max_length=20, blank=True)  # of team_agreements; "" where nobody could ask


class MeetingWish(Body):
    """Where, and with whom, somebody wants to be seen."""

    kinds = {"meeting_wish": "plan_appointments"}
    setting = models.CharField(max_length=20)  # of the code set meeting_settings
    worker = models.CharField(max_length=200, blank=True)  # "a woman", "not the one from my wing"
    text = models.TextField(blank=True)


class Opened(models.Model):
    """Somebody has had an entry before them of which they were told: a message, or a need that changed."""

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
