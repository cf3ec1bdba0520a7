"""Least squares, and the lagged tables it is run on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.linkage.unfit import COLLINEAR, HALF_THE_DIGITS, dependent, determined, long_enough
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SPARE = 10
"""Rows beyond the number of regressors below which a variance, and every test on it, means nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A regression of m responses on the same k regressors.

    Attributes:
        coefficients: (k, m).
        residuals: (T, m).
        inverse: (k, k), inverse of the regressors' cross products.
    """

    coefficients: "NDArray[np.float64]"
    residuals: "NDArray[np.float64]"
    inverse: "NDArray[np.float64]"

    @property
    def free(self) -> int:
        """Degrees of freedom, T - k."""
        return len(self.residuals) - len(self.coefficients)

    def covariance(self, equation: int = 0) -> "NDArray[np.float64]":
        """(k, k) covariance of the coefficients of one response, with divisor T - k."""
        left = self.residuals[:, equation]
        return self.inverse * (left @ left / self.free)


def least_squares(
    response: "NDArray[np.float64]",
    design: "NDArray[np.float64]",
    names: Sequence[str],
    least: float = COLLINEAR,
) -> Fit:
    """Regress by QR decomposition.

    Args:
        response: (T,) or (T, m).
        design: (T, k), the constant included where one is wanted.
        names: the series the regression is about, for the message.
        least: part of a regressor that the others must leave over; `HALF_THE_DIGITS` where its variance is inverted again.

    Raises:
        UnusableSeries: too few rows for the regressors, or a regressor that the others determine, or a
            response that they explain to the last digit.
    """
    import numpy as np

    rows, width = design.shape
    enough(names, rows, width)
    q, r = np.linalg.qr(design)
    independent(names, design, r, least)
    back = np.linalg.solve(r, np.eye(width))
    wide = response.reshape(rows, -1)
    coefficients = back @ (q.T @ wide)
    residuals = wide - design @ coefficients
    corner = np.linalg.qr(residuals)[1]
    independent(names, wide, corner)
    independent(names, residuals, corner, HALF_THE_DIGITS)
    return Fit(coefficients, residuals, back @ back.T)


def independent(
    names: Sequence[str],
    columns: "NDArray[np.float64]",
    corner: "NDArray[np.float64]",
    least: float = COLLINEAR,
) -> None:
    """Let pass columns none of which the ones before it determine; arguments as in `unfit.determined`.

    Raises:
        UnusableSeries: a column is left with nothing of its own.
    """
    if determined(columns, corner, least).any():
        raise dependent(names)


def lagged(values: "NDArray[np.float64]", lags: int, rows: int | None = None) -> "NDArray[np.float64]":
    """The last `rows` periods of (..., T, N), all that have their lags where None, seen from one to `lags` periods later.

    Returns (..., rows, N lags), the first lag first.
    """
    import numpy as np

    end = values.shape[-2]
    start = lags if rows is None else end - rows
    blocks = [values[..., start - lag : end - lag, :] for lag in range(1, lags + 1)]
    return np.concatenate([values[..., start:, :0], *blocks], axis=-1)


def enough(names: Sequence[str], rows: int, width: int) -> None:
    """Let pass a sample that leaves some rows beyond the regressors.

    Raises:
        UnusableSeries: fewer than ten are left over.
    """
    long_enough(names, rows, width + _SPARE, Text("按所选滞后阶数和序列数", "this many lags and series"))
