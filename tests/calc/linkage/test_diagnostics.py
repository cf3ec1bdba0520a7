"""Tests of residuals."""

import numpy as np
import pytest
from statsmodels.stats.diagnostic import acorr_ljungbox
from statsmodels.stats.stattools import jarque_bera
from statsmodels.tsa.api import VAR

from touchstone.calc.linkage.diagnostics import caveat, normal, uncorrelated


def test_one_equation_is_tested_as_ljung_and_box_do() -> None:
    left = np.random.default_rng(1).normal(size=(120, 1))
    twin = acorr_ljungbox(left[:, 0], lags=[10], model_df=2)
    found = uncorrelated(left, 10, 2)
    assert (found.statistic, found.p) == pytest.approx((twin.lb_stat.iloc[0], twin.lb_pvalue.iloc[0]))


def test_several_equations_are_tested_by_the_adjusted_portmanteau_statistic() -> None:
    fit = VAR(np.random.default_rng(2).normal(size=(150, 3))).fit(2)
    twin = fit.test_whiteness(10, adjusted=True)
    found = uncorrelated(np.asarray(fit.resid), 10, 9 * 2)
    assert (found.statistic, found.p) == pytest.approx((twin.test_statistic, twin.pvalue))


def test_normality_is_tested_as_jarque_and_bera_do_alone_and_together() -> None:
    random = np.random.default_rng(3)
    one = random.standard_t(4, size=(200, 1))
    assert normal(one).statistic == pytest.approx(jarque_bera(one[:, 0])[0])
    fit = VAR(random.normal(size=(150, 3))).fit(1)
    assert normal(np.asarray(fit.resid)).statistic == pytest.approx(fit.test_normality().test_statistic)


def test_only_autocorrelation_is_a_caveat_of_the_sentence() -> None:
    random = np.random.default_rng(4)
    wandering = random.normal(size=(200, 1)).cumsum(axis=0)
    heavy = random.standard_t(2, size=(200, 1))
    assert caveat(normal(heavy)).en == ""
    assert "p < 0.001" in caveat(uncorrelated(wandering, 10, 0), normal(heavy)).en
