"""What goes into the specification file is checked, and what comes out of the program adds up."""

from dataclasses import replace

import numpy as np
import pytest

from touchstone.calc.seasonal.choice import KeptModel
from touchstone.calc.seasonal.feasts import Effect
from touchstone.calc.seasonal.parts import Forecast
from touchstone.calc.seasonal.seasonal import adjust
from touchstone.calc.seasonal.specification import Specification
from touchstone.errors import UnusableSeries
from touchstone.facts.memory import Memory

from . import made
from .test_seasonal import QUICK, needs_x13


@pytest.mark.parametrize("bad", [np.inf, -np.inf])
@pytest.mark.parametrize("gaps", [True, False])
def test_an_infinite_value_is_refused_by_its_month_and_not_passed_on(bad: float, gaps: bool) -> None:
    given = made.output()
    given.values[10] = bad
    for method in ("x13", "stl"):
        with pytest.raises(UnusableSeries, match="SERIES-007  made 2008-11"):
            adjust(given, replace(QUICK, transform="auto", method=method, estimate_gaps=gaps), Memory())


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value")
def test_a_fallback_that_would_give_no_number_is_refused_and_not_passed_on() -> None:
    given = made.output()
    given.values[:] = np.where(np.arange(len(given)) % 2, 1.7e308, -1.7e308) * np.linspace(0.5, 1, len(given))
    with pytest.raises(UnusableSeries, match="SEASON-006  made") as refused:
        adjust(given, replace(QUICK, transform="none", method="stl"), Memory())
    assert "SEASON-011" in refused.value.found and "SEASON-011" in refused.value.text("zh")


@needs_x13
@pytest.mark.parametrize("decomposition", ["x11", "seats"])
@pytest.mark.parametrize("transform", ["log", "none"])
@pytest.mark.parametrize(
    "calendar",
    [
        {"effects": (), "trading": "none"},
        {"effects": (Effect("spring", -6, -1), Effect("spring", 0, 6)), "trading": "none"},
        {"effects": (Effect("spring", 0, 6),), "trading": "china", "outliers": ()},
        {"effects": (), "trading": "weekdays", "own": ("easter",)},
    ],
)
def test_season_calendar_and_the_adjusted_series_make_the_original_again(
    decomposition: str, transform: str, calendar: dict
) -> None:
    given = made.output()
    choice = replace(QUICK, decomposition=decomposition, transform=transform, spans=False, **calendar)
    parts = adjust(given, choice, Memory()).parts
    assert parts and parts.model
    together = np.prod if parts.multiplicative else np.sum
    whole = together([parts.adjusted, parts.seasonal, parts.calendar], axis=0)
    assert whole == pytest.approx(given.values, rel=1e-6)
    june = np.array(
        [
            value
            for value, period in zip(parts.calendar, given.periods, strict=True)
            if period[5:] in ("06", "07")
        ]
    )
    if calendar["trading"] == "none":
        assert np.ptp(june) < 1e-9, "no feast there: nothing of the season is in the calendar"
    if not calendar["effects"] and calendar["trading"] == "none":
        assert set(parts.calendar) == {1.0 if parts.multiplicative else 0.0}


@needs_x13
def test_a_value_that_x13_itself_would_take_for_missing_is_a_value() -> None:
    given = made.output()
    values = 1e5 * np.log(given.values / given.values.mean()) - 4e4
    values[60] = -99999.0
    kept = made.series("balance", "2008-01", values)
    parts = adjust(kept, replace(QUICK, transform="none", outliers=()), Memory()).parts
    assert parts and parts.estimated == ()
    assert parts.adjusted[60] + parts.seasonal[60] + parts.calendar[60] == pytest.approx(-99999.0, rel=1e-9)
    values[30] = np.nan
    parts = adjust(kept, replace(QUICK, transform="none", outliers=(), estimate_gaps=True), Memory()).parts
    assert parts and parts.estimated == ("2010-07",)
    assert parts.adjusted[60] + parts.seasonal[60] + parts.calendar[60] == pytest.approx(-99999.0, rel=1e-9)


@pytest.mark.parametrize(
    "arima",
    [
        "(0 1 1)(0 1 1) }\nspectrum{ print=none",
        "(０ 1 1)",
        "(0 1 1",
        "",
        "(0 1)(0 1 1)",
        "auto }",
        "(0 1 1)\n",
        "(0 1 1)(0 1 1)(0 1 1)(0 1 1)",
    ],
)
def test_a_model_that_is_not_written_as_orders_is_refused_and_never_run(arima: str) -> None:
    for method in ("x13", "stl"):
        with pytest.raises(UnusableSeries, match="SEASON-007  choice arima"):
            adjust(made.output(), replace(QUICK, arima=arima, method=method), Memory())


def test_a_kept_model_that_holds_more_than_names_is_refused_and_never_run() -> None:
    known = KeptModel(
        "made", QUICK.model_key, "2022-03", True, "(0 1 1)(0 1 1)", ("const) }\nspectrum{",), (), "none", ()
    )
    with pytest.raises(UnusableSeries, match="SEASON-007  choice variables"):
        adjust(made.output(), QUICK, Memory(), known)


@pytest.mark.parametrize("arima", ["(0 1 1)", "(2,1,0)(0 1 1)12", "(0 1 [1 3])(0 1 1)", "auto"])
def test_a_model_may_be_written_in_any_of_the_forms_of_x13(arima: str) -> None:
    assert Specification("log", arima).arima == arima


@needs_x13
@pytest.mark.parametrize("decomposition", ["x11", "seats"])
def test_without_a_forecast_the_series_is_adjusted_all_the_same(decomposition: str) -> None:
    choice = replace(QUICK, forecast=0, decomposition=decomposition, spans=False)
    found = adjust(made.output(), choice, Memory())
    assert found.how == "x13" and found.parts
    assert found.parts.forecast == Forecast((), (), (), ()) and len(found.parts.adjusted) == 180


@pytest.mark.parametrize("odd", [-1, 2.5, True])
def test_a_forecast_of_no_whole_number_of_periods_is_refused(odd: object) -> None:
    with pytest.raises(UnusableSeries, match="SEASON-007  choice forecast"):
        adjust(made.output(), replace(QUICK, forecast=odd), Memory())  # type: ignore[arg-type]
