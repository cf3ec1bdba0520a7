"""A vector error-correction model of a panel: set up, estimated, examined, and its choices put in words.

Source: "linkage.adjustment" in data/methods/econometrics.toml.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.linkage.allowed import at_least, refused
from touchstone.calc.linkage.diagnostics import Diagnosis, diagnosed
from touchstone.calc.linkage.lag_choice import LagSearch, lag_of
from touchstone.calc.linkage.panel import Panel, checked, several
from touchstone.calc.linkage.reduced_rank import (
    Equations,
    Form,
    LongRun,
    Ranked,
    equations,
    long_run,
    ranked,
)
from touchstone.calc.linkage.regression import Fit, enough, independent, least_squares
from touchstone.calc.linkage.statement import Parameters
from touchstone.calc.linkage.unfit import dependent

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EXACT = 1 - 1e-10
"""Squared correlation from which on a change is told to the last digit by the levels before it."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A panel's error-correction model of one rank.

    Attributes:
        part: the panel, checked.
        form, arranged, found: what it contains, its variables, and what their reduced-rank regression finds.
        ranked: loadings alpha, relations beta and covariance for the rank.
        fit: regression of the changes on the deviations from the relations (first) and the free regressors.
    """

    part: Panel
    form: Form
    arranged: Equations
    found: LongRun
    ranked: Ranked
    fit: Fit

    @property
    def rank(self) -> int:
        """Number of long-run relations."""
        return self.ranked.relations.shape[-1]


def chosen_lags(given: Panel, lags: int | None, largest: int) -> int:
    """The lags asked for, or those that BIC chooses from 1 to `largest`."""
    if lags is not None:
        at_least("lags", lags, 1)
    return lag_of(checked(given), LagSearch(most=largest) if lags is None else lags)


def solved(given: Panel, form: Form) -> tuple[Panel, Equations, LongRun]:
    """The panel checked, arranged and solved by reduced-rank regression.

    Raises:
        UnusableSeries: too few rows for the regressors, or collinear levels.
    """
    import numpy as np

    part = checked(given)
    series, rows = len(part.names), len(part) - form.lags
    enough(part.names, rows, form.width(series))
    arranged = equations(part.values, form)
    basis = np.linalg.qr(arranged.free)[0]
    for block in (arranged.changes, arranged.levels):
        independent(part.names, block, np.linalg.qr(block - basis @ (basis.T @ block))[1])
    found = long_run(arranged)
    if found.eigenvalues[0] >= EXACT:
        raise dependent(part.names)
    return part, arranged, found


def model(given: Panel, form: Form, rank: int) -> Model:
    """Estimate a panel's error-correction model with `rank` relations, 1 to N - 1.

    Raises:
        UnusableSeries: see `solved`; or the first series do not stand in the relations.
        ValueError: another rank.
    """
    import numpy as np

    several(given)
    at_least("rank", rank, 1)
    if rank >= (most := len(given.names)):
        raise refused("rank", rank, f"1 to {most - 1} for {most} series", f"{most}个序列时为1至{most - 1}")
    part, arranged, found = solved(given, form)
    try:
        chosen = ranked(found, rank)
    except np.linalg.LinAlgError:
        raise dependent(part.names) from None
    design = np.concatenate([arranged.levels @ chosen.relations, arranged.free], axis=1)
    return Model(part, form, arranged, found, chosen, least_squares(arranged.changes, design, part.names))


def errors(given: Model) -> tuple["NDArray[np.float64]", "NDArray[np.float64]"]:
    """Standard errors of alpha, (N, rank), and of beta, (M, rank); those of the identity in beta are zero.

    Divisor T, as the covariance of the residuals has it (Luetkepohl 2005, section 7.2).
    """
    import numpy as np

    rank, loadings, covariance = given.rank, given.ranked.loadings, given.ranked.covariance
    loading_errors = np.sqrt(np.outer(np.diag(covariance), np.diag(given.fit.inverse)[:rank]))
    basis = np.linalg.qr(given.arranged.free)[0]
    rest = given.arranged.levels[:, rank:]
    rest = rest - basis @ (basis.T @ rest)
    inside = np.linalg.inv(loadings.T @ np.linalg.solve(covariance, loadings))
    relation_errors = np.zeros_like(given.ranked.relations)
    relation_errors[rank:] = np.sqrt(np.outer(np.diag(np.linalg.inv(rest.T @ rest)), np.diag(inside)))
    return loading_errors, relation_errors


def examined(given: Model, level: float) -> tuple[Diagnosis, Diagnosis]:
    """Tests of the residuals: portmanteau, with the degrees of freedom of a model of this rank, and normality."""
    series, lags = len(given.part.names), given.form.lags
    estimated = series**2 * (lags - 1) + series * given.rank
    return diagnosed(given.fit.residuals, lags, estimated, level)


def described(form: Form, chosen: bool) -> Parameters:
    """The choices of a form as parameters of a statement."""
    return (
        ("levels_lag", f"{form.lags}"),
        ("lag_by", "bic" if chosen else "given"),
        ("deterministic", form.deterministic),
        ("season", f"{form.season}"),
        ("specification", form.specification),
    )
