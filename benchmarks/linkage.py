"""Spillover in all windows: 19 series of 2,500 days, window 200, ten steps, against a loop over statsmodels.

    python benchmarks/linkage.py [--quick]

All three run over every window in the same process, one after the other, best of three: statsmodels' VAR with the
generalised decomposition of its moving average; the same formulas in numpy, window by window, as the least that a
loop can cost; and `rolling_spillover`. The tables must agree. Then the time-varying VAR of the same series.
"""

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray
from statsmodels.tsa.api import VAR

from touchstone.calc.linkage.convention import Convention
from touchstone.calc.linkage.panel import Panel, panel
from touchstone.calc.linkage.rolling import rolling_spillover
from touchstone.calc.linkage.tvp import tvp_connectedness

Tables = NDArray[np.float64]

FULL, QUICK = (2_500, 19, 200), (300, 5, 100)
"""Days, series, window."""
HORIZON, RUNS = 10, 3
FASTER, EQUAL, SECONDS = 12, 1e-9, 6.0
"""Times as fast as statsmodels; points of a percentage by which tables may differ; time of the time-varying VAR."""


def returns(days: int, series: int) -> Panel:
    """Stationary returns with fat tails that hang together; the same each time."""
    dice = np.random.default_rng(20221120)
    lag = dice.normal(size=(series, series))
    lag *= 0.6 / np.abs(np.linalg.eigvals(lag)).max()
    mix = np.eye(series) + 0.3 * np.tril(dice.normal(size=(series, series)), -1)
    values = np.zeros((days, series))
    for day in range(1, days):
        values[day] = lag @ values[day - 1] + mix @ dice.standard_t(5, series)
    return panel([f"s{i:02d}" for i in range(series)], [f"{d:05d}" for d in range(days)], 0.01 * values)


def by_statsmodels(given: Panel, lag: int, window: int) -> Tables:
    """One fitted model a window."""
    found = []
    for start in range(len(given) - window + 1):
        fitted = VAR(given.values[start : start + window]).fit(lag)
        found.append(_table(fitted.ma_rep(HORIZON - 1), fitted.sigma_u_mle))
    return np.array(found)


def by_loop(given: Panel, lag: int, window: int) -> Tables:
    """Normal equations and recursion in numpy, one window after the other."""
    found = []
    for start in range(len(given) - window + 1):
        rows = given.values[start : start + window]
        past = np.hstack(
            [np.ones((window - lag, 1)), *(rows[lag - j : window - j] for j in range(1, lag + 1))]
        )
        now = rows[lag:]
        solved = np.linalg.solve(past.T @ past, past.T @ now)
        left = now - past @ solved
        steps = solved[1:].reshape(lag, now.shape[1], -1).transpose(0, 2, 1)
        responses = [np.eye(now.shape[1])]
        for h in range(1, HORIZON):
            responses.append(sum(steps[j] @ responses[h - 1 - j] for j in range(min(lag, h))))
        found.append(_table(np.array(responses), left.T @ left / len(left)))
    return np.array(found)


def _table(responses: Tables, covariance: Tables) -> Tables:
    shares = ((responses @ covariance) ** 2).sum(axis=0) / np.diag(covariance)
    return 100 * shares / shares.sum(axis=1, keepdims=True)


def by_touchstone(given: Panel, lag: int, window: int) -> Tables:
    """All windows at once."""
    return rolling_spillover(given, Convention(lag=lag, horizon=HORIZON), window).tables


def best(run: Callable[[], Tables], runs: int = RUNS) -> tuple[float, Tables]:
    """Shortest time of several runs, and the last result."""
    times, found = [], np.empty(0)
    for _ in range(runs):
        start = time.perf_counter()
        found = run()
        times.append(time.perf_counter() - start)
    return min(times), found


def windows(given: Panel, lag: int, window: int, full: bool) -> Iterator[tuple[str, bool]]:
    """The lines of one lag, and whether each holds what it must."""
    slow, truth = best(partial(by_statsmodels, given, lag, window))
    label = f"VAR({lag}), {len(truth):,} windows"
    yield f"| {label} | statsmodels, a loop | {slow:.2f} | 1 | | | |", True
    loop, found = best(partial(by_loop, given, lag, window))
    yield (
        f"| {label} | numpy, a loop | {loop:.2f} | {slow / loop:.1f} | | {_apart(found, truth):.0e} | |",
        True,
    )
    fast, found = best(partial(by_touchstone, given, lag, window))
    good = _apart(found, truth) <= EQUAL and (slow / fast >= FASTER or not full)
    bars = f"≥ {FASTER}" if full else ""
    yield (
        f"| {label} | Touchstone, all at once | {fast:.2f} | {slow / fast:.1f} | {bars} | "
        f"{_apart(found, truth):.0e} | ≤ {EQUAL:.0e} |",
        good,
    )


def _apart(one: Tables, other: Tables) -> float:
    return float(np.abs(one - other).max())


def main() -> int:
    """Print the table; 1 where a bar is missed."""
    full = "--quick" not in sys.argv
    days, series, window = FULL if full else QUICK
    given, good = returns(days, series), True
    print(f"{series} series, {days:,} days, window {window}, {HORIZON} steps; best of {RUNS} runs.\n")
    print("| model | how | seconds | times statsmodels | must be | largest difference, points | must be |")
    print("|---|---|---|---|---|---|---|")
    for lag in (1, 2):
        for line, holds in windows(given, lag, window, full):
            print(line, flush=True)
            good &= holds
    for lag in (1, 2):
        run = partial(tvp_connectedness, given, Convention(lag=lag, horizon=HORIZON))
        seconds, found = best(lambda run=run: run().tables)
        bar = f"≤ {SECONDS:.0f} s" if full and lag == 1 else ""
        good &= seconds <= SECONDS or not bar
        print(f"| time-varying VAR({lag}), {len(found):,} days | Touchstone | {seconds:.2f} | | {bar} | | |")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
