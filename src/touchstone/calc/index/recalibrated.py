"""What a new calibration changed: beside each number of the one before the number that takes its place."""

from dataclasses import dataclass, replace

from touchstone.calc.index.calibration import Calibration
from touchstone.calc.index.recipe import Recipe

Pair = tuple[float | None, float | None]
"""A number before and after; None where there was none."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What of one indicator, by key, stands in the calibration before and in the new one."""

    key: str
    weight: Pair
    scale: Pair
    low: Pair
    high: Pair


@dataclass(frozen=True, slots=True)
class Recalibrated:
    """A calibration and the one before.

    Attributes:
        recipe: by which the new one was made.
        before: the calibration until now, None where there was none.
        after: the new one; it differs from the other in no number where nothing had changed, and is then not kept.
        limits: of the bands of the edition of the recipe by which the index was computed until now.
    """

    recipe: Recipe
    before: Calibration | None
    after: Calibration
    limits: tuple[float, ...]

    @property
    def same(self) -> bool:
        """Whether the new one says nothing that the one before did not."""
        return self.before is not None and replace(self.after, day=self.before.day) == self.before

    @property
    def indicators(self) -> tuple[Changed, ...]:
        """All indicators of either calibration, those of the new one first."""
        olds = self.before.indicators if self.before else ()
        keys = dict.fromkeys((*self.after.indicators, *olds))
        return tuple(
            Changed(key, *(self._pair(name, key) for name in ("weights", "scale", "low", "high")))
            for key in keys
        )

    def _pair(self, name: str, key: str) -> Pair:
        return _number(self.before, name, key), _number(self.after, name, key)


def _number(of: Calibration | None, name: str, key: str) -> float | None:
    if of is None or key not in of.indicators:
        return None
    return float(getattr(of, name)[of.indicators.index(key)])
