"""What a topic's page does, whoever fills it in: opened, kept as a draft, thrown away, or on the record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from throughgate.assessment.rules import asking as rules
from throughgate.assessment.rules.shapes import Answer, Topic
from throughgate.foundation.errors import Refused
from throughgate.foundation.permits import Permit
from throughgate.pages import drafted, wording
from throughgate.pages.assessment import filling, forms, reading, said, sittings
from throughgate.pages.assessment.filling import Filling
from throughgate.pages.assessment.reading import UnderWay
from throughgate.pages.person import reading as person
from throughgate.pages.typed import one_text_each
from throughgate.pathway import actions as pathway
from throughgate.record import drafts
from throughgate.record.rules import Overtaken

LONGEST_PART = 4  # digits of a page's number that are read


@dataclass(frozen=True, kw_only=True)
class Asker:
    """What differs between a worker in a hat and the person in their own book."""

    show: Callable[[Filling], HttpResponse]
    url: Callable[[str], str]  # of a topic of the sitting; of the sitting itself for ""


def topic(
    request: HttpRequest, permit: Permit, read: UnderWay, shown: Topic, *, asker: Asker
) -> HttpResponse:
    """One topic of a sitting under way."""
    read = reading.with_record(permit, read, shown)
    part = _part(request)
    draft = filling.draft_name(read, shown, part)
    if request.method != "POST":
        return asker.show(filling.opened(permit, read, shown, part))
    given = one_text_each(request.POST)
    match given.get("deed", ""):
        case "draft":
            drafts.keep(permit, draft, forms.kept(given, shown))
            return drafted.answer(request, permit)
        case "throw_away":
            drafts.throw_away(permit, draft)
        case "words":
            _set_aside(permit, draft, forms.kept(given, shown))
            sittings.in_other_words(permit, read.sitting)
        case "language":
            _set_aside(permit, draft, forms.kept(given, shown))
            sittings.in_other_language(permit, read.sitting, read.own_language)
        case "open":
            sittings.open_topic(permit, read.sitting, shown.code)
        case deed:
            filled = filling.sent(permit, read, shown, given, part)
            return _keep(permit, filled, asker, all_unchanged=deed == "confirm_all")
    return redirect(request.get_full_path())


def set_aside(request: HttpRequest, permit: Permit, read: UnderWay, shown: Topic) -> None:
    """What was typed waits in the topic's page until that is opened again."""
    draft = filling.draft_name(read, shown, _part(request))
    _set_aside(permit, draft, forms.kept(one_text_each(request.POST), shown))


def _set_aside(permit: Permit, draft: str, kept: Mapping[str, str]) -> None:
    """What was typed until now; where nothing was, no draft is told of."""
    if kept.keys() - {"form_key"}:
        drafts.keep(permit, draft, kept)
    else:
        drafts.throw_away(permit, draft)


def _part(request: HttpRequest) -> int:
    """The page of a long topic that the address asks for; the first for what is none."""
    part = request.GET.get("part", "")
    return max(int(part), 1) if part.isdecimal() and len(part) < LONGEST_PART else 1


def _keep(permit: Permit, filled: Filling, asker: Asker, *, all_unchanged: bool) -> HttpResponse:
    """On to the next topic; or this one again, with why it was not kept. What is left empty costs nothing."""
    answers, wrong = filling.answered(permit, filled, all_unchanged=all_unchanged)
    if not (answers or wrong or filled.read.answers(filled.topic.code)):
        return redirect(_after(permit, filled, answers, asker))
    wrong = wrong or filling.faults(permit, filled, answers)
    if wrong:
        return asker.show(replace(filled, wrong=wrong))
    try:
        with pathway.in_step(permit):
            filling.keep(permit, filled, answers, seconds=forms.seconds(filled.form, permit.at))
    except Overtaken as refusal:
        return asker.show(filling.overtaken(filled, person.versions(permit, refusal.newer)))
    except Refused as refusal:
        return asker.show(replace(filled, wrong={"": wording.sentence(str(refusal))}))
    return redirect(_after(permit, filled, answers, asker))


def _after(permit: Permit, filled: Filling, answers: Mapping[str, Answer], asker: Asker) -> str:
    """Where it goes on once a topic is kept: first to what has to be talked about now."""
    if rules.opening(filled.topic.questions, answers):
        return asker.url("")
    if part := filling.goes_on_at(permit, filled, answers):
        return said.page_url(asker.url(filled.topic.code), part)
    return asker.url(filling.following(permit, filled.read, filled.topic))
