"""Vector autoregression by least squares, from the triangle of its centred cross products.

With rows v = (y[t-1], ..., y[t-p], y[t]) and L the lower triangle of their centred cross products, the
coefficients are L_yz L_zz^-1 and the residual cross products L_yy L_yy': one factor gives everything, for one
sample or for a stack of windows. The constant is taken out with the means.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from touchstone.calc.linkage.allowed import at_least, one_of
from touchstone.calc.linkage.panel import Panel
from touchstone.calc.linkage.regression import lagged
from touchstone.calc.linkage.unfit import (
    HALF_THE_DIGITS,
    constant,
    dependent,
    determined,
    flagged,
    long_enough,
)
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Divisor = Literal["T", "T-df"]
"""Of a residual covariance: rows used, or rows less coefficients."""

UNTHREADED = 1 << 18
"""Multiplications up to which a product of matrices stays on one thread: waiting for others costs more."""
_STILL = 1e-14
"""Spread of a series, of its own size, below which it does not move but only rounds."""


@dataclass(frozen=True, slots=True, eq=False)
class Var:
    """A fitted vector autoregression of N series.

    Attributes:
        intercept: (N,).
        coefficients: (p, N, N); `coefficients[j]` multiplies the values of j + 1 periods before.
        covariance: (N, N) of the residuals, with the divisor asked for.
        residuals: (T - p, N).
    """

    intercept: "NDArray[np.float64]"
    coefficients: "NDArray[np.float64]"
    covariance: "NDArray[np.float64]"
    residuals: "NDArray[np.float64]"

    @property
    def lag(self) -> int:
        """Number of lags, p."""
        return len(self.coefficients)


@dataclass(frozen=True, slots=True, eq=False)
class Dynamics:
    """What a decomposition needs of one VAR or a stack of them, in coordinates C^-1 y.

    Attributes:
        coefficients: (..., p, N, N).
        root: (..., N, N), lower triangle of the residual covariance, up to a factor.
        basis: (..., N, N), C, lower triangular; None where the coordinates are the series themselves.
    """

    coefficients: "NDArray[np.float64]"
    root: "NDArray[np.float64]"
    basis: "NDArray[np.float64] | None" = None

    def among(self, places: list[int]) -> "Dynamics":
        """Some of a stack."""
        basis = None if self.basis is None else self.basis[places]
        return Dynamics(self.coefficients[places], self.root[places], basis)


def fit_var(given: Panel, lag: int, divisor: Divisor = "T") -> Var:
    """Fit a vector autoregression with a constant by least squares.

    Raises:
        UnusableSeries: too few rows, a series that does not move, or one that the others determine.
    """
    import numpy as np

    at_least("lag", lag, 1)
    one_of("divisor", divisor, Divisor)
    triangle = factor(given, lag)
    mean, scale = scales(given.values)
    width = len(given.names)
    edge, left = width * lag, triangle[width * lag :, width * lag :]
    joint = np.linalg.solve(triangle[:edge, :edge].T, triangle[edge:, :edge].T)
    coefficients = joint.reshape(lag, width, width).transpose(0, 2, 1) * scale[:, None] / scale
    centred = given.values - mean
    raw = centred[lag:] - lagged(centred, lag) @ np.concatenate(list(coefficients.transpose(0, 2, 1)))
    constant_term = raw.mean(axis=0)
    free = len(raw) - (0 if divisor == "T" else 1 + edge)
    return Var(
        intercept=mean - coefficients.sum(axis=0) @ mean + constant_term,
        coefficients=coefficients,
        covariance=left @ left.T * np.outer(scale, scale) / free,
        residuals=raw - constant_term,
    )


def with_lags(values: "NDArray[np.float64]", lag: int) -> "NDArray[np.float64]":
    """Rows (y[t-1], ..., y[t-p], y[t]) of a (..., T, N) table: (..., T - p, N (p + 1))."""
    import numpy as np

    return np.concatenate([lagged(values, lag), values[..., lag:, :]], axis=-1)


def rows_needed(width: int, lag: int) -> int:
    """Fewest rows from which `width` series with `lag` lags can be fitted and leave a residual covariance."""
    return lag + 1 + width * (lag + 1)


def factor(given: Panel, lag: int) -> "NDArray[np.float64]":
    """Lower triangle of the centred cross products of the lagged rows, by QR: (N (p + 1), N (p + 1)).

    Each series is first divided by its own spread, so the triangle is that of the scaled series.

    Raises:
        UnusableSeries: too few rows, a series that does not move, or one that the others determine.
    """
    import numpy as np

    width, names = len(given.names), given.names
    purpose = Text(f"{width}个序列、滞后{lag}阶", f"{lag} lags of {width} series")
    long_enough(names, len(given), rows_needed(width, lag), purpose)
    mean, scale = scales(given.values)
    if (scale == 0).any():
        raise constant(flagged(names, scale == 0), given.periods)
    rows = with_lags((given.values - mean) / scale, lag)
    rows -= rows.mean(axis=0)
    still = np.sqrt((rows**2).sum(axis=0)) <= _STILL * len(rows)
    if still.any():
        raise constant(flagged(names, still), given.periods)
    corner = np.asarray(np.linalg.qr(rows, mode="r"), dtype=np.float64)
    repeated = determined(rows, corner, HALF_THE_DIGITS)
    if repeated.any():
        raise dependent(flagged(names, repeated), given.periods)
    return corner.T


def scales(
    values: "NDArray[np.float64]",
) -> tuple["NDArray[np.float64]", "NDArray[np.float64]"]:
    """Mean and spread of each series, whatever its unit; a series that only rounds has spread 0."""
    import numpy as np

    size = np.abs(values).max(axis=0)
    size[size == 0] = 1.0
    unit = values / size
    spread = unit.std(axis=0)
    return unit.mean(axis=0) * size, np.where(spread > _STILL, spread, 0.0) * size


def solved(triangles: "NDArray[np.float64]", width: int) -> Dynamics:
    """The VARs of triangles (..., K, K), in the coordinates of their own lags.

    The lags' own triangle C is the basis: where two series hardly differ, coefficients of the series themselves are
    huge and cancel, and a power of them has lost its digits; those of C^-1 y are of the order of one.
    """
    import numpy as np

    past, leading = triangles.shape[-1] - width, triangles.shape[:-2]
    basis = triangles[..., :width, :width]
    whitened = np.asarray(np.linalg.solve(basis, triangles[..., past:, :]), np.float64)
    joint, left = whitened[..., :past], whitened[..., past:]
    if past > width:
        older = triangles[..., width:past, :past].copy()
        older[..., width:] = 0.0
        for first in range(width, past, width):
            older[..., first - width : first, first : first + width] = basis
        further = joint[..., width:] @ np.linalg.solve(triangles[..., width:past, width:past], older)
        joint = np.concatenate([joint[..., :width] - further[..., :width], further[..., width:]], axis=-1)
    lags = joint.reshape(*leading, width, past // width, width)
    return Dynamics(np.moveaxis(lags, -2, -3), left, basis)
