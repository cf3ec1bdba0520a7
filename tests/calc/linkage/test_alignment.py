"""Quotes of several markets on one basis and one clock: what is compared is comparable, the rest is told."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from touchstone.calc.linkage.alignment import Aligned, Basis, aligned, returns
from touchstone.errors import UnusableSeries
from touchstone.facts.exchange import ExchangeRates
from touchstone.facts.fact import Fact
from touchstone.facts.quotation import Quotation
from touchstone.facts.quote import Quote
from touchstone.facts.tax import value_added_tax

FIRST = date(2020, 1, 6)
HOME = Quotation("cu@home", "cu", "home", "CNY/t", "included", "stated")
ABROAD = Quotation("cu@abroad", "cu", "abroad", "USD/t", "excluded", "stated")


def quotes(
    row: Quotation, prices: list[str], start: date = FIRST, carried: tuple[int, ...] = ()
) -> list[Quote]:
    """One quote each working day."""
    days = [start + timedelta(weeks=n // 5, days=n % 5) for n in range(len(prices))]
    return [
        Quote(row, day.isoformat(), Decimal(p), Decimal(p), row.unit, (f"{row.code}{day}",), "s",
              carried_from=day - timedelta(1) if n in carried else None)
        for n, (day, p) in enumerate(zip(days, prices, strict=True))
    ]  # fmt: skip


def rates(values: list[str]) -> ExchangeRates:
    """A rate each working day."""
    days = [FIRST + timedelta(weeks=n // 5, days=n % 5) for n in range(len(values))]
    return ExchangeRates(
        Fact(
            f"fx{d}",
            "currency.usd",
            "exchange_rate",
            d.isoformat(),
            Decimal(v),
            "元/美元",
            Decimal(0),
            "s",
            None,
            "t",
        )
        for d, v in zip(days, values, strict=True)
    )


def brought(
    series: dict[str, list[Quote]], clock: str = "D", basis: Basis | None = None, fx: ExchangeRates | None = None,
    least: int = 3,
) -> Aligned:  # fmt: skip
    exchange = (fx or ExchangeRates([])).on
    return aligned(series, clock, basis or Basis(), exchange, lambda day: value_added_tax("CN", day), least)


def test_a_price_that_follows_exchange_rate_and_tax_stands_beside_the_price_abroad() -> None:
    home = quotes(
        HOME, ["7910", "7345", "8475", "8023"]
    )  # with tax: 1,000 dollars at 7, 6.5, 7.5, then 7 yuan, 1,014.3
    abroad = quotes(ABROAD, ["1000", "1010", "1020", "1030"])
    found = brought(
        {"home": home, "abroad": abroad}, basis=Basis("USD", "excluded"), fx=rates(["7", "6.5", "7.5", "7"])
    )
    assert np.allclose(np.exp(found.prices.values[:, 0]), [1000, 1000, 1000, 7100 / 7])
    assert np.allclose(np.exp(found.prices.values[:, 1]), [1000, 1010, 1020, 1030])


@pytest.mark.parametrize("basis", [Basis(), Basis("CNY", "excluded"), Basis("USD")])
@pytest.mark.parametrize("row", [HOME, replace(HOME, unit="")])
def test_a_series_whose_unit_changes_halfway_is_the_series_in_one_unit(row: Quotation, basis: Basis) -> None:
    """103,500 yuan a tonne, and from the third day 102.5 yuan a kilogram."""
    tonnes = [replace(q, unit="CNY/t") for q in quotes(row, ["103500", "103000", "102500", "104000"])]
    kilos = [replace(q, low=q.low / 1000, high=q.high / 1000, unit="CNY/kg") for q in tonnes]
    abroad, fx = quotes(ABROAD, ["1000", "1010", "1020", "1030"]), rates(["7", "6.5", "7.5", "7"])
    one = brought({"home": tonnes, "abroad": abroad}, basis=basis, fx=fx)
    for mixed in ([*kilos[:2], *tonnes[2:]], [*tonnes[:2], *kilos[2:]]):
        found = brought({"home": mixed, "abroad": abroad}, basis=basis, fx=fx)
        assert np.allclose(
            np.diff(found.prices.values, axis=0), np.diff(one.prices.values, axis=0), atol=1e-12
        )
        if row.unit:
            assert np.array_equal(found.prices.values, one.prices.values) and found.units == one.units


def test_a_quote_that_cannot_be_brought_to_the_unit_of_its_series_is_left_out_and_told() -> None:
    row = replace(HOME, unit="")
    home = [replace(q, unit="CNY/t") for q in quotes(row, ["10", "11", "12", "13", "15"])]
    home[1] = replace(home[1], unit="USD/t")
    found = brought({"home": home, "abroad": quotes(ABROAD, ["10", "12", "13", "12", "11"])})
    assert [problem.code for problem in found.left_out] == ["LINK-007"] and len(found.prices) == 4


def test_only_days_every_series_was_quoted_on_are_kept() -> None:
    one, other = quotes(HOME, ["10", "11", "12", "13", "15"]), quotes(ABROAD, ["10", "12", "11", "13", "16"])
    found = brought({"one": one, "other": [other[0], other[2], other[3], other[4]]})
    assert found.prices.periods == tuple(q.period for q in (one[0], one[2], one[3], one[4]))
    assert found.facts["other"][1] == other[2].facts


def test_a_week_is_its_last_common_day() -> None:
    one, other = (
        quotes(HOME, [str(n + n % 3) for n in range(10, 30)]),
        quotes(ABROAD, [str(n) for n in range(50, 70)]),
    )
    found = brought({"one": one, "other": [q for q in other if q.day.weekday() != 4]}, "W")
    assert [date.fromisoformat(p).weekday() for p in found.prices.periods] == [3, 3, 3, 3]


def test_a_quote_carried_over_is_no_news() -> None:
    one, other = (
        quotes(HOME, ["10", "11", "11", "12"], carried=(2,)),
        quotes(ABROAD, ["10", "12", "13", "12"]),
    )
    assert len(brought({"one": one, "other": other}).prices) == 3


def test_a_day_without_a_rate_is_left_out_and_told() -> None:
    fx = rates(["7", "7.1", "7.2", "7.1", "7"])
    late = FIRST + timedelta(days=60)
    home = [*quotes(HOME, ["10", "12", "11", "12"]), *quotes(HOME, ["13"], late)]
    abroad = [*quotes(ABROAD, ["10", "12", "13", "12"]), *quotes(ABROAD, ["14"], late)]
    found = brought({"home": home, "abroad": abroad}, basis=Basis("USD"), fx=fx)
    assert len(found.prices) == 4
    assert [problem.code for problem in found.left_out] == ["RATE-001"]


def test_a_price_in_the_wrong_currency_is_left_out_and_told() -> None:
    wrong = Quote(ABROAD, "2020-01-07", Decimal(12), Decimal(12), "CNY/t", ("x",), "s")
    one, other = quotes(HOME, ["10", "11", "12", "11"]), quotes(ABROAD, ["10", "12", "13", "12"])
    found = brought({"one": one, "other": [other[0], wrong, *other[2:]]})
    assert [problem.code for problem in found.left_out] == ["LINK-007"] and len(found.prices) == 3


def test_a_short_series_is_left_out_so_that_it_does_not_shorten_the_others() -> None:
    one, other = quotes(HOME, ["10", "11", "12", "11", "13"]), quotes(ABROAD, ["10", "12", "13", "12", "14"])
    found = brought({"one": one, "other": other, "short": quotes(ABROAD, ["5"])}, least=4)
    assert found.prices.names == ("one", "other")
    assert [problem.code for problem in found.left_out] == ["LINK-006"]


def test_series_never_quoted_on_one_day_are_refused_with_a_remedy() -> None:
    one, other = quotes(HOME, ["10", "11", "12"]), quotes(ABROAD, ["10", "11", "12"], FIRST + timedelta(300))
    with pytest.raises(UnusableSeries) as refused:
        brought({"one": one, "other": other})
    assert refused.value.code == "LINK-008" and "按周" in refused.value.text("zh")


def test_a_constant_series_is_refused_by_name() -> None:
    one, still = quotes(HOME, ["10", "11", "12", "14"]), quotes(ABROAD, ["10", "10", "10", "10"])
    with pytest.raises(UnusableSeries, match="LINK-003") as refused:
        brought({"one": one, "still": still})
    assert refused.value.where.startswith("still ")


def test_returns_are_differences_of_logs_dated_by_their_end() -> None:
    one, other = quotes(HOME, ["10", "11", "12", "14"]), quotes(ABROAD, ["10", "12", "11", "10"])
    prices = brought({"one": one, "other": other}).prices
    found = returns(prices)
    assert found.periods == prices.periods[1:]
    assert np.allclose(found.values[0], [np.log(1.1), np.log(1.2)])


def test_a_constant_series_among_others_is_left_out_and_the_rest_goes_on() -> None:
    one, other = quotes(HOME, ["10", "11", "12", "14"]), quotes(ABROAD, ["10", "12", "11", "10"])
    found = brought({"one": one, "still": quotes(ABROAD, ["5", "5", "5", "5"]), "other": other})
    assert found.prices.names == ("one", "other")
    assert [problem.code for problem in found.left_out] == ["LINK-003"]


def test_a_series_of_another_time_is_left_out_and_the_rest_goes_on() -> None:
    one, other = quotes(HOME, ["10", "11", "12", "14"]), quotes(ABROAD, ["10", "12", "11", "10"])
    old = quotes(ABROAD, ["5", "6", "7", "8"], FIRST - timedelta(700))
    found = brought({"one": one, "old": old, "other": other})
    assert found.prices.names == ("one", "other")
    assert [(problem.code, problem.where) for problem in found.left_out] == [("LINK-011", "old")]


def test_a_gap_longer_than_the_clock_is_said() -> None:
    prices = ["10", "11", "12", "14", "13", "15"]
    one = [*quotes(HOME, prices[:3]), *quotes(HOME, prices[3:], FIRST + timedelta(140))]
    other = [*quotes(ABROAD, prices[3:]), *quotes(ABROAD, prices[:3], FIRST + timedelta(140))]
    notes = brought({"one": one, "other": other}).notes
    assert any("1处间隔长于取样周期" in note.zh and "2020-01-08–2020-05-25" in note.en for note in notes)


def test_rates_that_are_not_of_the_day_are_counted_and_open_to_their_figures() -> None:
    home, abroad = quotes(HOME, ["10", "12", "11", "13"]), quotes(ABROAD, ["10", "12", "13", "12"])
    found = brought({"home": home, "abroad": abroad}, basis=Basis("USD"), fx=rates(["7", "7.1"]))
    assert any("home有2期的汇率不是当日牌价" in note.zh for note in found.notes)
    assert found.facts["home"][3] == (*home[3].facts, f"fx{FIRST + timedelta(1)}")


def test_the_mean_of_a_range_is_that_of_its_quotation() -> None:
    low = replace(HOME, mean="low")
    one = [replace(q, quotation=low, high=q.high * 2) for q in quotes(HOME, ["10", "11", "12", "14"])]
    found = brought({"one": one, "other": quotes(ABROAD, ["10", "12", "11", "10"])})
    assert np.allclose(np.exp(found.prices.values[:, 0]), [10, 11, 12, 14])
