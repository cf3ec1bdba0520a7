"""The asymmetric error-correction regression: rises and falls of one price, each with its own effect on another.

Source: "linkage.passthrough" in data/methods/econometrics.toml.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.linkage.allowed import at_least
from touchstone.calc.linkage.autoregression import run, steady
from touchstone.calc.linkage.lag_choice import Criterion, penalty
from touchstone.calc.linkage.regression import Fit, enough, lagged, least_squares
from touchstone.calc.linkage.resampling import Resampling
from touchstone.calc.linkage.unfit import HALF_THE_DIGITS, undrawable
from touchstone.errors import UnusableSeries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PULL = 1
"""Place of the effect's own lagged level among the coefficients; the constant stands before it."""


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """The effect, and the cause taken apart: (T,) each; `rises` only goes up, `falls` only down, both begin at 0."""

    names: tuple[str, str]
    effect: "NDArray[np.float64]"
    rises: "NDArray[np.float64]"
    falls: "NDArray[np.float64]"


@dataclass(frozen=True, slots=True)
class Lags:
    """Lagged changes in the regression, and where the coefficients stand.

    Attributes:
        own: lagged changes of the effect.
        cross: lagged changes of the cause behind the current one, of rises and of falls alike.
    """

    own: int
    cross: int

    def __post_init__(self) -> None:
        at_least("own", self.own, 0)
        at_least("cross", self.cross, 0)

    @property
    def width(self) -> int:
        """Number of coefficients."""
        return self.own + 2 * self.cross + 6

    @property
    def remembered(self) -> slice:
        """The lagged changes of the effect."""
        return slice(2, 2 + self.own)

    @property
    def levels(self) -> list[int]:
        """The lagged sums of rises and of falls."""
        return [2 + self.own, 3 + self.own]

    def changes(self, side: int) -> slice:
        """Current and lagged changes: of rises (side 0) or of falls (side 1)."""
        first = 4 + self.own + side * (self.cross + 1)
        return slice(first, first + self.cross + 1)


@dataclass(frozen=True, slots=True, eq=False)
class Nardl:
    """A regression estimated; its coefficients stand where `lags` says."""

    prices: Prices
    lags: Lags
    fit: Fit

    @property
    def weights(self) -> "NDArray[np.float64]":
        """(k,) the coefficients."""
        return self.fit.coefficients[:, 0]


def parted(names: tuple[str, str], cause: "NDArray[np.float64]", effect: "NDArray[np.float64]") -> Prices:
    """Take the cause apart into the running sums of its rises and of its falls."""
    import numpy as np

    steps = np.diff(cause, prepend=cause[0])
    return Prices(names, effect, np.maximum(steps, 0).cumsum(), np.minimum(steps, 0).cumsum())


def estimated(prices: Prices, lags: Lags, rows: int | None = None) -> Nardl:
    """Run the regression on the last `rows` periods; on all that the lags leave where None.

    Raises:
        UnusableSeries: too short or collinear.
    """
    import numpy as np

    if rows is None:
        rows = len(prices.effect) - max(lags.own, lags.cross) - 1
    enough(prices.names, rows, lags.width)
    design = np.concatenate([_of_effect(prices, lags, rows), _of_cause(prices, lags, rows)], axis=1)
    return Nardl(
        prices, lags, least_squares(np.diff(prices.effect)[-rows:], design, prices.names, HALF_THE_DIGITS)
    )


def chosen(prices: Prices, most: Lags, criterion: Criterion) -> Nardl:
    """The regression with the smallest criterion over all lags up to `most`, compared on a common sample and then run
    on all rows it can use."""
    from math import log

    rows = len(prices.effect) - max(most.own, most.cross) - 1
    tried = []
    for own in range(most.own + 1):
        for cross in range(most.cross + 1):
            left = estimated(prices, Lags(own, cross), rows).fit.residuals[:, 0]
            cost = penalty(criterion, rows) * Lags(own, cross).width / rows
            tried.append((log(left @ left / rows) + cost, own, cross))
    return estimated(prices, Lags(*min(tried)[1:]))


def multipliers(weights: "NDArray[np.float64]", lags: Lags, horizon: int) -> "NDArray[np.float64]":
    """What a lasting rise of one has added to the effect, and a lasting fall of one taken from it: (..., 2, horizon + 1).

    Args:
        weights: (..., k) coefficients, of the estimate or of draws.
    """
    import numpy as np

    paths = np.zeros((*weights.shape[:-1], 2, horizon + 1))
    for side in range(2):
        path = paths[..., side, :]
        at_once = weights[..., lags.changes(side)]
        path[..., 0] = at_once[..., 0]
        for time in range(1, horizon + 1):
            step = weights[..., PULL] * path[..., time - 1] + weights[..., lags.levels[side]]
            if time <= lags.cross:
                step = step + at_once[..., time]
            for lag in range(1, min(lags.own, time) + 1):
                before = path[..., time - lag - 1] if time > lag else 0
                step = step + weights[..., lags.remembered][..., lag - 1] * (path[..., time - lag] - before)
            path[..., time] = path[..., time - 1] + step
    return paths


def drawn_weights(given: Nardl, how: Resampling) -> "NDArray[np.float64]":
    """Coefficients of each draw, (draws, k): the effect run again from its first values with residuals drawn in
    blocks, the cause as it was.

    Raises:
        UnusableSeries: the estimated regression explodes, or a draw hardly moves and cannot be estimated.
    """
    import numpy as np

    weights, prices, lags, rows = _own_past(given), given.prices, given.lags, len(given.fit.residuals)
    steady(prices.names, weights, rows)
    left = given.fit.residuals[:, 0] - given.fit.residuals[:, 0].mean()
    fixed = given.weights[0] + _of_cause(prices, lags, rows) @ given.weights[2 + lags.own :]
    shocks = (left[how.rows(rows)] + fixed)[:, :, None]
    paths = run(weights, prices.effect[None, :-rows, None], shocks)[:, :, 0]
    again = (Prices(prices.names, path, prices.rises, prices.falls) for path in paths)
    try:
        return np.array([estimated(each, lags).weights for each in again])
    except UnusableSeries:
        raise undrawable(prices.names) from None


def _own_past(given: Nardl) -> "NDArray[np.float64]":
    """The weights of the effect's own past levels: (own + 1, 1, 1)."""
    import numpy as np

    memory = np.concatenate([[0.0], given.weights[given.lags.remembered], [0.0]])
    past = np.diff(memory)
    past[0] += 1 + given.weights[PULL]
    return past[:, None, None]


def _of_effect(prices: Prices, lags: Lags, rows: int) -> "NDArray[np.float64]":
    """Constant, lagged level of the effect, its lagged changes: (rows, 2 + own)."""
    import numpy as np

    changes = np.diff(prices.effect)[:, None]
    return np.column_stack([np.ones(rows), prices.effect[-rows - 1 : -1], lagged(changes, lags.own, rows)])


def _of_cause(prices: Prices, lags: Lags, rows: int) -> "NDArray[np.float64]":
    """Lagged sums of rises and falls, then current and lagged rises, then falls: (rows, 2 + 2 (cross + 1))."""
    import numpy as np

    sides = (prices.rises, prices.falls)
    levels = [side[-rows - 1 : -1] for side in sides]
    steps = [np.diff(side)[:, None] for side in sides]
    changes = [np.column_stack([step[-rows:], lagged(step, lags.cross, rows)]) for step in steps]
    return np.column_stack([*levels, *changes])
