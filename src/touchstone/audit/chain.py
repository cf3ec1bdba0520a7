"""Chains: January-to-n, month n+1 and January-to-n+1 of one subject, found by joins."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure
from touchstone.audit.page import Page

Days = tuple[date, date]
STOCKS = frozenset(
    {"price", "index", "band", "capacity", "stock", "intensity", "grade", "other", "length", "duration"}
)
"""Measures that do not add up over time."""


@dataclass(frozen=True, slots=True)
class Step:
    """earlier + piece = later: the periods adjoin and the first two make up the third."""

    earlier: Figure
    piece: Figure
    later: Figure
    page: Page


def steps(case: Case) -> Iterator[list[Step]]:
    """The steps of each series, in the order of time; one list per series and first day."""
    for members in case.levels.values():
        by_days = _by_days(case, members)
        starts: dict[date, list[Days]] = defaultdict(list)
        for days in sorted(by_days):
            starts[days[0]].append(days)
        for spans in starts.values():
            if len(spans) > 1 and (found := list(_steps(spans, by_days))):
                yield found


def _by_days(case: Case, members: list[tuple[Page, Figure]]) -> Mapping[Days, tuple[Page, Figure]]:
    found: dict[Days, tuple[Page, Figure]] = {}
    for page, figure in members:
        if figure.fact.measure.split(".")[0] not in STOCKS and figure.fact.value_high is None:
            assert figure.fact.period is not None
            found.setdefault(case.spans[figure.fact.period], (page, figure))
    return found


def _steps(spans: list[Days], by_days: Mapping[Days, tuple[Page, Figure]]) -> Iterator[Step]:
    for earlier, later in zip(spans, spans[1:], strict=False):
        piece = by_days.get((earlier[1] + timedelta(days=1), later[1]))
        if piece:
            yield Step(by_days[earlier][1], piece[1], by_days[later][1], by_days[later][0])


def growth_of(case: Case, level: Figure) -> Figure | None:
    """The year-on-year rate printed for a level: same stem, place and period; the nearest one."""
    near = [
        figure
        for _, figure in case.changes.get((level.stem, level.fact.place, "%"), [])
        if figure.fact.period == level.fact.period
        and figure.fact.measure.rsplit(".", 1)[-1] == "yoy"
        and figure.fact.source == level.fact.source
    ]
    return min(near, key=lambda f: (abs(f.start - level.start), f.start), default=None)
