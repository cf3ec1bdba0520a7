"""A time series as calculations take it: one value a period, no hole in the clock, and the facts behind each value.

It is put together from the facts of one series as they had been published by a day. What cannot be one series is refused
here by name: two values of one period in one publication, two units, a period of another frequency. A period nobody
published is nan and stays so; whether a method can do without it is for the method to say, by `without_gaps`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isinf
from typing import TYPE_CHECKING

from touchstone.calc.unusable import constant, gaps, negative, not_finite, too_short, two_units, two_values
from touchstone.facts.fact import Fact
from touchstone.facts.period import frequency, period_after, span
from touchstone.facts.series import by_vintage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class TimeSeries:
    """One series at one frequency.

    Attributes:
        key: what the caller knows it by: the key of an indicator, a material and a measure.
        frequency: D, W, M, Q or A, as in SDMX.
        periods: T period codes, each the one after that before it.
        values: (T,) float64; nan where nothing was published.
        unit: the unit as printed, the same for all values.
        facts: ids of the facts each value stands on, T of them; () where there is no value.
    """

    key: str
    frequency: str
    periods: tuple[str, ...]
    values: "NDArray[np.float64]"
    unit: str
    facts: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        return len(self.periods)

    def between(self, first: str, last: str) -> "TimeSeries":
        """The part from one period to another, both included where they are there."""
        rows = [row for row, period in enumerate(self.periods) if first <= period <= last]
        part = slice(rows[0], rows[-1] + 1) if rows else slice(0, 0)
        return TimeSeries(
            self.key, self.frequency, self.periods[part], self.values[part], self.unit, self.facts[part]
        )

    def at(self, period: str) -> float:
        """The value of a period; nan where there is none."""
        return float(self.values[self.periods.index(period)]) if period in self.periods else float("nan")

    @property
    def gaps(self) -> tuple[str, ...]:
        """The periods without a value."""
        return tuple(p for p, value in zip(self.periods, self.values, strict=True) if value != value)


def time_series(key: str, facts: Iterable[Fact], every: str, published_by: date | None = None) -> TimeSeries:
    """The series of these facts, each period by the value that was published last.

    Args:
        key: what it is to be known by, and named by in refusals.
        facts: of one subject, measure and place; those of another frequency than `every` are passed over.
        every: D, W, M, Q or A.
        published_by: only what had been published by this day counts; a fact whose day is unknown always does.

    Raises:
        UnusableSeries: one publication gives two values for a period, or the facts have several units.
    """
    import numpy as np

    fit = [
        fact
        for fact in facts
        if fact.period
        and frequency(fact.period) == every
        and (not published_by or not fact.published or fact.published <= published_by)
    ]
    fit = in_force(key, fit)
    _one_unit(key, fit)
    _one_value(key, fit)
    chosen = {fact.period: fact for fact in by_vintage(fit) if fact.period}
    if not chosen:
        return TimeSeries(key, every, (), np.empty(0), "", ())
    periods = clock(min(chosen), max(chosen))
    values = np.array([float(chosen[p].value) if p in chosen else np.nan for p in periods])
    used = tuple((chosen[p].id,) if p in chosen else () for p in periods)
    return TimeSeries(key, every, periods, values, fit[0].unit, used)


def clock(first: str, last: str) -> tuple[str, ...]:
    """The periods from one to another, both included, of the length of the first.

    >>> clock("2021-11", "2022-02")
    ('2021-11', '2021-12', '2022-01', '2022-02')
    """
    periods = [first]
    while span(periods[-1]) < span(last):
        periods.append(period_after(periods[-1]))
    return tuple(periods)


def without_gaps(given: TimeSeries) -> None:
    """Let pass a series that has a value in every period. Raises UnusableSeries: it has gaps; each is named."""
    if given.gaps:
        raise gaps(given.key, given.gaps)


def long_enough(given: TimeSeries, needed: int, purpose_zh: str, purpose_en: str) -> None:
    """Let pass a series of at least `needed` values. Raises UnusableSeries: it has fewer."""
    there = len(given) - len(given.gaps)
    if there < needed:
        raise too_short(given.key, there, needed, purpose_zh, purpose_en)


def finite(given: TimeSeries) -> None:
    """Let pass a series without infinite values; gaps may be there. Raises UnusableSeries: names the period."""
    for period, value in zip(given.periods, given.values, strict=True):
        if isinf(value):
            raise not_finite(given.key, period, float(value))


def moving(given: TimeSeries) -> None:
    """Let pass a series that moves. Raises UnusableSeries: all its values are one."""
    known = given.values[given.values == given.values]
    if len(known) and (known == known[0]).all():
        raise constant(given.key, given.periods)


def positive(given: TimeSeries, zero: bool = False) -> None:
    """Let pass a series of values above zero (or of zero, where it may be). Raises UnusableSeries: names the period."""
    for period, value in zip(given.periods, given.values, strict=True):
        if value < 0 or (value == 0 and not zero):
            raise negative(given.key, period, float(value), zero)


def in_force(key: str, facts: Sequence[Fact]) -> list[Fact]:
    """The facts that no other one of them corrects: of a figure, its correction, and that one's, the last.

    Raises:
        UnusableSeries: facts correct each other in a circle, so that none of them is the last.
    """
    corrected = {fact.replaces for fact in facts if fact.replaces}
    last = [fact for fact in facts if fact.id not in corrected]
    behind = {fact.id: fact for fact in facts}
    for fact in last:
        known: Fact | None = fact
        while known:
            behind.pop(known.id, None)
            known = behind.get(known.replaces or "")
    if behind:
        one = next(fact for fact in behind.values() if fact.replaces in behind)
        raise two_values(key, one.period or "", one.value, behind[one.replaces or ""].value)
    return last


def _one_unit(key: str, facts: Sequence[Fact]) -> None:
    units = list(dict.fromkeys(fact.unit for fact in facts))
    if len(units) > 1:
        other = next(fact for fact in facts if fact.unit != units[0])
        raise two_units(key, other.period or "", units)


def _one_value(key: str, facts: Sequence[Fact]) -> None:
    """Two values for one period are vintages where they were published apart, and a contradiction where not."""
    seen: dict[tuple[str | None, str, date | None], Fact] = {}
    for fact in facts:
        known = seen.setdefault((fact.period, fact.source, fact.published), fact)
        if known.value != fact.value:
            raise two_values(key, fact.period or "", known.value, fact.value)
