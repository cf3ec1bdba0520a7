"""Rows drawn again in blocks, so that what hangs together in time stays together, and intervals from the draws.

Source: Kuensch, Annals of Statistics 17 (1989) 1217-1241; circular as in Politis & Romano, in LePage & Billard (eds),
Exploring the Limits of Bootstrap, 1992, 263-270.
"""

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Literal

from touchstone.calc.linkage.allowed import checked_level
from touchstone.calc.linkage.statement import Parameters, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Resampling:
    """How draws are made.

    Attributes:
        seed: of the random numbers; the same seed gives the same interval.
        resamples: draws made.
        block: rows in a block; None is the cube root of their number, the rate at which the error is smallest: the nearest
            whole number for circular blocks, the next for others.
    """

    seed: int = 1
    resamples: int = 499
    block: int | None = None

    def __post_init__(self) -> None:
        if self.resamples < 2 or (self.block is not None and self.block < 1):
            raise ValueError(f"resamples {self.resamples}, block {self.block} draw nothing")

    def length(self, rows: int, circular: bool = True) -> int:
        """Rows in a block of a sample of `rows`."""
        root = rows ** (1 / 3)
        return min(rows, self.block or max(1, round(root) if circular else ceil(root)))

    def dice(self) -> "np.random.Generator":
        """The random numbers, from their beginning."""
        import numpy as np

        return np.random.default_rng(self.seed)

    def rows(
        self, rows: int, dice: "np.random.Generator | None" = None, circular: bool = True
    ) -> "NDArray[np.int64]":
        """The row numbers of each draw: (resamples, rows).

        Args:
            dice: to draw with; None begins anew.
            circular: the last row goes on with the first, so that every row is drawn as often; if not, a block ends with
                the sample.
        """
        import numpy as np

        block = self.length(rows, circular)
        starts = (dice or self.dice()).integers(
            0, rows if circular else rows - block + 1, size=(self.resamples, -(-rows // block))
        )
        places = (starts[:, :, None] + np.arange(block)) % rows
        return places.reshape(self.resamples, -1)[:, :rows]

    def choices(self, rows: int, circular: bool = True) -> Parameters:
        """How a sample of `rows` is drawn from, as parameters of a statement."""
        blocks = "circular" if circular else "moving"
        return (
            ("blocks", blocks), ("block", str(self.length(rows, circular))), ("resamples", str(self.resamples)),
            ("seed", str(self.seed)),
        )  # fmt: skip


RESAMPLING = Resampling()
"""499 draws, seed 1, blocks by the cube root of the sample."""


def percentiles(
    drawn: "NDArray[np.number]", level: float, method: Literal["linear", "inverted_cdf"] = "linear"
) -> tuple[float, float]:
    """The ends between which a share `level` of the draws lies; `inverted_cdf` gives draws themselves, as for whole numbers.

    Raises:
        ValueError: the level does not lie between 0 and 1.
    """
    import numpy as np

    checked_level(level)
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], method=method)
    return float(low), float(high)


def basic_span(point: "float | NDArray[np.float64]", drawn: "NDArray[np.float64]", level: float) -> Span:
    """The basic bootstrap interval (Davison & Hinkley, Bootstrap Methods and their Application, 1997, section 5.2.1; Hall):
    the percentiles of the draws, turned round at the estimate, which it need not contain.

    Estimates that short samples bias come out biased again in the draws: plain percentiles would double that bias, and
    turned round they take it away.
    """
    low, high = percentiles(drawn, level)
    return Span(float(2 * point - high), float(point), float(2 * point - low), level)


def span(point: float, drawn: "NDArray[np.float64]", level: float) -> Span:
    """The basic interval, widened to the estimate where it lies outside; for what has no natural ends."""
    around = basic_span(point, drawn, level)
    return Span(min(around.low, point), point, max(around.high, point), level)


def bounded_span(point: float, drawn: "NDArray[np.float64]", level: float) -> Span:
    """The percentile interval, widened to the estimate where it lies outside: for shares and correlations, whose draws
    crowd at their ends and would leave their range if turned round."""
    low, high = percentiles(drawn, level)
    return Span(min(low, point), point, max(high, point), level)
