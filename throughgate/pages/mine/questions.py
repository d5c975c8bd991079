"""What the person answers themselves, in their own book: at their own pace, and only what they like.

A sitting, its topics and their drafts are those of `pages.assessment`, by the permit of the person.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from throughgate.assessment import instruments
from throughgate.assessment import queries as assessment
from throughgate.assessment.rules import asking
from throughgate.book.limits import stages
from throughgate.book.rules import Visit
from throughgate.custody import queries as custody
from throughgate.foundation.errors import NotFound
from throughgate.foundation.ids import new_id
from throughgate.foundation.permits import Permit
from throughgate.linkage import queries as linkage
from throughgate.packs import queries as packs
from throughgate.packs.content import Edition, Reader
from throughgate.pages import doors
from throughgate.pages.assessment import answering, reading, sittings
from throughgate.pages.assessment.answering import Asker
from throughgate.pages.assessment.beginning import STANDARD
from throughgate.pages.assessment.filling import Filling
from throughgate.pages.assessment.reading import Read
from throughgate.pages.assessment.sittings import Sitting
from throughgate.pages.mine import entering, presenters, questions_words
from throughgate.pages.mine.presenters import Part
from throughgate.pages.mine.views import said, show
from throughgate.pathway import queries as pathway
from throughgate.record import drafts

UNDER_WAY = "questions"  # the draft that holds which sittings they have begun, by stage


@doors.own_further
def questions(request: HttpRequest, _visit: Visit, permit: Permit) -> HttpResponse:
    """What they may answer, what they have begun, and how much they were asked."""
    read = reading.read(permit)
    begun = _under_way(permit, read)
    if request.method == "POST":
        sitting = _begin(permit, request.POST.get("what", ""), begun)
        return redirect("mine_topic", sitting.id, _topics(sitting)[0])
    offered = stages({*pathway.stages_awaited(permit), *begun})
    return show(request, "mine/questions.html", questions_words.page(said(request), read, begun, offered))


@doors.own_further
def sitting(request: HttpRequest, _visit: Visit, permit: Permit, sitting_id: UUID) -> HttpResponse:
    """What they said, and the way to the rest; sent, they have said all they want to say."""
    read = reading.under_way(permit, sitting_id)
    if request.method == "POST":
        begun = _under_way(permit, read)
        drafts.keep(
            permit, UNDER_WAY, {stage: each for stage, each in begun.items() if each != str(sitting_id)}
        )
        return redirect("mine_questions")
    context = questions_words.sitting(
        said(request),
        read,
        _numbers(request, permit) if read.is_to_talk else [],
        is_seen=read.is_to_talk and asking.SELF_HARM in pathway.told_open(permit),
    )
    return show(request, "mine/sitting.html", context)


@doors.own_further
def topic(request: HttpRequest, _visit: Visit, permit: Permit, sitting_id: UUID, topic: str) -> HttpResponse:
    """A few questions, as `answering` has it."""
    read = reading.under_way(permit, sitting_id)
    asker = Asker(
        show=lambda filled: _show(request, permit, filled),
        url=lambda code: _url(sitting_id, code),
    )
    if entering.changes_look(request):
        answering.set_aside(request, permit, read, read.topic(topic))
        return entering.keep_look(redirect(request.get_full_path()), entering.look(request))
    return answering.topic(request, permit, read, read.topic(topic), asker=asker)


def _show(request: HttpRequest, permit: Permit, filled: Filling) -> HttpResponse:
    context = questions_words.topic(said(request), permit, filled)
    status = 409 if filled.newer else 400 if filled.wrong else 200
    return show(request, "mine/topic.html", context, status)


def _url(sitting_id: UUID, topic: str) -> str:
    return (
        reverse("mine_topic", args=[sitting_id, topic])
        if topic
        else reverse("mine_sitting", args=[sitting_id])
    )


def _begin(permit: Permit, stage: str, begun: dict[str, str]) -> Sitting:
    """Nothing is on the record before something is answered. Raises: NotFound for no stage of theirs."""
    if stage not in stages(pathway.stages_awaited(permit)):
        raise NotFound
    sitting = Sitting(
        id=new_id(),
        instrument=STANDARD,
        version=instruments.newest(STANDARD).version,
        stage=stage,
        way=assessment.ways(permit)[0],
        setting=_setting(permit),
    )
    sittings.begin(permit, sitting)
    drafts.keep(permit, UNDER_WAY, {**begun, stage: str(sitting.id)})
    return sitting


def _under_way(permit: Permit, read: Read) -> dict[str, str]:
    """By stage the sitting that they began, did not say they were done with, and can still go on with."""
    kept = drafts.find(permit, UNDER_WAY)
    return {
        stage: sitting_id
        for stage, sitting_id in (kept.typed if kept else {}).items()
        if sittings.is_found(permit, UUID(sitting_id), read.had)
    }


def _topics(sitting: Sitting) -> list[str]:
    instrument = instruments.instrument(sitting.instrument, sitting.version)
    return [each.code for each in asking.at_stage(instrument, sitting.stage)]


def _setting(permit: Permit) -> str:
    """Where they are, as far as a prison has told."""
    held = custody.panel(permit, linkage.identity_ids(permit))
    return "custody" if held and held.now else "community"


def _numbers(request: HttpRequest, permit: Permit) -> list[Part]:
    """Whom to ring."""
    sheet = packs.sheet_now(permit, Edition(Reader.PERSON, entering.look(request).language))
    return presenters.sections(sheet, only={"help"})
