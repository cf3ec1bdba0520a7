"""The balance of a material: exact, with the facts behind every value, and a reason wherever there is none."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.monitor.balance import Balance, balance, rolled
from touchstone.calc.monitor.balance_facts import balance_facts
from touchstone.calc.monitor.balance_table import balances, balances_in
from touchstone.calc.warning.rulebook import book
from touchstone.errors import UnusableDeclaration
from touchstone.facts.fact import Fact
from touchstone.facts.vocabulary import vocabulary

OWN = """
[[balance]]
material = "cu.refined"
zh = "精炼铜"
en = "refined copper"
unit = "万吨"
price_unit = "元/吨"
frequency = "M"
source = "a test"
[balance.lines]
output = {}
import = { subject = ["cu.refined", "cu.cathode"] }
export = {}
stock = { places = ["market.shfe"] }
use = {}
capacity = { frequency = "A" }
price = { subject = "cu.cathode", places = ["market.domestic"], frequency = "D" }
[[balance.inputs]]
subject = "cu.concentrate"
places = ["market.domestic"]
frequency = "D"
amount = "4"
source = "a test"
"""
[DECLARED] = balances_in(OWN, "test.toml")


def fact(
    measure: str, period: str, value: str, unit: str = "万吨", subject: str = "cu.refined", **more: object
) -> Fact:
    place = str(more.pop("place", "market.shfe" if measure == "stock" else "CN"))
    source, half = str(more.pop("source", "a")), Decimal(str(more.pop("half", "0")))
    return Fact(
        f"{subject} {measure} {period} {value} {source}", subject, measure, period, Decimal(value), unit, half, source, None, "t",
        place=place, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def month(period: str, output: str, imports: str, exports: str, stock: str) -> list[Fact]:
    values = {"output": output, "import": imports, "export": exports, "stock": stock}
    return [fact(measure, period, value) for measure, value in values.items()]


YEAR = [
    each for i in range(1, 13) for each in month(f"2022-{i:02}", f"{90 + i}.5", "30", "2", f"{10 + i % 3}")
]


def cell(given: Balance, period: str, item: str):
    return next(row for row in given.rows if row.period == period).cells[item]


def test_apparent_use_is_output_and_net_imports_less_what_went_into_stocks() -> None:
    made = balance(DECLARED, YEAR)
    use = cell(made, "2022-05", "apparent_use")
    assert (
        use.value == Fraction("95.5") + 30 - 2 - (12 - 11)
        and use.unit == "万吨"
        and use.rule == "monitor.apparent_use"
    )
    assert set(use.point.facts) == {f.id for f in YEAR if f.period == "2022-05"} | {
        "cu.refined stock 2022-04 11 a"
    }
    assert cell(made, "2022-05", "apparent_use_gross").value == Fraction("123.5")


def test_a_part_that_is_missing_is_a_reason_and_never_zero() -> None:
    without = [each for each in YEAR if (each.measure, each.period) != ("export", "2022-05")]
    made = balance(DECLARED, without)
    use = cell(made, "2022-05", "apparent_use")
    assert use.value is None and "出口" in use.why.zh and "exports" in use.why.en
    first = cell(made, "2022-01", "apparent_use")
    assert first.value is None and "期初库存" in first.why.zh
    assert (
        cell(made, "2022-05", "use").why.en
        == "the ledger has no monthly reported use of refined copper (China)"
    )


def test_units_are_converted_exactly_and_what_measures_something_else_is_told() -> None:
    tonnes = fact("import", "2022-01", "300000.3", "吨", source="b", published=date(2022, 3, 1))
    made = balance(DECLARED, [*YEAR, tonnes])
    assert cell(made, "2022-01", "import").value == Fraction("30.00003")
    worth = fact("import", "2022-01", "3", "亿元", source="b", published=date(2022, 3, 1))
    wrong = cell(balance(DECLARED, [*YEAR, worth]), "2022-01", "import")
    assert wrong.value is None and "亿元" in wrong.why.zh


def test_two_values_in_one_publication_are_told_and_the_last_publication_counts() -> None:
    two = balance(DECLARED, [*YEAR, fact("output", "2022-02", "99")])
    assert cell(two, "2022-02", "output").value is None and "92.5" in cell(two, "2022-02", "output").why.en
    newer = fact("output", "2022-02", "99", source="b", published=date(2022, 4, 1))
    assert cell(balance(DECLARED, [*YEAR, newer]), "2022-02", "output").value == 99
    assert cell(balance(DECLARED, [*YEAR, newer], date(2022, 3, 31)), "2022-02", "output").value == Fraction(
        "92.5"
    )


def test_january_and_february_together_are_told_as_such() -> None:
    only = [fact("output", "2022-01/2022-02", "180"), fact("output", "2022-03", "95")]
    made = balance(DECLARED, only)
    assert cell(made, "2022-01", "output").why == cell(made, "2022-02", "output").why
    assert "合并" in cell(made, "2022-01", "output").why.zh


def test_the_balance_closes_and_a_reported_use_is_held_against_it() -> None:
    reported = [
        fact("consumption", "2022-05", "122.4", half="0.05"),
        fact("consumption", "2022-06", "120", half="0.05"),
    ]
    made = balance(DECLARED, [*YEAR, *reported])
    closing, fails = cell(made, "2022-05", "gap"), cell(made, "2022-06", "gap")
    assert (closing.value, closing.verdict) == (Fraction("0.1"), "fails")
    assert fails.verdict == "fails"
    exact = balance(DECLARED, [*YEAR, fact("consumption", "2022-05", "122.5", half="0.05")])
    assert (cell(exact, "2022-05", "gap").value, cell(exact, "2022-05", "gap").verdict) == (0, "holds")


AMOUNT = st.decimals(0, 1000, places=2)


@given(AMOUNT, AMOUNT, AMOUNT, AMOUNT, AMOUNT)
def test_opening_and_supply_less_apparent_use_is_closing(
    o: Decimal, i: Decimal, e: Decimal, a: Decimal, z: Decimal
) -> None:
    facts = [fact("stock", "2022-01", str(a)), *month("2022-02", str(o), str(i), str(e), str(z))]
    use = cell(balance(DECLARED, facts), "2022-02", "apparent_use").value
    assert Fraction(a) + Fraction(o) + Fraction(i) - Fraction(e) - use == Fraction(z)


def test_utilisation_is_output_at_a_yearly_rate_over_the_capacity_last_stated() -> None:
    made = balance(DECLARED, [*YEAR, fact("capacity", "2021", "1200", "万吨/年")])
    use = cell(made, "2022-04", "utilisation")
    assert use.value == Fraction("94.5") * Fraction(365, 30) * 100 / 1200 and use.unit == "%"
    assert "产能" in cell(balance(DECLARED, YEAR), "2022-04", "utilisation").why.zh


def priced(day: str, low: str, high: str, subject: str = "cu.cathode") -> list[Fact]:
    ends = (("price.low", low), ("price.high", high))
    return [fact(m, day, v, "元/吨", subject, place="market.domestic") for m, v in ends]


def test_a_monthly_price_is_whole_when_every_trading_day_is_quoted_and_the_margin_needs_its_inputs() -> None:
    days = [
        f"2022-09-{n:02}"
        for n in (1, 2, 5, 6, 7, 8, 9, 13, 14, 15, 16, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30)
    ]
    prices = [each for day in days for each in priced(day, "60000", "60100")]
    made = balance(DECLARED, prices)
    assert cell(made, "2022-09", "price").value == 60050
    assert "铜精矿" in cell(made, "2022-09", "margin").why.zh
    ore = [each for day in days for each in priced(day, "12000", "12000", "cu.concentrate")]
    lacking = cell(balance(DECLARED, prices[2:]), "2022-09", "price")
    assert lacking.value is None and lacking.point.so_far == 60050 and "20/21" in lacking.why.zh
    assert cell(balance(DECLARED, [*prices, *ore]), "2022-09", "margin").value == 60050 - 4 * 12000


def test_rolled_up_by_quarters_or_at_once_the_year_is_the_same_and_incomplete_ones_have_no_value() -> None:
    made = balance(DECLARED, [*YEAR, fact("capacity", "2021", "1200")])
    by_quarters, at_once = rolled(rolled(made, "Q"), "A"), rolled(made, "A")
    assert by_quarters.rows == at_once.rows
    [year] = at_once.rows
    assert year.cells["output"].value == sum(Fraction(f"{90 + i}.5") for i in range(1, 13))
    assert year.cells["stock"].value == 10
    use = year.cells["apparent_use"]
    assert use.value is None and use.point.so_far and "11/12" in use.why.zh
    quarters = rolled(made, "Q").rows
    assert [row.cells["apparent_use"].value is None for row in quarters] == [True, False, False, False]
    weighted = quarters[1].cells["utilisation"]
    assert weighted.value == sum(cell(made, f"2022-0{m}", "utilisation").value for m in (4, 5, 6)) / 3


def test_what_is_worked_out_is_a_fact_with_its_formula_and_its_parents() -> None:
    made = balance(DECLARED, YEAR)
    known: dict[str, date | None] = {fact.id: date(2022, 6, 10) for fact in YEAR}
    stocks = next(f.id for f in YEAR if f.measure == "stock" and f.period == "2022-05")
    known[stocks] = date(2022, 6, 30)
    facts = list(balance_facts(made, known))
    use = next(f for f in facts if f.rule == "monitor.apparent_use" and f.period == "2022-05")
    assert (use.value, use.unit, use.measure, use.status) == (
        Decimal("122.5"),
        "万吨",
        "consumption.apparent",
        "derived",
    )
    assert use.published == date(2022, 6, 30), "it is known once the last of what it stands on is"
    unknown = next(f for f in balance_facts(made, known | {stocks: None}) if f.id == use.id)
    assert unknown.published is None
    assert len(use.parents) == 5 and len({f.id for f in facts}) == len(facts)
    assert not any(f.measure == "output" for f in facts)


def test_nineteen_balances_are_shipped_with_codes_of_the_vocabulary() -> None:
    known = balances()
    assert known.problems == () and len(known.by_material) == 19
    watched = [{each.subject for each in material.series} for material in book().materials]
    lines = {
        code: {code, *(s for line in each.lines.values() for s in line.subjects)}
        for code, each in known.by_material.items()
    }
    assert all(any(each & subjects for subjects in watched) for each in lines.values()), (
        "the same nineteen as under watch"
    )
    words = vocabulary()
    for each in known.by_material.values():
        for line in each.lines.values():
            assert all(words.term(subject) for subject in line.subjects)
            assert all(words.term(place) for place in line.places if place)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('unit = "万吨"', 'unit = "万头龙"'), ('frequency = "M"', 'frequency = "X"'), ("use = {}", "joy = {}"),
        ('source = "a test"\n[balance.lines]', "[balance.lines]"), ('zh = "精炼铜"', 'zh = "精炼铜"\ncolour = 1'), ("[[balance]]", "[[balance]"),
    ],
)  # fmt: skip
def test_a_balance_that_is_not_understood_is_refused_and_the_others_stay(
    old: str, new: str, tmp_path: Path
) -> None:
    with pytest.raises(UnusableDeclaration, match="MONITOR-001"):
        balances_in(OWN.replace(old, new, 1), "own.toml")
    (tmp_path / "own.toml").write_text(OWN.replace(old, new, 1), encoding="utf-8")
    known = balances(tmp_path)
    assert len(known.problems) == 1 and len(known.by_material) == 19
