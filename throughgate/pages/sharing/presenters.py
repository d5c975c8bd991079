"""The pages of sharing in words, for the worker who sits beside the person."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from throughgate.access import policy
from throughgate.access.queries import Seen
from throughgate.access.rules import Choice, Reason, ReasonKey
from throughgate.foundation import clock
from throughgate.foundation.codesets import code_set
from throughgate.foundation.permits import Permit
from throughgate.packs.content import Language
from throughgate.packs.words.wording import Wording
from throughgate.pages import wording
from throughgate.pages.components.shapes import Cell, Column, Link, Mark, Tab
from throughgate.pages.packs import words as editions
from throughgate.pages.person import timeline, writing
from throughgate.pages.person.timeline import Told
from throughgate.pages.recording import sheets
from throughgate.pages.sharing import minimum, paper, words
from throughgate.pages.sharing.paper import Paper
from throughgate.pages.sharing.reading import Paper as OfWhom
from throughgate.pages.sharing.reading import Read, Receipt, SeenBy, Slip
from throughgate.pages.wording import words as _
from throughgate.sharing import queries, rules
from throughgate.sharing.queries import Said
from throughgate.sharing.rules import Answer
from throughgate.staff.queries import Hat

Row = list[str | Cell]


def sharing(hat: Hat, permit: Permit, read: Read) -> dict[str, Any]:
    """What they said, what that comes to for each role concerned today, and who must not know."""
    said = read.sharing
    return {
        **writing.frame(hat, permit, read.who, read.lookalikes),
        "is_shared": said is not None,
        "limits_url": reverse("sharing_limits", args=[hat.post_id, permit.person_id]),
        "sheets": _sheets(hat, permit, read),
        "columns": [
            Column(_("What about")),
            Column(_("Who")),
            Column(_("What they said")),
            Column(_("Paper"), stays_whole=True),
        ],
        "chosen": [_chosen(hat, permit, each, read) for each in said.choices] if said else [],
        "seen": [_seen(hat, permit, each, read) for each in read.seen],
        "seen_columns": [Column(_("What about")), Column(_("What holds")), Column(_("Why"))],
        "others": list(_others(hat, permit, read)),
        "minimum": minimum.rows(read, read.names.wording),
        "as_at": wording.moment(permit.at),
    }


def seen_by(hat: Hat, permit: Permit, read: SeenBy) -> dict[str, Any]:
    """What somebody of that role would see, as far as the worker who looks may see it too."""
    told = Told(entries=read.entries, lines=read.lines, names=read.names, above=clock.day_of(permit.at))
    known = code_set("categories").labels()
    return {
        **writing.frame(hat, permit, read.who, read.lookalikes),
        "back_url": reverse("sharing", args=[hat.post_id, permit.person_id]),
        "title": _title(read.seen, read),
        "rows": timeline.rows(told),
        "closed": [
            wording.label("categories", each) for each in known if each not in read.seen.decision.read
        ],
        "as_at": wording.moment(permit.at),
    }


def _sheets(hat: Hat, permit: Permit, read: Read) -> list[Link]:
    """The commonest first."""
    if not queries.records_sharing(permit):
        return []
    return [
        Link(sheet.words().title, reverse("sheet", args=[hat.post_id, permit.person_id, sheet.what]))
        for sheet in sheets.offered(permit, death=read.who.death)
        if sheet.leads_to == "sharing"
    ]


def _chosen(hat: Hat, permit: Permit, each: Said, read: Read) -> Row:
    line, here = each.line, read.names.wording
    ends = _("until %(day)s") % {"day": wording.day(line.expires_on)} if line.expires_on else ""
    answer = ", ".join(part for part in (words.answer(line, here), ends) if part)
    return [
        Cell(words.begun(words.topic(line.topic, here)), source=words.purpose(line.purpose, here)),
        words.begun(words.towards(line.towards, read.names)),
        Cell(answer, source=_source(each, read), marks=words.provisional(line, here)),
        Cell(
            rules.receipt_code(each.entry.id),
            reverse("sharing_receipt", args=[hat.post_id, permit.person_id, each.entry.id]),
        ),
    ]


def _source(each: Said, read: Read) -> str:
    return f"{timeline.said_by(each.entry, read.names)}, {timeline.known(each.entry, read.names.wording)}"


def _through(seen: Seen, read: Read) -> str:
    """Whose concern theirs stands on; "" their own."""
    names = ", ".join(read.names.organisation(each) for each in seen.through)
    return _("Through %(organisations)s.") % {"organisations": names} if names else ""


def _seen(hat: Hat, permit: Permit, seen: Seen, read: Read) -> dict[str, Any]:
    _standing, *about = seen.decision.reasons
    said = {"count": len(seen.decision.read), "whole": len(about), "day": wording.day(seen.since)}
    return {
        "title": _title(seen, read),
        "since": _("Concerned with them since %(day)s. Sees %(count)s of %(whole)s kinds of information.")
        % said,
        "through": _through(seen, read),
        "rows": [_about(hat, permit, seen, reason) for reason in about],
        "preview_url": reverse(
            "seen_by", args=[hat.post_id, permit.person_id, seen.organisation_id, seen.role]
        ),
    }


def _title(seen: Seen, read: Read | SeenBy) -> str:
    role = _(policy.roles()[seen.role].label)
    return f"{read.names.organisation(seen.organisation_id)}: {role}"


def _about(hat: Hat, permit: Permit, seen: Seen, reason: Reason) -> Row:
    category, basis = reason.params["category"], reason.params["basis"]
    choice = policy.policy().matrix[seen.role][category].choice
    mark, change, answer = _holding(reason.key, choice)
    why = Cell(change, _sheet_url(hat, permit, seen, category, answer), source=basis) if change else basis
    return [
        wording.label("categories", category),
        Cell("", marks=(mark,)),
        why if queries.records_sharing(permit) else basis,
    ]


def _holding(key: ReasonKey, choice: Choice) -> tuple[Mark, str, str]:
    """What holds, and what else the person may say of it; "" where the law alone decides."""
    keep_back, share = (_("Keep it back"), Answer.KEEP_BACK), (_("Let them see it"), Answer.SHARE)
    if key == ReasonKey.category_shared:
        return Mark(_("open: they said yes"), "leaf"), *keep_back
    if key == ReasonKey.category_kept_back:
        return Mark(_("kept back: they said no"), "amber"), *share
    if key == ReasonKey.category_not_asked:
        return Mark(_("closed until they say yes")), *share
    if key == ReasonKey.category_open:
        return Mark(_("open"), "deep"), *(keep_back if choice == Choice.OBJECTION else ("", ""))
    return Mark(_("closed")), "", ""


def _sheet_url(hat: Hat, permit: Permit, seen: Seen, category: str, answer: str) -> str:
    """The sheet with what it is about filled in; how it was asked is not for a page to know."""
    given = {"topic": category, "towards": str(seen.organisation_id), "purpose": "all", "answer": answer}
    address = reverse("sheet", args=[hat.post_id, permit.person_id, "sharing"])
    return f"{address}?{urlencode(given)}"


def _others(hat: Hat, permit: Permit, read: Read) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Who must not know, who alone may, whom they trust; each with who wrote it and where to correct it."""
    if read.sharing is None:
        return
    groups = (
        (_("Must not know"), read.sharing.must_not_know),
        (_("Who alone may know"), read.sharing.limited),
        (_("Whom they trust"), read.sharing.trusted),
    )
    for title, group in groups:
        yield title, [_other(hat, permit, each, read) for each in group]


def _other(hat: Hat, permit: Permit, each: Said, read: Read) -> tuple[str, str, str]:
    said = words.SAYERS[type(each.line)](each.line, read.names).text
    url = _correct_url(hat, permit, each.entry.id) if sheets.is_correctable(permit, each.entry) else ""
    return said, _source(each, read), url


def _correct_url(hat: Hat, permit: Permit, entry_id: UUID) -> str:
    return reverse("correct", args=[hat.post_id, permit.person_id, entry_id])


def limits(hat: Hat, permit: Permit, read: OfWhom, spoken: Wording) -> dict[str, Any]:
    """With where to write down what they say once they have heard it: nobody is left standing here."""
    here = [hat.post_id, permit.person_id]
    next_ = [Link(_("They have heard it: record what they say"), reverse("recording", args=here))]
    if queries.records_sharing(permit):
        next_.append(Link(_("Write down what they want shared"), reverse("sheet", args=[*here, "sharing"])))
    return {
        **_paper(hat, permit, read, paper.limits(spoken)),
        "print": _("Read it out, and let them keep it: it prints on one page, and names nobody."),
        "laws": [(row["label"], row["law"]) for row in code_set("sharing_limits").rows],
        "next": next_ if sheets.offered(permit, death=read.who.death) else next_[1:],
    }


def receipt(hat: Hat, permit: Permit, read: Receipt, spoken: Wording) -> dict[str, Any]:
    return {
        **_paper(hat, permit, read, paper.receipt(read.said, read.organisations, spoken)),
        "print": _("Print it for them. It names nobody; whoever finds it learns what it is about."),
    }


def slip(hat: Hat, permit: Permit, read: Slip, spoken: Wording) -> dict[str, Any]:
    found = paper.slip(read.who, read.cell, read.booked, read.organisations, spoken)
    return {
        **_paper(hat, permit, read, found),
        "print": _("Print it for the wing. It says when and where, and nothing of what it is about."),
        "back_words": _("Back to the record"),
        "back_url": reverse("person", args=[hat.post_id, permit.person_id]),
    }


def _paper(hat: Hat, permit: Permit, read: OfWhom, shown: Paper) -> dict[str, Any]:
    return {
        **writing.frame(hat, permit, read.who, read.lookalikes),
        "paper": shown,
        "laws": [],
        "next": [],
        "languages": [
            Tab(editions.language(each), f"?language={each.value}", is_current=each.value == shown.language)
            for each in Language
        ],
        "back_words": _("Who can see what"),
        "back_url": reverse("sharing", args=[hat.post_id, permit.person_id]),
    }
