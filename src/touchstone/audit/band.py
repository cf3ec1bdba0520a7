"""Bands and ranges: the low is below the high, and what is said to be inside is inside."""

import re
from collections.abc import Iterator

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding
from touchstone.audit.interval import exactly
from touchstone.audit.page import Page
from touchstone.audit.report import SIGNS, named, report
from touchstone.audit.rule import rule
from touchstone.audit.tables import quoted
from touchstone.audit.verdict import compare
from touchstone.facts.text import Text

_ABOVE = re.compile(r"^[）)\]】”\"]*(以上|之上|及以上|or above)")
_BELOW = re.compile(r"^[）)\]】”\"]*(以下|之下|及以下|or below)")

_PRICES = ("price", "price.low", "price.high", "price.mean")
_MAY_BE_NEGATIVE = re.compile(
    r"加工费|升贴?水|贴水|溢价|折价|价差|基差|利润|盈亏|亏损|\bTC\b|\bRC\b|premium|discount|spread|margin|charge|profit|loss",
    re.I,
)
_SHOWN = {(">=", "holds"): "≥", ("<=", "holds"): "≤", (">=", "fails"): "<", ("<=", "fails"): ">"}


@rule(
    "band",
    zh="区间相符",
    en="bands hold",
    zh_meaning="低价不高于高价，价格大于零；指数应在所述区间之内。",
    en_meaning="A low is not above its high, a price is above zero; an index lies in the band stated for it.",
)
def band(case: Case) -> Iterator[Finding]:
    """One finding for each low and high, and for each bound stated beside an index."""
    for page in case.pages:
        for low, high in quoted(page):
            if all(_is_possible(end) for end in (low, high)):
                yield _ordered(low, high)
        yield from (_negative(f) for f in page.figures if not _is_possible(f))
        for level, bound in _bounds(page):
            yield from _inside(page, level, bound)


def _ordered(low: Figure, high: Figure) -> Finding:
    found = compare(lambda x: x, [low.face], [low.span], high.span, "<=")
    name = named(low)
    sign = "≤" if found.verdict == "holds" else ">"
    return report(
        "band",
        [low, high],
        Text(f"{name.zh}：低 ≤ 高", f"{name.en}: low ≤ high"),
        Text(f"{low.printed} {sign} {high.printed}", f"{low.printed} {sign} {high.printed}"),
        found,
    )


def _is_possible(figure: Figure) -> bool:
    """Whether a figure is anything but a price below zero; a charge, premium or margin may be below it."""
    if figure.fact.measure not in _PRICES or figure.face >= 0:
        return True
    return bool(_MAY_BE_NEGATIVE.search(figure.fact.subject_words))


def _negative(figure: Figure) -> Finding:
    found, name = compare(lambda x: x, [figure.face], [figure.span], exactly(0), ">="), named(figure)
    return report(
        "band",
        [figure],
        Text(f"{name.zh}：价格大于零", f"{name.en}: a price is above zero"),
        Text(f"{figure.printed} < 0", f"{figure.printed} < 0"),
        found,
        variant="above zero",
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
    shown = _SHOWN[relation, found.verdict] if found.verdict != "edge" else SIGNS["edge"]
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
