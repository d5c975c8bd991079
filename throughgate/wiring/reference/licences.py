"""What the owners of forms allow, of those that are shipped and of those that are not."""

from throughgate.assessment import instruments
from throughgate.assessment.rules.checking import Licence
from throughgate.foundation.codesets import code_set
from throughgate.wiring.reference.markdown import paragraphs, table

HEAD = """\
# What the licences of forms allow

As the rows of [`licences`](../../data/instruments/licences.csv) say. The loader goes by them and by nothing
else: a form whose words may not be passed on is refused with its reason, whatever its own file says. *Scoring
only* means that the words stay on the form's own paper, and its boxes are typed back. *Checked: no* means
that the terms are from memory, to be confirmed with the owner before anybody relies on them."""
SHIPPED = {"bundle": "words and scoring", "score_only": "scoring only", "do_not_ship": "not at all"}


def page() -> str:
    checked = code_set("licences", folder=instruments.INSTRUMENTS).by("code")
    rows = [_line(each, checked[each.code]["verified"]) for each in instruments.licences().values()]
    return paragraphs(
        HEAD,
        table(("form", "shipped", "licence", "why", "line it asks to be shown", "checked"), rows),
    )


def _line(each: Licence, checked: str) -> tuple[str, ...]:
    return each.title, SHIPPED[each.rights], each.licence, each.why, each.notice, checked
