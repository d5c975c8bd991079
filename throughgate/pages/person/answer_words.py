"""What somebody answered on one topic, as one line: how many answers, how they came, and why not."""

from collections import Counter

from django.utils.translation import ngettext

from throughgate.assessment import instruments
from throughgate.assessment.queries import AnswersLine
from throughgate.pages.names import Names
from throughgate.pages.person.said import Words, sentences


def of_answers(line: AnswersLine, names: Names) -> Words:
    """ "Assessment: Home": "6 answers. 1 not known. Asked by a peer."; of part of a page, what that is."""
    _ = names.wording
    form = instruments.instrument(line.instrument, line.version)
    topic = next(each for each in form.topics if each.code == line.topic)
    categories = {each.category for each in topic.questions}
    part = {each.category for each in topic.questions if each.code in line.answers}
    states = Counter(answer["state"] for answer in line.answers.values())
    counts = (
        (ngettext("%d answer", "%d answers", states["answered"]), states["answered"]),
        (ngettext("%d not known", "%d not known", states["not_known"]), states["not_known"]),
        (
            ngettext("%d they would rather not say", "%d they would rather not say", states["prefer_not"]),
            states["prefer_not"],
        ),
        (ngettext("%d not asked", "%d not asked", states["not_asked"]), states["not_asked"]),
    )
    return Words(
        _("Assessment: %(topic)s") % {"topic": _(topic.title)},
        sentences(
            [
                *(_.label("categories", each) for each in part if len(categories) > 1),
                *(words % count for words, count in counts if count),
                _.label("assessment_stages", line.stage),
                _.label("assessment_ways", line.way),
                _("Told for court or supervision") if line.for_court else "",
                _("Asked again because: %(why)s") % {"why": line.again_because} if line.again_because else "",
            ]
        ),
    )
