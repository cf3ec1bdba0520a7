"""Rows drawn again in blocks, so that what hangs together in time stays together, and intervals from the draws.

Source: Kuensch, Annals of Statistics 17 (1989) 1217-1241; circular as in Politis & Romano, in LePage & Billard (eds),
Exploring the Limits of Bootstrap, 1992, 263-270.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.linkage.statement import Span
from touchstone.errors import UnusableSeries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Resampling:
    """How draws are made.

    Attributes:
        seed: of the random numbers; the same seed gives the same interval.
        resamples: draws made.
        block: rows in a block; None is the cube root of their number, the rate at which the error is smallest.
    """

    seed: int = 1
    resamples: int = 499
    block: int | None = None

    def length(self, rows: int) -> int:
        """Rows in a block of a sample of `rows`."""
        return min(rows, self.block or max(1, round(rows ** (1 / 3))))

    def rows(self, rows: int) -> "NDArray[np.int64]":
        """The row numbers of each draw: (resamples, rows), circular blocks."""
        import numpy as np

        block = self.length(rows)
        starts = np.random.default_rng(self.seed).integers(0, rows, size=(self.resamples, -(-rows // block)))
        places = (starts[:, :, None] + np.arange(block)) % rows
        return places.reshape(self.resamples, -1)[:, :rows]

    def text(self, rows: int) -> str:
        """The choices as a parameter of a statement."""
        return f"circular blocks of {self.length(rows)}, {self.resamples} draws, seed {self.seed}"


RESAMPLING = Resampling()
"""499 draws, seed 1, blocks by the cube root of the sample."""


def undrawable(names: Sequence[str]) -> UnusableSeries:
    """The refusal of a sample whose draws cannot be estimated: in some of them a price stands still."""
    return UnusableSeries(
        "LINK-210", ", ".join(names), "drawn samples in which a price stands still",
        "a sample that moves often enough to be drawn from", "no interval was computed, and so no result is given",
        "take a longer sample, a lower frequency, or leave out the price that hardly moves",
        zh=("重抽样本中有价格没有变动", "变动足够频繁、可以重抽样的样本", "没有计算区间，因此不给出结果", "加长样本、降低频率，或去掉几乎不动的价格"),
    )  # fmt: skip


def span(point: float, drawn: "NDArray[np.float64]", level: float) -> Span:
    """The basic bootstrap interval (Davison & Hinkley, Bootstrap Methods and their Application, 1997, section 5.2.1): the
    percentiles of the draws, turned round at the estimate, and widened to it where it lies outside.

    For what has no natural ends. Speeds of adjustment come out too fast in short samples, and the draws too fast again:
    plain percentiles would double that bias, and turned round they take it away.
    """
    low, high = _percentiles(drawn, level)
    return Span(min(2 * point - high, point), point, max(2 * point - low, point), level)


def bounded_span(point: float, drawn: "NDArray[np.float64]", level: float) -> Span:
    """The percentile interval, widened to the estimate where it lies outside: for shares and correlations, whose draws
    crowd at their ends and would leave their range if turned round."""
    low, high = _percentiles(drawn, level)
    return Span(min(low, point), point, max(high, point), level)


def _percentiles(drawn: "NDArray[np.float64]", level: float) -> tuple[float, float]:
    import numpy as np

    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
