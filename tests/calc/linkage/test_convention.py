"""What papers chose is data with a source; what cannot be meant is refused."""

import pytest

from touchstone.calc.linkage.convention import Convention, Forgetting, preset
from touchstone.calc.linkage.lag_choice import LagSearch
from touchstone.calc.linkage.methods import declared


def test_every_preset_names_its_publication_and_can_be_used() -> None:
    for row in declared("spillover")["preset"]:
        found = preset(row["key"])
        assert found.source == row["source"] and found.convention.horizon == 10


def test_the_presets_are_what_the_papers_state() -> None:
    assert preset("dy2009").convention == Convention(lag=2, decomposition="cholesky")
    assert preset("dy2012").convention == Convention(lag=4)
    assert preset("dy2012_rolling").window == 200
    assert preset("gg2018").forgetting == Forgetting(prior_variance="unit", centring="sample")


def test_an_unknown_preset_is_answered_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="no preset dy2014; there are dy2009"):
        preset("dy2014")


@pytest.mark.parametrize("wrong", [{"lag": 0}, {"horizon": 0}, {"lag": LagSearch(least=0)}])
def test_a_lag_or_horizon_below_one_is_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Convention(**wrong)


def test_a_search_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="most lags 0: must be a whole number, at least 1"):
        LagSearch(most=0)


@pytest.mark.parametrize("kappas", [(0.0, 0.99), (0.99, 1.01)])
def test_a_forgetting_factor_outside_zero_and_one_is_refused(kappas: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match=r"must lie in \(0, 1\]"):
        Forgetting(*kappas)
