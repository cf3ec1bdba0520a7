"""Changes of quotes as facts: exact, with the formula and the parents down to what was printed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.price import move
from touchstone.calc.price_facts import Changes, changes
from touchstone.facts.calendar import calendar
from touchstone.facts.quotation import quotations
from touchstone.facts.quote import Quote

FRIDAY, BEFORE = date(2020, 10, 16), date(2020, 10, 9)
PRICES = st.decimals(min_value="0.01", max_value="99999", places=2)


def quote(
    day: date, low: str | Decimal, high: str | Decimal | None = None, convention: str = "midpoint"
) -> Quote:
    known = quotations().get("bi.ingot@market.domestic")
    assert known
    ids = (f"low {day}",) if high is None else (f"low {day}", f"high {day}")
    high = low if high is None else high
    return Quote(
        replace(known, mean=convention), day.isoformat(), Decimal(low), Decimal(high), "CNY/t", ids, "doc"
    )


def changed(before: Quote, now: Quote) -> Changes:
    found = changes(move([before, now], FRIDAY, calendar("CN.spot")))
    assert found
    return found


def test_ends_mean_and_percent_are_worked_out_exactly() -> None:
    found = changed(quote(BEFORE, "6.25", "7.5"), quote(FRIDAY, "6", "7"))
    assert found.low and found.high
    values = [str(fact.value) for fact in (found.low, found.high, found.mean, found.percent)]
    assert values == ["-0.25", "-0.5", "-0.375", "-5.45"]
    assert found.percent.half_width == Decimal("0.005") and found.mean.half_width == 0


def test_a_change_opens_to_its_means_and_these_to_the_printed_ends() -> None:
    found = changed(quote(BEFORE, "6.25", "7.5"), quote(FRIDAY, "6", "7"))
    means = {fact.id: fact for fact in found.means}
    assert set(found.mean.parents) == set(found.percent.parents) == set(means)
    assert {parent for fact in means.values() for parent in fact.parents} == {
        f"{end} {day}" for end in ("low", "high") for day in (BEFORE, FRIDAY)
    }
    assert found.low and found.low.parents == (f"low {BEFORE}", f"low {FRIDAY}")


def test_every_fact_is_derived_names_its_formula_and_says_against_what() -> None:
    found = changed(quote(BEFORE, "6.25", "7.5"), quote(FRIDAY, "6", "7"))
    assert [fact.rule for fact in found.facts()] == [
        "price.mean", "price.mean", "price.change", "price.change", "price.change", "price.percent",
    ]  # fmt: skip
    assert {fact.status for fact in found.facts()} == {"derived"}
    assert (found.mean.subject, found.mean.place) == ("bi.ingot", "market.domestic")
    assert (found.mean.period, found.mean.base) == ("2020-10-16", "2020-10-09")


def test_single_prices_have_no_ends_and_no_means() -> None:
    found = changed(quote(BEFORE, "41000"), quote(FRIDAY, "41500"))
    assert (found.low, found.high, found.means) == (None, None, ())
    assert found.mean.parents == (f"low {BEFORE}", f"low {FRIDAY}")


def test_the_convention_of_the_quotation_decides_the_mean() -> None:
    found = changed(quote(BEFORE, "40", "44", "low"), quote(FRIDAY, "41", "47", "low"))
    assert found.mean.value == 1


def test_where_there_is_nothing_to_compare_with_there_is_no_change() -> None:
    assert changes(move([quote(FRIDAY, "41000")], FRIDAY, calendar("CN.spot"))) is None


@given(PRICES, PRICES, PRICES, PRICES)
def test_a_change_added_to_the_base_is_the_quote(a: Decimal, b: Decimal, c: Decimal, d: Decimal) -> None:
    before, now = quote(BEFORE, min(a, b), max(a, b)), quote(FRIDAY, min(c, d), max(c, d))
    found = changed(before, now)
    assert found.low and found.high
    assert before.low + found.low.value == now.low and before.high + found.high.value == now.high
    assert before.mean + found.mean.value == now.mean
    exact = Fraction(now.mean - before.mean) / Fraction(before.mean) * 100
    assert abs(Fraction(found.percent.value) - exact) <= Fraction(found.percent.half_width)


@given(PRICES, PRICES)
def test_the_same_quotes_give_the_same_facts(a: Decimal, b: Decimal) -> None:
    one, other = (changed(quote(BEFORE, a), quote(FRIDAY, b)) for _ in range(2))
    assert one == other
