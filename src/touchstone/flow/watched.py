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
from touchstone.facts.period import containing, frequency, span, within
from touchstone.facts.text import Text

_COMPANION = "weighted"
"""A ratio adds up only with its denominator, which a series by itself has not."""
_WORKED_OUT = "monitor."
"""The rule of what a balance was worked out to: rules of warning stand on what was stated, and work out the rest themselves."""
_FINER = {"D": "", "W": "D", "M": "DW", "Q": "MDW", "A": "QMDW"}
"""From what a frequency is rolled up, best first: weeks lie across the ends of months, days and months do not."""
_Known = Mapping[tuple[str, str, str | None, str], Sequence[Fact]]


@dataclass(frozen=True, slots=True)
class Watched:
    """The series by `Material.series_key`, and what could not become one, in words."""

    series: dict[str, TimeSeries]
    refused: tuple[Text, ...]


def watched(materials: Iterable[Material], facts: Iterable[Fact], day: date) -> Watched:
    """Every series these materials' rules could read, as known on a day.

    A fact counts where it was published by the day; one of unknown publication, where its period had ended by then. A
    period of which nothing is stated is rolled up from the next finer frequency by the rule of its measure, whole periods only.
    """
    known = _by_series(facts, day)
    series: dict[str, TimeSeries] = {}
    refused: dict[str, Text] = {}
    for material in materials:
        for wanted in material.series:
            for every in ORDER:
                key = material.series_key(wanted.role, every)
                try:
                    made = _rolled(material, wanted, every, series, _stated(key, wanted, every, known, day))
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
    material: Material,
    wanted: Wanted,
    every: str,
    series: Mapping[str, TimeSeries],
    stated: TimeSeries | None,
) -> TimeSeries | None:
    """What is stated and, in the periods nothing is stated of, what the next finer frequency gives, whole periods only.

    So the value of a period follows from what is known of that period, and no later figure takes it away or gives it back.
    """
    import numpy as np

    key = material.series_key(wanted.role, every)
    found = {p: (v, ids) for p, v, ids in _rows(stated) if v == v} if stated else {}
    unit = stated.unit if stated else None
    rule = _rule(wanted.measure)
    for finer in _FINER[every] if rule else "":
        source = series.get(material.series_key(wanted.role, finer))
        if source is None or unit not in (None, source.unit):
            continue
        unit = source.unit
        trading = of_market(wanted.place) if finer == "D" else None
        points = [
            part(period, Fraction(str(value)), Fraction(0), facts)
            for period, value, facts in _rows(source)
            if value == value and not {containing(day, every) for day in span(period)} <= found.keys()
        ]
        points = [each for each in points if not trading or _reached(within(each.period, every), trading)]
        for each in roll_up(points, every, rule, trading):
            if each.value is not None:
                found.setdefault(each.period, (float(each.value), each.facts))
    if not found or unit is None:
        return stated
    periods = clock(min(found), max(found))
    values = np.array([found[p][0] if p in found else np.nan for p in periods])
    return TimeSeries(
        key, every, periods, values, unit, tuple(found[p][1] if p in found else () for p in periods)
    )


def _rows(series: TimeSeries) -> Iterable[tuple[str, float, tuple[str, ...]]]:
    return zip(series.periods, series.values.tolist(), series.facts, strict=True)


def _rule(measure: str) -> str:
    """How a measure is rolled up; "" where nothing says how, or where it takes a companion."""
    try:
        rule = rule_of(measure)
    except UnknownSeries:
        return ""
    return "" if rule == _COMPANION else rule


def _reached(period: str, trading: str) -> bool:
    """Whether the calendar knows every day of a period."""
    (start, end), known = span(period), calendar(trading)
    return known.first <= start and end <= known.last
