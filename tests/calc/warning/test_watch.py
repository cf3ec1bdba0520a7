"""Core ratios by hand, own history, and series that cannot be used: named, never filled, the rest goes on."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from touchstone.calc.timeseries import TimeSeries
from touchstone.calc.warning.light import wall
from touchstone.calc.warning.measures import MEASURES
from touchstone.calc.warning.rule import Cuts, Rule
from touchstone.calc.warning.sample import taken
from touchstone.calc.warning.watch import watch
from touchstone.errors import UnusableSeries

from .made import material, rule, series, wandering


def value(measure: str, every: str = "M", **parts: list[float]) -> float:
    """The last value of a measure, from the series of its roles by name (`imports` for import)."""
    of = rule(measure, every, parameters=(("span", 1.0),))
    named = {role.rstrip("s") if role != "stock" else role: values for role, values in parts.items()}
    given = {f"x.{role}.{every}": series(f"x.{role}.{every}", values) for role, values in named.items()}
    sample = taken(material(of), of, given).sample
    return float(MEASURES[measure].compute(sample, of)[-1])


def test_inventory_days_are_stocks_over_apparent_use_a_day() -> None:
    """January 1995: 62 in stock, 100 + 40 - 16 = 124 used in 31 days: 4 a day, 15.5 days."""
    assert value("inventory_days", stock=[62], output=[100], imports=[40], exports=[16]) == pytest.approx(
        15.5
    )


def test_balance_import_dependence_margin_and_change() -> None:
    trade = {"output": [90, 100], "imports": [30, 40], "exports": [10, 20]}
    assert value("balance", **trade, use=[110, 96]) == pytest.approx(120 / 96 - 1)
    assert value("import_dependence", **trade) == pytest.approx(20 / 120)
    assert value("margin", price=[10, 12], cost=[4, 5]) == pytest.approx(2.4)
    assert value("stock_change", stock=[50, 60]) == pytest.approx(0.2)


def test_apparent_use_is_on_the_same_month_a_year_earlier() -> None:
    output = [100.0 + month for month in range(12)] + [110.0]
    assert value("apparent_use", output=output, imports=[0.0] * 12 + [1], exports=[0.0] * 12 + [1]) == (
        pytest.approx(0.1)
    )


def test_a_seasonal_rule_reads_what_the_calendar_does_not_explain() -> None:
    """Every January is 10 higher than the rest: by its own past no January is out of the ordinary."""
    dice = np.random.default_rng(1)
    months = np.arange(240)
    values = 100 + 10.0 * (months % 12 == 0) + dice.normal(scale=1.0, size=240)
    given = {"x.ratio.M": series("x.ratio.M", values)}
    own = Cuts((), (0.9,))
    plain, seasonal = (
        rule(scale="own-history", seasonal=seasonal, cuts=own, least=60) for seasonal in (False, True)
    )
    januaries = (months % 12 == 0) & (months > 120)
    assert watch(material(plain), plain, given).states[januaries].mean() == 1
    assert watch(material(seasonal), seasonal, given).states[januaries].mean() < 0.3


def test_days_on_which_the_market_is_closed_are_passed_over_and_long_holes_are_not() -> None:
    values = wandering(120)
    values[5::7] = values[6::7] = np.nan
    of = rule("price_change", "D", parameters=(("span", 1.0),))
    read = watch(material(of), of, {"x.price.D": series("x.price.D", values)})
    assert len(read.periods) == np.isfinite(values).sum() and not np.isnan(read.values[1:]).any()
    before = np.isfinite(values[:40]).sum()
    values[40:60] = np.nan
    halted = watch(material(of), of, {"x.price.D": series("x.price.D", values)})
    np.testing.assert_array_equal(halted.readings[:before], read.readings[:before])
    assert np.isnan(halted.readings[before:]).all() and halted.halted and halted.halted.code == "WARN-002"


def test_a_rule_is_silent_from_where_too_many_periods_are_missing_and_says_why() -> None:
    values = wandering(40)
    values[30:36] = np.nan
    of = rule("price_change", parameters=(("span", 1.0),), gaps=0.1)
    known = {"x.price.M": series("x.price.M", values)}
    read = watch(material(of), of, known)
    assert np.isfinite(read.readings[1:30]).all() and np.isnan(read.readings[30:]).all()
    light = wall([material(of)], known).light("x", "M", "price")
    assert [each.code for each in light.silent] == ["WARN-002"] and light.period == read.periods[29]
    values[1:36] = np.nan
    with pytest.raises(UnusableSeries, match="WARN-002"):
        watch(material(of), of, {"x.price.M": series("x.price.M", values)})


@settings(max_examples=60)
@drawn(
    st.lists(st.integers(-6, 6), min_size=14, max_size=60),
    st.lists(st.integers(1, 99), min_size=2, max_size=2, unique=True),
    st.booleans(),
)
def test_the_limit_that_is_printed_is_the_one_the_light_was_set_by(
    steps: list[int], shares: list[int], inclusive: bool
) -> None:
    """Few values, many of them equal: beyond by rank is beyond the printed value, and what is not is not."""
    low, high = (share / 100 for share in sorted(shares))
    of = rule("ratio", scale="own-history", least=10, cuts=Cuts((low,), (high,), inclusive))
    values = np.array([0.5 * step for step in (*steps, 7)])
    read = watch(material(of), of, {"x.ratio.M": series("x.ratio.M", values)})
    for row in np.flatnonzero(~np.isnan(read.readings)):
        cuts, value, state = read.cut_values(row), read.values[row], read.states[row]
        if value != cuts.high[0]:
            assert (state > 0) == (value > cuts.high[0])
        if value != cuts.low[0]:
            assert (state < 0) == (value < cuts.low[0]) or state > 0


PRICE = wandering(180)


def _with(**changed: float) -> np.ndarray:
    values = PRICE.copy()
    for place, one in changed.items():
        values[int(place[1:])] = one
    return values


@pytest.mark.parametrize(
    ("code", "where", "values"),
    [
        ("SERIES-003", "x test M", PRICE[:12]),
        ("SERIES-004", "x.price.M 1995-01", np.full(180, 7.0)),
        ("SERIES-005", "x.price.M 1995-06", _with(_5=-3.0)),
        ("SERIES-005", "x.price.M 1995-06", _with(_5=0.0)),
        ("WARN-003", "x.price.M 1995-06", _with(_5=np.inf)),
        ("WARN-002", "x test M 1995-03", np.where(np.arange(180) % 3 == 2, np.nan, PRICE)),
        ("WARN-005", "x.price.M", np.full(180, np.nan)),
    ],
)
def test_what_cannot_be_read_is_refused_by_name_and_the_other_rules_go_on(
    code: str, where: str, values: np.ndarray
) -> None:
    of = rule("price_change", parameters=(("span", 3.0),), scale="own-history", cuts=Cuts((0.1,), (0.9,)))
    sound = replace(rule(), key="sound")
    given = {
        "x.price.M": series("x.price.M", values),
        "x.ratio.M": series("x.ratio.M", [0.0, 0.5, 1.5]),
    }
    with pytest.raises(UnusableSeries, match=f"{code}  {where}"):
        watch(material(of), of, given)
    light = wall([material(of, sound)], given).light("x", "M", "price")
    assert [each.code for each in light.silent] == [code] and where in light.silent[0].why.zh
    assert [each.rule for each in light.reasons] == ["sound"] and light.colour == "yellow"


def _clock(periods: tuple[str, ...]) -> TimeSeries:
    plain = series("x.ratio.M", [1.0] * (len(periods) - 1) + [2.0])
    return replace(plain, periods=periods)


@pytest.mark.parametrize(
    "periods",
    [
        ("1995-01", "1995-02", "1995-02", "1995-03"),
        ("1995-01", "1995-03", "1995-04"),
        ("1995-02", "1995-01", "1995-03"),
    ],
)
def test_a_duplicate_month_a_jump_and_a_step_back_are_refused(periods: tuple[str, ...]) -> None:
    with pytest.raises(UnusableSeries, match=r"WARN-001  x\.ratio\.M"):
        watch(material(rule()), rule(), {"x.ratio.M": _clock(periods)})


def test_quantities_in_two_units_are_not_added_and_series_apart_in_time_not_joined() -> None:
    of = rule("import_dependence")
    given = {f"x.{role}.M": series(f"x.{role}.M", [5.0, 6.0]) for role in ("output", "import", "export")}
    mixed = given | {"x.import.M": series("x.import.M", [5.0, 6.0], "吨")}
    with pytest.raises(UnusableSeries, match="WARN-004"):
        watch(material(of), of, mixed)
    later = given["x.import.M"]
    apart = given | {"x.import.M": replace(later, periods=("2001-01", "2001-02"))}
    with pytest.raises(UnusableSeries, match="WARN-005"):
        watch(material(of), of, apart)


def test_a_price_that_moves_but_not_in_the_window_of_the_measure_gives_no_reading() -> None:
    of: Rule = rule("spike", parameters=(("window", 24.0),))
    values = np.repeat([100.0, 120.0], 60)
    with pytest.raises(UnusableSeries, match="WARN-006"):
        watch(material(of), of, {"x.price.M": series("x.price.M", values)})


def test_a_missing_month_stays_missing_and_the_readings_around_it_too() -> None:
    of = rule("price_change", parameters=(("span", 3.0),))
    read = watch(material(of), of, {"x.price.M": series("x.price.M", _with(_100=np.nan))})
    assert np.flatnonzero(np.isnan(read.values[3:])).tolist() == [97, 100]
