"""What an index is computed from: the adjusted series of a recipe's indicators over one clock.

One that cannot carry an index is left out by name, and the others go on as long as they have the coverage of the recipe.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from touchstone.calc.index.moves import moves
from touchstone.calc.index.recipe import Recipe
from touchstone.calc.index.unfit import lacking, mixed
from touchstone.calc.index.weights import subjective
from touchstone.calc.timeseries import TimeSeries, clock, moving, positive, without_gaps
from touchstone.errors import Refusal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """The indicators side by side.

    Attributes:
        periods: T period codes.
        values: (T, N) adjusted values, in the order of the recipe; nan where there is none.
        moved: (T, N) moves, with the sign of the recipe, not cut off.
        facts: T rows of N tuples of fact ids.
        left_out: why an indicator that has a series is not among them, by key.
    """

    periods: tuple[str, ...]
    values: "NDArray[np.float64]"
    moved: "NDArray[np.float64]"
    facts: tuple[tuple[tuple[str, ...], ...], ...]
    left_out: Mapping[str, Refusal] = field(default_factory=dict)

    def row(self, period: str) -> int:
        """The row of a period. Raises ValueError: it is not there."""
        return self.periods.index(period)


def material(
    recipe: Recipe, adjusted: Mapping[str, TimeSeries], refused: Mapping[str, Refusal] | None = None
) -> Material:
    """The series of a recipe over the periods that any of them has.

    Args:
        adjusted: seasonally adjusted series by key of indicator; others are passed over.
        refused: why there is none of an indicator, where that is known.

    Raises:
        UnusableSeries: INDEX-004 too few can be used; each of the others is named with its reason, which may be INDEX-008 another
            frequency, SERIES-004 it never moves, SERIES-005 it must be positive and is not.

    Spreads and diffusion indices enter the level form by their level, every other form by their change.
    """
    import numpy as np

    there = {i.key: adjusted[i.key] for i in recipe.indicators if i.key in adjusted and len(adjusted[i.key])}
    left_out: dict[str, Refusal] = {}
    for indicator in recipe.indicators:
        if series := there.get(indicator.key):
            try:
                _sound(recipe, series, indicator.positive)
            except Refusal as why:
                left_out[indicator.key] = why
                del there[indicator.key]
    enough(recipe, set(there), {**(refused or {}), **left_out})
    every = [series.periods for series in there.values()]
    periods = clock(min(each[0] for each in every), max(each[-1] for each in every))
    row = {period: number for number, period in enumerate(periods)}
    values = np.full((len(periods), len(recipe.indicators)), np.nan)
    facts: list[list[tuple[str, ...]]] = [[()] * len(recipe.indicators) for _ in periods]
    for column, indicator in enumerate(recipe.indicators):
        if series := there.get(indicator.key):
            first = row[series.periods[0]]
            values[first : first + len(series), column] = series.values
            for number, ids in enumerate(series.facts, first):
                facts[number][column] = ids
    standing = recipe.form == "level"
    moved = np.column_stack(
        [i.sign * moves(values[:, n], i.kind, standing) for n, i in enumerate(recipe.indicators)]
    )
    return Material(periods, values, moved, tuple(map(tuple, facts)), left_out)


def enough(recipe: Recipe, there: set[str], why: Mapping[str, Refusal]) -> None:
    """Let pass indicators that have the coverage of their recipe. Raises UnusableSeries: INDEX-004, every other is named with its cause."""
    weights = subjective(recipe)
    share = sum(weight for weight, i in zip(weights, recipe.indicators, strict=True) if i.key in there)
    if not share or share < recipe.coverage - 1e-12:
        absent = [(i.name, why.get(i.key)) for i in recipe.indicators if i.key not in there]
        raise lacking(recipe.key, absent, share, recipe.coverage)


def _sound(recipe: Recipe, series: TimeSeries, above_zero: bool) -> None:
    """Let pass a series that can carry an index of this form; the filter of a growth cycle takes no gaps."""
    if series.frequency != recipe.frequency:
        raise mixed(series.key, series.frequency, recipe.frequency)
    if recipe.form == "growth_cycle":
        without_gaps(series)
    moving(series)
    if above_zero:
        positive(series)
