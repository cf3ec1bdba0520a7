"""Total, from, to, net and pairwise hang together, and every result says on what it stands, in two languages."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.calc.linkage.convention import Convention
from touchstone.calc.linkage.resampling import Resampling
from touchstone.calc.linkage.rolling import rolling_spillover
from touchstone.calc.linkage.spillover import spillover
from touchstone.calc.linkage.spillover_statement import points
from touchstone.calc.linkage.tvp import tvp_connectedness
from touchstone.errors import UnusableSeries

from .made import of, returns


@given(st.integers(0, 300), st.integers(2, 6), st.sampled_from(["generalised", "cholesky"]))
@settings(max_examples=30)
def test_the_measures_of_a_table_hang_together(seed: int, width: int, decomposition: str) -> None:
    found = spillover(returns(120, width, seed), Convention(decomposition=decomposition), None)
    assert found.from_ == pytest.approx(100 - np.diag(found.table))
    assert found.total == pytest.approx(found.from_.mean()) == pytest.approx(found.to.mean())
    assert found.corrected_total == pytest.approx(found.total * width / (width - 1))
    assert found.net.sum() == pytest.approx(0, abs=1e-9)
    assert found.pairwise.sum(axis=1) == pytest.approx(found.net)
    assert found.pairwise == pytest.approx(-found.pairwise.T)


def test_net_pairwise_is_positive_for_the_one_who_gives() -> None:
    """Two series without lags and with correlation 0.6: s1 takes about 36 % from s0, which stands before it."""
    values = np.random.default_rng(4).normal(size=(2000, 2)) @ np.array([[1.0, 0.6], [0.0, 0.8]])
    found = spillover(of(values), Convention(decomposition="cholesky"), None)
    assert found.pairwise[0, 1] == pytest.approx(36, abs=4) and found.net[0] == pytest.approx(36, abs=4)


def test_the_measures_of_many_tables_are_those_of_each() -> None:
    found = rolling_spillover(returns(160, 4), Convention(), 120)
    for place in (0, 20, len(found) - 1):
        one = found.at(found.periods[place])
        assert found.total[place] == one.total and found.corrected_total[place] == one.corrected_total
        for name in ("from_", "to", "net", "pairwise"):
            assert np.array_equal(getattr(found, name)[place], getattr(one, name))
    assert found.mean().table == pytest.approx(found.tables.mean(axis=0))
    assert found.latest.table is not None and found.real_time_from == found.periods[0]


def test_a_result_states_its_sample_choices_assumptions_and_sentence() -> None:
    panel = returns(200, 3)
    statement = spillover(panel, Convention(lag=2), Resampling(seed=7, resamples=99)).statement
    assert statement.method == "spillover.generalised"
    assert (statement.sample.first, statement.sample.last, statement.sample.n) == ("0000", "0199", 200)
    chosen = dict(statement.parameters)
    assert chosen["lag"] == "2" and chosen["horizon"] == "10" and chosen["divisor"] == "T"
    assert (chosen["seed"], chosen["resamples"], chosen["block"], chosen["level"]) == ("7", "99", "6", "0.95")
    assert len(statement.assumptions) == 3 and all(each.zh and each.en for each in statement.assumptions)


def test_the_sentence_names_total_interval_and_who_transmits_in_both_languages() -> None:
    found = spillover(returns(300, 3), Convention(), Resampling(resamples=99))
    giver = found.names[int(found.net.argmax())]
    sentence = found.statement.sentence
    assert f"{found.total:.1f} %" in sentence.en and f"{found.total:.1f}%" in sentence.zh
    assert f"{giver} transmits most" in sentence.en and f"净溢出最多的是{giver}" in sentence.zh
    assert "95 % interval" in sentence.en and "95%区间" in sentence.zh


def test_the_sentence_warns_where_a_short_sample_overstates_the_total() -> None:
    found = spillover(returns(120, 15), Convention())
    assert found.intervals and found.total > found.intervals.total.high
    assert "overstates the total" in found.statement.sentence.en
    assert "高估" in found.statement.sentence.zh


def test_a_difference_is_written_with_its_sign_and_zero_without() -> None:
    assert [points(value) for value in (5.13, -0.04, -1.26)] == ["+5.1", "0.0", "−1.3"]


def test_a_gap_is_refused_by_series_and_period_and_never_filled() -> None:
    values = returns(120, 3).values.copy()
    values[40, 1] = np.nan
    for compute in (spillover, rolling_spillover, tvp_connectedness):
        with pytest.raises(UnusableSeries, match="LINK-002  s1 0040"):
            compute(of(values))


def test_an_explosive_var_that_is_kept_has_a_table_and_no_intervals() -> None:
    values = returns(120, 2).values.copy()
    values[60:, 0] += 1.2 ** np.arange(60)
    with pytest.raises(UnusableSeries, match="LINK-103"):
        spillover(of(values))
    kept = spillover(of(values), Convention(explosive="keep"))
    assert np.isfinite(kept.table).all() and kept.intervals is None
    assert "seed" not in dict(kept.statement.parameters)
