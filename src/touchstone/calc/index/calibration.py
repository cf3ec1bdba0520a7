"""Calibration: what is chosen once from a declared sample and then kept, so that published levels never move.

Weights, scales, fences and the factor k of an index come from here. A calibration is kept as text beside its recipe, with
the day it was made; `index_of` takes it back.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from touchstone.calc.index.material import Material, enough, material
from touchstone.calc.index.misfit import brief
from touchstone.calc.index.moves import fences
from touchstone.calc.index.recipe import Recipe
from touchstone.calc.index.unfit import not_toml, still, thin
from touchstone.calc.index.weights import combined, objective, subjective
from touchstone.calc.timeseries import TimeSeries
from touchstone.errors import Refusal, UnusableSeries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LEAST = 24
"""Periods below which a standard deviation is not called a scale."""
SHARES = (0.0, 0.5, 1.0)
"""Parts of the subjective weights for which the sensitivity of an index is shown."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What one calibration found.

    Attributes:
        recipe: key of the recipe; `edition`: of its rules at that time.
        day: when it was made, as told.
        since, until: the sample.
        indicators: the keys that had a series, N of them; the others count as absent ever after.
        weights: (N,) with a sum of one.
        low, high: (N,) fences of the moves.
        scale: (N,) standard deviations of the moves inside the fences; in the composite form their mean size.
        middle: (N,) means of moves that enter by their level, 0 of all others.
        factor: what a weighed and scaled move of one is worth: in points, or in percent where the form chains.
        drift: percent a period that the trend adjustment of a chained form adds.
    """

    recipe: str
    edition: str
    day: date
    since: str
    until: str
    indicators: tuple[str, ...]
    weights: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    scale: tuple[float, ...]
    middle: tuple[float, ...]
    factor: float
    drift: float

    def text(self) -> str:
        """The calibration as TOML; `calibration_of` reads back exactly the same numbers."""
        lines = [
            f"{name} = {_quoted(getattr(self, name))}" for name in ("recipe", "edition", "since", "until")
        ]
        lines += [f"day = {self.day}", f"factor = {self.factor!r}", f"drift = {self.drift!r}"]
        lines.append(f"indicators = [{', '.join(map(_quoted, self.indicators))}]")
        lines += [f"{name} = [{', '.join(map(repr, getattr(self, name)))}]" for name in _NUMBERS]
        return "\n".join(lines) + "\n"


_NUMBERS = ("weights", "low", "high", "scale", "middle")


def calibration_of(text: str, file: str) -> Calibration:
    """The calibration kept as this text. Raises UnreadableFile: INDEX-002, it is none."""
    try:
        given: dict[str, Any] = tomllib.loads(text)
        numbers = {name: tuple(map(float, given[name])) for name in _NUMBERS}
        every: dict[str, Any] = given | numbers | {"indicators": tuple(given["indicators"])}
        return Calibration(**every)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise not_toml(file, str(error)) from error


def calibrate(
    recipe: Recipe,
    adjusted: Mapping[str, TimeSeries],
    day: date,
    refused: Mapping[str, Refusal] | None = None,
) -> Calibration:
    """Calibrate an index over the sample of its recipe.

    Args:
        adjusted, refused: as of `index_of`.
        day: to be kept with it.

    Raises:
        UnusableSeries: as `material`, an indicator that cannot be calibrated counting as absent (`misfits`); INDEX-005 the sample
            in which all have a change is thin; INDEX-006 over it one hardly ever moves.

    Only periods in which every indicator that has a series moved count, so that all scales are of the same months.
    """
    return calibrated(recipe, material(recipe, adjusted, refused), day)


def calibrated(recipe: Recipe, of: Material, day: date) -> Calibration:
    """As `calibrate`, of series that are side by side already."""
    import numpy as np

    unfit = misfits(recipe, of)
    keys = tuple(
        i.key
        for n, i in enumerate(recipe.indicators)
        if i.key not in unfit and np.isfinite(of.moved[:, n]).any()
    )
    enough(recipe, set(keys), {**of.left_out, **unfit})
    used = [n for n, indicator in enumerate(recipe.indicators) if indicator.key in keys]
    sample = _sample(recipe, of, used)
    ends = [_fences(recipe, keys[n], sample[:, n]) for n in range(len(used))]
    low, high = np.array(ends).T
    sample = np.clip(sample, low, high)
    stands = np.array([_stands(recipe, n) for n in used])
    middle = sample.mean(axis=0) * stands
    composite = recipe.form == "composite"
    scale = np.abs(sample).mean(axis=0) if composite else sample.std(axis=0, ddof=1)
    data = objective(recipe.weights.objective, sample)
    share = 1.0 if recipe.weights.objective == "none" else recipe.weights.share
    weights = combined(np.array(subjective(recipe))[used], data, share)
    scaled = (sample - middle) / scale
    factor = _factor(recipe, used, scaled, weights, np.where(stands, 1.0, scale))
    return Calibration(
        recipe.key, recipe.edition, day, recipe.scaling.since, recipe.scaling.until, keys, _plain(weights), _plain(low),
        _plain(high), _plain(scale), _plain(middle), factor, _drift(recipe, factor * scaled @ weights),
    )  # fmt: skip


def _factor(
    recipe: Recipe,
    used: list[int],
    scaled: "NDArray[np.float64]",
    weights: "NDArray[np.float64]",
    scale: "NDArray[np.float64]",
) -> float:
    """What brings the weighed sum to the size the form asks for; `scale` is 1 of what enters by its level.

    association: the standard deviation of the recipe. level: standardisation factors with a sum of one. composite: the
    mean size of the coincident indicators, where roles are given.
    """
    import numpy as np

    if recipe.form == "level":
        return float(1 / (weights / scale).sum())
    total = scaled @ weights
    if recipe.form != "composite":
        return float(recipe.scaling.deviation / total.std(ddof=1))
    coincident = np.array([recipe.indicators[n].role == "coincident" for n in used])
    if not coincident.any():
        return 1.0
    of_them = scaled[:, coincident] @ weights[coincident] / weights[coincident].sum()
    return float(np.abs(of_them).mean() / np.abs(total).mean())


def _drift(recipe: Recipe, growth: "NDArray[np.float64]") -> float:
    """What the trend adjustment adds to every period: target growth less mean growth of the sample."""
    return 0.0 if recipe.chain.trend is None else float(recipe.chain.trend - growth.mean())


def sensitivity(
    recipe: Recipe,
    adjusted: Mapping[str, TimeSeries],
    day: date,
    refused: Mapping[str, Refusal] | None = None,
) -> dict[float, Calibration]:
    """Calibrations by the part of the subjective weights, for each of `SHARES`; each has the same spread of the index.

    Arguments and errors as `calibrate`. A recipe without objective weights gives the same three times.
    """
    of = material(recipe, adjusted, refused)
    return {
        share: calibrated(replace(recipe, weights=replace(recipe.weights, share=share)), of, day)
        for share in SHARES
    }


def _sample(recipe: Recipe, of: Material, used: list[int]) -> "NDArray[np.float64]":
    import numpy as np

    since, until = recipe.scaling.since, recipe.scaling.until
    sample = _inside(recipe, of)[:, used]
    sample = sample[np.isfinite(sample).all(axis=1)]
    if len(sample) < _LEAST:
        raise thin(recipe.key, since, until, len(sample), _LEAST)
    return sample


def misfits(recipe: Recipe, of: Material) -> dict[str, UnusableSeries]:
    """The indicators that a calibration leaves out, by key: INDEX-017 too few changes in the sample, INDEX-006 they have no scale."""
    import numpy as np

    since, until = recipe.scaling.since, recipe.scaling.until
    inside = _inside(recipe, of)
    found: dict[str, UnusableSeries] = {}
    for column, indicator in enumerate(recipe.indicators):
        moved = inside[:, column][np.isfinite(inside[:, column])]
        if not np.isfinite(of.moved[:, column]).any():
            continue
        if len(moved) < _LEAST:
            found[indicator.key] = brief(indicator.key, since, until, len(moved), _LEAST)
            continue
        try:
            _fences(recipe, indicator.key, moved)
        except UnusableSeries as why:
            found[indicator.key] = why
    return found


def _inside(recipe: Recipe, of: Material) -> "NDArray[np.float64]":
    """The moves of the sample, (R, N)."""
    import numpy as np

    since, until = recipe.scaling.since, recipe.scaling.until
    return of.moved[np.array([since <= period <= until for period in of.periods])]


def _fences(recipe: Recipe, key: str, sample: "NDArray[np.float64]") -> tuple[float, float]:
    low, high = fences(sample, recipe.scaling.robust)
    if low == high or (sample == sample[0]).all():
        raise still(key, recipe.scaling.since, recipe.scaling.until)
    return low, high


def _stands(recipe: Recipe, number: int) -> bool:
    return recipe.form == "level" and recipe.indicators[number].kind in ("spread", "diffusion")


def _plain(numbers: "NDArray[np.float64]") -> tuple[float, ...]:
    return tuple(float(each) for each in numbers)


def _quoted(key: str) -> str:
    """A key as a string of TOML, which takes the escapes of JSON."""
    return json.dumps(key, ensure_ascii=False)
