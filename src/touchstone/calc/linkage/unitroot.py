"""How often a series must be differenced before its level stays put: the order of integration.

The augmented Dickey-Fuller test decides (its null is a unit root); KPSS (whose null is stationarity) is run beside it,
and where the two disagree the statement says so. Source: "linkage.integration" in data/methods/econometrics.toml.
"""

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from touchstone.calc.linkage.allowed import at_least, checked_level, one_of
from touchstone.calc.linkage.methods import assumptions
from touchstone.calc.linkage.panel import Panel, checked, panel
from touchstone.calc.linkage.statement import Statement, sample_of
from touchstone.calc.linkage.unfit import long_enough
from touchstone.calc.linkage.wording import probability
from touchstone.errors import UnusableSeries
from touchstone.facts.text import Text, plural

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Trend = Literal["c", "ct"]
"""Deterministic terms under the alternative: a constant, or a constant and a trend."""

_NEEDED = 25
"""Rows below which neither test says anything."""

_ROUNDING = 1e-12
"""Movement, beside the level, that is no more than the last digits of a double."""


@dataclass(frozen=True, slots=True)
class RootTest:
    """The two tests of one difference.

    Attributes:
        differences: how often the series was differenced.
        dickey_fuller, p, lags: statistic, p value and lags (by BIC) of the augmented Dickey-Fuller test.
        kpss, kpss_p: statistic and p value; the table ends at 0.01 and 0.10, and p stops there.
        stationary: the unit root is rejected.
        disputed: KPSS says otherwise.
    """

    differences: int
    dickey_fuller: float
    p: float
    lags: int
    kpss: float
    kpss_p: float
    stationary: bool
    disputed: bool


@dataclass(frozen=True, slots=True)
class Integration:
    """The order of integration of a series, and the tests that led to it."""

    name: str
    order: int
    tests: tuple[RootTest, ...]
    statement: Statement


def integration(
    given: Panel, name: str, *, trend: Trend = "c", largest: int = 2, level: float = 0.95
) -> Integration:
    """Test a series of levels, then its differences, until a unit root is rejected.

    Args:
        trend: for the levels; differences are tested with a constant.
        largest: order at which the search ends.

    Raises:
        UnusableSeries: fewer than 25 periods, no movement left after differencing, or a unit root still not rejected
            after `largest` differences.
    """
    one_of("trend", trend, Trend)
    at_least("largest", largest, 0)
    checked_level(level)
    part = checked(given, name)
    tests: list[RootTest] = []
    for times in range(largest + 1):
        part = _differenced(part) if times else part
        long_enough(part.names, len(part), _NEEDED, Text("单位根检验", "a unit-root test"))
        tests.append(_tested(part.values[:, 0], times, trend if times == 0 else "c", level))
        if tests[-1].stationary:
            return Integration(
                name, times, tuple(tests), _statement(checked(given, name), tests, trend, level)
            )
    raise _explosive(name, tests[-1], largest)


def _differenced(part: Panel) -> Panel:
    """One difference further. What is only rounding in it is taken for no movement, which a panel refuses."""
    import numpy as np

    steps = np.diff(part.values, axis=0)
    if np.ptp(steps) <= _ROUNDING * np.abs(part.values).max():
        steps[:] = steps[0]
    return panel(part.names, part.periods[1:], steps)


def _tested(values: "NDArray[np.float64]", times: int, trend: Trend, level: float) -> RootTest:
    from statsmodels.tsa.stattools import adfuller, kpss

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # p values beyond the table, which RootTest says, and renamed results
        root: Any = adfuller(values, regression=trend, autolag="BIC")
        opposite: Any = kpss(values, regression=trend, nlags="auto")
    p, opposite_p, size = float(root[1]), float(opposite[1]), 1 - level
    stationary, moving = p < size, opposite_p < size
    return RootTest(
        times, float(root[0]), p, int(root[2]), float(opposite[0]), opposite_p, stationary, stationary == moving
    )  # fmt: skip


def _statement(given: Panel, tests: list[RootTest], trend: Trend, level: float) -> Statement:
    name, order, last = given.names[0], tests[-1].differences, tests[-1]
    disputed = any(test.disputed for test in tests)
    after = f" after {plural(order, 'difference')}" if order else ""
    doubt = Text("KPSS检验结论不同，阶数有疑问。", " KPSS disagrees, so the order is in doubt.")
    return Statement(
        method="linkage.integration",
        sample=sample_of(given),
        parameters=(("trend", trend), ("lag_by", "bic"), ("decides", "adf"), ("level", f"{level}")),
        assumptions=assumptions("linkage.integration"),
        sentence=Text(
            f"{name}为I({order})：{f'差分{order}次后' if order else ''}拒绝单位根（ADF p {probability(last.p)}）。"
            f"{doubt.zh if disputed else ''}",
            f"{name} is I({order}): a unit root is rejected{after} (ADF p {probability(last.p)})."
            f"{doubt.en if disputed else ''}",
        ),
    )  # fmt: skip


def _explosive(name: str, last: RootTest, largest: int) -> UnusableSeries:
    p = probability(last.p)
    return UnusableSeries(
        "LINK-203", name, f"a unit root not rejected after {plural(largest, 'difference')} (ADF p {p})",
        f"an order of integration of at most {largest}", "no order was given",
        "state the order yourself, or take a longer sample without a break",
        zh=(f"差分{largest}次后仍不能拒绝单位根（ADF p {p}）", f"单整阶数不超过{largest}", "没有给出单整阶数", "自行指定阶数，或换一段较长且无突变的样本"),
    )  # fmt: skip
