"""What is asked of an adjustment, and the model that is kept of it."""

from dataclasses import dataclass, replace
from typing import Any

from touchstone.calc.seasonal.diagnostics import Check
from touchstone.calc.seasonal.feasts import FEASTS, Effect
from touchstone.calc.seasonal.refused import no_reason, unknown_choice
from touchstone.facts.text import Text

METHODS = ("x13", "stl", "none")
TRADING = ("auto", "china", "weekdays", "none")
_KNOWN: dict[str, tuple[str, ...]] = {
    "method": METHODS,
    "decomposition": ("x11", "seats"),
    "transform": ("auto", "log", "none"),
    "trading": TRADING,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """How a series is to be adjusted; the defaults suit monthly statistics of China.

    Attributes:
        method: "x13"; "stl", the fallback, wanted for itself; "none" for a series that is published adjusted or has no season.
        reason: why nothing is adjusted; must be given with "none".
        decomposition: "x11", or "seats".
        transform: "log", "none" (additive), or "auto": X-13 compares the two by AICc.
        arima: a model as X-13 writes it, "(0 1 1)(0 1 1)", or "auto": X-13 identifies it.
        effects: the windows round feasts; None: looked for among `feasts` by AICc over the declared grid.
        feasts: which feasts may have an effect, where `effects` is None.
        trading: "china", "weekdays", "none", or "auto": chosen by AICc. See `trading`.
        own: regressors that X-13 itself may take by AICc: "td", "easter"; for series that are not of China.
        outliers: types looked for at identification and behind it: "ao", "ls", "tc"; () for none.
        estimate_gaps: True lets X-13 estimate periods without a value; they are marked. False refuses them.
        spans: whether sliding spans are computed at identification (four more adjustments).
        forecast: periods of forecast, 12 or more; regressors reach over them.
        seconds: limit of time for one run of X-13.
        fallback: False refuses where X-13 does not run, instead of adjusting by the fallback.
    """

    method: str = "x13"
    reason: Text | None = None
    decomposition: str = "x11"
    transform: str = "auto"
    arima: str = "auto"
    effects: tuple[Effect, ...] | None = None
    feasts: tuple[str, ...] = FEASTS
    trading: str = "auto"
    own: tuple[str, ...] = ()
    outliers: tuple[str, ...] = ("ao", "ls", "tc")
    estimate_gaps: bool = False
    spans: bool = True
    forecast: int = 12
    seconds: float = 60.0
    fallback: bool = True

    def __post_init__(self) -> None:
        for name, known in _KNOWN.items():
            if (found := getattr(self, name)) not in known:
                raise unknown_choice(name, found, known)
        for name, found, known in (("feasts", self.feasts, FEASTS), ("own", self.own, ("td", "easter")),
                                   ("outliers", self.outliers, ("ao", "ls", "tc"))):  # fmt: skip
            if odd := [each for each in found if each not in known]:
                raise unknown_choice(name, odd[0], known)
        if self.method == "none" and not self.reason:
            raise no_reason()

    @property
    def model_key(self) -> str:
        """What of the choice decides the model: a stored model of another one is not used."""
        decisive = replace(self, seconds=0.0, spans=False, fallback=True, method="x13", reason=None)
        return repr(decisive)


@dataclass(frozen=True, slots=True)
class KeptModel:
    """The specification that X-13 identified, estimated anew on it every month until the next identification.

    Attributes:
        key: the series it was identified on.
        choice: `Choice.model_key` of the choice it was identified for.
        identified: last period of that sample.
        log: whether logarithms are modelled, and the season multiplies.
        arima: "(0 1 1)(0 1 1)".
        own: regressors of X-13 itself: td1coef, lpyear, easter[8], const.
        effects: windows round feasts.
        trading: "china" where days worked are a regressor, else "none" (those of X-13 stand in `own`).
        outliers: as X-13 writes them, "ls2008.Nov"; those of the sample it was identified on.
        aicc: of the search for windows: the best that were tried and how they did, best first.
        spans: checks of sliding spans, computed at identification only.
    """

    key: str
    choice: str
    identified: str
    log: bool
    arima: str
    own: tuple[str, ...]
    effects: tuple[Effect, ...]
    trading: str
    outliers: tuple[str, ...]
    aicc: tuple[tuple[str, float], ...] = ()
    spans: tuple[Check, ...] = ()


def model_of(plain: dict[str, Any]) -> KeptModel:
    """A model from the plain values of `asdict`, as JSON gives them back."""
    kept = dict(plain)
    kept["effects"] = tuple(Effect(**each) for each in plain["effects"])
    kept["aicc"] = tuple((name, float(value)) for name, value in plain["aicc"])
    kept["spans"] = tuple(Check(**each) for each in plain["spans"])
    for name in ("own", "outliers"):
        kept[name] = tuple(plain[name])
    return KeptModel(**kept)


def due(known: KeptModel | None, choice: Choice, key: str, last: str) -> bool:
    """Whether a model is to be identified now, for a series that ends in `last`.

    Once a year, when the data of January (or a later month of a new year) are there; and where no model is known, or
    the one known is of another series or choice. To force it, pass no model.
    """
    if known is None or known.key != key or known.choice != choice.model_key:
        return True
    return last[:4] > known.identified[:4] or last < known.identified
