"""The choices behind a spillover table, each a parameter, and the published choices by name.

Two tables of one data set differ because their authors chose differently. Everything that can be chosen
stands here; what a paper chose is a preset in data/methods/spillover.toml.
"""

from dataclasses import dataclass
from typing import Literal

from touchstone.calc.linkage.allowed import among, at_least, one_of, positive, refused
from touchstone.calc.linkage.lag_choice import LagSearch
from touchstone.calc.linkage.methods import declared
from touchstone.calc.linkage.var import Divisor

Decomposition = Literal["generalised", "cholesky"]
Normalisation = Literal["row", "column", "none"]
Explosive = Literal["refuse", "keep"]
PriorKind = Literal["ols", "minnesota", "loose"]
PriorVariance = Literal["residual", "unit"]
Centring = Literal["prior", "sample"]
Covariance = Literal["predicted", "filtered"]


@dataclass(frozen=True, slots=True)
class Convention:
    """How a vector autoregression is turned into a spillover table.

    Attributes:
        lag: number of lags, or how to choose it; in windows it is chosen once, over the whole panel, which looks ahead.
        horizon: H; shocks of the H steps 0 to H-1 count.
        decomposition: generalised (2012, no ordering) or cholesky (2009, in the order of the panel).
        normalisation: what sums to 100 %: each row, each column, or nothing. A Cholesky row does of itself.
        divisor: of the residual covariance, rows used (T) or rows less coefficients (T-df). A decomposition is
            of shares, so no table depends on it; the covariance reported does.
        explosive: refuse a VAR with a root outside the unit circle, or keep it as most programs do.
        reduced: a window of W rows has W less `lag` rows, as in the R package ConnectednessApproach.
    """

    lag: int | LagSearch = 1
    horizon: int = 10
    decomposition: Decomposition = "generalised"
    normalisation: Normalisation = "row"
    divisor: Divisor = "T"
    explosive: Explosive = "refuse"
    reduced: bool = False

    def __post_init__(self) -> None:
        at_least("lag", self.lag.least if isinstance(self.lag, LagSearch) else self.lag, 1)
        at_least("horizon", self.horizon, 1)
        one_of("decomposition", self.decomposition, Decomposition)
        one_of("normalisation", self.normalisation, Normalisation)
        one_of("divisor", self.divisor, Divisor)
        one_of("explosive", self.explosive, Explosive)

    def rows(self, window: int, lag: int) -> int:
        """Rows of a window, the first `lag` of which only serve as lags."""
        return window - lag if self.reduced else window


@dataclass(frozen=True, slots=True)
class Forgetting:
    """How coefficients and covariance drift in a time-varying VAR.

    Attributes:
        kappa1: forgetting of the coefficients; the smaller, the faster they move. 1 lets them stand.
        kappa2: decay of the residual covariance.
        prior: `ols` fits the first `prior_window` rows; `minnesota` starts at zero with variance
            `tightness` over lag squared; `loose` starts at zero with variance 4.
        prior_window: rows the prior may look at; None is the whole sample.
        prior_variance: of the `ols` prior: `residual` (Kronecker product with the residual covariance, which no
            change of units alters) or `unit` (the inverse cross product alone, as in ConnectednessApproach).
        tightness: of the `minnesota` prior.
        centring: subtract the mean of the rows of the prior, or of the whole `sample`, which looks ahead.
        covariance: the decomposition of a period uses the covariance with its prediction error (`predicted`), or
            with its error after the coefficients were updated (`filtered`).
    """

    kappa1: float = 0.99
    kappa2: float = 0.99
    prior: PriorKind = "ols"
    prior_window: int | None = 200
    prior_variance: PriorVariance = "residual"
    tightness: float = 0.1
    centring: Centring = "prior"
    covariance: Covariance = "predicted"

    def __post_init__(self) -> None:
        for name in ("kappa1", "kappa2"):
            if not 0 < getattr(self, name) <= 1:
                raise refused(name, getattr(self, name), "must lie in (0, 1]", "应在(0, 1]内")
        one_of("prior", self.prior, PriorKind)
        one_of("prior_variance", self.prior_variance, PriorVariance)
        one_of("centring", self.centring, Centring)
        one_of("covariance", self.covariance, Covariance)
        positive("tightness", self.tightness)
        if self.prior_window is not None:
            at_least("prior_window", self.prior_window, 1)


@dataclass(frozen=True, slots=True)
class Preset:
    """What one publication chose.

    Attributes:
        key: its name in data/methods/spillover.toml.
        window: rows of the rolling window; None where the table is of the whole sample.
        forgetting: for a time-varying VAR; None otherwise.
        source: the publication, and where the choices are stated.
    """

    key: str
    convention: Convention
    window: int | None
    forgetting: Forgetting | None
    source: str


CONVENTION = Convention()
"""One lag, ten steps, generalised: the usual choice for daily prices."""
FORGETTING = Forgetting()
"""A memory of about a hundred periods, from a prior of the first 200, looking at nothing later."""


def preset(key: str) -> Preset:
    """The choices of a publication.

    Raises:
        ValueError: there is no preset of this name; the message lists those there are.

    >>> preset("dy2012").convention.lag, preset("dy2009").convention.decomposition
    (4, 'cholesky')
    """
    rows = {row["key"]: row for row in declared("spillover")["preset"]}
    among(("preset", "预设"), [key], tuple(rows))
    row = rows[key]
    forgetting = Forgetting(**row["forgetting"]) if "forgetting" in row else None
    return Preset(key, Convention(**row["convention"]), row.get("window"), forgetting, row["source"])
