"""Least squares, and the lagged tables it is run on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.errors import UnusableSeries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_COLLINEAR = 1e-10
"""Smallest part of a column, of its own length, that the columns before it may leave over."""

_SPARE = 10
"""Rows beyond the number of regressors below which a variance, and every test on it, means nothing."""

_SAME = 1e-7
"""The same of residuals: the square of less is lost in their covariance."""


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
    response: "NDArray[np.float64]", design: "NDArray[np.float64]", names: Sequence[str]
) -> Fit:
    """Regress by QR decomposition.

    Args:
        response: (T,) or (T, m).
        design: (T, k), the constant included where one is wanted.
        names: the series the regression is about, for the message.

    Raises:
        UnusableSeries: too few rows for the regressors, or a regressor that the others determine, or a
            response that they explain to the last digit.
    """
    import numpy as np

    rows, width = design.shape
    enough(names, rows, width)
    q, r = np.linalg.qr(design)
    independent(names, design, r)
    back = np.linalg.solve(r, np.eye(width))
    wide = response.reshape(rows, -1)
    coefficients = back @ (q.T @ wide)
    residuals = wide - design @ coefficients
    corner = np.linalg.qr(residuals)[1]
    independent(names, wide, corner)
    independent(names, residuals, corner, _SAME)
    return Fit(coefficients, residuals, back @ back.T)


def independent(
    names: Sequence[str],
    columns: "NDArray[np.float64]",
    corner: "NDArray[np.float64]",
    least: float = _COLLINEAR,
) -> None:
    """Let pass columns, (T, k), none of which the ones before it determine.

    Args:
        corner: (k, k) the triangle of their orthogonal decomposition, or of what regressors leave of them.
        least: part of a column, of its own length, that must be left over.

    Raises:
        UnusableSeries: a column is left with nothing of its own.
    """
    import numpy as np

    lengths = np.sqrt((columns**2).sum(axis=0))
    if (np.abs(np.diag(corner)) <= least * lengths).any():
        raise collinear(names)


def lagged(values: "NDArray[np.float64]", lags: int, rows: int) -> "NDArray[np.float64]":
    """The last `rows` periods seen from one to `lags` periods later: (rows, N lags), the first lag first."""
    import numpy as np

    end = len(values)
    blocks = [values[end - rows - lag : end - lag] for lag in range(1, lags + 1)]
    return np.column_stack(blocks) if blocks else np.empty((rows, 0))


def enough(names: Sequence[str], rows: int, width: int) -> None:
    """Let pass a sample that leaves some rows beyond the regressors.

    Raises:
        UnusableSeries: fewer than ten are left over.
    """
    rows, needed = max(rows, 0), width + _SPARE
    if rows >= needed:
        return
    raise UnusableSeries(
        "LINK-201", ", ".join(names), f"{rows} usable periods", f"at least {needed} for this many lags and series",
        "this result was not computed", "take a longer sample, fewer lags or fewer series",
        zh=(f"可用时期{rows}个", f"按所选滞后阶数和序列数至少需要{needed}个", "没有计算这一项", "加长样本、减少滞后阶数或序列"),
    )  # fmt: skip


def collinear(names: Sequence[str]) -> UnusableSeries:
    """The refusal of regressors that determine one another."""
    return UnusableSeries(
        "LINK-202", ", ".join(names), "lags or changes that determine one another exactly",
        "regressors none of which is a combination of the others", "this result was not computed",
        "leave out the series that repeats another, or take a sample in which both move",
        zh=("滞后项或变动之间完全线性相关", "各解释变量互不决定", "没有计算这一项", "去掉重复的序列，或换一段两者都有变动的样本"),
    )  # fmt: skip
