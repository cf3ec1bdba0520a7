"""Words of size against figures: 北方五强占比逾八成, against the five amounts and the total."""

from collections.abc import Iterator
from decimal import Decimal

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure, number, show
from touchstone.audit.finding import Finding
from touchstone.audit.interval import HUNDRED, Interval
from touchstone.audit.page import Page
from touchstone.audit.report import SIGNS, report, sum_text
from touchstone.audit.rule import rule
from touchstone.audit.verdict import Judgement, compare
from touchstone.facts.text import Text

NEAR = Decimal("0.25")
"""A computed share further than this from the claim comes of other figures than the claim's."""
LOOK_BACK = 40


@rule(
    "words_figures",
    zh="措辞与数字相符",
    en="words agree with figures",
    zh_meaning="“前五占比逾八成”之类的说法应与所列金额及总额相符。",
    en_meaning="A claim such as “the top five hold over 80 %” agrees with the amounts listed and the total.",
)
def words_figures(case: Case) -> Iterator[Finding]:
    """One finding for each claimed share of the top N whose N amounts follow."""
    for page in case.pages:
        for count, claim in zip(page.figures, page.figures[1:], strict=False):
            if not _is_claim(page, count, claim):
                continue
            parts = _amounts(page, claim, int(count.face))
            whole = _whole(page, count, parts) if parts else None
            if whole:
                yield from _tested(count, claim, parts, whole)


def _is_claim(page: Page, count: Figure, claim: Figure) -> bool:
    if (
        claim.dimension != "%"
        or claim.fact.form == "implicit"
        or count.dimension == "%"
        or count.kind != "count"
    ):
        return False
    near = page.block_number(count) == page.block_number(claim) and claim.start - count.end < 16
    return near and 2 <= count.face <= 20 and "占" in page.between(count, claim)


def _amounts(page: Page, claim: Figure, size: int) -> list[Figure]:
    """The first `size` amounts of one unit after the claim, before the next heading."""
    at = page.number[claim.fact.id] + 1
    following = [
        f
        for f in page.figures[at : at + 4 * size]
        if page.heading(f) == page.heading(claim)
        and f.kind == "level"
        and f.fact.form == "digit"
        and f.dimension
    ]
    first = next((f for f in following if f.dimension != "%"), None)
    chosen = [f for f in following if first and f.dimension == first.dimension][:size]
    return chosen if len(chosen) == size else []


def _whole(page: Page, count: Figure, parts: list[Figure]) -> Figure | None:
    at = page.number[count.fact.id]
    least = sum((p.face for p in parts), Decimal(0))
    before = page.figures[max(0, at - LOOK_BACK) : at]
    return next(
        (
            f
            for f in reversed(before)
            if f.dimension == parts[0].dimension and f.face > least and f.is_positive and f.kind == "level"
        ),
        None,
    )


def _tested(count: Figure, claim: Figure, parts: list[Figure], whole: Figure) -> Iterator[Finding]:
    found = _judge(claim, parts, whole)
    if abs(found.face - claim.face) <= NEAR * claim.face:
        said = claim.said
        left = f"({sum_text(parts)}) / {whole.printed} = {number(found.face)}% {show(found.computed)}"
        right = f"{SIGNS[found.verdict]} {said}"
        yield report(
            "words_figures",
            [claim, whole, *parts],
            Text(
                f"“{count.fact.quote}…{said}”",
                f"“{count.fact.quote} … {said}”: the share claimed",
            ),
            Text(f"{left} {right}", f"{left} {right}"),
            found,
        )


def _judge(claim: Figure, parts: list[Figure], whole: Figure) -> Judgement:
    limit = Interval(claim.face, claim.face) if claim.fact.approx in ("over", "under") else claim.span
    added = [sum((p.face for p in parts), Decimal(0)), whole.face]
    low, high = sum((p.span.low for p in parts), Decimal(0)), sum((p.span.high for p in parts), Decimal(0))
    return compare(
        lambda a, b: a / b * HUNDRED, added, [Interval(low, high), whole.span], limit, claim.relation
    )
