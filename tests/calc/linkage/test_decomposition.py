"""Shares of forecast error variance: by hand, as the papers write them, as statsmodels has them, and exactly."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.tsa.api import VAR

from touchstone.calc.linkage.convention import Convention
from touchstone.calc.linkage.decomposition import moving_average, tables
from touchstone.calc.linkage.spillover import spillover
from touchstone.calc.linkage.var import Dynamics

from .made import dynamics, generalised, of, returns

CORRELATED = np.array([[1.0, 0.0], [0.6, 0.8]])
"""Root of two unit variances with correlation 0.6."""


def test_without_lags_the_generalised_share_is_the_squared_correlation() -> None:
    """theta = [[1, 0.36], [0.36, 1]], each row over 1.36."""
    table = tables(Dynamics(np.zeros((1, 2, 2)), CORRELATED), Convention())
    assert table == pytest.approx(np.array([[1, 0.36], [0.36, 1]]) * 100 / 1.36)


def test_without_lags_a_cholesky_shock_moves_only_those_behind_it() -> None:
    table = tables(Dynamics(np.zeros((1, 2, 2)), CORRELATED), Convention(decomposition="cholesky"))
    assert table == pytest.approx(np.array([[100, 0], [36, 64]]))


@given(st.integers(0, 500), st.integers(1, 3), st.integers(1, 12))
@settings(max_examples=30)
def test_the_generalised_table_is_that_of_the_formula(seed: int, lag: int, horizon: int) -> None:
    steps, root = dynamics(4, seed, lag)
    responses = moving_average(steps, horizon).transpose(1, 0, 2)
    ours = tables(Dynamics(steps, root), Convention(lag=lag, horizon=horizon))
    assert ours == pytest.approx(generalised(responses, root @ root.T), abs=1e-9)


@pytest.mark.parametrize("lag", [1, 3])
def test_the_cholesky_table_is_that_of_statsmodels(lag: int) -> None:
    panel = returns(300, 4, lag=lag)
    theirs = 100 * VAR(panel.values).fit(lag).fevd(10).decomp[:, -1, :]
    ours = spillover(panel, Convention(lag=lag, decomposition="cholesky"), None).table
    assert ours == pytest.approx(theirs, abs=1e-9)


@given(st.permutations(range(5)))
@settings(max_examples=20)
def test_the_generalised_table_does_not_depend_on_the_order_of_the_series(order: list[int]) -> None:
    panel = returns(200, 5)
    table = spillover(panel, Convention(lag=2), None).table
    other = spillover(of(panel.values[:, order]), Convention(lag=2), None).table
    assert other == pytest.approx(table[np.ix_(order, order)], abs=1e-9)


def test_rows_columns_or_nothing_sum_to_a_hundred() -> None:
    panel = returns(200, 4)
    row, column, raw = (
        spillover(panel, Convention(normalisation=each), None).table for each in ("row", "column", "none")
    )
    assert row.sum(axis=1) == pytest.approx(np.full(4, 100))
    assert column.sum(axis=0) == pytest.approx(np.full(4, 100))
    assert row == pytest.approx(100 * raw / raw.sum(axis=1, keepdims=True))
    assert column == pytest.approx(100 * raw / raw.sum(axis=0, keepdims=True))


def test_a_cholesky_row_sums_to_a_hundred_of_itself() -> None:
    raw = spillover(returns(200, 4), Convention(decomposition="cholesky", normalisation="none"), None).table
    assert raw.sum(axis=1) == pytest.approx(np.full(4, 100))


@pytest.mark.parametrize("apart", [1e-2, 1e-4, 1e-5])
def test_two_series_that_hardly_differ_keep_their_digits(apart: float) -> None:
    """The twin computes with fractions: it loses no digit, however nearly the series agree."""
    values = np.round(returns(40, 3).values, 6)
    values[:, 1] = values[:, 0] + apart * values[:, 1]
    ours = spillover(of(values), Convention(horizon=5), None).table
    assert ours == pytest.approx(_exact(values, 5), abs=1e-13 / apart)


def _exact(values: np.ndarray, horizon: int) -> np.ndarray:
    """The generalised table of a VAR(1) in rational arithmetic."""
    rows = [[Fraction(x) for x in row] for row in values.tolist()]
    past = [[Fraction(1), *row] for row in rows[:-1]]
    now = rows[1:]
    steps = _solve(_product(_turned(past), past), _product(_turned(past), now))
    left = [
        [y - f for y, f in zip(a, b, strict=True)] for a, b in zip(now, _product(past, steps), strict=True)
    ]
    covariance, lag = _product(_turned(left), left), _turned(steps[1:])
    width = len(covariance)
    response = [[Fraction(int(i == j)) for j in range(width)] for i in range(width)]
    shares = [[Fraction(0)] * width for _ in range(width)]
    for _ in range(horizon):
        hit = _product(response, covariance)
        shares = [
            [shares[i][j] + hit[i][j] ** 2 / covariance[j][j] for j in range(width)] for i in range(width)
        ]
        response = _product(lag, response)
    return np.array([[float(100 * x / sum(row)) for x in row] for row in shares])


Matrix = list[list[Fraction]]


def _turned(a: Matrix) -> Matrix:
    return [list(column) for column in zip(*a, strict=True)]


def _product(a: Matrix, b: Matrix) -> Matrix:
    return [
        [sum((x * y for x, y in zip(row, column, strict=True)), Fraction(0)) for column in _turned(b)]
        for row in a
    ]


def _solve(a: Matrix, b: Matrix) -> Matrix:
    rows = [left + right for left, right in zip(a, b, strict=True)]
    for i in range(len(rows)):
        rows[i] = [x / rows[i][i] for x in rows[i]]
        rows = [
            row if k == i else [x - row[i] * y for x, y in zip(row, rows[i], strict=True)]
            for k, row in enumerate(rows)
        ]
    return [row[len(a) :] for row in rows]
