"""Johansen's rank tests."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.tsa.vector_ar.vecm import coint_johansen

from touchstone.calc.linkage.batch import each, pairs_of
from touchstone.calc.linkage.cointegration import Cointegration, johansen
from touchstone.errors import UnusableSeries

from .markets import danish_money, panel_of, two_markets, unchecked, walk


def _danish(**choices: object) -> Cointegration:
    return johansen(danish_money(), lags=2, deterministic="ci", season=4, **choices)  # pyright: ignore


def test_danish_money_demand_is_reproduced() -> None:
    """Johansen & Juselius 1990, table 2, as R urca prints it: ca.jo(ecdet="const", K=2, spec="longrun", season=4).
    Source of the printed values: scribd.com/document/646680092; the same in the gretl manual (doc/tex/vecm.tex) and,
    for 49.14436 and 30.08745, in EViews."""
    found = _danish(specification="long-run")
    assert found.eigenvalues.round(7).tolist() == [0.4331654, 0.1775836, 0.1127905, 0.0434113]
    assert [round(test.statistic, 2) for test in found.trace] == [49.14, 19.06, 8.69, 2.35]
    assert [round(test.statistic, 2) for test in found.largest] == [30.09, 10.36, 6.34, 2.35]
    assert found.terms == ("LRM", "LRY", "IBO", "IDE", "constant")
    assert found.relations[:, 0].round(6).tolist() == [1, -1.032949, 5.206919, -4.215879, -6.059932]
    assert found.relations[:, 1].round(7).tolist() == [1, -1.3681031, 0.2429825, 6.8411103, -4.2708474]
    assert found.loadings[:, 0].round(8).tolist() == [-0.21295494, 0.11502204, 0.02317724, 0.02941109]
    assert found.used == 53


def test_the_printed_critical_values_are_those_of_osterwald_lenum() -> None:
    """As printed by R urca beside the statistics above."""
    found = _danish(table="osterwald-lenum-1992")
    assert [test.critical for test in found.trace] == [
        (49.65, 53.12, 60.16), (32.00, 34.91, 41.07), (17.85, 19.96, 24.60), (7.52, 9.24, 12.97)
    ]  # fmt: skip
    assert [test.critical for test in found.largest] == [
        (25.56, 28.14, 33.24), (19.77, 22.00, 26.81), (13.75, 15.67, 20.20), (7.52, 9.24, 12.97)
    ]  # fmt: skip


def test_the_probabilities_are_those_the_gretl_manual_prints() -> None:
    """doc/tex/vecm.tex: Doornik's approximation. Its 0.7833 for the second trace test is not what the approximation
    gives (0.7812), with the manual's own statistic and gretl's own coefficients."""
    found = _danish()
    assert [round(test.p, 4) for test in found.largest] == [0.0286, 0.8017, 0.7483, 0.7076]
    assert [round(test.p, 4) for test in found.trace] == [0.1284, 0.7812, 0.7645, 0.7088]


def test_two_tests_that_disagree_are_said_to() -> None:
    found = _danish()
    assert (found.rank, found.rank_by_largest) == (0, 1)
    assert "rank is in doubt" in found.statement.sentence.en
    assert "两者不一致" in found.statement.sentence.zh


def test_where_the_level_stands_in_the_equation_changes_neither_rank_nor_relations() -> None:
    one, other = (_danish(specification=where) for where in ("long-run", "transitory"))
    assert one.eigenvalues == pytest.approx(other.eigenvalues)
    assert one.relations == pytest.approx(other.relations, rel=1e-6)


@pytest.mark.parametrize(("case", "order"), [("none", -1), ("co", 0)])
def test_an_independent_program_gives_the_same_statistics(case: str, order: int) -> None:
    given = panel_of(a=walk(200, 1), b=walk(200, 2), c=walk(200, 3))
    twin = coint_johansen(given.values, order, 2)
    found = johansen(given, lags=3, deterministic=case)  # pyright: ignore
    assert [test.statistic for test in found.trace] == pytest.approx(twin.lr1.tolist())
    assert [test.statistic for test in found.largest] == pytest.approx(twin.lr2.tolist())


def test_a_restricted_trend_takes_up_relations_that_drift_apart() -> None:
    base = two_markets(400, 3, (-0.1, 0.1)).values
    drifting = panel_of(a=base[:, 0] + 0.001 * np.arange(400), b=base[:, 1])
    found = johansen(drifting, lags=2, deterministic="li")
    assert found.rank == 1
    assert found.terms[-1] == "trend"
    assert found.relations[-1, 0] == pytest.approx(-0.001, abs=2e-4)


def test_two_places_of_one_metal_share_a_relation_and_two_walks_do_not() -> None:
    near = johansen(two_markets(400, 1, (-0.1, 0.1)), lags=2)
    far = johansen(panel_of(tin=walk(400, 3), zinc=walk(400, 4)), lags=2)
    assert (near.rank, far.rank) == (1, 0)
    assert near.statement.sentence.en.startswith(
        "The trace test finds 1 long-run relation among london, shanghai ("
    )
    assert far.statement.sentence.zh.startswith("迹检验在tin、zinc之间未发现长期关系（")


def test_a_walk_is_called_related_about_as_often_as_the_size_says() -> None:
    called = sum(
        johansen(panel_of(a=walk(300, 2 * seed), b=walk(300, 2 * seed + 1)), lags=1, deterministic=case).rank
        > 0
        for seed in range(40)
        for case in ("ci", "co", "none", "li")
    )
    assert 2 <= called <= 18


@settings(max_examples=15)
@given(st.floats(1e-3, 1e3), st.integers(0, 100))
def test_units_of_the_series_change_no_statistic(factor: float, seed: int) -> None:
    values = two_markets(150, seed, (-0.1, 0.05)).values
    one = johansen(panel_of(a=values[:, 0], b=values[:, 1]), lags=2)
    other = johansen(panel_of(a=values[:, 0] * factor, b=values[:, 1]), lags=2)
    assert one.eigenvalues == pytest.approx(other.eigenvalues, rel=1e-6)


def test_relations_can_be_scaled_by_any_series() -> None:
    given = two_markets(300, 5, (-0.1, 0.1))
    found = johansen(given, lags=2, normalise="shanghai")
    assert found.relations[1] == pytest.approx([1, 1])
    assert found.loadings @ found.relations.T == pytest.approx(
        (other := johansen(given, lags=2)).loadings @ other.relations.T
    )


def test_the_lags_are_chosen_where_none_are_given_and_stated() -> None:
    parameters = dict(johansen(two_markets(300, 5, (-0.1, 0.1))).statement.parameters)
    assert (parameters["levels_lag"], parameters["lag_by"]) == ("1", "bic")
    assert parameters["deterministic"] == "ci"


def test_a_sample_shorter_than_its_regressors_is_refused() -> None:
    with pytest.raises(UnusableSeries, match="LINK-005"):
        johansen(panel_of(a=walk(9, 1), b=walk(9, 2)), lags=4)


def test_a_series_twice_is_refused() -> None:
    with pytest.raises(UnusableSeries, match="twin"):
        johansen(unchecked(a=walk(100, 1), twin=walk(100, 1) * 2), lags=2)


def test_a_pair_that_cannot_be_tested_is_absent_and_the_rest_goes_on() -> None:
    given = unchecked(a=walk(200, 1), b=walk(200, 2), still=np.ones(200))
    found = each(pairs_of(given), lambda *names: johansen(given.chosen(names), lags=2))
    assert [result.names for result in found.results] == [("a", "b")]
    assert [absent.what for absent in found.absent] == [("a", "still"), ("b", "still")]
