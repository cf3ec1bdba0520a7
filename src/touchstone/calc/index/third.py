"""The third view of an index: the dynamic factor beside it, where both agree, and what the last release told.

Source: "index.factor" in data/methods/index.toml.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite

from touchstone.calc.index.factor import Factor, News
from touchstone.calc.index.index import Index
from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class ThirdView:
    """A factor and an index side by side.

    Attributes:
        recipe, edition: of the index; `calibrated` the day of the calibration both stand on.
        computed: when.
        synthetic: whether any figure behind it is made up.
        periods: T of them, where both have a level; `factor` and `index` their levels in points.
        names: of the indicators by key.
        correlation: of both levels over all periods.
        same_side: share of the periods in which both lie on the same side of 100; `same_way` in which both rose or both fell.
        loadings, explained: by key of indicator; see `Factor`.
        released: the day of the last release, None where no figure says its day.
        news: what that release told about the newest level, or `why` nothing can be told.
    """

    recipe: str
    edition: str
    calibrated: date
    computed: datetime
    synthetic: bool
    periods: tuple[str, ...]
    factor: tuple[float, ...]
    index: tuple[float, ...]
    names: tuple[tuple[str, Text], ...]
    correlation: float
    same_side: float
    same_way: float
    loadings: tuple[tuple[str, float], ...]
    explained: tuple[tuple[str, float], ...]
    released: date | None
    news: News | None
    why: Text | None

    @property
    def agree(self) -> bool:
        """Whether both say the same of the newest period: more than 100, or less."""
        return (self.factor[-1] > 100) == (self.index[-1] > 100)


def third_view(
    index: Index, factor: Factor, names: Mapping[str, Text], news: News | None, why: Text | None, released: date | None,
    computed: datetime, synthetic: bool,
) -> ThirdView:  # fmt: skip
    """Set a factor beside its index. Raises ValueError: they have fewer than three periods in common."""
    import numpy as np

    of = dict(zip(factor.periods, factor.levels, strict=True))
    both = [
        (p, of[p], float(v))
        for p, v in zip(index.periods, index.levels, strict=True)
        if isfinite(v) and p in of
    ]
    if len(both) < 3:
        raise ValueError(f"{len(both)} periods with a factor and an index")
    periods, one, other = zip(*both, strict=True)
    factors, levels = np.array(one), np.array(other)
    return ThirdView(
        index.recipe, index.calibration.edition, index.calibration.day, computed, synthetic, periods, one, other, tuple(names.items()),
        float(np.corrcoef(factors, levels)[0, 1]), float(((factors > 100) == (levels > 100)).mean()),
        float(((np.diff(factors) > 0) == (np.diff(levels) > 0)).mean()), tuple(factor.loadings.items()), tuple(factor.explained.items()),
        released, news, why,
    )  # fmt: skip
