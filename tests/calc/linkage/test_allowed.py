"""A slip in a call is answered with what was meant to be written; it never computes something else."""

from collections.abc import Callable

import numpy as np
import pytest

from touchstone.calc.linkage.adjustment import adjustment
from touchstone.calc.linkage.alignment import Basis
from touchstone.calc.linkage.allowed import checked_level, one_of
from touchstone.calc.linkage.causality import causalities, toda_yamamoto
from touchstone.calc.linkage.change import spillover_change
from touchstone.calc.linkage.changepoint import change_points
from touchstone.calc.linkage.cointegration import johansen
from touchstone.calc.linkage.convention import Convention, Forgetting
from touchstone.calc.linkage.discovery import price_discovery
from touchstone.calc.linkage.lag_choice import LagSearch
from touchstone.calc.linkage.leadlag import lead_lag
from touchstone.calc.linkage.nardl import Lags
from touchstone.calc.linkage.panel import Panel
from touchstone.calc.linkage.passthrough import pass_through
from touchstone.calc.linkage.rolling import rolling_spillover
from touchstone.calc.linkage.spillover import spillover
from touchstone.calc.linkage.survey import together
from touchstone.calc.linkage.tvp import tvp_connectedness
from touchstone.calc.linkage.tvp_change import tvp_change
from touchstone.calc.linkage.unitroot import integration
from touchstone.calc.linkage.var import fit_var
from touchstone.errors import UnusableSeries

from .markets import two_markets

BOTH = two_markets(120, 1, (-0.1, 0.1))
ONE = BOTH.chosen(["london"])
PAIR = ("london", "shanghai")

MISSPELT: dict[str, Callable[[str], object]] = {
    "decomposition": lambda word: Convention(decomposition=word),  # pyright: ignore
    "normalisation": lambda word: Convention(normalisation=word),  # pyright: ignore
    "divisor": lambda word: Convention(divisor=word),  # pyright: ignore
    "explosive": lambda word: Convention(explosive=word),  # pyright: ignore
    "prior": lambda word: Forgetting(prior=word),  # pyright: ignore
    "prior_variance": lambda word: Forgetting(prior_variance=word),  # pyright: ignore
    "centring": lambda word: Forgetting(centring=word),  # pyright: ignore
    "covariance": lambda word: Forgetting(covariance=word),  # pyright: ignore
    "criterion": lambda word: LagSearch(word),  # pyright: ignore
    "divisor of fit_var": lambda word: fit_var(BOTH, 1, word),  # pyright: ignore
    "criterion of pass_through": lambda word: pass_through(BOTH, *PAIR, criterion=word),  # pyright: ignore
    "criterion of toda_yamamoto": lambda word: toda_yamamoto(BOTH, *PAIR, criterion=word),  # pyright: ignore
    "variant": lambda word: causalities(BOTH, variant=word),  # pyright: ignore
    "deterministic": lambda word: johansen(BOTH, deterministic=word),  # pyright: ignore
    "deterministic of adjustment": lambda word: adjustment(BOTH, deterministic=word),  # pyright: ignore
    "specification": lambda word: johansen(BOTH, specification=word),  # pyright: ignore
    "specification of price_discovery": lambda word: price_discovery(BOTH, specification=word),  # pyright: ignore
    "table": lambda word: johansen(BOTH, table=word),  # pyright: ignore
    "algorithm": lambda word: change_points(BOTH, "london", algorithm=word),  # pyright: ignore
    "trend": lambda word: integration(BOTH, "london", trend=word),  # pyright: ignore
    "tax": lambda word: Basis(tax=word),
}

OUT_OF_RANGE: dict[str, Callable[[], object]] = {
    "johansen(lags=0)": lambda: johansen(BOTH, lags=0),
    "johansen(lags=-1)": lambda: johansen(BOTH, lags=-1),
    "johansen(largest_lags=0)": lambda: johansen(BOTH, largest_lags=0),
    "johansen(season=-4)": lambda: johansen(BOTH, lags=1, season=-4),
    "johansen(season=1)": lambda: johansen(BOTH, lags=1, season=1),
    "adjustment(rank=0)": lambda: adjustment(BOTH, rank=0),
    "adjustment(rank=2)": lambda: adjustment(BOTH, rank=2),
    "toda_yamamoto(largest=0)": lambda: toda_yamamoto(BOTH, *PAIR, largest=0),
    "toda_yamamoto(lags=0)": lambda: toda_yamamoto(BOTH, *PAIR, lags=0, extra=0),
    "toda_yamamoto(extra=-1)": lambda: toda_yamamoto(BOTH, *PAIR, lags=1, extra=-1),
    "integration(largest=-1)": lambda: integration(BOTH, "london", largest=-1),
    "Forgetting(prior_window=0)": lambda: Forgetting(prior_window=0),
    "Forgetting(prior_window=-1)": lambda: Forgetting(prior_window=-1),
    "Forgetting(tightness=0)": lambda: Forgetting(prior="minnesota", tightness=0),
    "lead_lag(reach=-1)": lambda: lead_lag(BOTH, *PAIR, reach=-1),
    "lead_lag(orders=-1)": lambda: lead_lag(BOTH, *PAIR, orders=-1),
    "Lags(-1, 0)": lambda: Lags(-1, 0),
    "Lags(0, -1)": lambda: Lags(0, -1),
    "pass_through(horizon=-1)": lambda: pass_through(BOTH, *PAIR, horizon=-1),
    "change_points(noise=0)": lambda: change_points(BOTH, "london", noise=0),
    "change_points(noise=nan)": lambda: change_points(BOTH, "london", noise=float("nan")),
    "change_points(strictness=0)": lambda: change_points(BOTH, "london", strictness=0),
    "change_points(smallest=0)": lambda: change_points(BOTH, "london", smallest=0),
    "spillover_change(window=0)": lambda: spillover_change(BOTH, window=0),
    "spillover_change(back=0)": lambda: spillover_change(BOTH, window=60, back=0),
    "tvp_change(back=0)": lambda: tvp_change(BOTH, back=0),
    "rolling_spillover(window=-1)": lambda: rolling_spillover(BOTH, window=-1),
    "fit_var(lag=0)": lambda: fit_var(BOTH, 0),
    "Convention(lag=1.5)": lambda: Convention(lag=1.5),  # pyright: ignore
    "Convention(horizon=True)": lambda: Convention(horizon=True),
}

LEVELS: dict[str, Callable[[float], object]] = {
    "johansen": lambda level: johansen(BOTH, level=level),
    "toda_yamamoto": lambda level: toda_yamamoto(BOTH, *PAIR, level=level),
    "causalities": lambda level: causalities(BOTH, level=level),
    "integration": lambda level: integration(BOTH, "london", level=level),
    "adjustment": lambda level: adjustment(BOTH, level=level),
    "price_discovery": lambda level: price_discovery(BOTH, level=level),
    "pass_through": lambda level: pass_through(BOTH, *PAIR, level=level),
    "lead_lag": lambda level: lead_lag(BOTH, *PAIR, level=level),
    "change_points": lambda level: change_points(BOTH, "london", level=level),
    "spillover": lambda level: spillover(BOTH, resampling=None, level=level),
    "rolling_spillover": lambda level: rolling_spillover(BOTH, window=60, level=level),
    "spillover_change": lambda level: spillover_change(BOTH, window=60, level=level),
    "tvp_connectedness": lambda level: tvp_connectedness(BOTH, level=level),
}


@pytest.mark.parametrize("choice", MISSPELT)
@pytest.mark.parametrize("word", ["Row", "OLS", "BayesPrior", "", "t-df"])
def test_a_misspelt_choice_is_refused_with_the_words_there_are(choice: str, word: str) -> None:
    if (choice, word) == ("tax", ""):
        return
    with pytest.raises(ValueError, match="one of '") as refused:
        MISSPELT[choice](word)
    assert str(refused.value).startswith(choice.split()[0]) and "可选" in str(refused.value)


def test_the_words_of_a_refused_choice_can_be_copied() -> None:
    with pytest.raises(
        ValueError, match=r"normalisation 'rows': one of 'row', 'column', 'none'\nnormalisation为'rows'：可选"
    ):
        Convention(normalisation="rows")  # pyright: ignore


@pytest.mark.parametrize("call", OUT_OF_RANGE)
def test_a_number_out_of_range_is_refused_by_name(call: str) -> None:
    with pytest.raises(ValueError, match=r": .*\n.*：") as refused:
        OUT_OF_RANGE[call]()
    assert not isinstance(refused.value, np.linalg.LinAlgError)


@pytest.mark.parametrize("method", LEVELS)
@pytest.mark.parametrize("level", [95, 0, 1, float("nan")])
def test_a_level_is_a_share(method: str, level: float) -> None:
    with pytest.raises(ValueError, match=r"level .*such as 0\.95"):
        LEVELS[method](level)


def test_what_is_allowed_passes() -> None:
    one_of("clock", "W", ("D", "W", "M"))
    assert checked_level(0.9) == 0.9


@pytest.mark.parametrize("ask", [johansen, adjustment, together, spillover])
def test_one_series_alone_is_refused_before_anything_is_computed(ask: Callable[[Panel], object]) -> None:
    with pytest.raises(UnusableSeries, match="LINK-104"):
        ask(ONE)


def test_an_unknown_series_is_named_beside_those_there_are() -> None:
    unknown: list[Callable[[], object]] = [
        lambda: BOTH.chosen(["paris"]), lambda: lead_lag(BOTH, "london", "paris"), lambda: integration(BOTH, "paris"),
        lambda: johansen(BOTH, normalise="paris"), lambda: pass_through(BOTH, "paris", "london"),
    ]  # fmt: skip
    for call in unknown:
        with pytest.raises(ValueError, match="no series paris; there are london, shanghai\n没有序列paris"):
            call()


def test_a_table_of_a_period_there_is_none_of_is_refused_with_the_periods_there_are() -> None:
    rolling = rolling_spillover(BOTH, window=60)
    with pytest.raises(ValueError, match=f"no table of 1999; there are 61 from {rolling.periods[0]}"):
        rolling.at("1999")
