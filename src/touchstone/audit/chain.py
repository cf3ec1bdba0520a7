"""Chains: January-to-n, month n+1 and January-to-n+1 of one subject, found by joins."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from touchstone.audit.case import Case, about
from touchstone.audit.figure import Figure, root
from touchstone.audit.page import Page

Days = tuple[date, date]
Placed = tuple[Page, Figure]
STOCKS = frozenset(
    {"price", "index", "band", "capacity", "stock", "intensity", "grade", "other", "length", "duration"}
)
"""Measures that do not add up over time."""


_DAY = timedelta(days=1)
_LOOK_BACK = 24
"""Spans back from one that may be its first part: two years of months."""
_MONTH = 27
"""Days from the first to the last of the shortest month; a month is one of these, a quarter three."""


@dataclass(frozen=True, slots=True)
class Step:
    """earlier + piece = later: the periods adjoin and the first two make up the third.

    `pages` are those of the three figures.
    """

    earlier: Figure
    piece: Figure
    later: Figure
    pages: tuple[Page, Page, Page]


def steps(case: Case) -> list[list[Step]]:
    """The steps of each series of a case, see `_all_steps`."""
    return case.once("steps", lambda: list(_all_steps(case)))


def _all_steps(case: Case) -> Iterator[list[Step]]:
    """The steps of each series, in the order of time.

    First the series of each document, its text and its tables apart, either completed by the
    other; then what only several documents together can give. A step printed again, with the
    same values, is not repeated.
    """
    for adding in _series(case):
        own = list(dict.fromkeys((page, page.in_table(f)) for page, f in adding))
        seen: set[tuple[object, ...]] = set()
        for page, tables in own:
            alone = [placed for placed in adding if placed[0] is page]
            yield from _chains(_by_days(case, alone, page, tables), seen)
        if len({page for page, _ in own}) > 1:
            for page, tables in own:
                yield from _chains(_by_days(case, adding, page, tables), seen)


def _series(case: Case) -> Iterator[list[Placed]]:
    """Figures of one subject, place and measure: imports fill no gap in a series of output."""
    for members in case.levels.values():
        by_measure: dict[str, list[Placed]] = defaultdict(list)
        for page, f in members:
            if _adds(f):
                by_measure[root(f.fact.measure)].append((page, f))
        yield from by_measure.values()


def _adds(figure: Figure) -> bool:
    return figure.fact.measure.split(".")[0] not in STOCKS and figure.fact.value_high is None


def _by_days(case: Case, members: list[Placed], own: Page, tables: bool) -> dict[Days, Placed]:
    """The figure of each span of days, the series' own before others."""

    def distance(placed: Placed) -> int:
        page, figure = placed
        return 2 if page is not own else int(page.in_table(figure) != tables)

    found: dict[Days, Placed] = {}
    for page, figure in sorted(members, key=distance):
        assert figure.fact.period is not None
        found.setdefault(case.spans[figure.fact.period], (page, figure))
    return found


def _chains(by_days: dict[Days, Placed], seen: set[tuple[object, ...]]) -> Iterator[list[Step]]:
    starts: dict[date, list[Days]] = defaultdict(list)
    for days in sorted(by_days):
        starts[days[0]].append(days)
    for spans in starts.values():
        found = list(_steps(spans, by_days))
        printed = tuple((s.earlier.face, s.piece.face, s.later.face) for s in found)
        new = [s for s, faces in zip(found, printed, strict=True) if faces not in seen]
        seen.update(printed)
        if new:
            yield new


def _steps(spans: list[Days], by_days: dict[Days, Placed]) -> Iterator[Step]:
    """Each span with the longest before it whose rest is printed: 1-3月 and 二季度 make 1-6月, past 1-5月."""
    for at, later in enumerate(spans):
        for earlier in reversed(spans[max(0, at - _LOOK_BACK) : at]):
            if piece := by_days.get((earlier[1] + _DAY, later[1])):
                placed = (by_days[earlier], piece, by_days[later])
                pages = (placed[0][0], placed[1][0], placed[2][0])
                yield Step(placed[0][1], placed[1][1], placed[2][1], pages)
                break


def wholes(case: Case) -> Iterator[tuple[list[Figure], Figure]]:
    """Periods whose every month or quarter one document prints, where no step makes them up."""
    made = {step.later.fact.id for chain in steps(case) for step in chain if len(set(step.pages)) == 1}
    for adding in _series(case):
        for page, tables in dict.fromkeys((page, page.in_table(f)) for page, f in adding):
            alone = [placed for placed in adding if placed[0] is page and page.in_table(placed[1]) == tables]
            by_days = _by_days(case, alone, page, tables)
            for days, (_, whole) in by_days.items():
                if whole.fact.id not in made and (parts := _parts(days, by_days)):
                    yield parts, whole


def _parts(days: Days, by_days: dict[Days, Placed]) -> list[Figure]:
    """The months, else the quarters, that a span is made of, where all of them are printed; else none."""
    starting = {(start, (end - start).days // _MONTH): (start, end) for start, end in by_days}
    for months in (1, 3):
        parts, at = [], days[0]
        while at < days[1] and (piece := starting.get((at, months))):
            parts.append(by_days[piece][1])
            at = piece[1] + _DAY
        if len(parts) > 2 and at == days[1] + _DAY:
            return parts
    return []


def growth_of(case: Case, page: Page, level: Figure) -> Figure | None:
    """The year-on-year rate printed for a level: same stem, place and period; the nearest one.

    Where no rate has the stem, the rate right behind the level is its own, if the period is.
    """
    near = [
        figure
        for _, figure in case.changes.get(about(page, level, "%"), [])
        if figure.fact.period == level.fact.period
        and figure.fact.measure.rsplit(".", 1)[-1] == "yoy"
        and figure.fact.source == level.fact.source
        and root(figure.fact.measure) in ("", root(level.fact.measure))
    ]
    if near:
        return min(near, key=lambda f: (abs(f.start - level.start), f.start))
    behind = page.next_to(level)
    if behind and behind.dimension == "%" and behind.fact.period == level.fact.period:
        return behind if behind.fact.measure.endswith("yoy") else None
    return None
