"""Benjamini-Hochberg: the q values of many tests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from touchstone.calc.linkage.false_discovery import benjamini_hochberg

PROBABILITIES = st.lists(st.floats(0, 1, allow_nan=False), min_size=1, max_size=40)


def test_the_paper_calls_four_of_its_fifteen_tests_real_at_five_percent() -> None:
    """Benjamini & Hochberg 1995, section 3.2: the fifteen p values of the myocardial-infarction example."""
    published = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]  # fmt: skip
    assert sum(q <= 0.05 for q in benjamini_hochberg(published)) == 4


@given(PROBABILITIES)
def test_an_independent_program_gives_the_same_q_values(probabilities: list[float]) -> None:
    twin = multipletests(probabilities, method="fdr_bh")[1]
    assert benjamini_hochberg(probabilities) == pytest.approx(tuple(twin))


@given(PROBABILITIES)
def test_a_q_is_never_below_its_p_and_keeps_its_order(probabilities: list[float]) -> None:
    adjusted = benjamini_hochberg(probabilities)
    assert all(p <= q <= 1 for p, q in zip(probabilities, adjusted, strict=True))
    by_p = [q for _, q in sorted(zip(probabilities, adjusted, strict=True))]
    assert by_p == sorted(by_p)


def test_no_tests_have_no_q_values() -> None:
    assert benjamini_hochberg([]) == ()


def test_what_is_no_probability_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        benjamini_hochberg([0.2, 1.2])
