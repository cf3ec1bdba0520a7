"""Signals out of quotes: runs of weeks, breadth, the width of a range."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.price_signal import breadth, spread, trend
from touchstone.facts.calendar import calendar
from touchstone.facts.fact import Fact, fact_id
from touchstone.facts.quotation import quotations
from touchstone.facts.quote import Quote

FRIDAY = date(2020, 9, 25)
SPOT = calendar("CN.spot")


def weekly(*means: int, width: int = 0) -> list[Quote]:
    """Quotes on Fridays up to the 25th of September."""
    known = quotations().get("bi.ingot@market.domestic")
    assert known
    days = [FRIDAY - timedelta(weeks=n) for n in range(len(means))][::-1]
    return [
        Quote(
            known, day.isoformat(), Decimal(mean - width), Decimal(mean + width), "CNY/t",
            (f"low {day}", f"high {day}") if width else (f"price {day}",), "doc",
        )
        for day, mean in zip(days, means, strict=True)
    ]  # fmt: skip


def change(value: int) -> Fact:
    return Fact(
        fact_id(value), "bi", "price.change", "2020-09-25", Decimal(value), "元/吨", Decimal(0), "", None, ""
    )


def test_a_run_counts_the_weeks_back_to_the_turn() -> None:
    found = trend(weekly(50, 40, 41, 42, 43), FRIDAY, 3, SPOT)
    assert found and (found.direction, found.weeks.value, str(found.percent.value)) == (1, 3, "7.50")
    assert found.percent.parents == ("price 2020-09-04", "price 2020-09-25")


def test_a_fall_is_a_run_too() -> None:
    found = trend(weekly(43, 42, 41, 40), FRIDAY, 3, SPOT)
    assert found and (found.direction, str(found.percent.value)) == (-1, "-6.98")


def test_a_run_that_ended_before_this_week_is_none() -> None:
    assert trend(weekly(40, 41, 42, 43), FRIDAY + timedelta(weeks=1), 3, SPOT) is None
    assert trend([], FRIDAY, 1, SPOT) is None
    assert trend(weekly(40), FRIDAY, 1, SPOT) is None


def test_the_last_quote_of_a_week_is_its_close_and_a_week_without_one_is_passed_over() -> None:
    quotes = weekly(40, 41, 42, 43)
    midweek = replace(quotes[2], period="2020-09-16", low=Decimal(30), high=Decimal(30))
    found = trend([quotes[0], midweek, quotes[2], quotes[3]], FRIDAY, 2, SPOT)
    assert found and (found.weeks.value, found.weeks.unit) == (2, "次")


def test_a_run_over_a_closed_week_is_one_of_weeks() -> None:
    """From the 24th of January to the 2nd of February 2020 the market kept the Spring Festival."""
    quotes = [replace(q, period=d) for q, d in zip(
        weekly(40, 41, 42), ("2020-01-17", "2020-01-22", "2020-02-07"), strict=True
    )]  # fmt: skip
    found = trend(quotes, date(2020, 2, 7), 2, SPOT)
    assert found and (found.weeks.value, found.weeks.unit) == (2, "周")


def test_a_run_breaks_at_a_gap_of_more_than_two_weeks_of_trading() -> None:
    quotes = weekly(38, 39, 40, 41, 42)
    old = [replace(quotes[n], period=day) for n, day in ((0, "2019-07-26"), (1, "2019-11-15"))]
    assert trend([*old, *quotes[2:]], FRIDAY, 3, SPOT) is None
    found = trend([*old, *quotes[2:]], FRIDAY, 2, SPOT)
    assert found and (found.weeks.value, found.weeks.unit) == (2, "周")


def test_a_quote_from_before_the_calendar_ends_a_run() -> None:
    quotes = weekly(40, 41, 42)
    assert trend([replace(quotes[0], period="2009-01-05"), *quotes[1:]], FRIDAY, 2, SPOT) is None


def test_breadth_counts_every_direction_once() -> None:
    found = breadth([(1, change(5)), (-1, change(-5)), (0, change(0)), (0, change(1))], FRIDAY)
    assert found and [int(f.value) for f in (found.all, found.up, found.down, found.kept)] == [4, 1, 1, 2]
    assert breadth([], FRIDAY) is None


@given(st.lists(st.sampled_from([1, -1, 0]), min_size=1))
def test_breadth_adds_up(ways: list[int]) -> None:
    found = breadth([(way, change(n)) for n, way in enumerate(ways)], FRIDAY)
    assert found and found.all.value == found.up.value + found.down.value + found.kept.value == len(ways)


def test_a_width_is_set_against_the_median_of_those_before() -> None:
    quotes = [*weekly(100, 100, 100, 100, width=1)[:-1], weekly(100, width=3)[0]]
    found = spread(quotes, 3)
    assert found and [str(f.value) for f in (found.now, found.count, found.median)] == ["6.00", "3", "2.00"]
    assert found.ratio == 300


def test_without_enough_ranges_or_without_any_width_there_is_no_spread() -> None:
    assert spread(weekly(100, 100, width=1), 2) is None
    assert spread(weekly(100, 100, 100), 2) is None
    assert spread([], 0) is None
