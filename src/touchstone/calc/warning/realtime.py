"""What a rule said at the time against what it says of the same periods now that figures have been revised."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from touchstone.calc.timeseries import TimeSeries, clock
from touchstone.calc.warning.measures import MEASURES
from touchstone.calc.warning.rule import Material, Rule, Wanted
from touchstone.calc.warning.sample import missing
from touchstone.calc.warning.watch import watch
from touchstone.errors import Refusal
from touchstone.facts.fact import Fact
from touchstone.facts.period import frequency, span

Vintages = Mapping[str, Mapping[str, TimeSeries]]
"""By period code, each series that was ever revised, as it stood on the day on which its value of that period was first published."""


@dataclass(frozen=True, slots=True)
class RealTime:
    """Real time against revised.

    Attributes:
        periods: that have a state in both.
        agreeing: of these, with the same state.
        only_then, only_now: beyond a cut in real time only, and by the revised figures only.
        moved: mean absolute difference of the readings.
        without: vintages that gave no reading of their own period.
    """

    periods: int
    agreeing: int
    only_then: int
    only_now: int
    moved: float | None
    without: int


def vintages(wanted: Iterable[tuple[str, str, Wanted]], facts: Iterable[Fact], last: int) -> Vintages:
    """The last vintages of every series that has a period published on several days; {} where nothing was ever revised.

    Args:
        wanted: key, frequency and what it is made of, as `Book.wanted` gives them.
        last: how many periods of a series, from its end.

    A value of unknown publication counts from the end of its period. A period published on one day with later ones, as by a
    first import of a long history, has no vintage: nobody saw it as the last.
    """
    by_series: dict[tuple[str, str, str | None, str], list[Fact]] = {}
    for fact in facts:
        if fact.period:
            key = (fact.subject, fact.measure, fact.place, frequency(fact.period))
            by_series.setdefault(key, []).append(fact)
    found: dict[str, dict[str, TimeSeries]] = {}
    for key, every, each in wanted:
        there = by_series.get((each.subject, each.measure, each.place or None, every), [])
        if len({(fact.period, _day(fact)) for fact in there}) > len({fact.period for fact in there}):
            for stood in deque(_stood(key, every, there), maxlen=last):
                found.setdefault(stood.periods[-1], {})[key] = stood
    return found


def _day(fact: Fact) -> date:
    return fact.published or span(fact.period or "")[1]


def _stood(key: str, every: str, facts: Iterable[Fact]) -> Iterator[TimeSeries]:
    """The series on each day on which a period later than all before was published."""
    import numpy as np

    ordered = sorted(facts, key=_day)
    periods = clock(*(pick((f.period or "" for f in ordered), key=span) for pick in (min, max)))
    row_of = {period: row for row, period in enumerate(periods)}
    values = np.full(len(periods), np.nan)
    ids: list[tuple[str, ...]] = [()] * len(periods)
    first, newest = len(periods), -1
    for _, published in groupby(ordered, _day):
        top = newest
        for fact in published:
            row = row_of[fact.period or ""]
            values[row], ids[row] = float(fact.value), (fact.id,)
            first, top = min(first, row), max(top, row)
        if top > newest:
            newest, part = top, slice(first, top + 1)
            yield TimeSeries(
                key, every, periods[part], values[part].copy(), ordered[0].unit, tuple(ids[part])
            )


def real_time(
    material: Material, rule: Rule, vintages: Vintages, series: Mapping[str, TimeSeries]
) -> RealTime:
    """Compare, period by period, the state each vintage gave for its own period with that of `series`.

    Raises:
        UnusableSeries: the revised series cannot be used.
    """
    now = watch(material, rule, series)
    rows = {period: row for row, period in enumerate(now.periods)}
    pairs: list[tuple[int, int, float]] = []
    for period, known in vintages.items():
        row = rows.get(period)
        then = None if row is None else _then(material, rule, series, known, period)
        if row is None or then is None or now.readings[row] != now.readings[row]:
            continue
        pairs.append((then[0], int(now.states[row]), abs(then[1] - float(now.readings[row]))))
    return RealTime(
        len(pairs), sum(a == b for a, b, _ in pairs), sum(bool(a) and not b for a, b, _ in pairs),
        sum(bool(b) and not a for a, b, _ in pairs), sum(d for _, _, d in pairs) / len(pairs) if pairs else None,
        len(vintages) - len(pairs),
    )  # fmt: skip


def _then(
    material: Material,
    rule: Rule,
    now: Mapping[str, TimeSeries],
    known: Mapping[str, TimeSeries],
    period: str,
) -> tuple[int, float] | None:
    """What the rule said with its series as known then; one that was never revised is as it is now, up to the period."""
    keys = (material.series_key(role, rule.frequency) for role in MEASURES[rule.measure].roles)
    series = {
        key: known[key] if key in known else now[key].between(now[key].periods[0], period)
        for key in keys
        if key in now
    }
    if missing(material, rule, series):
        return None
    try:
        read = watch(material, rule, series)
    except Refusal:  # a vintage too young to be read has no state, which `without` counts
        return None
    if period not in read.periods or read.periods[read.last] != period:
        return None
    return int(read.states[read.last]), float(read.readings[read.last])
