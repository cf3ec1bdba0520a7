"""Vintages: the index as it was known on each day, against the index as it is known last.

Source: "index.vintages" in data/methods/index.toml.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

from touchstone.calc.index.bands import band_of
from touchstone.calc.index.calibration import Calibration
from touchstone.calc.index.forecast import Forecast, forecast
from touchstone.calc.index.index import Index, index_of
from touchstone.calc.index.recipe import Recipe
from touchstone.calc.timeseries import TimeSeries
from touchstone.errors import Refusal

Known = Callable[[date], Mapping[str, TimeSeries]]
"""Gives the adjusted series by key of indicator as they were known on a day."""


@dataclass(frozen=True, slots=True)
class Vintage:
    """The index as it was known on one day.

    Attributes:
        day: that day.
        last: the newest period with a level.
        path: its newest periods and their levels, oldest first.
        refused: why there was no index that day, as a refusal's text in English; "" where there was one.
    """

    day: date
    last: str
    path: tuple[tuple[str, float], ...]
    refused: str


@dataclass(frozen=True, slots=True)
class First:
    """A level as it was first published, and as it is known last."""

    period: str
    day: date
    first: float
    final: float
    first_band: str
    final_band: str


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A level as it was forecast on a day from what was known that day, and as it was first published later.

    `low` and `high` end the interval that held `share` of the draws; `before` is the newest level known on the day.
    """

    period: str
    day: date
    level: float
    low: float
    high: float
    share: float
    before: float
    real: float


@dataclass(frozen=True, slots=True)
class Vintages:
    """Real time against final.

    Attributes:
        days: one vintage a day, in order: the fan.
        firsts: every period that was first seen on one of the days after the first of them.
        hits: share of `firsts` whose first band is the final one.
        revision: mean absolute difference of first and final level, in points.
        bias: mean of final less first.
        largest: largest absolute difference.
        foreseen: the forecasts of the days, of periods first published on a later one of them: a back-test on vintages.
    """

    days: tuple[Vintage, ...]
    firsts: tuple[First, ...]
    hits: float
    revision: float
    bias: float
    largest: float
    foreseen: tuple[Foreseen, ...] = ()

    @property
    def covered(self) -> float:
        """Share of the forecasts whose interval held the level first published; nan where there are none."""
        return _mean([float(one.low <= one.real <= one.high) for one in self.foreseen])

    @property
    def error(self) -> float:
        """Mean absolute error of the forecasts in points; nan where there are none."""
        return _mean([abs(one.real - one.level) for one in self.foreseen])

    @property
    def naive(self) -> float:
        """The same of "as the newest level known that day"."""
        return _mean([abs(one.real - one.before) for one in self.foreseen])


def vintages(
    recipe: Recipe, known: Known, days: Sequence[date], kept: Calibration, shown: int = 12, seed: int = 0
) -> Vintages:
    """The index of every day, and the forecast that could have been made on it.

    Args:
        known: see `Known`; it prepares and adjusts, and may remember.
        days: in order; the last tells the final levels.
        kept: the calibration all days share.
        shown: periods of a path.
        seed: of the forecasts' intervals.

    A day whose series cannot carry the index is kept with its reason, and the others go on. The periods that the first day
    already knows have no first publication here.
    """
    every = [_vintage(recipe, known, day, kept, shown, seed + n) for n, day in enumerate(days)]
    made = [(vintage, index) for vintage, index, _ in every]
    final = next((index for _, index in reversed(made) if index), None)
    seen: set[str] | None = None
    firsts: list[First] = []
    for vintage, index in made:
        if index is None or final is None:
            continue
        levels = {p: float(v) for p, v in zip(index.periods, index.levels, strict=True) if isfinite(v)}
        if seen is not None:
            new = [period for period in levels if period not in seen and isfinite(final.at(period))]
            firsts += [
                _first(recipe, period, vintage.day, levels[period], final.at(period)) for period in new
            ]
        seen = (seen or set()) | set(levels)
    moved = [one.final - one.first for one in firsts]
    first = {one.period: one for one in firsts}
    asked = [(vintage, ahead) for vintage, _, ahead in every if ahead and ahead.period in first]
    foreseen = tuple(_foreseen(vintage, ahead, first[ahead.period].first) for vintage, ahead in asked)
    return Vintages(
        tuple(vintage for vintage, _ in made), tuple(firsts), _mean([float(f.first_band == f.final_band) for f in firsts]),
        _mean([abs(each) for each in moved]), _mean(moved), max((abs(each) for each in moved), default=float("nan")), foreseen,
    )  # fmt: skip


def _vintage(
    recipe: Recipe, known: Known, day: date, kept: Calibration, shown: int, seed: int
) -> tuple[Vintage, Index | None, Forecast | None]:
    try:
        adjusted = known(day)
        index = index_of(recipe, adjusted, kept)
    except Refusal as refusal:
        return Vintage(day, "", (), str(refusal)), None, None
    path = [(p, float(v)) for p, v in zip(index.periods, index.levels, strict=True) if isfinite(v)]
    try:
        ahead = forecast(recipe, adjusted, kept, seed) if path else None
    except Refusal:  # no forecast of this form, or too little history that day
        ahead = None
    return Vintage(day, index.last, tuple(path[-shown:]), ""), index, ahead


def _foreseen(vintage: Vintage, ahead: Forecast, real: float) -> Foreseen:
    before = vintage.path[-1][1]
    return Foreseen(ahead.period, vintage.day, ahead.level, ahead.low, ahead.high, ahead.share, before, real)


def _first(recipe: Recipe, period: str, day: date, first: float, final: float) -> First:
    return First(period, day, first, final, band_of(recipe, first), band_of(recipe, final))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else float("nan")
