"""Formulas made at random: trees as the reader builds them, with values that keep divisors away from zero."""

from decimal import Decimal

from hypothesis import strategies as st

from touchstone.calc.carbon.formula.expression import (
    Expression,
    Name,
    Negative,
    Number,
    Power,
    Quotient,
    added,
    multiplied,
)

NAMES = ("amount", "ncv", "cc", "of", "loss")
numbers = st.decimals(min_value=0, max_value=9999, places=3).map(Number)
names = st.sampled_from(NAMES).map(Name)
positive = st.decimals(min_value="0.01", max_value=100, places=2)


def trees(leaves: int = 12) -> st.SearchStrategy[Expression]:
    """Any tree, flat as `parse` makes it."""

    def grown(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        several = st.lists(inner, min_size=2, max_size=4)
        return st.one_of(
            several.map(added),
            several.map(multiplied),
            st.builds(Quotient, inner, inner),
            st.builds(Negative, inner),
            st.builds(Power, inner, st.integers(-3, 3)),
        )

    return st.recursive(st.one_of(numbers, names), grown, max_leaves=leaves)


def smooth(leaves: int = 8) -> st.SearchStrategy[Expression]:
    """Trees that have a value and a derivative for all positive inputs: what is divided by is a sum of positive parts."""
    above = st.one_of(names, st.decimals(min_value="0.1", max_value=50, places=2).map(Number))

    def grown(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        several = st.lists(inner, min_size=2, max_size=3)
        return st.one_of(
            several.map(added),
            several.map(multiplied),
            st.builds(Quotient, inner, inner),
            st.builds(Power, inner, st.integers(-2, 3)),
        )

    return st.recursive(above, grown, max_leaves=leaves)


def values() -> st.SearchStrategy[dict[str, Decimal]]:
    """A value above zero of every name."""
    return st.fixed_dictionaries(dict.fromkeys(NAMES, positive))
