"""Weights that the data say, and how they go together with those that people say.

Source: "index.weights" in data/methods/index.toml.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from touchstone.calc.index.ahp import priorities
from touchstone.calc.index.recipe import Objective, Recipe
from touchstone.calc.index.unfit import faulty
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def subjective(recipe: Recipe) -> tuple[float, ...]:
    """The weights of a recipe, (N,) with a sum of one.

    Judgements of the sectors, where there are any, give each sector its share, which its indicators have in equal parts.
    Raises UnreadableFile: INDEX-001, all are 0.
    """
    given = [indicator.weight for indicator in recipe.indicators]
    if recipe.weights.judgements:
        shares = dict(
            zip((s.key for s in recipe.sectors), priorities(recipe.weights.judgements), strict=True)
        )
        of = [indicator.sector for indicator in recipe.indicators]
        given = [shares[sector] / of.count(sector) for sector in of]
    if not sum(given):
        raise faulty(
            recipe.key,
            "indicator.weight",
            Text("权重全为零", "all weights are 0"),
            Text("至少一项大于0", "one above 0"),
        )
    return tuple(weight / sum(given) for weight in given)


def objective(how: Objective, moved: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Weights out of the sample itself, (N,) with a sum of one.

    Args:
        how: entropy, cv (coefficient of variation), critic, inverse_volatility; none weighs all alike.
        moved: (T, N) moves without gaps. All but inverse_volatility look at them brought to 0..1 by their extremes.
    """
    import numpy as np

    if how == "none":
        return np.full(moved.shape[1], 1 / moved.shape[1])
    raw = _RULES[how](moved)
    return raw / raw.sum()


def combined(
    people: "NDArray[np.float64]", data: "NDArray[np.float64]", share: float
) -> "NDArray[np.float64]":
    """`share` of the one and the rest of the other, (N,) with a sum of one."""
    mixed = share * people + (1 - share) * data
    return mixed / mixed.sum()


def _unit(moved: "NDArray[np.float64]") -> "NDArray[np.float64]":
    low = moved.min(axis=0)
    return (moved - low) / (moved.max(axis=0) - low)


def _entropy(moved: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """1 - e with e = -sum p ln p / ln T: what is spread evenly over time tells nothing apart."""
    import numpy as np

    share = _unit(moved)
    share = share / share.sum(axis=0)
    inside = np.where(share > 0, share * np.log(np.where(share > 0, share, 1.0)), 0.0)
    return 1 + inside.sum(axis=0) / np.log(len(moved))


def _variation(moved: "NDArray[np.float64]") -> "NDArray[np.float64]":
    scaled = _unit(moved)
    return scaled.std(axis=0, ddof=1) / scaled.mean(axis=0)


def _critic(moved: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """s sum(1 - r): contrast, and how little the others say the same."""
    import numpy as np

    scaled = _unit(moved)
    if scaled.shape[1] == 1:
        return np.ones(1)
    return scaled.std(axis=0, ddof=1) * (1 - np.corrcoef(scaled, rowvar=False)).sum(axis=0)


def _calm(moved: "NDArray[np.float64]") -> "NDArray[np.float64]":
    return 1 / moved.std(axis=0, ddof=1)


_RULES: Mapping[str, Callable[["NDArray[np.float64]"], "NDArray[np.float64]"]] = {
    "entropy": _entropy,
    "cv": _variation,
    "critic": _critic,
    "inverse_volatility": _calm,
}
