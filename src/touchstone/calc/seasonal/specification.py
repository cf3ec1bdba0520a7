"""The specification file of X-13ARIMA-SEATS, written as text.

What each argument means: X-13ARIMA-SEATS Reference Manual, version 1.1, chapter 7. A line must not be longer than 132
characters, so every number of the data has its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from touchstone.calc.seasonal.choice import Choice
from touchstone.calc.seasonal.feasts import Effect, onwards, regressor
from touchstone.calc.seasonal.output import MONTHS
from touchstone.calc.seasonal.refused import unknown_choice
from touchstone.calc.seasonal.trading import working_day_regressor

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MISSING = -99999.0
"""What X-13 takes for a value that is not there, unless it is told otherwise."""
_SAVED = {"x11": "d10 d11 d12 d13 d16", "seats": "s10 s11 s12 s13 s16"}
_ORDER = r"(\d{1,2}|\[\d{1,2}([ ,]\d{1,2})*\])"
_ORDERS = rf"\({_ORDER}[ ,]\d[ ,]{_ORDER}\)"
_ARIMA = re.compile(rf"auto|{_ORDERS}({_ORDERS}\d{{0,2}})?", re.ASCII)
_VARIABLE = re.compile(r"[a-z0-9.\[\]/,-]+", re.ASCII | re.IGNORECASE)
_GROUPS = ("holiday", "holiday2", "holiday3")
"""Each feast is a group of its own, for tests; X-13 wants them numbered in the order they are used."""


@dataclass(frozen=True, slots=True)
class Specification:
    """What one run of X-13 is told.

    Attributes:
        transform: auto, log or none.
        arima: a model, or "auto".
        own: variables of X-13, outliers among them.
        tested: what its AIC test may add: td, easter.
        effects, trading: our regressors; see `KeptModel`.
        outliers: types to be looked for; () for none.
        since: outliers are looked for from this period on; None: everywhere.
        decomposition: x11, seats, or None where only the model is estimated.
        spans: whether sliding spans are computed.
        forecast: periods.

    Raises:
        UnusableSeries: the model is not written in orders, a variable is no name, or the forecast no number of periods
            (SEASON-007). These are the words of others that go into the file.
    """

    transform: str
    arima: str
    own: tuple[str, ...] = ()
    tested: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    trading: str = "none"
    outliers: tuple[str, ...] = ()
    since: str | None = None
    decomposition: str | None = None
    spans: bool = False
    forecast: int = 12

    def __post_init__(self) -> None:
        if not _ARIMA.fullmatch(self.arima):
            raise unknown_choice(
                "arima", self.arima, ["auto", "(0 1 1)", "(0 1 1)(0 1 1)", "(0 1 [1 3])(0 1 1)"]
            )
        if odd := [each for each in self.own if not _VARIABLE.fullmatch(each)]:
            raise unknown_choice("variables", odd[0], ["td1coef", "lpyear", "easter[8]", "ls2008.Nov"])
        if type(self.forecast) is not int or self.forecast < 0:
            raise unknown_choice("forecast", self.forecast, ["0", "12", "24"])

    def lead(self, like: str) -> int:
        """Periods of forecast: SEATS itself takes three years where it is told less."""
        least = (12 if "Q" in like else 36) if self.decomposition == "seats" else 0
        return max(self.forecast, least)


def of_choice(choice: Choice) -> Specification:
    """What the choice itself says, before anything is looked for."""
    said = Specification(
        choice.transform, choice.arima, (), choice.own, choice.effects or (), "none",
        choice.outliers, None, choice.decomposition, choice.spans, choice.forecast,
    )  # fmt: skip
    return with_trading(said, choice.trading)


def with_trading(spec: Specification, trading: str) -> Specification:
    """The same with days worked: by X-13's contrast of weekdays, or by our count and the length of February."""
    more = {"weekdays": ("td1coef",), "china": ("lpyear",)}.get(trading, ())
    return replace(spec, own=(*spec.own, *more), trading="china" if trading == "china" else "none")


def written(spec: Specification, periods: Sequence[str], values: "NDArray[np.float64]") -> str:
    """The text of the file.

    Args:
        spec: what to do.
        periods: T months or quarters, one after the other.
        values: (T,); nan is written as missing.
    """
    missing = _missing(values)
    numbers = "\n".join(repr(float(value)) if value == value else str(missing) for value in values)
    every = 4 if "Q" in periods[0] else 12
    saved = f"save=({_SAVED[spec.decomposition]}) " if spec.decomposition else ""
    gaps = " save=(mv)" if (values != values).any() else ""
    mode = {"log": "mode=mult ", "none": "mode=add "}.get(spec.transform, "")
    parts = [
        f"series{{ title=\"series\" start={_when(periods[0])} period={every} decimals=5 missingcode={missing}{gaps}\ndata=(\n{numbers}\n)}}",
        f"transform{{ function={spec.transform} print=none }}",
        _regression(spec, periods),
        "automdl{ print=none }" if spec.arima == "auto" else f"arima{{ model={spec.arima} }}",
        _outlier(spec, periods),
        "estimate{ save=(mdl) print=none }",
        "check{ print=none }" if spec.decomposition else "",
        f"forecast{{ maxlead={spec.lead(periods[0])} save=(fct) print=none }}" if spec.decomposition else "",
        f"x11{{ {mode}{saved}print=none }}" if spec.decomposition == "x11" else "",
        f"seats{{ {saved}print=none }}" if spec.decomposition == "seats" else "",
        "slidingspans{ print=none }" if spec.spans and spec.decomposition else "",
    ]  # fmt: skip
    return "\n".join(part for part in parts if part) + "\n"


def _missing(values: "NDArray[np.float64]") -> float:
    """A code for what is missing that no value lies near: X-13 compares with a tolerance."""
    return _MISSING if not (abs(values - _MISSING) < 1).any() else float(2 * values[values == values].min())


def regressors(spec: Specification, periods: Sequence[str]) -> dict[str, "NDArray[np.float64]"]:
    """Our regressors by name, each (T + lead,): X-13 needs them over the forecast too.

    A window that stays in one calendar period throughout the sample is season and nothing else; it has no regressor.
    """
    reach = onwards(periods, spec.lead(periods[0]))
    found = {effect.name: regressor(effect, reach) for effect in spec.effects}
    found |= {"working": working_day_regressor(reach, periods[-1])} if spec.trading == "china" else {}
    return {name: values for name, values in found.items() if values[: len(periods)].any()}


def _regression(spec: Specification, periods: Sequence[str]) -> str:
    ours = regressors(spec, periods)
    lines = []
    if spec.own:
        lines.append("variables=(\n" + "\n".join(spec.own) + "\n)")
    if spec.tested:
        lines.append(f"aictest=({' '.join(spec.tested)})")
    if ours:
        feasts = [effect.feast for effect in spec.effects if effect.name in ours]
        groups = dict(zip(dict.fromkeys(feasts), _GROUPS, strict=False))
        kinds = [groups[feast] for feast in feasts] + (["td"] if "working" in ours else [])
        rows = zip(*ours.values(), strict=True)
        data = "\n".join("\n".join(repr(float(value)) for value in row) for row in rows)
        lines.append("user=(\n" + "\n".join(ours) + "\n)\nusertype=(\n" + "\n".join(kinds) + "\n)")
        lines.append(f"start={_when(periods[0])}\ndata=(\n{data}\n)")
    return "regression{ print=none\n" + "\n".join(lines) + "\n}" if lines else ""


def _outlier(spec: Specification, periods: Sequence[str]) -> str:
    """Nothing is looked for where the sample has no period behind `since`."""
    if not spec.outliers or (spec.since and spec.since > periods[-1]):
        return ""
    span = f" span=({_when(spec.since)},)" if spec.since else ""
    return f"outlier{{ types=({' '.join(spec.outliers)}){span} print=none }}"


def _when(period: str) -> str:
    """A period as X-13 writes it.

    >>> _when("2009-01"), _when("2009-Q3")
    ('2009.jan', '2009.3')
    """
    return f"{period[:4]}.{period[6:]}" if "Q" in period else f"{period[:4]}.{MONTHS[int(period[5:]) - 1]}"
