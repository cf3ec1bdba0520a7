"""Whether an adjustment is any good: what X-13 says of it, each figure with its limit and a verdict.

The limits, and where they are from: [[diagnostic]] in data/methods/seasonal.toml.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from touchstone.calc.linkage.methods import declared
from touchstone.facts.text import Text

_QS = {
    "QS.original": "qsori",
    "QS.adjusted": "qssadj",
    "QS.irregular": "qsirr",
    "QS.residual": "qsrsd",
}
_IDENTIFIABLE = {"yes": 1.0, "no": 0.0}
_PROBABLY_NOT = 0.5
_SPANS = {"spans.A": "s2.a.per", "spans.MM": "s2.d.per"}
_NORMALITY = ("skewness", "a", "kurtosis")
_PEAKED = ("sa", "irr", "rsd")


@dataclass(frozen=True, slots=True)
class Check:
    """One diagnostic.

    Attributes:
        key: of its row in data/methods/seasonal.toml.
        value: in the unit its name says.
        good, poor: at or on the better side of `good` it holds; beyond `poor` it fails; between them it is on the edge.
        verdict: holds, edge or fails.
        period: last period of the sample it was computed on.
    """

    key: str
    value: float
    good: float
    poor: float
    verdict: str
    period: str

    @property
    def name(self) -> Text:
        """What it measures."""
        row = _rows()[self.key]
        return Text(row["zh"], row["en"])

    @property
    def source(self) -> str:
        """Where the limit is from."""
        return _rows()[self.key]["source"]


def checked(key: str, value: float, period: str) -> Check:
    """A figure against its limits."""
    row = _rows()[key]
    good, poor = float(row["good"]), float(row["poor"])
    way = 1 if row["better"] == "low" else -1
    verdict = "holds" if way * value <= way * good else "fails" if way * value > way * poor else "edge"
    return Check(key, value, good, poor, verdict, period)


def checks(found: Mapping[str, str], period: str) -> tuple[Check, ...]:
    """All diagnostics that a run of X-13 gives, in the order of the file of limits.

    Args:
        found: `output.diagnostics` of the run; SEATS gives no M statistics, and no run without sliding spans has theirs.
        period: last period of the sample.
    """
    values = dict(_values(found))
    return tuple(checked(key, values[key], period) for key in _rows() if key in values)


def _values(found: Mapping[str, str]) -> Iterator[tuple[str, float]]:
    for number in range(1, 12):
        if (name := f"f3.m{number:02d}") in found:
            yield f"M{number}", float(found[name])
    for key, name in (("Q", "f3.q"), ("Q2", "f3.qm2")):
        if name in found:
            yield key, float(found[name])
    for key, name in _QS.items():
        if name in found:
            yield key, float(found[name].split()[1])
    for key, name in _SPANS.items():
        if name in found:
            yield key, float(found[name].split()[2])
    if "f2.idseasonal" in found:
        yield "season.identifiable", _IDENTIFIABLE.get(found["f2.idseasonal"], _PROBABLY_NOT)
    if "d11.f" in found:
        yield "season.left", float(found["d11.f"].split()[1])
    if "nlbq" in found:
        yield "residual.correlated", float(found["nlbq"])
    if "kurtosis" in found:
        yield "residual.normal", float(sum(len(found.get(name, "").split()) > 1 for name in _NORMALITY))
    if "peaks.seas" in found:
        peaks = found["peaks.seas"].split()
        yield "residual.peaks", float(sum(name in peaks for name in _PEAKED))
    if "converged" in found:
        yield "model.converged", float(found["converged"] == "yes")


@cache
def _rows() -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in declared("seasonal")["diagnostic"]}
