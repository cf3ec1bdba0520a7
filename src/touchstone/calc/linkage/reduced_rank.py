"""The error-correction form of an autoregression, and its long-run part by reduced-rank regression.

Everything here works on one sample, arrays (T, columns), and on many at once, arrays (draws, T, columns): the bootstrap
runs the same code as the estimate. Source: "linkage.cointegration" in data/methods/econometrics.toml.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from touchstone.calc.linkage.allowed import at_least, one_of, refused
from touchstone.calc.linkage.critical_values import Deterministic
from touchstone.calc.linkage.regression import lagged

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Specification = Literal["long-run", "transitory"]
"""Where the level stands in the equation: at lag K (long-run) or at lag 1 (transitory); rank and relations are the same."""


@dataclass(frozen=True, slots=True)
class Form:
    """What an error-correction model contains.

    Attributes:
        lags: K, lags of the levels; K - 1 lagged differences stand in the equation.
        deterministic: see `critical_values.Deterministic`.
        season: periods in a year for centred seasonal dummies (4, 12); 0 for none.
        specification: see `Specification`.
    """

    lags: int
    deterministic: Deterministic = "ci"
    season: int = 0
    specification: Specification = "transitory"

    def __post_init__(self) -> None:
        at_least("lags", self.lags, 1)
        one_of("deterministic", self.deterministic, Deterministic)
        one_of("specification", self.specification, Specification)
        at_least("season", self.season, 0)
        if self.season == 1:
            raise refused(
                "season",
                1,
                "0 for none, or the periods of a year: 4, 12",
                "无季节为0，否则为一年的期数：4、12",
            )

    @property
    def restricted(self) -> tuple[str, ...]:
        """The terms that stand inside the long-run relations beside the series."""
        return {"ci": ("constant",), "li": ("trend",)}.get(self.deterministic, ())

    def width(self, series: int) -> int:
        """Regressors of each equation when no rank is imposed."""
        outside = (self.deterministic in ("co", "li")) + max(self.season - 1, 0)
        return series * self.lags + len(self.restricted) + outside


@dataclass(frozen=True, slots=True, eq=False)
class Equations:
    """The three groups of variables of the error-correction form; `restricted` and `free` are its regressors.

    Attributes:
        changes: (..., T, N), differences to be explained.
        levels: (..., T, M), lagged levels and the restricted deterministic term.
        free: (..., T, k), lagged differences, constant and seasonal dummies.
    """

    changes: "NDArray[np.float64]"
    levels: "NDArray[np.float64]"
    free: "NDArray[np.float64]"


@dataclass(frozen=True, slots=True, eq=False)
class LongRun:
    """What a reduced-rank regression finds.

    Attributes:
        eigenvalues: (..., N) squared canonical correlations, the largest first.
        relations: (..., M, N), columns scaled so that beta' S11 beta = I.
        loadings: (..., N, N), S01 times the relations.
        spread: (..., N, N), S00, the covariance of the freed changes.
    """

    eigenvalues: "NDArray[np.float64]"
    relations: "NDArray[np.float64]"
    loadings: "NDArray[np.float64]"
    spread: "NDArray[np.float64]"


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """A model with `rank` relations, scaled so that the first `rank` series form an identity in them.

    Attributes:
        loadings: (..., N, rank), alpha.
        relations: (..., M, rank), beta.
        covariance: (..., N, N) of the residuals, divisor T.
    """

    loadings: "NDArray[np.float64]"
    relations: "NDArray[np.float64]"
    covariance: "NDArray[np.float64]"


def equations(values: "NDArray[np.float64]", form: Form) -> Equations:
    """Arrange levels, (..., T, N), as an error-correction model; K rows are used up by lags."""
    import numpy as np

    total, lags = values.shape[-2], form.lags
    rows = total - lags
    steps = np.diff(values, axis=-2)
    back = 1 if form.specification == "transitory" else lags
    levels = values[..., lags - back : total - back, :]
    free = [lagged(steps, lags - 1)]
    time = np.arange(lags, total, dtype=float)
    if form.deterministic in ("ci", "li"):
        term = np.ones(rows) if form.deterministic == "ci" else time - back + 1
        levels = np.concatenate([levels, _column(term[:, None], values)], axis=-1)
    free += [_column(outside, values) for outside in _outside(form, time)]
    return Equations(steps[..., lags - 1 :, :], levels, np.concatenate(free, axis=-1))


def _outside(form: Form, time: "NDArray[np.float64]") -> list["NDArray[np.float64]"]:
    """The deterministic terms outside the relations. Centred dummies sum to nothing over a year, so that they shift no
    level; which season comes first does not matter."""
    import numpy as np

    terms = [np.ones((len(time), 1))] if form.deterministic in ("co", "li") else []
    if form.season:
        seasons = np.arange(form.season - 1)
        terms.append((time[:, None] % form.season == seasons) - 1 / form.season)
    return terms


def _column(term: "NDArray[np.float64]", values: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """A term that is the same in every sample, once for each of them."""
    import numpy as np

    return np.broadcast_to(term, (*values.shape[:-2], *term.shape))


def long_run(given: Equations) -> LongRun:
    """Canonical correlations of changes and levels, both freed of the other regressors, by orthogonal decompositions:
    no cross products are formed, so nearly parallel levels keep their digits.

    The caller sees to it that neither changes nor levels, so freed, determine one another.
    """
    import numpy as np

    rows = given.changes.shape[-2]
    basis = np.linalg.qr(given.free)[0]
    changes = given.changes - basis @ (basis.swapaxes(-1, -2) @ given.changes)
    levels = given.levels - basis @ (basis.swapaxes(-1, -2) @ given.levels)
    change_basis, change_corner = np.linalg.qr(changes)
    level_basis, level_corner = np.linalg.qr(levels)
    left, size, right = np.linalg.svd(change_basis.swapaxes(-1, -2) @ level_basis, full_matrices=False)
    relations = np.linalg.solve(level_corner, right.swapaxes(-1, -2)) * rows**0.5
    loadings = change_corner.swapaxes(-1, -2) @ (left * size[..., None, :]) / rows**0.5
    spread = change_corner.swapaxes(-1, -2) @ change_corner / rows
    return LongRun(np.clip(size**2, 0, 1), relations, loadings, spread)


def ranked(found: LongRun, rank: int) -> Ranked:
    """The model with so many relations: the strongest ones.

    Raises:
        numpy.linalg.LinAlgError: the first `rank` series cannot be told apart by the relations.
    """
    import numpy as np

    relations, loadings = found.relations[..., :rank], found.loadings[..., :rank]
    head = relations[..., :rank, :]
    return Ranked(
        loadings @ head.swapaxes(-1, -2),
        relations @ np.linalg.inv(head),
        found.spread - loadings @ loadings.swapaxes(-1, -2),
    )
