"""A dynamic factor behind the indicators, and what each release tells: the third view of an index.

Source: "index.factor" in data/methods/index.toml.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from touchstone.calc.index.calibration import Calibration
from touchstone.calc.index.material import Material, material
from touchstone.calc.index.parts import present_weights
from touchstone.calc.index.recipe import Recipe
from touchstone.calc.index.unfit import unstable
from touchstone.calc.timeseries import TimeSeries
from touchstone.facts.memory import Memory

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

_EDITION = "index.factor/1"
_STEPS = 200
"""Steps of the EM algorithm at most."""


@dataclass(frozen=True, slots=True)
class Factor:
    """The common factor of the indicators' moves.

    Attributes:
        periods: T period codes.
        levels: T points: 100 plus the smoothed factor, with the standard deviation the recipe gives the index.
        loadings: by key of indicator, per standard deviation of its moves and of the factor.
        explained: by key, share of the variance of its moves that is common.
        likelihood: of the sample, logarithmic; `steps` of the EM algorithm.
    """

    periods: tuple[str, ...]
    levels: tuple[float, ...]
    loadings: dict[str, float]
    explained: dict[str, float]
    likelihood: float
    steps: int


@dataclass(frozen=True, slots=True)
class Release:
    """One new value and what it told: moves in standard deviations, what the model expected and what came; `points` of the index."""

    indicator: str
    period: str
    expected: float
    came: float
    points: float


@dataclass(frozen=True, slots=True)
class News:
    """Why the nowcast of a period moved from one vintage to the next.

    Attributes:
        period: what is nowcast.
        before, after: nowcasts of the index in points, absent moves being those the model expects.
        releases: the new values, the most telling first.
        revisions: points by which changes of values known before moved it.

    before + sum of releases + revisions = after.
    """

    period: str
    before: float
    after: float
    releases: tuple[Release, ...]
    revisions: float


def factor_of(
    recipe: Recipe, adjusted: Mapping[str, TimeSeries], kept: Calibration, memory: Memory
) -> Factor:
    """Estimate the factor, or recall it: it costs seconds.

    Args:
        adjusted, kept: as of `index_of`.
        memory: where the answer is kept by all it depends on.

    Raises:
        UnusableSeries: as `index_of`; INDEX-010 the estimation ends in no numbers.

    One factor, AR(1), with AR(1) in what is each indicator's own. Its sign is that of the sum of the loadings.
    """
    of = material(recipe, adjusted)
    scaled = _scaled(recipe, of, kept)
    depends = (recipe.edition, kept.text(), of.periods, scaled)
    made = memory.answer(_EDITION, depends, lambda: _estimated(recipe, of.periods, scaled))
    return Factor(**(made | {"periods": tuple(made["periods"]), "levels": tuple(made["levels"])}))


def news_of(
    recipe: Recipe, before: Mapping[str, TimeSeries], after: Mapping[str, TimeSeries], kept: Calibration, period: str, memory: Memory
) -> News:  # fmt: skip
    """What the newer vintage tells about the index of a period.

    Args:
        before, after: adjusted series as they were known on two days.
        period: the one nowcast; it may lie after the newest value.

    Raises:
        UnusableSeries: as `factor_of`.

    The model is that of the earlier vintage, so that coefficients move nothing. Values that seasonal adjustment changed behind
    count as revisions. The nowcast weighs the moves of all indicators as the calibration does.
    """
    old, new = material(recipe, before), material(recipe, after)
    one, other = _scaled(recipe, old, kept), _scaled(recipe, new, kept)
    depends = (recipe.edition, kept.text(), old.periods, one, new.periods, other, period)
    made = memory.answer(
        _EDITION + " news",
        depends,
        lambda: _told(recipe, kept, (old.periods, one), (new.periods, other), period),
    )
    return News(**(made | {"releases": tuple(Release(**row) for row in made["releases"])}))


def _scaled(recipe: Recipe, of: Material, kept: Calibration) -> "NDArray[np.float64]":
    """Moves in standard deviations, (T, N) with nan; only indicators that the calibration knows are not nan."""
    return present_weights(recipe, of, kept)[0]


def _estimated(recipe: Recipe, periods: tuple[str, ...], scaled: "NDArray[np.float64]") -> dict[str, Any]:
    import numpy as np

    frame = _frame(recipe, periods, scaled)
    result = _fit(recipe, frame)
    factor = np.asarray(result.factors.smoothed)[:, 0]
    loadings = np.array([result.params[f"loading.0->{name}"] for name in frame.columns])
    way = 1.0 if loadings.sum() >= 0 else -1.0
    factor, size = way * factor, float(factor.std(ddof=1))
    common = [_correlation(factor, frame[name].to_numpy()) ** 2 for name in frame.columns]
    return {
        "periods": [str(period) for period in frame.index],
        "levels": [float(100 + recipe.scaling.deviation * each / size) for each in factor],
        "loadings": {
            name: float(way * load * size) for name, load in zip(frame.columns, loadings, strict=True)
        },
        "explained": {name: float(share) for name, share in zip(frame.columns, common, strict=True)},
        "likelihood": float(result.llf),
        "steps": int(result.mle_retvals["iter"]),
    }


def _correlation(factor: "NDArray[np.float64]", moved: "NDArray[np.float64]") -> float:
    import numpy as np

    rows = np.isfinite(moved)
    return float(np.corrcoef(factor[rows], moved[rows])[0, 1])


def _told(
    recipe: Recipe, kept: Calibration, old: tuple[tuple[str, ...], Any], new: tuple[tuple[str, ...], Any], period: str
) -> dict[str, Any]:  # fmt: skip
    one, other = _frame(recipe, *old), _frame(recipe, *new)
    names = [name for name in one.columns if name in other.columns]
    one, other = one.loc[:, names], other.loc[:, names]
    result = _fit(recipe, one)
    weight = dict(zip(kept.indicators, kept.weights, strict=True))
    total = sum(weight[name] for name in names)
    points = {name: kept.factor * weight[name] / total for name in names}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        news = result.news(other, impact_date=period, comparison_type="updated")
    nowcast = [
        100 + sum(points[name] * float(table[name].iloc[0]) for name in names)
        for table in (news.prev_impacted_forecasts, news.post_impacted_forecasts)
    ]
    releases = _releases(news.details_by_impact.reset_index(), points)
    left = nowcast[1] - nowcast[0] - sum(row["points"] for row in releases)
    return {
        "period": period,
        "before": nowcast[0],
        "after": nowcast[1],
        "releases": releases,
        "revisions": left,
    }


def _releases(told: "pd.DataFrame", points: Mapping[str, float]) -> list[dict[str, Any]]:
    """One row a new value: what it adds to the index is what it adds to the nowcast of each indicator, weighed."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    columns = [
        "updated variable",
        "update date",
        "impacted variable",
        "forecast (prev)",
        "observed",
        "impact",
    ]
    for name, period, impacted, expected, came, impact in told[columns].itertuples(index=False, name=None):
        row = found.setdefault(
            (name, str(period)),
            {
                "indicator": name,
                "period": str(period),
                "expected": float(expected),
                "came": float(came),
                "points": 0.0,
            },
        )
        row["points"] += points[impacted] * float(impact)
    return sorted(found.values(), key=lambda row: -abs(row["points"]))


def _frame(recipe: Recipe, periods: tuple[str, ...], scaled: "NDArray[np.float64]") -> "pd.DataFrame":
    """Moves by key of indicator over periods, without columns and leading rows that hold nothing."""
    import numpy as np
    import pandas as pd

    index = pd.PeriodIndex(periods, freq=recipe.frequency)
    frame = pd.DataFrame(scaled, index=index, columns=[i.key for i in recipe.indicators])
    rows = np.flatnonzero(np.isfinite(scaled).any(axis=1))
    return frame.iloc[rows[0] :].dropna(axis=1, how="all")


def _fit(recipe: Recipe, frame: "pd.DataFrame") -> Any:
    import numpy as np
    from statsmodels.tsa.statespace.dynamic_factor_mq import DynamicFactorMQ

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            model = DynamicFactorMQ(frame, factors=1, factor_orders=1, idiosyncratic_ar1=True)
            result: Any = model.fit(maxiter=_STEPS, disp=False)
        except (np.linalg.LinAlgError, ValueError) as error:
            raise unstable(recipe.key, str(error)) from error
    if not np.isfinite(result.llf):
        raise unstable(recipe.key, "no finite likelihood")
    return result
