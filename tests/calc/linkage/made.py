"""Panels made for tests of spillover: seeded returns with known dynamics, and panels from bare numbers."""

import numpy as np
from numpy.typing import NDArray

from touchstone.calc.linkage.panel import Panel


def returns(rows: int, width: int, seed: int = 1, lag: int = 1, strength: float = 0.5) -> Panel:
    """Stationary returns that hang together, from a VAR with largest root `strength`."""
    dice = np.random.default_rng(seed)
    steps, mix = dynamics(width, seed, lag, strength)
    values = np.zeros((rows + 50, width))
    for row in range(lag, len(values)):
        past = sum(steps[j] @ values[row - 1 - j] for j in range(lag))
        values[row] = past + mix @ dice.standard_t(6, width)
    return of(values[50:])


def dynamics(
    width: int, seed: int = 1, lag: int = 1, strength: float = 0.5
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The coefficients (lag, N, N) and the mixing matrix of `returns`; only the first lag and the last have any."""
    dice = np.random.default_rng(1000 + seed)
    steps = np.zeros((lag, width, width))
    for back in {0, lag - 1}:
        drawn = dice.normal(size=(width, width))
        steps[back] = drawn * strength / np.abs(np.linalg.eigvals(drawn)).max() / (2 if lag > 1 else 1)
    return steps, np.eye(width) + 0.4 * np.tril(dice.normal(size=(width, width)), -1)


def of(values: NDArray[np.float64]) -> Panel:
    """A panel of these numbers, unchecked; series s0, s1, ... and periods 0000, 0001, ..."""
    rows, width = values.shape
    return Panel(tuple(f"s{i}" for i in range(width)), tuple(f"{row:04d}" for row in range(rows)), values)


def table_of_one_window(values: NDArray[np.float64], lag: int, horizon: int = 10) -> NDArray[np.float64]:
    """The generalised table as the papers write it, from statsmodels' VAR."""
    from statsmodels.tsa.api import VAR

    fitted = VAR(values).fit(lag)
    return generalised(fitted.ma_rep(horizon - 1), fitted.sigma_u_mle)


def generalised(responses: NDArray[np.float64], covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Pesaran and Shin's shares, element by element, rows normalised to 100."""
    width = len(covariance)
    shares = np.zeros((width, width))
    for i in range(width):
        whole = sum(step[i] @ covariance @ step[i] for step in responses)
        for j in range(width):
            hit = sum((step[i] @ covariance[:, j]) ** 2 for step in responses)
            shares[i, j] = hit / covariance[j, j] / whole
    return 100 * shares / shares.sum(axis=1, keepdims=True)
