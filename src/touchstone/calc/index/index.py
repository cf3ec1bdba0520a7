"""The index: from adjusted series and a recipe to levels, contributions, bands and breadth. Read this file first.

`index_of` is a pure function of the series as they were known: the same series and calibration always give the same
numbers, whatever day they are computed on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from touchstone.calc.index.bands import band_of
from touchstone.calc.index.calibration import Calibration, calibrated, misfits
from touchstone.calc.index.chained import chained
from touchstone.calc.index.diffusion import Diffusion, diffusion
from touchstone.calc.index.growth_cycle import growth_cycle
from touchstone.calc.index.material import Material, material
from touchstone.calc.index.misfit import late
from touchstone.calc.index.parts import Parts, steps
from touchstone.calc.index.recipe import Form, Recipe
from touchstone.calc.index.unfit import stale
from touchstone.calc.timeseries import TimeSeries
from touchstone.errors import Refusal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """An index and what it is made of.

    Attributes:
        recipe: key of the recipe.
        form: how it was computed.
        periods: T period codes.
        levels: (T,) points; nan where too few indicators have a value.
        bases: (T,) the level that contributions add up from: 100, or the level before in forms that chain.
        indicators, sectors: keys, N and S of them.
        contributions: (T, N) points; 0 of an indicator that is absent. base + sum + trend = level, within 1e-9.
        trends: (T,) points that the trend adjustment adds; 0 in forms without one.
        by_sector: (T, S) sums of contributions.
        moved: (T, N) moves as published after adjustment, with the sign of the recipe, not cut off; nan where absent.
        cut: (T, N) whether a move was cut off.
        weights: (T, N) of those present, with a sum of one; 0 of the others.
        coverage: (T,) share of the weight that is present.
        bands: T keys of bands; "" where there is no level.
        breadth: how many indicators rise, in both conventions.
        calibration: what levels stand on.
        left_out: why an indicator that has a series is not in it, by key.
        facts: T rows of N tuples: ids of the facts each move stands on, those of the period before included.
    """

    recipe: str
    form: Form
    periods: tuple[str, ...]
    levels: "NDArray[np.float64]"
    bases: "NDArray[np.float64]"
    indicators: tuple[str, ...]
    sectors: tuple[str, ...]
    contributions: "NDArray[np.float64]"
    trends: "NDArray[np.float64]"
    by_sector: "NDArray[np.float64]"
    moved: "NDArray[np.float64]"
    cut: "NDArray[np.bool_]"
    weights: "NDArray[np.float64]"
    coverage: "NDArray[np.float64]"
    bands: tuple[str, ...]
    breadth: Diffusion
    calibration: Calibration
    facts: tuple[tuple[tuple[str, ...], ...], ...]
    left_out: dict[str, Refusal]

    def row(self, period: str) -> int:
        """The row of a period. Raises ValueError: the index has no such period."""
        return self.periods.index(period)

    def at(self, period: str) -> float:
        """The level of a period; nan where there is none."""
        return float(self.levels[self.row(period)]) if period in self.periods else float("nan")

    @property
    def last(self) -> str:
        """The newest period that has a level; "" where none has."""
        known = [p for p, level in zip(self.periods, self.levels, strict=True) if level == level]
        return known[-1] if known else ""

    def absent(self, period: str) -> tuple[str, ...]:
        """The keys of the indicators that had no move in a period."""
        row = self.moved[self.row(period)]
        return tuple(key for key, move in zip(self.indicators, row, strict=True) if move != move)

    def plain(self) -> dict[str, Any]:
        """Everything as plain values that JSON can hold; None for nan."""
        from touchstone.calc.index.plain import plain

        return plain(self)


def index_of(
    recipe: Recipe, adjusted: Mapping[str, TimeSeries], calibration: Calibration | date, refused: Mapping[str, Refusal] | None = None
) -> Index:  # fmt: skip
    """Compute the index of a recipe.

    Args:
        adjusted: seasonally adjusted series by key of indicator, as they were known on one day.
        calibration: the one kept; or a day, to calibrate anew on the sample of the recipe and keep with that day.
        refused: why there is no series of an indicator, where that is known: told where too few are left.

    Raises:
        UnusableSeries: as `calibrate`; INDEX-007 the calibration is of another edition of the recipe.
    """
    import numpy as np

    of = material(recipe, adjusted, refused)
    kept = calibrated(recipe, of, calibration) if isinstance(calibration, date) else calibration
    if kept.edition != recipe.edition:
        raise stale(recipe.key, kept.day)
    parts = _FORMS[recipe.form](recipe, of, kept)
    levels = np.where(parts.coverage >= recipe.coverage - 1e-12, parts.levels, np.nan)
    keys = tuple(indicator.key for indicator in recipe.indicators)
    sectors = tuple(sector.key for sector in recipe.sectors)
    member = np.array([[i.sector == sector for sector in sectors] for i in recipe.indicators], dtype=float)
    return Index(
        recipe=recipe.key,
        form=recipe.form,
        periods=of.periods,
        levels=levels,
        bases=parts.bases,
        indicators=keys,
        sectors=sectors,
        contributions=parts.contributions,
        trends=parts.trends,
        by_sector=parts.contributions @ member,
        moved=of.moved,
        cut=parts.cut,
        weights=parts.weights,
        coverage=parts.coverage,
        bands=tuple(band_of(recipe, float(level)) for level in levels),
        breadth=diffusion(recipe, of),
        calibration=kept,
        facts=_facts(of),
        left_out=_left_out(recipe, of, kept),
    )


def _left_out(recipe: Recipe, of: Material, kept: Calibration) -> dict[str, Refusal]:
    """What the series cannot carry, and what the calibration does not know: for a reason that still holds, or made without it."""
    import numpy as np

    found, unfit = dict(of.left_out), misfits(recipe, of)
    for column, indicator in enumerate(recipe.indicators):
        if indicator.key not in kept.indicators and np.isfinite(of.moved[:, column]).any():
            found[indicator.key] = unfit.get(indicator.key) or late(indicator.key, kept.day, recipe.key)
    return found


def association(recipe: Recipe, of: Material, kept: Calibration) -> Parts:
    """The form of the copper association: 100 + k sum of w r / s, additive and exact.

    Source: "index.association" in data/methods/index.toml. 100 says that nothing moved.
    """
    import numpy as np

    contributions, weights, coverage, cut = steps(recipe, of, kept)
    none = np.zeros(len(of.periods))
    return Parts(100 + contributions.sum(axis=1), none + 100, contributions, none, weights, coverage, cut)


_FORMS: dict[str, Callable[[Recipe, Material, Calibration], Parts]] = {
    "association": association,
    "level": chained,
    "composite": chained,
    "growth_cycle": growth_cycle,
}


def _facts(of: Material) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """A move stands on the facts of its period and of the one before."""
    none = tuple(() for _ in of.facts[0])
    return tuple(
        tuple(tuple(dict.fromkeys((*old, *new))) for old, new in zip(before, now, strict=True))
        for before, now in zip((none, *of.facts[:-1]), of.facts, strict=True)
    )
