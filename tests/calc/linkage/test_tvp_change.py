"""What changed since last week in a drifting VAR is told apart from what its own forecast would draw."""

import numpy as np
import pytest

from touchstone.calc.linkage.convention import Convention, Forgetting
from touchstone.calc.linkage.resampling import Resampling
from touchstone.calc.linkage.tvp import tvp_connectedness
from touchstone.calc.linkage.tvp_change import tvp_change
from touchstone.errors import UnusableSeries

from .made import of, returns

DRAWS = Resampling(resamples=199)
HOW = Forgetting(prior_window=80)


def test_the_two_tables_are_those_of_the_two_periods() -> None:
    panel = returns(160, 3)
    change = tvp_change(panel, Convention(lag=2), HOW, 5, DRAWS)
    whole = tvp_connectedness(panel, Convention(lag=2), HOW)
    assert np.array_equal(change.before.table, whole.tables[-6])
    assert np.array_equal(change.now.table, whole.tables[-1])
    assert change.difference.total.point == pytest.approx(whole.total[-1] - whole.total[-6])
    assert [span.point for span in change.difference.net] == pytest.approx(
        list(whole.net[-1] - whole.net[-6])
    )


@pytest.mark.parametrize("back", [1, 5])
def test_where_nothing_changed_chance_explains_the_change_nearly_always(back: int) -> None:
    told = [tvp_change(returns(200, 3, seed), Convention(), HOW, back, DRAWS) for seed in range(40)]
    assert sum(change.beyond_chance for change in told) <= 6
    nets = [span for change in told for span in change.difference.net]
    assert np.mean([span.low <= 0 <= span.high for span in nets]) > 0.85


def test_series_that_suddenly_move_together_are_beyond_chance() -> None:
    values = returns(200, 3, strength=0.1).values.copy()
    values[-5:] = 6 * values[-5:, :1] + 0.3 * values[-5:]
    change = tvp_change(of(values), Convention(), HOW, 5, DRAWS)
    assert change.beyond_chance and change.difference.total.point > 0
    assert "more than chance alone would" in change.statement.sentence.en
    assert "超出偶然波动" in change.statement.sentence.zh


def test_the_same_seed_gives_the_same_interval_and_is_stated() -> None:
    panel = returns(160, 3)
    one, two = (tvp_change(panel, Convention(), HOW, 5, DRAWS).difference for _ in range(2))
    other = tvp_change(panel, Convention(), HOW, 5, Resampling(2, 199))
    assert one == two != other.difference
    assert {("seed", "2"), ("back", "5"), ("interval", "spillover.tvp_change")} <= set(
        other.statement.parameters
    )


def test_the_prices_of_the_panel_are_left_as_they_were() -> None:
    panel = returns(160, 3)
    before = panel.values.copy()
    tvp_change(panel, Convention(), HOW, 5, DRAWS)
    assert np.array_equal(panel.values, before)


def test_a_panel_that_ends_within_a_week_of_the_prior_is_refused() -> None:
    with pytest.raises(UnusableSeries, match="at least 85 for the rows of the prior and 5 periods more"):
        tvp_change(returns(84, 3), Convention(), HOW, 5, DRAWS)
