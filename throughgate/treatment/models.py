"""Treatment as each provider reports it: episodes, interventions, prescriptions, doses, attendances."""

from django.db import models

from throughgate.record.bodies import Body


class EpisodeReport(Body):
    """A treatment episode as its provider last reported it."""

    kinds = {"treatment_episode": "treatment_medicines"}
    episode_key = models.CharField(max_length=80)
    referred_on = models.DateField(null=True)
    triaged_on = models.DateField(null=True)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=120, blank=True)
    drugs = models.JSONField(default=list)
    consent = models.CharField(max_length=10, blank=True)
    more = models.JSONField(default=dict)  # other columns of the episode, as written


class Intervention(Body):
    """One kind of treatment within an episode."""

    kinds = {"intervention": "treatment_medicines"}
    intervention_key = models.CharField(max_length=80)
    modality = models.CharField(max_length=40, blank=True)
    setting = models.CharField(max_length=40, blank=True)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    exit_status = models.CharField(max_length=40, blank=True)
    more = models.JSONField(default=dict)


class Prescription(Body):
    """A medicine as one source says it is prescribed. The dose is kept as written, and as a number."""

    kinds = {"prescription": "treatment_medicines"}
    prescription_key = models.CharField(max_length=80)
    medicine = models.CharField(max_length=200)
    medicine_code = models.CharField(max_length=40, blank=True)  # dm+d or SNOMED CT, as written
    dose = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    dose_as_written = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    form = models.CharField(max_length=60, blank=True)
    frequency = models.CharField(max_length=60, blank=True)
    supervised = models.CharField(max_length=40, blank=True)  # code set `supervision`; blank: not recorded
    started_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    stopped_on = models.DateField(null=True)
    next_dose_on = models.DateField(null=True)
    prescriber = models.CharField(max_length=120, blank=True)
    pharmacy = models.CharField(max_length=120, blank=True)


class Dose(Body):
    """The last dose a source saw taken."""

    kinds = {"dose": "treatment_medicines"}
    medicine = models.CharField(max_length=200)
    taken_on = models.DateField()
    taken_at = models.DateTimeField(null=True)  # None: the time was not recorded
    amount = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    amount_as_written = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=40, blank=True)


class Naloxone(Body):
    """How far they are with naloxone to take home, as a worker saw."""

    kinds = {"naloxone": "treatment_medicines"}
    state = models.CharField(max_length=10)  # of the code set naloxone_states
    text = models.TextField(blank=True)


class Attendance(Body):
    """An appointment and what became of it."""

    kinds = {"attendance": "plan_appointments"}
    attendance_key = models.CharField(max_length=80)
    due_at = models.DateTimeField()
    what = models.CharField(max_length=120, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    mode = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=120, blank=True)


class TreatmentUnread(Body):
    """A treatment field that could not be read, kept as the source wrote it."""

    kinds = {"treatment_unread": "treatment_medicines"}
    field = models.CharField(max_length=80)
    as_written = models.TextField(blank=True)
    problem = models.CharField(max_length=40)
