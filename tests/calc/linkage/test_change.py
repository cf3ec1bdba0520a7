"""What changed since last week is told apart from what chance moves."""

import numpy as np
import pytest

from touchstone.calc.linkage.change import spillover_change
from touchstone.calc.linkage.convention import Convention
from touchstone.calc.linkage.resampling import Resampling
from touchstone.calc.linkage.spillover import spillover
from touchstone.errors import UnusableSeries

from .made import of, returns

DRAWS = Resampling(resamples=199)


def test_the_two_tables_are_those_of_the_two_windows() -> None:
    panel = returns(300, 3)
    change = spillover_change(panel, Convention(lag=2), 200, 5, DRAWS)
    before = spillover(panel.between(95, 295), Convention(lag=2), DRAWS)
    now = spillover(panel.between(100, 300), Convention(lag=2), DRAWS)
    assert np.array_equal(change.before.table, before.table)
    assert np.array_equal(change.now.table, now.table)
    assert change.difference.total.point == pytest.approx(now.total - before.total)
    assert [span.point for span in change.difference.net] == pytest.approx(list(now.net - before.net))


def test_where_nothing_changed_chance_explains_the_change_nearly_always() -> None:
    told = [spillover_change(returns(205, 3, seed), Convention(), 200, 5, DRAWS) for seed in range(20)]
    assert sum(change.beyond_chance for change in told) <= 4
    quiet = next(change for change in told if not change.beyond_chance)
    assert "no more than chance alone would" in quiet.statement.sentence.en
    assert "未超出偶然波动" in quiet.statement.sentence.zh


def test_series_that_suddenly_move_together_are_beyond_chance() -> None:
    values = returns(260, 3, strength=0.1).values.copy()
    values[-20:] = 6 * values[-20:, :1] + 0.3 * values[-20:]
    change = spillover_change(of(values), Convention(), 200, 20, DRAWS)
    assert change.beyond_chance and change.difference.total.point > 5
    assert "more than chance alone would" in change.statement.sentence.en
    assert ("back", "20") in change.statement.parameters


def test_a_panel_without_room_for_both_windows_is_refused() -> None:
    with pytest.raises(UnusableSeries, match="at least 205 for two windows 5 periods apart"):
        spillover_change(returns(204, 3))
