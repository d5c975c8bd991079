"""The pure rules of treatment: what changed, which sources disagree, what needs a second look.

Nothing here works out a dose. Doses are told, compared as exact decimals, and kept as they were written.
"""

from throughgate.treatment.rules.by_hand import (
    Prescribed,
    Taken,
    wrong_with_dose,
    wrong_with_naloxone,
    wrong_with_prescription,
)
from throughgate.treatment.rules.changes import Change, ChangeKind, changes
from throughgate.treatment.rules.facts import (
    BY_A_NURSE,
    AttendanceFact,
    DoseFact,
    EpisodeFact,
    Fact,
    InterventionFact,
    PrescriptionFact,
    exact,
    units,
)
from throughgate.treatment.rules.medicines import (
    Disagreement,
    MedicineLine,
    SourceLine,
    SourceState,
    Told,
    Voice,
    medicine_name,
    medicines_by_source,
)
from throughgate.treatment.rules.validation import Flag, Severity, TreatmentRow, row_flags

__all__ = [
    "BY_A_NURSE",
    "AttendanceFact",
    "Change",
    "ChangeKind",
    "Disagreement",
    "DoseFact",
    "EpisodeFact",
    "Fact",
    "Flag",
    "InterventionFact",
    "MedicineLine",
    "Prescribed",
    "PrescriptionFact",
    "Severity",
    "SourceLine",
    "SourceState",
    "Taken",
    "Told",
    "TreatmentRow",
    "Voice",
    "changes",
    "exact",
    "medicine_name",
    "medicines_by_source",
    "row_flags",
    "units",
    "wrong_with_dose",
    "wrong_with_naloxone",
    "wrong_with_prescription",
]
