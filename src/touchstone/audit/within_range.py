"""Within a range: a single quote against the range quoted for the same product and unit."""

from collections.abc import Iterator, Mapping

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding
from touchstone.audit.move import is_base_or_change
from touchstone.audit.page import Page
from touchstone.audit.report import named, report
from touchstone.audit.rule import rule
from touchstone.audit.tables import quoted
from touchstone.facts.text import Text

_WIDER: Mapping[str, str] = {"market.rotterdam": "market.international", "market.lme": "market.international"}
"""A market and the wider market it is part of."""
_DAYS = 7


@rule(
    "within_range",
    zh="在报价区间内",
    en="quote within range",
    zh_meaning="单一报价通常落在同一产品的报价区间之内；落在其外值得一看。",
    en_meaning="A single quote usually lies within the range quoted for the product; outside it is worth a look.",
)
def within_range(case: Case) -> Iterator[Finding]:
    """One finding for each single price, against the nearest range of its own or the wider market."""
    for page in case.pages:
        ranges: dict[tuple[str, str | None, str], list[tuple[Figure, Figure]]] = {}
        for low, high in quoted(page):
            ranges.setdefault((low.stem, low.fact.place, low.dimension), []).append((low, high))
        done: set[tuple[str, str | None, object]] = set()
        for f in page.figures:
            key = (f.stem, f.fact.place, f.face)
            if f.fact.measure != "price" or key in done or is_base_or_change(page, f):
                continue
            if found := _range(case, page, f, ranges):
                done.add(key)
                yield _finding(f, *found)


def _range(
    case: Case,
    page: Page,
    f: Figure,
    ranges: Mapping[tuple[str, str | None, str], list[tuple[Figure, Figure]]],
) -> tuple[Figure, Figure] | None:
    """The nearest range at most a week away."""
    wider = _WIDER.get(f.fact.place or "", f.fact.place)
    near = [
        pair
        for place in dict.fromkeys((f.fact.place, wider))
        for pair in ranges.get((f.stem, place, f.dimension), [])
        if _days_apart(case, f, pair[0]) <= _DAYS
    ]
    return min(near, key=lambda p: abs(p[0].start - f.start), default=None)


def _days_apart(case: Case, one: Figure, other: Figure) -> int:
    first, second = case.last_day(one), case.last_day(other)
    return abs((first - second).days) if first and second else _DAYS + 1


def _finding(f: Figure, low: Figure, high: Figure) -> Finding:
    # a quote is a price somebody named, not a measurement: its printed value counts, not its interval
    inside = low.face <= f.face <= high.face
    sign = "∈" if inside else "∉"
    name = named(f)
    arithmetic = f"{f.printed} {sign} [{low.printed}, {high.printed}]"
    return report(
        "within_range",
        [f, low, high],
        Text(f"{name.zh}：报价在区间内", f"{name.en}: quote within the range"),
        Text(arithmetic, arithmetic),
        "holds" if inside else "warning",
    )
