"""How quotes moved: against last Friday through holidays, and new, unchanged, carried over and stale told apart."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from touchstone.calc.price import Move, in_unit, move, moves
from touchstone.facts.calendar import calendar
from touchstone.facts.quotation import Quotation
from touchstone.facts.quote import Quote
from touchstone.facts.unit import unit

SPOT = calendar("CN.spot")
SELENIUM = Quotation(
    "se.powder@market.domestic", "se.powder", "market.domestic", "CNY/kg", "included", calendar="CN.spot"
)


def quotes(text: str) -> list[Quote]:
    """Quotes of selenium, one a line: day low high, and `<- day` where it only restates that day."""
    found = []
    for line in text.strip().splitlines():
        day, low, high, *rest = line.split()
        carried = date.fromisoformat(rest[1]) if rest else None
        ids = (f"{day}.low", f"{day}.high")
        found.append(
            Quote(
                SELENIUM,
                day,
                Decimal(low),
                Decimal(high),
                "CNY/kg",
                ids,
                "s",
                carried_from=carried,
            )
        )
    return found


def moved(text: str, day: str) -> Move:
    """The move of selenium up to a day."""
    return move(quotes(text), date.fromisoformat(day), SPOT)


def test_in_the_week_of_the_national_day_the_day_before_the_holiday_stands_for_last_friday() -> None:
    found = moved("2020-09-29 88 108\n2020-09-30 90 110\n2020-10-09 92 111", "2020-10-09")
    assert found.comparison.friday == date(2020, 10, 2) and found.comparison.day == date(2020, 9, 30)
    assert (found.low, found.high, found.mean, found.direction) == (2, 1, Decimal("1.5"), 1)
    assert found.percent == Fraction(3, 2)
    assert "9月30日" in found.comparison.reason.zh and "30 September" in found.comparison.reason.en


def test_in_an_ordinary_week_it_is_the_friday_itself() -> None:
    found = moved("2020-09-11 90 110\n2020-09-18 85 105", "2020-09-18")
    assert found.comparison.day == date(2020, 9, 11) and found.direction == -1


def test_the_smallest_printed_difference_is_a_change() -> None:
    assert moved("2020-09-11 2.85 3.1\n2020-09-18 2.84 3.1", "2020-09-18").direction == -1


def test_moved_unchanged_first_carried_over_and_stale_are_told_apart() -> None:
    assert moved("2020-09-17 90 110\n2020-09-18 92 110", "2020-09-18").standing == "moved"
    assert moved("2020-09-17 90 110\n2020-09-18 90 110", "2020-09-18").standing == "unchanged"
    assert moved("2020-09-18 90 110", "2020-09-18").standing == "first"
    assert (
        moved("2020-09-17 90 110\n2020-09-18 90 110 <- 2020-09-17", "2020-09-18").standing == "carried-over"
    )
    assert moved("2020-09-17 90 110", "2020-09-18").standing == "carried-over"
    late = moved("2020-09-11 90 110", "2020-09-21")
    assert (late.standing, late.age) == ("stale", 6)


def test_a_restated_quote_is_as_old_as_the_day_it_was_quoted() -> None:
    assert moved("2020-09-30 90 110\n2020-10-09 90 110 <- 2020-09-30", "2020-10-09").age == 1


def test_nothing_to_compare_with_is_said_and_no_change_is_made_up() -> None:
    found = moved("2020-10-09 90 110", "2020-10-09")
    assert found.base is None and found.low is None and found.percent is None and found.direction == 0
    assert "没有报价" in found.comparison.reason.zh


def test_quotes_in_units_of_two_kinds_are_not_compared() -> None:
    old, new = quotes("2020-09-11 90 110\n2020-09-18 92 110")
    changed = replace(new, unit="USD/kg")
    found = move([old, changed], date(2020, 9, 18), SPOT)
    assert found.base is None and found.refused and "USD/kg" in found.refused.en


def test_quotes_in_two_sizes_of_a_unit_are_compared_exactly() -> None:
    old, new = quotes("2020-09-11 90 110\n2020-09-18 9.2 11.1")
    changed = replace(new, unit=unit("万元/吨").code)
    found = move([old, changed], date(2020, 9, 18), SPOT)
    assert (found.low, found.high, found.refused) == (Decimal("0.2"), Decimal("0.1"), None)


def test_a_price_a_pound_is_no_price_a_kilogram_to_the_last_digit() -> None:
    [quote] = quotes("2020-09-11 90 110")
    assert in_unit(replace(quote, unit="USD/lb"), "USD/kg") is None
    assert in_unit(replace(quote, unit="USD/kg"), "USD/lb") is None


def test_quotes_from_before_the_calendar_are_compared_with_nothing() -> None:
    found = moved("2009-03-06 88 108\n2020-09-18 92 110", "2020-09-18")
    assert found.base is None and found.refused and "早于" in found.refused.zh


def test_every_quotation_has_its_own_move_and_monthly_means_have_none() -> None:
    days = quotes("2020-09-17 90 110\n2020-09-18 92 110\n2020-09-21 93 110")
    month = Quote(SELENIUM, "2020-09", Decimal(91), Decimal(91), "CNY/kg", ("m",), "s")
    [found] = moves([*days, month], date(2020, 9, 18), {"CN.spot": SPOT})
    assert found.quote.period == "2020-09-18"


def test_a_price_dated_on_a_closed_day_is_carried_over_not_quoted() -> None:
    assert moved("2020-09-30 90 110\n2020-10-06 90 110", "2020-10-06").standing == "carried-over"


def test_the_ends_of_a_range_are_not_compared_with_a_single_price() -> None:
    before, now = quotes("2020-09-30 90 110\n2020-10-09 95 95")
    now = replace(now, facts=now.facts[:1])
    found = move([before, now], date(2020, 10, 9), SPOT)
    assert (found.low, found.high, found.mean) == (None, None, -5)


def test_a_quote_nobody_renewed_is_compared_with_nothing_not_with_itself() -> None:
    found = moved("2020-09-29 88 108\n2020-09-30 90 110", "2020-10-10")
    assert (found.base, found.mean, found.standing) == (None, None, "carried-over")
    assert found.is_last_fridays and not found.refused


def test_the_same_price_in_another_size_of_the_unit_is_unchanged() -> None:
    first, second = quotes("2020-09-30 38 39\n2020-10-09 38 39")
    by_the_tonne = replace(first, low=Decimal(38000), high=Decimal(39000), unit="CNY/t")
    found = move([by_the_tonne, second], date(2020, 10, 9), SPOT)
    assert (found.standing, found.mean) == ("unchanged", 0)
