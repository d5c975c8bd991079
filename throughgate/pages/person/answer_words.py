"""What somebody answered on one topic, as one line: how many answers, how they came, and why not."""

from collections import Counter

from django.utils.translation import ngettext

from throughgate.assessment import instruments
from throughgate.assessment.queries import AnswersLine
from throughgate.pages.names import Names
from throughgate.pages.person.said import Words, sentences


def of_answers(line: AnswersLine, names: Names) -> Words:
    """ "Assessment: Home": "6 answers. 1 not known. Asked by a peer."."""
    _ = names.wording
    topics = {topic.code: topic for topic in instruments.instrument(line.instrument, line.version).topics}
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
        _("Assessment: %(topic)s") % {"topic": _(topics[line.topic].title)},
        sentences(
            [
                *(words % count for words, count in counts if count),
                _.label("assessment_stages", line.stage),
                _.label("assessment_ways", line.way),
                _("Told for court or supervision") if line.for_court else "",
                _("Asked again because: %(why)s") % {"why": line.again_because} if line.again_because else "",
            ]
        ),
    )
