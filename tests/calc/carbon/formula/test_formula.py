"""One tree, read, written, worked out exactly and on columns, differentiated, and asked of a database: all agree."""

from decimal import Decimal
from fractions import Fraction

import duckdb
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from touchstone.calc.carbon.formula.columns import sql
from touchstone.calc.carbon.formula.derive import derive, simplified
from touchstone.calc.carbon.formula.evaluate import evaluate, exactly
from touchstone.calc.carbon.formula.expression import Expression
from touchstone.calc.carbon.formula.parse import parse
from touchstone.calc.carbon.formula.written import source, worded, written
from touchstone.errors import UnusableDeclaration, UnusableSeries
from touchstone.facts.text import Text

from .made import NAMES, smooth, trees, values

FUEL = "amount * ncv * cc / 1000 * of * 44 / 12"


@given(trees())
def test_what_is_written_reads_back_as_the_same_tree(tree: Expression) -> None:
    assert parse(source(tree)) == tree


@given(trees(), values())
def test_simplifying_changes_no_value(tree: Expression, of: dict[str, Decimal]) -> None:
    try:
        before = exactly(tree, of)
    except UnusableSeries:
        assume(False)
    else:
        assert exactly(simplified(tree), of) == before


@given(smooth(), values())
def test_columns_give_the_exact_value_to_twelve_digits(tree: Expression, of: dict[str, Decimal]) -> None:
    exact = exactly(tree, of)
    assume(Fraction(1, 10**100) < abs(exact) < 10**100)
    [found] = evaluate(tree, {key: np.array([float(value)]) for key, value in of.items()})
    assert abs(Fraction(float(found)) - exact) <= abs(exact) / 10**12


@given(smooth(), values(), st.sampled_from(NAMES))
def test_a_derivative_is_the_slope_between_two_near_points(
    tree: Expression, of: dict[str, Decimal], by: str
) -> None:
    """The difference of two exact values over a step of 1e-12: the rest is of second order."""
    at = {key: Fraction(value) for key, value in of.items()}
    slope, step = exactly(derive(tree, by), at), Fraction(1, 10**12)
    above, below = (exactly(tree, {**at, by: at[by] + sign * step}) for sign in (1, -1))
    assert abs((above - below) / (2 * step) - slope) <= (abs(slope) + abs(exactly(tree, at)) / at[by]) / 10**6


@given(st.lists(values(), min_size=1, max_size=5), smooth())
def test_the_database_gives_what_the_columns_give(rows: list[dict[str, Decimal]], tree: Expression) -> None:
    table = ", ".join(f"({', '.join(str(row[key]) for key in NAMES)})" for row in rows)
    query = f"SELECT {sql(tree, {key: f't.{key}_' for key in NAMES})} FROM (VALUES {table}) AS t({', '.join(f'{key}_' for key in NAMES)})"
    expected = evaluate(tree, {key: np.array([float(row[key]) for row in rows]) for key in NAMES})
    found = [row[0] for row in duckdb.sql(query).fetchall()]
    assert found == pytest.approx(np.broadcast_to(expected, len(rows)), rel=1e-12)


def test_the_database_divides_by_zero_to_nothing_and_by_twelve_in_fractions() -> None:
    query = f"SELECT {sql(parse('44 / 12'), {})}, {sql(parse('a / b'), {'a': '1', 'b': '0'})}, {sql(parse('b ** -2'), {'b': '0'})}"
    assert duckdb.sql(query).fetchall() == [(44 / 12, None, None)]


def test_a_tonne_of_coke_by_the_table_of_2013_is_two_point_eight_six_two() -> None:
    """28.447 GJ/t, 29.50 tC/TJ, 93 %: the factor that the guideline of 2015 prints for coke as a reductant."""
    of = {"amount": Decimal(1), "ncv": Decimal("28.447"), "cc": Decimal("29.50"), "of": Decimal("0.93")}
    assert round(exactly(parse(FUEL), of), 3) == Fraction("2.862")


def test_a_formula_is_printed_with_its_numbers_and_units() -> None:
    of = {
        "amount": (Decimal(1200), "t"),
        "ncv": (Decimal("20.304"), "GJ/t"),
        "cc": (Decimal("27.49"), "tC/TJ"),
        "of": (Decimal("0.94"), "times"),
    }
    assert written(parse(FUEL), of, "en") == "1200 t × 20.304 GJ/t × 27.49 tC/TJ ÷ 1000 × 0.94 × 44 ÷ 12"
    assert (
        written(parse(FUEL), of, "zh")
        == "1200 吨 × 20.304 吉焦/吨 × 27.49 吨（碳）/太焦 ÷ 1000 × 0.94 × 44 ÷ 12"
    )
    assert (
        written(parse("(a - b)**2"), {"a": (Decimal(-3), "t"), "b": (Decimal(95), "°C")}, "en")
        == "((−3 t) − 95 °C)²"
    )


def test_a_formula_is_printed_in_the_words_of_its_parameters() -> None:
    names = {"p": Text("产量", "output"), "s": Text("含硫量", "sulphur")}
    assert worded(parse("p * (1 - s)"), names, "zh") == "产量 × (1 − 含硫量)"
    assert worded(parse("p * (1 - s)"), names, "en") == "output × (1 − sulphur)"


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("amount * __import__('os')", 10),
        ("amount ** ncv", 11),
        ("amount ** 99", 11),
        ("amount ** 2.5", 11),
        ("amount + Ncv", 10),
        ("产量 * ncv", 1),
        ("amount * 0x1F", 10),
        ("amount * 1_000", 10),
        ("amount * 2j", 10),
        ("amount * 'ncv'", 10),
        ("amount % 3", 1),
        ("amount if ncv else 1", 1),
        ("a.b", 1),
        ("a[1]", 1),
        ("amount, ncv", 1),
        ("~amount", 1),
        ("+amount", 1),
        ("True * 2", 1),
        ("amount * * 2", 10),
        ("(amount", 1),
        ("", 1),
        ("x" * 2001, 1),
        ("amount\0", 7),
        ("(" * 900 + "1" + ")" * 900, 1),
        ("-" * 1900 + "1", 1),
    ],
)  # fmt: skip
def test_what_is_no_formula_is_refused_with_its_column(text: str, column: int) -> None:
    with pytest.raises(UnusableDeclaration) as refused:
        parse(text, "method.toml term[fuel].formula")
    assert refused.value.code == "FORMULA-001" and refused.value.zh
    place, _, found = refused.value.where.rpartition(" ")
    assert place == "method.toml term[fuel].formula, column" and (
        int(found) == column or column == 1 or "\0" in text
    )


@given(st.text(max_size=40))
def test_any_text_is_a_formula_or_refused(text: str) -> None:
    try:
        tree = parse(text)
    except UnusableDeclaration as refused:
        assert refused.code == "FORMULA-001"
    else:
        assert parse(source(tree)) == tree


def test_rows_without_a_number_are_named_and_nothing_is_given() -> None:
    with pytest.raises(UnusableSeries) as refused:
        evaluate(parse("a / b"), {"a": np.array([1.0, 2.0, np.nan]), "b": np.array([1.0, 0.0, 1.0])})
    assert (refused.value.code, refused.value.where) == ("FORMULA-003", "row 1, 2")
    assert "a = 2, b = 0" in refused.value.found
    with pytest.raises(UnusableSeries, match="FORMULA-003"):
        exactly(parse("1 / (a - a)"), {"a": 1})


def test_a_name_without_a_value_is_never_assumed() -> None:
    for work in (lambda: exactly(parse("a * b"), {"a": 1}), lambda: evaluate(parse("a * b"), {"a": 1.0}),
                 lambda: sql(parse("a * b"), {"a": "x"}), lambda: written(parse("a * b"), {"a": (Decimal(1), "t")}, "en")):  # fmt: skip
        with pytest.raises(UnusableSeries, match="FORMULA-002  b"):
            work()
