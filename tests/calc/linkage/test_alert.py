"""The alert compares each total with the quantile of the totals before it, and with nothing later."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.calc.linkage.alert import total_alert
from touchstone.calc.linkage.connectedness import RollingConnectedness
from touchstone.calc.linkage.convention import Convention, Forgetting
from touchstone.calc.linkage.lag_choice import LagSearch
from touchstone.calc.linkage.rolling import rolling_spillover
from touchstone.calc.linkage.tvp import tvp_connectedness
from touchstone.errors import UnusableSeries

from .made import returns

ROLLING = rolling_spillover(returns(400, 3), Convention(), 100)


def of_totals(totals: list[float]) -> RollingConnectedness:
    """Tables of two series with these totals."""
    tables = np.array([[[100 - t, t], [t, 100 - t]] for t in totals], dtype=float)
    periods = tuple(f"{row:04d}" for row in range(len(totals)))
    return RollingConnectedness(("a", "b"), periods, tables, (), ROLLING.statement, periods[0])


@given(st.lists(st.floats(0, 50), min_size=12, max_size=60), st.floats(0.05, 0.99))
@settings(max_examples=50)
def test_the_threshold_is_the_quantile_of_what_came_before(totals: list[float], quantile: float) -> None:
    alert = total_alert(of_totals(totals), quantile, minimum=10)
    for place, threshold in enumerate(alert.thresholds, start=10):
        assert threshold == pytest.approx(np.quantile(of_totals(totals).total[:place], quantile), abs=1e-9)
        assert alert.raised[place - 10] == (alert.totals[place - 10] > threshold)


def test_later_totals_change_no_earlier_threshold() -> None:
    whole = total_alert(ROLLING)
    cut = rolling_spillover(returns(400, 3).between(0, 300), Convention(), 100)
    part = total_alert(cut)
    assert np.array_equal(part.thresholds, whole.thresholds[: len(part.thresholds)])
    assert part.periods == whole.periods[: len(part.periods)]


def test_an_alert_says_since_when() -> None:
    alert = total_alert(of_totals([20, 21] * 30 + [30, 19, 31, 32]), minimum=50)
    assert alert.now and list(alert.raised[-4:]) == [True, False, True, True]
    assert "is above the 95 % quantile of its own history" in alert.statement.sentence.en
    assert "alert, since 0062" in alert.statement.sentence.en
    assert "发出预警，始于0062" in alert.statement.sentence.zh


def test_a_total_that_only_reaches_its_threshold_raises_no_alert() -> None:
    alert = total_alert(of_totals([20.0] * 20), minimum=10)
    assert not alert.raised.any() and "no alert" in alert.statement.sentence.en


def test_the_statement_adds_quantile_and_history_to_those_of_the_index() -> None:
    alert = total_alert(ROLLING, minimum=120)
    assert alert.statement.method == "spillover.alert"
    assert {("quantile", "0.95"), ("minimum_history", "120"), ("window", "100")} <= set(
        alert.statement.parameters
    )
    assert set(ROLLING.statement.assumptions) < set(alert.statement.assumptions)


def test_too_little_history_is_refused() -> None:
    with pytest.raises(UnusableSeries, match="LINK-107"):
        total_alert(of_totals([20.0] * 100))


def test_an_index_that_looks_ahead_is_refused() -> None:
    panel = returns(200, 3)
    with pytest.raises(UnusableSeries, match="LINK-106"):
        total_alert(
            tvp_connectedness(panel, forgetting=Forgetting(prior_window=60, centring="sample")), minimum=20
        )


def test_the_history_of_a_filter_starts_behind_its_prior() -> None:
    found = tvp_connectedness(returns(200, 3), forgetting=Forgetting(prior_window=60))
    assert total_alert(found, minimum=20).periods[0] == "0079"


def test_a_lag_found_in_the_whole_sample_looks_ahead_too() -> None:
    searched = Convention(lag=LagSearch("bic", 3))
    for found in (
        rolling_spillover(returns(200, 3), searched, 60),
        tvp_connectedness(returns(200, 3), searched, Forgetting(prior_window=60)),
    ):
        assert found.real_time_from is None
