"""What an adjustment takes a series apart into: plain values, as they are remembered."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from touchstone.calc.seasonal.choice import KeptModel, model_of
from touchstone.calc.seasonal.diagnostics import Check
from touchstone.calc.seasonal.refused import no_number
from touchstone.facts.text import Text

Floats = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The unadjusted series ahead, in its unit, with the limits of 95 %; empty where the method forecasts nothing."""

    periods: tuple[str, ...]
    values: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Parts:
    """A series taken apart; each part has T values.

    Attributes:
        adjusted: without season and calendar, in the unit of the series; outliers stay in it.
        seasonal, calendar: factors around 1 where `multiplicative`, else amounts around 0 in the unit of the series.
        trend: in the unit of the series.
        irregular: as `seasonal`; what trend leaves of `adjusted`.
        forecast: of the series as it is, not of the adjusted one.
        outliers: those in the model, "ls2008.Nov"; found since the identification among them.
        estimated: periods whose value was missing and is estimated, here and in `adjusted`.
        model: what to store for the next month; None where there is none.
        warnings: what the program warns of, in its own words.
    """

    adjusted: Floats
    seasonal: Floats
    trend: Floats
    irregular: Floats
    calendar: Floats
    forecast: Forecast
    multiplicative: bool
    outliers: tuple[str, ...]
    estimated: tuple[str, ...]
    model: KeptModel | None
    diagnostics: tuple[Check, ...]
    notes: tuple[Text, ...]
    warnings: tuple[str, ...]


def finite(key: str, periods: Sequence[str], parts: Parts) -> Parts:
    """The parts, where every value of each is a number.

    Raises:
        UnusableSeries: one is not; names the first (SEASON-011).
    """
    for name in ("adjusted", "seasonal", "trend", "irregular", "calendar"):
        for period, value in zip(periods, getattr(parts, name), strict=True):
            if not isfinite(value):
                raise no_number(key, period, name)
    return parts


def parts_of(plain: dict[str, Any]) -> Parts:
    """The parts from the plain values of `asdict`, as JSON gives them back."""
    kept: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()
    }
    kept["forecast"] = Forecast(**{name: tuple(value) for name, value in plain["forecast"].items()})
    kept["model"] = model_of(plain["model"]) if plain["model"] else None
    kept["diagnostics"] = tuple(Check(**each) for each in plain["diagnostics"])
    kept["notes"] = tuple(Text(**each) for each in plain["notes"])
    return Parts(**kept)
