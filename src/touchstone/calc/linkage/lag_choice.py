"""How many lags: an information criterion over autoregressions of every order, all on the same rows.

On a common sample the values of different orders can be compared; one decomposition serves them all, because the
regressors of a lower order are the first columns of a higher one.
Source: "spillover.var" in data/methods/spillover.toml.
"""

from dataclasses import dataclass
from typing import Literal

from touchstone.calc.linkage.allowed import at_least, one_of
from touchstone.calc.linkage.panel import Panel
from touchstone.calc.linkage.regression import enough
from touchstone.calc.linkage.statement import Parameters
from touchstone.calc.linkage.var import factor

Criterion = Literal["aic", "bic", "hq"]


@dataclass(frozen=True, slots=True)
class LagSearch:
    """Choose the lag by an information criterion over `least` to `most`, all fitted to the same rows."""

    criterion: Criterion = "bic"
    most: int = 8
    least: int = 1

    def __post_init__(self) -> None:
        one_of("criterion", self.criterion, Criterion)
        at_least("least lag", self.least, 0)
        at_least("most lags", self.most, max(self.least, 0))


def penalty(criterion: Criterion, rows: int) -> float:
    """What one coefficient costs: AIC 2, BIC ln T, Hannan-Quinn 2 ln ln T."""
    from math import log

    return {"aic": 2.0, "bic": log(rows), "hq": 2 * log(log(rows))}[criterion]


def lag_choices(lag: int, how: int | LagSearch) -> Parameters:
    """The lag used as parameters of a statement; one that was searched for says by what, and among which."""
    if isinstance(how, int):
        return (("lag", str(lag)),)
    return (
        ("lag", str(lag)),
        ("lag_by", how.criterion),
        ("lag_least", str(how.least)),
        ("lag_most", str(how.most)),
    )


def lag_of(given: Panel, lag: int | LagSearch) -> int:
    """The lag as given, or the one with the smallest criterion, of vector autoregressions with a constant; residual
    covariance with divisor T, every order on the rows that the largest leaves.

    Raises:
        UnusableSeries: too short for the largest order, a series that does not move, or one that others or its own past
            determine.
    """
    import numpy as np

    if isinstance(lag, int):
        return lag
    rows, width = len(given) - lag.most, len(given.names)
    enough(given.names, rows, 1 + width * lag.most)
    triangle = factor(given, lag.most)
    cost = penalty(lag.criterion, rows) * width**2 / rows
    found = []
    for order in range(lag.least, lag.most + 1):
        left = triangle[width * lag.most :, width * order :]
        found.append(float(np.linalg.slogdet(left @ left.T / rows)[1]) + cost * order)
    return lag.least + int(np.argmin(found))
