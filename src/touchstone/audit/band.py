"""Bands and ranges: the low is below the high, and what is said to be inside is inside."""

import re
from collections.abc import Iterator

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding
from touchstone.audit.page import Page
from touchstone.audit.report import SIGNS, named, report
from touchstone.audit.rule import rule
from touchstone.audit.tables import quoted
from touchstone.audit.verdict import compare
from touchstone.facts.text import Text

_ABOVE = re.compile(r"^[）)\]】”\"]*(以上|之上|及以上|or above)")
_BELOW = re.compile(r"^[）)\]】”\"]*(以下|之下|及以下|or below)")


@rule(
    "band",
    zh="区间相符",
    en="bands hold",
    zh_meaning="低价不高于高价；指数应在所述区间之内。",
    en_meaning="A low is not above its high; an index lies in the band stated for it.",
)
def band(case: Case) -> Iterator[Finding]:
    """One finding for each low and high, and for each bound stated beside an index."""
    for page in case.pages:
        for low, high in quoted(page):
            yield _ordered(low, high)
        for level, bound in _bounds(page):
            yield from _inside(page, level, bound)


def _ordered(low: Figure, high: Figure) -> Finding:
    found = compare(lambda x: x, [low.face], [low.span], high.span, "<=")
    name = named(low)
    sign = "≤" if found.verdict == "holds" else SIGNS["fails"]
    return report(
        "band",
        [low, high],
        Text(f"{name.zh}：低 ≤ 高", f"{name.en}: low ≤ high"),
        Text(f"{low.printed} {sign} {high.printed}", f"{low.printed} {sign} {high.printed}"),
        found,
    )


def _bounds(page: Page) -> Iterator[tuple[Figure, Figure]]:
    """Each bound of a band with the level that stands before it in the same sentence."""
    last: Figure | None = None
    for f in page.figures:
        if f.fact.measure == "index":
            last = f
        elif f.fact.measure.startswith("band.") and last and page.sentence(last) == page.sentence(f):
            yield last, f


def _inside(page: Page, level: Figure, bound: Figure) -> Iterator[Finding]:
    lower, after = bound.fact.measure.endswith("low"), page.after(bound, 6)
    if _ABOVE.match(after):
        relation = ">="
    elif _BELOW.match(after):
        relation = "<="
    elif "-" in bound.fact.quote or "至" in bound.fact.quote or "—" in bound.fact.quote:
        relation = ">=" if lower else "<="
    else:
        return
    found = compare(lambda x: x, [level.face], [level.span], bound.span, relation)
    shown = {">=": "≥", "<=": "≤"}[relation] if found.verdict == "holds" else SIGNS[found.verdict]
    name = named(level)
    arithmetic = f"{level.printed} {shown} {bound.printed}"
    yield report(
        "band",
        [level, bound],
        Text(
            f"{name.zh}：在所述区间内（{relation} {bound.printed}）",
            f"{name.en}: inside the band ({relation} {bound.printed})",
        ),
        Text(arithmetic, arithmetic),
        found,
    )
