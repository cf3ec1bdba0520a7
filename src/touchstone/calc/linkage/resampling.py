"""Rows drawn again in blocks, so that what hangs together in time stays together, and intervals from the draws.

Source: Kuensch, Annals of Statistics 17 (1989) 1217-1241; circular as in Politis & Romano, in LePage & Billard (eds),
Exploring the Limits of Bootstrap, 1992, 263-270.
"""

from typing import TYPE_CHECKING

from touchstone.calc.linkage.statement import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def drawn_rows(seed: int, draws: int, rows: int, block: int) -> "NDArray[np.int64]":
    """Row numbers of each draw: (draws, rows), circular blocks of `block` rows; 1 draws single rows."""
    import numpy as np

    random = np.random.default_rng(seed)
    starts = random.integers(0, rows, size=(draws, -(-rows // block)))
    places = (starts[:, :, None] + np.arange(block)) % rows
    return places.reshape(draws, -1)[:, :rows]


def usual_block(rows: int) -> int:
    """Block length that grows with the cube root of the sample, the rate at which its error is smallest."""
    return max(1, round(rows ** (1 / 3)))


def span(point: float, drawn: "NDArray[np.float64]", level: float) -> Span:
    """The bias-corrected percentile interval of the draws around an estimate (Efron & Tibshirani, An Introduction to the
    Bootstrap, 1993, section 14.3, without acceleration), widened to the estimate where that lies outside.

    Speeds of adjustment come out too fast in short samples, and the draws too fast again: plain percentiles would
    double that bias.
    """
    import numpy as np
    from scipy.stats import norm

    below = (np.sum(drawn < point) + np.sum(drawn <= point)) / (2 * len(drawn))
    shift = 2 * norm.ppf(np.clip(below, 0.5 / len(drawn), 1 - 0.5 / len(drawn)))
    reach = norm.ppf((1 + level) / 2)
    low, high = np.quantile(drawn, norm.cdf([shift - reach, shift + reach]))
    return Span(min(float(low), point), point, max(float(high), point), level)
