"""Texts for others: gone through with the person, made, given, copied into other systems, taken back.

Whose they are stands in the address, with every text under its person: two tabs are two people.
"""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from throughgate.foundation.permits import Permit
from throughgate.packs.content import Language
from throughgate.pages import deeds, doors, drafted
from throughgate.pages.deeds import Context
from throughgate.pages.packs import files
from throughgate.pages.packs import forms as asked
from throughgate.pages.summaries import forms, presenters, reading
from throughgate.record import drafts
from throughgate.staff.queries import Hat
from throughgate.summaries import actions, queries, rules


@doors.record
def texts(request: HttpRequest, hat: Hat, permit: Permit) -> HttpResponse:
    """Every text that can be made, and every version of each."""
    return render(request, "summaries/texts.html", presenters.texts(hat, permit, reading.read(permit)))


@doors.record
def offer(request: HttpRequest, hat: Hat, permit: Permit, code: str) -> HttpResponse:
    """What a text may say, line by line; sent, what of it they agree to is made, or kept as a draft."""
    typed, draft = forms.sent(request.POST), f"text {rules.text(code).code}"
    match request.POST.get("deed"):
        case "draft":
            drafts.keep(permit, draft, forms.to_keep(typed))
            return drafted.answer(request, permit)
        case "throw_away":
            drafts.throw_away(permit, draft)
            return redirect(request.path)

    def make() -> HttpResponse:
        made_id = actions.make(permit, code, agreed=typed.agreed, way=typed.way, form=typed.form)
        drafts.throw_away(permit, draft)
        return redirect("text", hat.post_id, permit.person_id, made_id)

    def context(why: str) -> Context:
        kept = None if why else drafts.find(permit, draft)
        read, again = reading.read(permit), forms.begun(kept) if kept else forms.opened(typed)
        found = queries.offer(permit, code, language=_language(request, read))
        return presenters.offer(hat, permit, read, found, typed=again, why=why)

    return deeds.page(request, permit, make, "summaries/offer.html", context)


@doors.record
def text(request: HttpRequest, hat: Hat, permit: Permit, made_id: UUID) -> HttpResponse:
    """One text as it was agreed, where it went, and what has changed since."""
    read = reading.read_one(permit, made_id)
    sheet = queries.sheet(permit, made_id, language=_language(request, read))
    return render(request, "summaries/text.html", presenters.text(hat, permit, read, sheet))


@doors.record
def give(request: HttpRequest, hat: Hat, permit: Permit, made_id: UUID) -> HttpResponse:
    """That a text reached those it is for."""
    typed = forms.sent(request.POST)

    def keep() -> HttpResponse:
        actions.give(permit, made_id, way=typed.way, text=typed.text, form=typed.form)
        return redirect("text", hat.post_id, permit.person_id, made_id)

    def context(why: str) -> Context:
        read = reading.read_one(permit, made_id)
        return presenters.give(hat, permit, read, typed=forms.opened(typed), why=why)

    return deeds.page(request, permit, keep, "summaries/give.html", context)


@doors.record
def copy(request: HttpRequest, hat: Hat, permit: Permit, made_id: UUID) -> HttpResponse:
    """A text in parts that another system takes; sent, that it was entered there."""
    typed = forms.sent(request.POST)

    def keep() -> HttpResponse:
        actions.enter_elsewhere(permit, made_id, system=typed.system, form=typed.form)
        return redirect("text", hat.post_id, permit.person_id, made_id)

    def context(why: str) -> Context:
        read, sheet = reading.read_one(permit, made_id), queries.sheet(permit, made_id)
        system = typed.system or request.GET.get("system", "")
        again = forms.opened(replace(typed, system=system))
        return presenters.copy(hat, permit, read, sheet, typed=again, why=why)

    return deeds.page(request, permit, keep, "summaries/copy.html", context)


@doors.record
def take_back(request: HttpRequest, hat: Hat, permit: Permit, made_id: UUID) -> HttpResponse:
    """That a text holds no more, and why."""
    typed = forms.sent(request.POST)

    def keep() -> HttpResponse:
        actions.revoke(permit, made_id, why=typed.text, form=typed.form)
        return redirect("text", hat.post_id, permit.person_id, made_id)

    def context(why: str) -> Context:
        read = reading.read_one(permit, made_id)
        return presenters.take_back(hat, permit, read, typed=forms.opened(typed), why=why)

    return deeds.page(request, permit, keep, "summaries/take_back.html", context)


@doors.record
def download(request: HttpRequest, _hat: Hat, permit: Permit, made_id: UUID, ending: str) -> HttpResponse:
    """A text as a file, in the language its address asks for; the audit calls it printing."""
    language = asked.language(request.GET.dict(), usual=Language.ENGLISH)
    sheet = actions.print_text(permit, made_id, language=language)
    return files.one(files.kind(ending), sheet, name="summary")


def _language(request: HttpRequest, read: reading.Read) -> Language:
    """As the address asks; else the person's own, since nobody agrees to what they do not understand."""
    return asked.language(request.GET.dict(), usual=asked.spoken(read.who.language))
