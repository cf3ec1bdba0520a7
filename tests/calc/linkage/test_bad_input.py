"""Whatever numbers come in, a result is finite or refused with a reason in both languages: never a silent NaN."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from touchstone.calc.linkage.adjustment import adjustment
from touchstone.calc.linkage.causality import causalities
from touchstone.calc.linkage.changepoint import change_points
from touchstone.calc.linkage.cointegration import johansen
from touchstone.calc.linkage.discovery import price_discovery
from touchstone.calc.linkage.leadlag import lead_lag
from touchstone.calc.linkage.panel import Panel
from touchstone.calc.linkage.passthrough import pass_through
from touchstone.calc.linkage.resampling import Resampling
from touchstone.calc.linkage.unitroot import integration
from touchstone.errors import UnusableSeries

from .markets import unchecked

FEW = Resampling(resamples=9)
METHODS: dict[str, Callable[[Panel], object]] = {
    "lead-lag": lambda given: lead_lag(
        given, "a", "b", reach=3, orders=2, resampling=Resampling(resamples=9)
    ),
    "causality": lambda given: causalities(given, lags=2, extra=1),
    "integration": lambda given: integration(given, "a"),
    "rank": lambda given: johansen(given, lags=2),
    "adjustment": lambda given: adjustment(given, lags=2, resampling=FEW),
    "discovery": lambda given: price_discovery(given, lags=1, resampling=FEW),
    "pass-through": lambda given: pass_through(
        given, "a", "b", resampling=Resampling(resamples=9), horizon=4
    ),
    "change points": lambda given: change_points(given, "a", resampling=Resampling(resamples=9)),
}
NUMBERS = st.one_of(
    st.sampled_from([0.0, 1.0, -1.0, 1e-9, 1e9, np.nan, np.inf]),
    st.integers(-(10**9), 10**9).map(lambda thousandths: thousandths / 1000),
)


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=25)
@given(values=arrays(np.float64, st.tuples(st.integers(0, 60), st.just(2)), elements=NUMBERS))
def test_a_result_is_finite_or_refused(method: str, values: np.ndarray) -> None:
    _run(method, unchecked(a=values[:, 0], b=values[:, 1]))


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=25)
@given(kinds=st.tuples(*[st.sampled_from(["walk", "still mostly", "twin", "line", "steps", "huge", "tiny"])] * 2), seed=st.integers(0, 99))  # fmt: skip
def test_awkward_prices_are_computed_or_refused(method: str, kinds: tuple[str, str], seed: int) -> None:
    random = np.random.default_rng(seed)
    base = random.normal(size=60).cumsum()
    made = {
        "walk": lambda: random.normal(size=60).cumsum(),
        "still mostly": lambda: np.repeat(random.normal(size=5), 12),
        "twin": lambda: base * 2 + 3,
        "line": lambda: np.arange(60.0) * 0.1,
        "steps": lambda: np.round(base),
        "huge": lambda: 1e12 + 1e9 * random.normal(size=60).cumsum(),
        "tiny": lambda: 1e-9 * random.normal(size=60).cumsum(),
    }
    _run(method, unchecked(a=made[kinds[0]](), b=made[kinds[1]]()))


def _run(method: str, given: Panel) -> None:
    try:
        _finite(METHODS[method](given))
    except UnusableSeries as refused:
        assert refused.zh is not None
        assert refused.code.startswith("LINK-")


def _finite(result: object) -> None:
    """Every number inside a result."""
    if isinstance(result, float | np.ndarray):
        assert np.isfinite(result).all()
    elif isinstance(result, tuple):
        for part in result:
            _finite(part)
    elif is_dataclass(result):
        for field in fields(result):
            _finite(getattr(result, field.name))
