"""One period ahead: each indicator forecast by its own past, the index computed from the forecasts, an interval around it.

Source: "index.forecast" in data/methods/index.toml.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from touchstone.calc.index.autoregression import Past, past_of
from touchstone.calc.index.bands import band_of
from touchstone.calc.index.calibration import Calibration
from touchstone.calc.index.chained import chained, next_level
from touchstone.calc.index.material import Material, material
from touchstone.calc.index.parts import steps
from touchstone.calc.index.recipe import Recipe
from touchstone.calc.index.unfit import no_forecast, too_short
from touchstone.calc.timeseries import TimeSeries
from touchstone.errors import UnusableSeries
from touchstone.facts.period import period_after

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LEAST = 36
"""Periods of history an autoregression is fitted to at least."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """An index one period ahead.

    Attributes:
        period: what is forecast; the one after the newest with a level.
        level: from the forecasts of the indicators.
        low, high: ends of the interval that contains `share` of the draws.
        share: such as 0.8.
        band: key of the band of `level`; `chances` of each band, from low to high, by the draws.
        moves: forecast move by key of indicator, or the published one where `published` names it.
        orders: lags of each indicator's autoregression, by key.
        published: keys of the indicators whose value of the period is known already.
        seed, draws: of the bootstrap.
    """

    period: str
    level: float
    low: float
    high: float
    share: float
    band: str
    chances: tuple[float, ...]
    moves: dict[str, float]
    orders: dict[str, int]
    published: tuple[str, ...]
    seed: int
    draws: int


@dataclass(frozen=True, slots=True)
class Record:
    """How forecasts of the past did, each from the data up to the period before it.

    Attributes:
        since, until: first and last period forecast; `count` of them.
        covered: share of them whose level lay inside its interval; to be held beside `share`.
        share: what the interval promised.
        error: mean absolute error, in points.
        naive: that of "the same as the period before".
        unmoved: that of "nothing moves": 100, or the level before in forms that chain.
        right: share of forecasts in the band of the level.
        errors: of each period, level less forecast.
    """

    since: str
    until: str
    count: int
    covered: float
    share: float
    error: float
    naive: float
    unmoved: float
    right: float
    errors: tuple[tuple[str, float], ...]


def forecast(
    recipe: Recipe, adjusted: Mapping[str, TimeSeries], kept: Calibration, seed: int, share: float = 0.8, draws: int = 2000
) -> Forecast:  # fmt: skip
    """Forecast the period after the newest that has a level.

    Args:
        adjusted, kept: as of `index_of`.
        seed: of the bootstrap; the same seed gives the same interval.
        share: of the draws that the interval contains.

    Raises:
        UnusableSeries: as `index_of`; INDEX-009 the growth-cycle form, whose newest level is no sum of changes; INDEX-013 too few
            indicators have a history long enough, or no period in which all of them have.

    The interval draws whole rows of residuals, so that indicators err together as they did; it does not contain the
    uncertainty of the coefficients, nor future revisions.
    """
    of = material(recipe, adjusted)
    levels = _levels(recipe, of, kept)
    return _forecast(recipe, of, levels, kept, seed, share, draws)


def track_record(
    recipe: Recipe, adjusted: Mapping[str, TimeSeries], kept: Calibration, seed: int, share: float = 0.8, last: int = 60, draws: int = 500
) -> Record:  # fmt: skip
    """Forecast each of the `last` periods from those before it, and compare.

    Arguments and errors as `forecast`. Series are cut, not taken as they were published, so that revisions and
    the adjustment of later months help: `Vintages.foreseen` is the record without that.
    """
    import numpy as np

    of = material(recipe, adjusted)
    levels = _levels(recipe, of, kept)
    rows = [n for n in range(_LEAST + 1, len(levels)) if np.isfinite(levels[n - 1 : n + 1]).all()][-last:]
    tried = {n: _tried(recipe, _until(of, n), levels[:n], kept, seed + n, share, draws) for n in rows}
    rows, made = [n for n in rows if tried[n]], [one for one in tried.values() if one]
    real, before = levels[rows], levels[[n - 1 for n in rows]]
    errors = real - [one.level for one in made]
    still = 100.0 if recipe.form == "association" else before
    inside = [one.low <= level <= one.high for one, level in zip(made, real, strict=True)]
    right = [one.band == band_of(recipe, float(level)) for one, level in zip(made, real, strict=True)]
    return Record(
        of.periods[rows[0]] if rows else "", of.periods[rows[-1]] if rows else "", len(rows), _mean(inside), share,
        _mean(abs(errors)), _mean(abs(real - before)), _mean(abs(real - still)), _mean(right),
        tuple((of.periods[n], float(error)) for n, error in zip(rows, errors, strict=True)),
    )  # fmt: skip


def _tried(*of: Any) -> Forecast | None:
    """As `_forecast`; None where there was too little history."""
    try:
        return _forecast(*of)
    except UnusableSeries:
        return None


def _forecast(
    recipe: Recipe, of: Material, levels: "NDArray[np.float64]", kept: Calibration, seed: int, share: float, draws: int
) -> Forecast:  # fmt: skip
    import numpy as np

    newest = int(np.flatnonzero(np.isfinite(levels))[-1])
    before = float(levels[newest])
    known = of.moved[newest + 1] if newest + 1 < len(of.periods) else np.full(of.moved.shape[1], np.nan)
    pasts = [past_of(of.moved[: newest + 1, n], _LEAST) for n in range(of.moved.shape[1])]
    move = np.where(np.isfinite(known), known, [past.next if past else np.nan for past in pasts])
    errors = _errors(pasts, np.isfinite(known), newest + 1)
    there = steps(recipe, replace(of, moved=move[None, :], periods=(), facts=()), kept)[2]
    if not len(errors) or there[0] < recipe.coverage - 1e-12:
        raise too_short(recipe.key, _LEAST)
    chosen = np.random.default_rng(seed).integers(0, len(errors), draws)
    drawn = _level_of(recipe, of, kept, move + errors[chosen], before)
    level = float(_level_of(recipe, of, kept, move[None, :], before)[0])
    low, high = np.quantile(drawn, [(1 - share) / 2, (1 + share) / 2])
    bands = [band_of(recipe, float(each)) for each in drawn]
    keys = [indicator.key for indicator in recipe.indicators]
    return Forecast(
        period_after(of.periods[newest]), level, float(low), float(high), share, band_of(recipe, level),
        tuple(bands.count(band.key) / draws for band in recipe.bands.bands),
        {key: float(m) for key, m in zip(keys, move, strict=True) if m == m},
        {key: past.order for key, past in zip(keys, pasts, strict=True) if past},
        tuple(key for key, m in zip(keys, known, strict=True) if m == m), seed, draws,
    )  # fmt: skip


def _errors(pasts: list[Past | None], known: "NDArray[np.bool_]", count: int) -> "NDArray[np.float64]":
    """Residuals side by side, (R, N), of the periods in which every one that is forecast has one; 0 of what is known."""
    import numpy as np

    every = np.zeros((count, len(pasts)))
    for column, past in enumerate(pasts):
        if past and not known[column]:
            every[:, column] = past.residuals
    return every[np.isfinite(every).all(axis=1)]


def _level_of(
    recipe: Recipe, of: Material, kept: Calibration, moved: "NDArray[np.float64]", before: float
) -> "NDArray[np.float64]":  # fmt: skip
    """The level that each row of moves would give after the level before: (D, N) to (D,)."""
    told = replace(of, moved=moved, periods=(), facts=())
    added = steps(recipe, told, kept)[0].sum(axis=1)
    if recipe.form == "association":
        return 100 + added
    return next_level(before, added + kept.drift)


def _levels(recipe: Recipe, of: Material, kept: Calibration) -> "NDArray[np.float64]":
    import numpy as np

    if recipe.form == "growth_cycle":
        raise no_forecast(recipe.key, recipe.form)
    if recipe.form != "association":
        return chained(recipe, of, kept).levels
    points, _, coverage, _ = steps(recipe, of, kept)
    return np.where(coverage >= recipe.coverage - 1e-12, 100 + points.sum(axis=1), np.nan)


def _until(of: Material, row: int) -> Material:
    """The periods before a row."""
    return replace(
        of, periods=of.periods[:row], values=of.values[:row], moved=of.moved[:row], facts=of.facts[:row]
    )


def _mean(values: "list[bool] | NDArray[np.float64]") -> float:
    return float(sum(values) / len(values)) if len(values) else float("nan")
