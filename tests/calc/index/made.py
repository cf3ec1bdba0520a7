"""Series made for tests of the index: seeded, adjusted for nothing, with a common wave; and small recipes."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from touchstone.calc.index.recipe import Chain, Form, Recipe
from touchstone.calc.index.recipe_file import recipes
from touchstone.calc.timeseries import TimeSeries, clock

FIRST, LAST = "2013-01", "2024-06"


def copper(form: Form = "association", **changes: object) -> Recipe:
    """The shipped copper recipe, in another form or with other choices."""
    return replace(recipes()["copper-demand"], form=form, **changes)  # type: ignore[arg-type]


def small(form: Form = "association", count: int = 3, **changes: object) -> Recipe:
    """The first indicators of it that are levels."""
    recipe = copper(form, chain=Chain(None, ""), coverage=0.6)
    chosen = tuple(each for each in recipe.indicators if each.kind == "level")[:count]
    sectors = tuple(s for s in recipe.sectors if s.key in {each.sector for each in chosen})
    return replace(recipe, indicators=chosen, sectors=sectors, **changes)  # type: ignore[arg-type]


def series(key: str, values: "NDArray[np.float64] | list[float]", first: str = FIRST) -> TimeSeries:
    """A monthly series from its values; each value stands on a fact of its own name."""
    periods = [first]
    while len(periods) < len(values):
        periods = list(clock(first, f"{int(first[:4]) + len(values) // 12 + 1}-12"))[: len(values)]
    facts = tuple((f"{key}@{period}",) for period in periods)
    return TimeSeries(key, "M", tuple(periods), np.array(values, dtype=float), "", facts)


def adjusted(recipe: Recipe, seed: int = 1, last: str = LAST) -> dict[str, TimeSeries]:
    """A series for every indicator, as after seasonal adjustment."""
    dice = np.random.default_rng(seed)
    count = len(clock(FIRST, LAST))
    wave = np.zeros(count)
    for at in range(1, count):
        wave[at] = 0.5 * wave[at - 1] + dice.normal()
    found = {}
    for indicator in recipe.indicators:
        noise = dice.normal(size=count)
        if indicator.kind == "level":
            values = 100 * np.exp(np.cumsum(0.002 + 0.01 * wave + 0.03 * noise))
        else:
            values = 50 + wave + 0.5 * noise
        found[indicator.key] = series(indicator.key, values).between(FIRST, last)
    return found


def until(given: Mapping[str, TimeSeries], last: str) -> dict[str, TimeSeries]:
    """What is known up to a period."""
    return {key: each.between(FIRST, last) for key, each in given.items()}
