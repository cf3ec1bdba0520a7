"""Roll-up: sums are kept, months to quarters to years is months to years, and nothing is filled."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.monitor.rollup import Point, part, roll_up, rule_of, weighted_by
from touchstone.calc.timeseries import clock
from touchstone.errors import UnknownSeries
from touchstone.facts.calendar import NoCalendar, calendar

MONTHS = clock("2020-01", "2022-12")
WEEKS = clock("2020-W01", "2021-W52")
VALUES = st.fractions(-1000, 1000, max_denominator=100)


def some(periods: tuple[str, ...], weights: bool = False) -> st.SearchStrategy[list[Point]]:
    """Values for some of the periods."""
    weight = st.fractions(0, 5, max_denominator=10) if weights else st.just(Fraction(1))
    return st.dictionaries(st.sampled_from(periods), st.tuples(VALUES, weight), min_size=1).map(
        lambda found: [
            part(p, value, Fraction(1, 20), (p,), weight) for p, (value, weight) in sorted(found.items())
        ]
    )


@given(some(MONTHS, weights=True), st.sampled_from(["sum", "last", "mean", "weighted"]))
def test_months_to_quarters_to_years_is_months_to_years(months: list[Point], rule: str) -> None:
    assert roll_up(roll_up(months, "Q", rule), "A", rule) == roll_up(months, "A", rule)


@given(some(MONTHS))
def test_sums_are_kept(months: list[Point]) -> None:
    total = sum(point.so_far or 0 for point in months)
    assert sum(point.so_far or 0 for point in roll_up(months, "Q", "sum")) == total
    assert sum(point.so_far or 0 for point in roll_up(months, "A", "sum")) == total


@given(some(WEEKS))
def test_weeks_that_are_split_over_months_keep_their_sum(weeks: list[Point]) -> None:
    months = roll_up(weeks, "M", "sum")
    assert sum(point.so_far or 0 for point in months) == sum(point.so_far or 0 for point in weeks)
    assert sum(point.present for point in months) == 7 * len(weeks)
    assert all(point.present <= point.expected for point in months)


@given(some(MONTHS), st.sampled_from(["sum", "mean", "weighted"]))
def test_nothing_is_filled_a_period_is_whole_where_all_its_parts_are(months: list[Point], rule: str) -> None:
    there = {point.period for point in months}
    for point in roll_up(months, "Q", rule):
        inside = [m for m in MONTHS if f"{m[:4]}-Q{(int(m[5:]) + 2) // 3}" == point.period]
        assert point.present == len(there.intersection(inside)) and point.expected == 3
        assert (point.value is None) == (not there.issuperset(inside))
        assert set(point.facts) == there.intersection(inside)


@given(some(MONTHS))
def test_a_stock_at_the_end_of_a_year_is_that_of_december_or_unknown(months: list[Point]) -> None:
    known = {point.period: point.value for point in months}
    for year in roll_up(months, "A", "last"):
        assert year.value == known.get(f"{year.period}-12")


@given(some(MONTHS))
def test_a_mean_lies_between_its_parts(months: list[Point]) -> None:
    for point in roll_up(months, "A", "mean"):
        values = [m.so_far for m in months if m.period[:4] == point.period]
        assert point.so_far is not None and min(values) <= point.so_far <= max(values)  # type: ignore[type-var]


def days_of(first: date, last: date) -> list[Point]:
    trading = calendar("CN.exchange").trading_days(first, last)
    return [part(day.isoformat(), Fraction(day.day), Fraction(0), (day.isoformat(),)) for day in trading]


def test_a_month_of_prices_is_whole_when_every_trading_day_has_one() -> None:
    october = days_of(date(2020, 10, 1), date(2020, 10, 31))
    [whole] = roll_up(october, "M", "mean", "CN.exchange")
    assert (
        whole.value == Fraction(sum(int(p.period[8:]) for p in october), len(october)) and whole.coverage == 1
    )
    [lacking] = roll_up(october[:-1], "M", "mean", "CN.exchange")
    assert lacking.value is None and lacking.so_far and (lacking.present, lacking.expected) == (15, 16)


def test_a_quote_of_a_day_the_market_is_closed_does_not_stand_in_for_a_missing_day() -> None:
    october = days_of(date(2020, 10, 1), date(2020, 10, 31))[:-1]
    holiday = part("2020-10-02", Fraction(9), Fraction(0), ("x",))
    [lacking] = roll_up([*october, holiday], "M", "mean", "CN.exchange")
    assert lacking.value is None and lacking.present == 15 and "x" in lacking.facts


def test_days_to_quarters_directly_or_by_months_is_the_same_mean() -> None:
    quarter = days_of(date(2020, 10, 1), date(2020, 12, 31))
    by_months = roll_up(roll_up(quarter, "M", "mean", "CN.exchange"), "Q", "mean", "CN.exchange")
    assert by_months == roll_up(quarter, "Q", "mean", "CN.exchange")
    assert by_months[0].weight == len(quarter)


def test_a_week_in_two_months_is_split_by_its_days() -> None:
    september, october = roll_up([part("2020-W40", Fraction(70), Fraction(7), ("w",))], "M", "sum")
    assert (september.period, september.so_far, september.half) == ("2020-09", 30, 3)
    assert (october.so_far, october.present, october.expected) == (40, 4, 31)


def test_stocks_of_weeks_are_at_the_end_of_the_month_those_of_the_last_week_that_ended_in_it() -> None:
    weeks = [part(p, Fraction(i), Fraction(0), (p,)) for i, p in enumerate(clock("2020-W36", "2020-W39"))]
    [september] = roll_up(weeks, "M", "last")
    assert september.value == 3 and september.closed
    [early] = roll_up(weeks[:-1], "M", "last")
    assert early.value is None and early.so_far == 2


def test_a_rate_is_weighted_by_its_companion_and_not_whole_without_it() -> None:
    months = [
        part(m, Fraction(v), Fraction(0), (m,))
        for m, v in (("2022-01", 80), ("2022-02", 90), ("2022-03", 70))
    ]
    weights = {"2022-01": Fraction(1), "2022-02": Fraction(3), "2022-03": Fraction(1)}
    [quarter] = roll_up(weighted_by(months, weights), "Q", "weighted")
    assert quarter.value == Fraction(80 + 270 + 70, 5)
    [lacking] = roll_up(
        weighted_by(months, {m: w for m, w in weights.items() if m != "2022-03"}), "Q", "weighted"
    )
    assert lacking.value is None and lacking.so_far == Fraction(350, 4)


def test_what_has_no_rule_is_not_rolled_up_and_no_calendar_no_year() -> None:
    with pytest.raises(UnknownSeries, match="MONITOR-003"):
        rule_of("rank")
    with pytest.raises(ValueError, match="not rolled up"):
        roll_up([part("2022", Fraction(1), Fraction(0), ())], "Q", "sum")
    with pytest.raises(NoCalendar):
        roll_up([part("2041-01-02", Fraction(1), Fraction(0), ())], "M", "mean", "CN.spot")
