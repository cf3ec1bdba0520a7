"""How an indicator is adjusted: what its recipe declares, as the room of seasonal adjustment takes it."""

from collections.abc import Sequence
from dataclasses import replace

from touchstone.calc.index.recipe import Preparation
from touchstone.calc.seasonal.choice import Choice
from touchstone.calc.seasonal.feasts import Effect
from touchstone.facts.text import Text

_AS_PUBLISHED = Text(
    "方案声明：公布时已调整或没有季节性", "declared in the recipe: published adjusted, or without a season"
)


def choice_of(preparation: Preparation) -> Choice:
    """How a series is adjusted, as its recipe says. Raises UnusableSeries: as `Choice`."""
    if preparation.seasonal == "none":
        return Choice(method="none", reason=_AS_PUBLISHED)
    effects = (
        *_windows("spring", preparation.festival),
        *_windows("dragon", preparation.dragon_boat),
        *_windows("autumn", preparation.mid_autumn),
    )
    declared = Choice(
        method=preparation.seasonal, effects=effects, trading=preparation.trading, decomposition=preparation.decomposition,
        transform=preparation.transform, arima=preparation.arima, outliers=preparation.outliers,
    )  # fmt: skip
    return replace(declared, effects=None, feasts=preparation.search) if preparation.search else declared


def _windows(feast: str, days: Sequence[int]) -> tuple[Effect, ...]:
    """Days before and after a feast, as two windows: what falls before it and rises after."""
    if not days:
        return ()
    before, after = days
    first = (Effect(feast, -before, -1),) if before else ()
    return (*first, Effect(feast, 0, after))
