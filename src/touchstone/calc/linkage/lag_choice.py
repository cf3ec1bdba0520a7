"""How many lags: an information criterion over autoregressions of every order, all on the same rows.

On a common sample the values of different orders can be compared; one decomposition serves them all, because the
regressors of a lower order are the first columns of a higher one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from touchstone.calc.linkage.regression import enough, independent, lagged

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Criterion = Literal["bic", "aic", "hq"]


@dataclass(frozen=True, slots=True)
class LagChoice:
    """The order with the smallest criterion, and the criterion of every order tried."""

    lags: int
    criterion: Criterion
    values: tuple[tuple[int, float], ...]


def penalty(criterion: Criterion, rows: int) -> float:
    """What one coefficient costs: BIC ln T, AIC 2, Hannan-Quinn 2 ln ln T."""
    from math import log

    return {"bic": log(rows), "aic": 2.0, "hq": 2 * log(log(rows))}[criterion]


def choose_lags(
    values: "NDArray[np.float64]",
    names: Sequence[str],
    largest: int,
    criterion: Criterion = "bic",
    smallest: int = 1,
) -> LagChoice:
    """Choose the order of a vector autoregression with a constant.

    Args:
        values: (T, N), levels or returns.
        largest, smallest: orders tried, both included; every one on the last T - largest rows.

    Raises:
        UnusableSeries: too short for the largest order, or a series determined by its own past.
    """
    import numpy as np

    rows, width = len(values) - largest, values.shape[1]
    regressors = 1 + width * largest
    enough(names, rows, regressors)
    table = np.column_stack([np.ones(rows), lagged(values, largest, rows), values[largest:]])
    corner = np.linalg.qr(table)[1]
    independent(names, values[largest:], corner[regressors:, regressors:])
    cost = penalty(criterion, rows)
    found = []
    for order in range(smallest, largest + 1):
        used = 1 + width * order
        left = corner[used:, regressors:]
        size = np.linalg.slogdet(left.T @ left / rows)[1]
        found.append((order, float(size + cost * used * width / rows)))
    best = min(found, key=lambda each: each[1])
    return LagChoice(best[0], criterion, tuple(found))
