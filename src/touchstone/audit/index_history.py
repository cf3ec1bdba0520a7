"""Values of one index in several documents that name it in different words: the same month, and from month to month."""

from collections.abc import Iterator, Sequence

from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding
from touchstone.audit.page import Page
from touchstone.audit.report import SIGNS, named, report, restated
from touchstone.audit.verdict import Judgement, compare
from touchstone.facts.period import frequency, period_before
from touchstone.facts.text import Text

_POINTS = frozenset({"", "index_point", "pp", "%"})
"""What the points of an index are printed in; 个百分点 is a frequent slip for 个点."""


def across(levels: Sequence[tuple[Page, Figure]]) -> Iterator[Finding]:
    """Findings for values and changes of an index that no rule by words could bring together.

    Args:
        levels: all values of one index, in order of their documents.
    """
    first: dict[str, Figure] = {}
    for _, level in levels:
        if level.fact.period:
            first.setdefault(level.fact.period, level)
    for page, level in levels:
        period = level.fact.period
        if period is None or frequency(period) != "M":
            continue
        other, before = first[period], first.get(period_before(period))
        if other.fact.source != level.fact.source and other.stem != level.stem:
            yield _same(other, level)
        moved = _change(page, level)
        if before and moved and before.stem != level.stem:
            yield _moved(before, level, moved)


def _change(page: Page, level: Figure) -> Figure | None:
    """The change in points told in the same sentence (or, of a table, in the same row), of the same month."""
    row = level.fact.locator.row if level.fact.locator else None
    if row is None:
        beside = page.inside(*page.sentence(level))
    else:
        own = page.of_block(page.block_number(level))
        beside = [f for f in own if f.fact.locator and f.fact.locator.row == row]
    return next(
        (
            f
            for f in beside
            if f.fact.measure in ("index.change", "band.change")
            and f.fact.period == level.fact.period
            and f.dimension in _POINTS
        ),
        None,
    )


def _same(one: Figure, other: Figure) -> Finding:
    found = compare(lambda x: x, [other.face], [other.span], one.span)
    return _finding([one, other], found, other.printed, one.printed, "same")


def _moved(before: Figure, level: Figure, moved: Figure) -> Finding:
    found = compare(lambda a, b: b - a, [before.face, level.face], [before.span, level.span], moved.span)
    return _finding(
        [before, level, moved],
        found,
        f"{level.printed} - {before.printed} = {found.face}",
        f"{moved.fact.value}",
        "change",
    )


def _finding(figures: list[Figure], found: Judgement, left: str, right: str, variant: str) -> Finding:
    found = restated(found, figures)
    shown = f"{left} {'=' if found.verdict == 'holds' else SIGNS[found.verdict]} {right}"
    name, period = named(figures[1]), figures[1].fact.period
    return report(
        "index_band",
        figures,
        Text(f"{name.zh}（{period}）", f"{name.en} ({period})"),
        Text(shown, shown),
        found,
        variant=variant,
    )
