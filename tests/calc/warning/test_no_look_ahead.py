"""Nothing at t knows anything after t: changing the future, or cutting it off, changes no value, reading, state or threshold."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from touchstone.calc.timeseries import TimeSeries
from touchstone.calc.warning.calibration import Calibrated, calibrated, candidates
from touchstone.calc.warning.card import followed
from touchstone.calc.warning.light import wall
from touchstone.calc.warning.measures import MEASURES
from touchstone.calc.warning.rule import Cuts, Holding, Material, Rule
from touchstone.calc.warning.trial import trial
from touchstone.calc.warning.watch import Watch, watch
from touchstone.facts.period import span

from .made import material, rule, series, wandering

LENGTH = {"D": 420, "W": 170, "M": 170, "Q": 140, "A": 60}
PARAMETERS = {
    "nexq": (("days", 20.0), ("least", 60.0), ("refit", 7.0), ("window", 200.0)),
    "residual": (("window", 40.0),),
    "spike": (("window", 12.0),),
    "price_change": (("span", 3.0),),
    "stock_change": (("span", 2.0),),
}
CASES = [(measure, every) for measure, of in MEASURES.items() for every in of.frequencies]


def rule_of(measure: str, every: str, scale: str) -> Rule:
    """A seasonal rule that enters on two of three and leaves through a band after two."""
    cuts = (
        Cuts((0.2, 0.1, 0.05), (0.8, 0.9, 0.95)) if scale == "own-history" else Cuts((-0.5, -1.0), (0.5, 1.0))
    )
    return rule(
        measure, every, parameters=PARAMETERS.get(measure, ()), scale=scale, seasonal=True, least=10, cuts=cuts,
        holding=Holding(2, 3, 0.05, 2), gaps=0.2,
    )  # fmt: skip


def given_series(measure: str, every: str, seed: int) -> dict[str, TimeSeries]:
    """A wandering series for each role, with a hole in each."""
    found = {}
    for place, role in enumerate(MEASURES[measure].roles):
        values = wandering(LENGTH[every], 100 * seed + place, 0.08) * (0.01 if role == "export" else 1)
        values[7 + place] = np.nan
        found[f"x.{role}.{every}"] = series(f"x.{role}.{every}", values)
    return found


def another_future(given: dict[str, TimeSeries], at: int, seed: int) -> dict[str, TimeSeries]:
    """The same series up to and with row `at`, and others behind it."""
    dice = np.random.default_rng(seed)
    return {key: replace(each, values=_changed(each.values, at, dice)) for key, each in given.items()}


def _changed(values: NDArray[np.float64], at: int, dice: np.random.Generator) -> NDArray[np.float64]:
    values = values.copy()
    values[at + 1 :] *= np.exp(dice.normal(scale=1.0, size=len(values) - at - 1))
    values[at + 1 :][dice.random(len(values) - at - 1) < 0.02] = np.nan
    return values


def cut_off(given: dict[str, TimeSeries], at: int) -> dict[str, TimeSeries]:
    return {key: each.between(each.periods[0], each.periods[at]) for key, each in given.items()}


def same_past(one: Watch, other: Watch, last: str) -> None:
    rows = sum(period <= last for period in one.periods)
    assert one.periods[:rows] == other.periods[:rows]
    for name in ("values", "norms", "readings", "states", "scores"):
        np.testing.assert_array_equal(getattr(one, name)[:rows], getattr(other, name)[:rows], name)


@pytest.mark.parametrize(("measure", "every"), CASES)
@pytest.mark.parametrize("scale", ["own-history", "absolute"])
@settings(max_examples=8)
@given(st.integers(0, 50), st.floats(0.5, 0.99), st.integers(0, 10_000))
def test_the_future_changes_no_reading_and_no_state_of_the_past(
    measure: str, every: str, scale: str, seed: int, share: float, other: int
) -> None:
    of, at = rule_of(measure, every, scale), int(share * LENGTH[every])
    known = given_series(measure, every, seed)
    last = next(iter(known.values())).periods[at]
    whole = watch(material(of), of, known)
    same_past(whole, watch(material(of), of, another_future(known, at, other)), last)
    same_past(whole, watch(material(of), of, cut_off(known, at)), last)


@settings(max_examples=15)
@given(st.integers(0, 50), st.integers(80, 168), st.integers(0, 10_000))
def test_the_cuts_in_the_unit_of_the_measure_are_of_the_past(seed: int, at: int, other: int) -> None:
    of = rule_of("price_change", "M", "own-history")
    known = given_series("price_change", "M", seed)
    then = watch(material(of), of, another_future(known, at, other))
    assert watch(material(of), of, known).cut_values(at) == then.cut_values(at)


@settings(max_examples=15)
@given(st.integers(0, 50), st.integers(60, 168), st.integers(0, 10_000))
def test_the_lights_of_the_past_stay_whatever_comes(seed: int, at: int, other: int) -> None:
    rules = [rule_of(measure, "M", "own-history") for measure in ("price_change", "ipa", "residual")]
    of = material(*(replace(each, key=each.measure) for each in rules))
    known = given_series("price_change", "M", seed)
    last = known["x.price.M"].periods[at]
    one = wall([of], known).light("x", "M").strip
    for future in (another_future(known, at, other), cut_off(known, at)):
        then = {point.period: point for point in wall([of], future).light("x", "M").strip}
        shared = [point for point in one if point.period <= last and point.period in then]
        assert all(then[point.period] == point for point in shared)


@settings(max_examples=15)
@given(st.integers(0, 50), st.integers(140, 298), st.integers(0, 10_000), st.sampled_from([1, -1]))
def test_no_threshold_is_calibrated_on_what_came_later(seed: int, at: int, other: int, way: int) -> None:
    declared = trial("M")
    assert declared
    by = replace(declared, evaluated=120, least=24, periods=30, events=3, judged=(10, 1))
    event = next(each for each in by.asked if each.direction == way and each.horizon == 3)
    of = rule_of("price_change", "M", "own-history")
    known = {"x.price.M": series("x.price.M", wandering(300, seed))}
    found = []
    for future in (known, another_future(known, at, other)):
        read = watch(material(of), of, future)
        events = followed(read.periods, future["x.price.M"], event, by)
        readings = way * read.readings
        choice = calibrated(candidates(readings, of.holding, by), readings, events, event.horizon, by)
        assert isinstance(choice, Calibrated)
        found.append((choice, events))
    (one, before), (two, after) = found
    np.testing.assert_array_equal(before[: at - event.horizon + 1], after[: at - event.horizon + 1])
    assert [o for o in one.origins if o[0] <= at + 1] == [o for o in two.origins if o[0] <= at + 1]
    np.testing.assert_array_equal(one.rolling[: at + 1], two.rolling[: at + 1])
    if at >= one.split - 1:
        assert (one.threshold, one.tried) == (two.threshold, two.tried)
        np.testing.assert_array_equal(one.alarms[: at + 1], two.alarms[: at + 1])


SIDES = {"price_change": "price", "stock_change": "supply", "utilisation": "demand"}
ROLES = {"price_change": "price", "stock_change": "stock", "utilisation": "utilisation"}
AT = {"price_change": "DWMQA", "stock_change": "WMQ", "utilisation": "MQ"}
FIRST = {"D": 700, "W": 110, "M": 30, "Q": 12, "A": 6}
"""Periods of two and a half years, so that all frequencies end about the same day; quarters and years begin before."""
STARTS = {"D": 0, "W": 261, "M": 240, "Q": 140, "A": 65}
"""Rows of the made clocks at which these begin: 2015, but for quarters and years some earlier."""


def of_three_sides() -> Material:
    """A price by day, week, month, quarter and year; stocks by week, month and quarter; utilisation by month and quarter."""
    rules = []
    for measure, side in SIDES.items():
        for every in AT[measure]:
            of = rule_of(measure, every, "own-history")
            span_of = (("span", 1.0),) if measure != "utilisation" else ()
            rules.append(
                replace(of, key=f"{side}.{measure}", side=side, parameters=span_of, least=3, seasonal=False, gaps=0.1)
            )  # fmt: skip
    return material(*rules)


@st.composite
def ragged(draw: st.DrawFn) -> dict[str, TimeSeries]:
    """Series of three sides at several frequencies, some not there, each with an end and holes of its own."""
    found = {}
    for measure, frequencies in AT.items():
        for every in frequencies:
            if every != "M" and draw(st.booleans()):
                continue
            key = f"x.{ROLES[measure]}.{every}"
            length = draw(st.integers(FIRST[every] // 2, FIRST[every]))
            values = wandering(STARTS[every] + FIRST[every], draw(st.integers(0, 99)), 0.08)
            whole = series(key, values)
            part = whole.between(whole.periods[STARTS[every]], whole.periods[STARTS[every] + length - 1])
            holed = part.values.copy()
            for _ in range(draw(st.integers(0, 2))):
                start = draw(st.integers(1, length - 2))
                holed[start : min(start + draw(st.integers(1, 9)), length - 1)] = np.nan
            found[key] = replace(part, values=holed)
    return found


def known_by(given: Mapping[str, TimeSeries], day: date) -> dict[str, TimeSeries]:
    """What these series were when only the periods that had ended by a day were in them, without what was missing then."""
    found = {}
    for key, each in given.items():
        rows = [
            row for row, period in enumerate(each.periods) if span(period)[1] <= day and each.values[row] == each.values[row]
        ]  # fmt: skip
        if rows:
            found[key] = each.between(each.periods[0], each.periods[rows[-1]])
    return found


@settings(max_examples=60, deadline=None)
@given(ragged(), st.integers(200, 800))
def test_later_facts_never_change_an_earlier_light_composite_or_roll_up(
    whole: dict[str, TimeSeries], days: int
) -> None:
    """Ends, holes and whole series that come later: what ended by a day shows what it showed on that day."""
    day, of = date(2015, 1, 1) + timedelta(days=days), of_three_sides()
    then, now = wall([of], known_by(whole, day)), wall([of], whole)
    for light in then.lights:
        later = {p.period: p.score for p in now.light("x", light.frequency, light.side).strip}
        ended = {
            p.period: p.score for p in light.strip if span(p.period)[1] <= day and p.period >= min(later)
        }
        assert ended == {period: later.get(period) for period in ended}, (light.frequency, light.side)


def test_a_state_before_a_hole_counts_for_three_months_of_it_however_long_the_hole_turns_out() -> None:
    """Utilisation is red in May and not published again until November: the material is red to August."""
    busy, price = (
        replace(rule("utilisation", cuts=Cuts((), (95.0,))), key="busy", side="demand", gaps=1.0),
        rule("price_change"),
    )
    of = material(busy, replace(price, key="price", parameters=(("span", 1.0),), cuts=Cuts((-0.5,), (0.5,))))
    months = series("x.price.M", [10.0, 10.1] * 6)
    published = [90.0, 91, 90, 91, 99, *[np.nan] * 5, 90, 91]
    known = {"x.price.M": months, "x.utilisation.M": series("x.utilisation.M", published)}
    strip = {p.period: p.score for p in wall([of], known).light("x", "M").strip}
    red = [period for period, score in strip.items() if score]
    assert red == ["1995-05", "1995-06", "1995-07", "1995-08"]
    before = wall([of], known_by(known, date(1995, 10, 31))).light("x", "M")
    assert {p.period: p.score for p in before.strip} == {p: s for p, s in strip.items() if p <= "1995-10"}
    assert [each.rule for each in before.reasons] == ["price"], (
        "the reason of a side that no longer counts is none"
    )
