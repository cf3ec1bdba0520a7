"""Facts become one time series, or are refused by name."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from touchstone.calc.timeseries import clock, long_enough, moving, positive, time_series, without_gaps
from touchstone.errors import UnusableSeries
from touchstone.facts.fact import Fact


def printed(
    period: str, value: str, published: date | None = None, source: str = "a", unit: str = "万吨"
) -> Fact:
    return Fact(f"{source}{period}{value}", "cu.refined", "output", period, Decimal(value), unit, Decimal(0), source, None, "t",
                published=published)  # fmt: skip


def test_the_last_publication_of_a_month_counts_and_the_earlier_one_as_of_its_day() -> None:
    facts = [
        printed("2022-06", "90", date(2022, 7, 15)),
        printed("2022-07", "92", date(2022, 8, 15), "b"),
        printed("2022-06", "91", date(2022, 8, 15), "b"),
    ]
    assert time_series("cu", facts, "M").values.tolist() == [91, 92]
    then = time_series("cu", facts, "M", published_by=date(2022, 8, 1))
    assert then.periods == ("2022-06",) and then.values.tolist() == [90]
    assert then.facts == ((facts[0].id,),)


def test_a_month_nobody_published_stays_empty_and_is_named() -> None:
    series = time_series("cu", [printed("2022-01", "1"), printed("2022-04", "2")], "M")
    assert series.periods == clock("2022-01", "2022-04") and series.gaps == ("2022-02", "2022-03")
    with pytest.raises(UnusableSeries, match="SERIES-002  cu 2022-02"):
        without_gaps(series)


def test_two_values_of_one_month_in_one_publication_are_refused() -> None:
    with pytest.raises(UnusableSeries, match="SERIES-001  cu 2022-06"):
        time_series("cu", [printed("2022-06", "90"), printed("2022-06", "91")], "M")


def test_two_units_or_base_years_are_refused() -> None:
    with pytest.raises(UnusableSeries, match="SERIES-006  cu 2022-07"):
        time_series("cu", [printed("2022-06", "90"), printed("2022-07", "91", unit="吨")], "M")


def test_short_constant_and_impossible_series_are_refused() -> None:
    series = time_series("cu", [printed("2022-06", "90"), printed("2022-07", "90")], "M")
    with pytest.raises(UnusableSeries, match="SERIES-003"):
        long_enough(series, 36, "季节调整", "seasonal adjustment")
    with pytest.raises(UnusableSeries, match="SERIES-004"):
        moving(series)
    below = time_series("cu", [printed("2022-06", "-3")], "M")
    with pytest.raises(UnusableSeries, match="SERIES-005  cu 2022-06"):
        positive(below)


def corrected(value: str, known: Fact, published: date | None = None) -> Fact:
    return replace(printed(known.period or "", value, published or known.published), replaces=known.id)


def test_a_correction_of_a_correction_counts_in_whatever_order_they_come() -> None:
    first = printed("2022-06", "90", date(2022, 7, 15))
    second = corrected("91", first)
    third = corrected("89", second)
    for order in permutations([first, second, third]):
        series = time_series("cu", order, "M")
        assert series.values.tolist() == [89] and series.facts == ((third.id,),)


def test_two_corrections_of_one_value_contradict_each_other() -> None:
    first = printed("2022-06", "90")
    with pytest.raises(UnusableSeries, match="SERIES-001  cu 2022-06"):
        time_series("cu", [first, corrected("91", first), corrected("92", first)], "M")


def test_corrections_that_replace_each_other_in_a_circle_are_refused_and_no_month_is_lost() -> None:
    one, other = printed("2022-06", "90"), printed("2022-06", "91")
    with pytest.raises(UnusableSeries, match="SERIES-001  cu 2022-06"):
        time_series("cu", [replace(one, replaces=other.id), replace(other, replaces=one.id)], "M")


def test_as_of_a_day_a_later_correction_replaces_nothing() -> None:
    first = printed("2022-06", "90", date(2022, 7, 15))
    later = corrected("91", first, date(2022, 8, 1))
    assert time_series("cu", [later, first], "M", published_by=date(2022, 7, 20)).values.tolist() == [90]
    assert time_series("cu", [later, first], "M").values.tolist() == [91]
