"""Alerts, outcomes and looks as sentences; looks are said alike to the person and to whoever reviews them."""

from datetime import date

from throughgate.access import policy
from throughgate.audit.queries import KeptBack, Look
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.oversight import rules
from throughgate.oversight.queries import Alert
from throughgate.pages import wording
from throughgate.pages.names import Names
from throughgate.pages.wording import words as _

# Where the code of a reason stands, by what the alert is about.
REASONS = {
    "exempt_look": "exempt_grounds",
    "passed_on": "lawful_grounds",
    "sealed": "lawful_grounds",
    "opening": "emergency_reasons",
}


def matter(found: Alert) -> str:
    return wording.label("oversight_matters", found.matter)


def means(found: Alert) -> str:
    row = code_set("oversight_matters").get(found.matter)
    return _(row["means"]) if row else ""


def role(code: str) -> str:
    known = policy.roles().get(code)
    return _(known.label) if known else code


def why(found: Alert) -> str:
    """The reason that was chosen from a list."""
    own = {
        "own_record": _("They said that this record is their own."),
        "family": _("They said that it is of their family."),
    }
    table = REASONS.get(found.matter)
    return wording.label(table, found.why) if table else own.get(found.why, "")


def outcome(found: Alert, names: Names) -> list[str]:
    """What was decided, by whom, and what the person is told; nothing before that."""
    if not (found.decided_at and found.decided_by):
        return []
    by = _("%(worker)s, %(moment)s") % {
        "worker": names.worker(found.decided_by),
        "moment": wording.moment(found.decided_at),
    }
    said = [wording.label("oversight_findings", found.finding), found.found]
    if rules.about_what(found.matter) == "use":
        said.append(wording.label("oversight_telling", found.telling))
    if found.ask_again_on and found.telling == "unsafe":
        said.append(found.why_unsafe if found.why_unsafe != found.found else "")
        said.append(_("Ask again on %(day)s.") % {"day": wording.day(found.ask_again_on)})
    return [*filter(None, said), by]


def finding(found: Alert) -> str:
    """The outcome in a line; nothing before that."""
    return wording.label("oversight_findings", found.finding) if found.finding else ""


def kept_back(held: KeptBack, *, on: date) -> str:
    """Whether this worker's own looks at a record are shown to the person, for themself."""
    said = {"day": wording.day(clock.day_of(held.written_at)), "until": wording.day(held.until)}
    if held.until > on and held.is_asked:
        return (
            _(
                "You asked on %(day)s, and nobody has answered yet. Until %(until)s at the latest the person"
                " is not shown that you looked."
            )
            % said
        )
    if held.until > on:
        return _("Agreed on %(day)s: the person is not shown that you looked until %(until)s.") % said
    if held.is_asked:
        return _("Nobody answered: since %(until)s the person is shown that you looked.") % said
    return _("Answered on %(day)s: since %(until)s the person is shown that you looked.") % said


def look(look_: Look, names: Names) -> str:
    """ "Thu 3 Dec 2026: Prison recovery worker, HMP Exampleton, for care and treatment, 3 times." """
    parts = [
        role(look_.role),
        names.organisation(look_.organisation_id) if look_.organisation_id else _("at the server's console"),
        _("for %(purpose)s") % {"purpose": purpose(look_.purpose)},
        _("fetched by a program") if look_.actor_kind == "program" else "",
        _("in an emergency") if look_.emergency else "",
        _("printed") if look_.action == "print sheet" else "",
        _("%(number)s times") % {"number": look_.times} if look_.times > 1 else "",
    ]
    return f"{wording.day(look_.on)}: {', '.join(part for part in parts if part)}."


def purpose(code: str) -> str:
    """What it was for, in the middle of a sentence."""
    label = _(policy.purpose_labels().get(code, code))
    return label[:1].lower() + label[1:]
