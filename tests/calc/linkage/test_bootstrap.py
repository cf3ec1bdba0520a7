"""Intervals repeat with their seed, cover what they should, and do not depend on how many paths are held at once."""

import numpy as np
import pytest

from touchstone.calc.linkage import bootstrap
from touchstone.calc.linkage.bootstrap import resampled_tables
from touchstone.calc.linkage.convention import Convention, Normalisation
from touchstone.calc.linkage.decomposition import tables
from touchstone.calc.linkage.measures import net_of, sampling_intervals, total_of
from touchstone.calc.linkage.resampling import Resampling
from touchstone.calc.linkage.spillover import spillover
from touchstone.calc.linkage.spillover_statement import moment, told
from touchstone.calc.linkage.var import Dynamics

from .made import dynamics, of, returns
from .markets import panel_of


def test_the_same_seed_gives_the_same_interval_and_another_seed_another() -> None:
    panel = returns(150, 3)
    first, again, other = (
        spillover(panel, Convention(), Resampling(seed, 99)).intervals for seed in (1, 1, 2)
    )
    assert first == again != other


def test_paths_are_the_same_however_many_are_held_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    panel, how = returns(150, 3), Resampling(5, 50)
    [together] = resampled_tables(panel, 1, Convention(), how, slice(None))
    monkeypatch.setattr(bootstrap, "_AT_ONCE", 7 * panel.values.size)
    [apart] = resampled_tables(panel, 1, Convention(), how, slice(None))
    assert together == pytest.approx(apart, abs=1e-9)


def test_intervals_cover_the_true_total_and_net_about_as_often_as_they_say() -> None:
    """40 samples of 200 rows; Hall's interval was measured to cover 0.90 to 0.93 of the time, quantiles far less."""
    steps, mix = dynamics(5)
    truth = tables(Dynamics(steps, mix), Convention())
    total, net, caught = total_of(truth), net_of(truth), []
    for seed in range(40):
        dice = np.random.default_rng(seed)
        values = np.zeros((250, 5))
        for row in range(1, 250):
            values[row] = steps[0] @ values[row - 1] + mix @ dice.standard_t(6, 5)
        found = spillover(of(values[50:]), Convention(), Resampling(seed, 99)).intervals
        assert found
        caught.append([found.total.low <= total <= found.total.high])
        caught[-1] += [span.low <= true <= span.high for span, true in zip(found.net, net, strict=True)]
    assert np.mean([each[0] for each in caught]) >= 0.8
    assert np.mean([each[1:] for each in caught]) >= 0.8


def test_one_residual_a_block_draws_them_one_by_one() -> None:
    panel = returns(150, 3)
    single = spillover(panel, Convention(), Resampling(1, 99, block=1))
    assert ("block", "1") in single.statement.parameters
    assert single.intervals != spillover(panel, Convention(), Resampling(1, 99)).intervals


@pytest.mark.parametrize("wrong", [{"resamples": 1}, {"block": 0}])
def test_a_draw_of_nothing_is_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match="draw nothing"):
        Resampling(**wrong)


@pytest.mark.parametrize("apart", [1e-3, 1e-5, 1e-6])
def test_series_that_hardly_differ_have_an_interval_like_any_others(apart: float) -> None:
    values = returns(150, 3).values.copy()
    values[:, 1] = values[:, 0] + apart * values[:, 1]
    found = spillover(of(values), Convention(), Resampling(1, 49)).intervals
    assert found and 0 <= found.total.low < found.total.high <= 100


@pytest.mark.parametrize("normalisation", ["row", "column", "none"])
@pytest.mark.parametrize(("rows", "width"), [(60, 4), (40, 2), (100, 3)])
def test_no_interval_is_upside_down_or_reaches_where_no_share_can_be(
    normalisation: Normalisation, rows: int, width: int
) -> None:
    """A sample so short that the total of unrelated series is far above what the draws correct it to."""
    many = 100 * (width - 1)
    most = {"row": (many, 100), "column": (100, many), "none": (many, many)}[normalisation]
    for seed in range(12):
        given = panel_of(
            **dict(zip("abcd"[:width], np.random.default_rng(seed).normal(size=(width, rows)), strict=True))
        )
        found = spillover(
            given, Convention(lag=3, normalisation=normalisation), Resampling(resamples=49)
        ).intervals
        assert found is not None
        assert 0 <= found.total.low <= found.total.high <= 100
        assert all(0 <= each.low <= each.high <= most[0] for each in found.given)
        assert all(0 <= each.low <= each.high <= most[1] for each in found.received)
        assert all(-most[1] <= each.low <= each.high <= most[0] for each in found.net)


def test_a_net_that_would_reach_too_far_is_cut_off_and_the_sentence_says_so() -> None:
    table = np.array([[10.0, 90.0], [0.0, 100.0]])
    drawn = np.array([[[10.0, 90.0], [0.0, 100.0]], [[90.0, 10.0], [0.0, 100.0]]] * 20)
    found = sampling_intervals(table, drawn, 0.95, "row")
    assert [(each.low, each.high) for each in found.net] == [(-100, -90), (90, 100)]
    assert found.cut
    said = told(("a", "b"), table, moment("2020"), found)
    assert said.en.endswith("Intervals of a net are cut off where no net can lie.") and said.zh.endswith(
        "已截去。"
    )
    assert not sampling_intervals(table, np.array([table] * 3), 0.95, "row").cut
