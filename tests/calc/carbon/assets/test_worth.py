"""What a position is worth, and what CBAM costs: by cited prices and parameters, or not at all."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.carbon.assets.cbam import cost, cost_by_library, declared_by_default
from touchstone.calc.carbon.assets.position import Emitted, exposure, position
from touchstone.calc.carbon.assets.price import last_price, prices
from touchstone.calc.carbon.factors.library import library

D = Decimal
TONNES = st.decimals("0", "1000000", places=2)
PRICE = st.decimals("1", "500", places=2)


def test_prices_are_the_cited_ones_and_2026_has_none() -> None:
    found = prices(library())
    assert [each.value for each in found if each.first.year == 2021] == [D("48"), D("54.22")]
    assert found[-1].value is None and found[-1].note and found[-1].first == date(2026, 1, 1)
    assert all(each.tag in ("F", "C") and each.document == "cea-price" for each in found)
    assert not prices(library(), "gec")


def test_the_last_price_is_the_one_known_by_then_and_keeps_its_day() -> None:
    assert last_price(library(), date(2021, 7, 15)) is None
    september = last_price(library(), date(2025, 9, 29))
    assert september and september.value == D("62.94") and september.first == date(2025, 9, 1)
    latest = last_price(library(), date(2026, 11, 1))
    assert latest and (latest.value, latest.last) == (D("57.97"), date(2025, 9, 30))


@given(TONNES, TONNES, TONNES, PRICE)
def test_a_shortfall_costs_and_a_surplus_brings_the_price_a_tonne(
    held: Decimal, surrendered: Decimal, emitted: Decimal, price: Decimal
) -> None:
    of = position("a", 2025, held, surrendered, {("a", 2025): Emitted(emitted, emitted * D("0.9"), emitted * D("1.1"))})  # fmt: skip
    worth = exposure(of, price)
    assert of.balance == held + surrendered - emitted and worth.value == of.balance * price
    assert of.to_surrender == max(emitted - surrendered, D(0))
    assert exposure(of, price + 1).value == worth.value + worth.per_yuan  # type: ignore[operator]
    assert worth.low is not None and worth.high is not None and worth.low <= worth.value <= worth.high
    assert worth.step == of.balance * price * D("1.1")


def test_without_emissions_nothing_is_owed_and_nothing_is_worth_anything() -> None:
    of = position("a", 2025, D(10), D(0), lambda *_: None)
    worth = exposure(of, D(60))
    assert (of.balance, of.to_surrender, worth.value, worth.low, worth.step) == (None,) * 5
    assert exposure(position("a", 2025, D(10), D(0), {("a", 2025): Emitted(D(4))}), D(60)).low is None


def test_cbam_by_the_formula() -> None:
    assert declared_by_default(D("3.00"), D("0.20")) == D("3.6")
    assert cost(D("3.3"), D("1.423"), D("0.975"), D(80)) == (D("3.3") - D("1.423") * D("0.975")) * 80
    assert cost(D("1.0"), D("1.423"), D(1), D(80)) < 0


def test_an_unverified_free_share_is_never_taken_silently() -> None:
    day = date(2026, 5, 1)
    asked = cost_by_library(library(), "aluminium.unwrought", day, D(80))
    [free] = [each for each in asked.parameters if each.key == "free"]
    assert asked.per_tonne is None and free.value is None and free.tag == "unverified" and free.flag
    allowed = cost_by_library(library(), "aluminium.unwrought", day, D(80), unverified=True)
    assert allowed.per_tonne == cost(D("3.3"), D("1.423"), D("0.975"), D(80))
    assert {each.key for each in allowed.parameters if each.flag} == {"declared", "benchmark", "free"}
    given_ = cost_by_library(library(), "aluminium.unwrought", day, D(80), declared=D("1.6"), free=D("0.975"))
    assert given_.per_tonne == cost(D("1.6"), D("1.423"), D("0.975"), D(80))


def test_goods_of_aluminium_add_to_the_benchmark_and_marks_up_rise_by_year() -> None:
    foil = cost_by_library(library(), "aluminium.foil", date(2028, 5, 1), D(80), free=D(1))
    values = {each.key: each.value for each in foil.parameters}
    assert values["benchmark"] == D("1.423") + D("0.166") and values["declared"] == D("5.56") * D("1.3")
    assert cost_by_library(library(), "aluminium.wire", date(2026, 5, 1), D(80), free=D(1)).per_tonne is None
    assert (
        cost_by_library(library(), "aluminium.foil", date(2040, 5, 1), D(80), unverified=True).per_tonne
        is None
    )
