"""The series that warning rules read, put together from the facts of a workspace."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from touchstone.calc.monitor.rollup import ORDER, part, roll_up, rule_of
from touchstone.calc.timeseries import TimeSeries, clock, time_series
from touchstone.calc.warning.rule import Material, Wanted
from touchstone.errors import Refusal, UnknownSeries
from touchstone.facts.calendar import calendar
from touchstone.facts.fact import Fact
from touchstone.facts.market_calendar import of_market
from touchstone.facts.period import frequency, period_after, span, within
from touchstone.facts.text import Text

_COMPANION = "weighted"
"""A ratio adds up only with its denominator, which a series by itself has not."""
_WORKED_OUT = "monitor."
"""The rule of what a balance was worked out to: rules of warning stand on what was stated, and work out the rest themselves."""
_FINER = {"D": "", "W": "D", "M": "DW", "Q": "MDW", "A": "QMDW"}
"""From what a frequency is rolled up, best first: weeks lie across the ends of months, days and months do not."""
_RECENT = 3
"""Last periods of a rolled-up series that must be whole."""
_Known = Mapping[tuple[str, str, str | None, str], Sequence[Fact]]


@dataclass(frozen=True, slots=True)
class Watched:
    """The series by `Material.series_key`, and what could not become one, in words."""

    series: dict[str, TimeSeries]
    refused: tuple[Text, ...]


def watched(materials: Iterable[Material], facts: Iterable[Fact], day: date) -> Watched:
    """Every series these materials' rules could read, as known on a day.

    A fact counts where it was published by the day; one of unknown publication, where its period had ended by then. At
    a frequency nothing is stated at, the next finer one is rolled up by the rule of its measure, whole periods only.
    """
    known = _by_series(facts, day)
    series: dict[str, TimeSeries] = {}
    refused: dict[str, Text] = {}
    for material in materials:
        for wanted in material.series:
            for every in ORDER:
                key = material.series_key(wanted.role, every)
                try:
                    made = _stated(key, wanted, every, known, day) or _rolled(material, wanted, every, series)
                except Refusal as error:
                    refused[key] = Text(error.text("zh"), error.text("en"))
                    continue
                if made is not None:
                    series[key] = made
    return Watched(series, tuple(dict.fromkeys(refused.values())))


def _by_series(facts: Iterable[Fact], day: date) -> _Known:
    found: dict[tuple[str, str, str | None, str], list[Fact]] = {}
    for fact in facts:
        if (
            fact.period
            and not fact.rule.startswith(_WORKED_OUT)
            and (fact.published or span(fact.period)[1] <= day)
        ):
            key = (fact.subject, fact.measure, fact.place, frequency(fact.period))
            found.setdefault(key, []).append(fact)
    return found


def _stated(key: str, wanted: Wanted, every: str, known: _Known, day: date) -> TimeSeries | None:
    """Raises UnusableSeries: the facts are not one series."""
    facts = known.get((wanted.subject, wanted.measure, wanted.place or None, every), ())
    made = time_series(key, facts, every, day) if facts else None
    return made if made is not None and len(made) else None


def _rolled(
    material: Material, wanted: Wanted, every: str, series: Mapping[str, TimeSeries]
) -> TimeSeries | None:
    """The series rolled up from the next finer frequency there is; None where there is none, or no rule to do it by.

    None too where a hole leaves its last periods without a value: a change on a year that is not there has no reading,
    and the last that has one is old. The light of the finer frequency, rolled up, knows more.
    """
    finer = (series.get(material.series_key(wanted.role, each)) for each in _FINER[every])
    source = next((each for each in finer if each is not None), None)
    try:
        rule = rule_of(wanted.measure)
    except UnknownSeries:
        return None
    if source is None or rule == _COMPANION:
        return None
    import numpy as np

    points = [
        part(period, Fraction(str(value)), Fraction(0), facts)
        for period, value, facts in zip(source.periods, source.values.tolist(), source.facts, strict=True)
        if value == value
    ]
    trading = of_market(wanted.place) if source.frequency == "D" else None
    if trading:
        points = [point for point in points if _reached(within(point.period, every), trading)]
    rolled = roll_up(points, every, rule, trading) if points else ()
    whole = {point.period: point for point in rolled if point.value is not None}
    if not whole or period_after(max(whole)) < within(points[-1].period, every):
        return None
    periods = clock(min(whole), max(whole))
    if any(period not in whole and not _closed(period, trading) for period in periods[-_RECENT:]):
        return None
    values = np.array([float(whole[p].value or 0) if p in whole else np.nan for p in periods])
    ids = tuple(whole[p].facts if p in whole else () for p in periods)
    return TimeSeries(material.series_key(wanted.role, every), every, periods, values, source.unit, ids)


def _reached(period: str, trading: str) -> bool:
    """Whether the calendar knows every day of a period."""
    (start, end), known = span(period), calendar(trading)
    return known.first <= start and end <= known.last


def _closed(period: str, trading: str | None) -> bool:
    """Whether the market has no trading day in a period, as in the week of a long holiday."""
    return (
        trading is not None
        and _reached(period, trading)
        and not calendar(trading).trading_days(*span(period))
    )
