"""How uncertain a driver is, told by its own past: a process estimated from yearly values, and what the few values leave open.

A short history says little about its own spread, so the parameters are drawn as well, from what the data leave of them under the
reference prior. Of a random walk the forecast is then Student's t with all its width: 80 % of it holds 80 % of futures however short the
history is. Several short ones together hold more than they say, for their doubts add up: see `drivers_of`. A swing round a level: `reverting`.
The future deviates round the path of the scenario; where that shall be the forecast itself, take `Estimate.path` for it.

Source: Gelman, A. and others, Bayesian data analysis, 3rd ed., sections 3.2 and 14.2 [R].
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from touchstone.calc.pathway.case import Floats, Ints
from touchstone.calc.pathway.chance.inflation import inflation
from touchstone.calc.pathway.chance.reverting import Reverting
from touchstone.calc.pathway.refusal import refusal

FEWEST = {"walk": 5, "reverting": 12}
"""Values that a process needs at least."""
AMONG = {"walk": 12, "reverting": 24}
"""Values that it needs at least where a scenario has several histories: their doubts add up to more than the doubt of the sum. Of four walks of
12 values each an 80 % interval still holds 84 %, of two with 5 it would hold 86 %."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A random walk of the logarithm with drift; a `Course`.

    Attributes:
        drift: a year; sd: of a year, with `freedom` degrees of freedom; seen: years the drift was seen over.
    """

    drift: float
    sd: float
    freedom: int
    seen: int
    own: int = 2

    @property
    def values(self) -> int:
        """How many values it was estimated from."""
        return self.freedom + 2

    def path(self, z: Floats, own: Floats) -> Floats:
        """(N, A): deviations from the drift as estimated."""
        sd = self.sd * inflation(own[:, :1], self.freedom)
        return (sd * (z + own[:, 1:] / np.sqrt(self.seen))).cumsum(1)

    def forecast(self, last: float, ahead: Ints) -> Floats:
        """Logarithms so many years ahead of the last one."""
        return last + self.drift * np.asarray(ahead, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a history tells.

    Attributes:
        course: for the `law` of a driver of kind "growth", known `since` year; year, value: the last of the history.
    """

    course: Walk | Reverting
    year: int
    value: float

    def path(self, years: Ints) -> Floats:
        """(Y,): the forecast, in the unit of the history; years after its last."""
        return np.exp(self.course.forecast(np.log(self.value), np.asarray(years) - self.year))


def estimate(values: Mapping[int, float], where: str, process: str = "walk") -> Estimate:
    """The process of a history.

    Args:
        values: year → value above 0. A walk may miss years between; an autoregression may not.
        process: "walk", of what grows or falls without an end in sight; "reverting", of what swings round a level.

    Raises:
        UnusablePathway: CHANCE-016, too few values, a value that is not above 0, a gap, or values that never change.
    """
    years = np.array(sorted(values))
    series = np.array([float(values[int(year)]) for year in years])
    gaps = process == "reverting" and (np.diff(years) != 1).any()
    if process not in FEWEST or len(years) < FEWEST[process] or gaps or not (series > 0).all():
        raise refusal(
            "CHANCE-016", where, found=_found(years, series), process=process, fewest=FEWEST.get(process, "-")
        )
    logs = np.log(series)
    course = _walk(years, logs) if process == "walk" else Reverting(tuple(logs.tolist()))
    sd = course.sd if isinstance(course, Walk) else float(logs.std())
    if not (np.isfinite(sd) and sd > 1e-12):
        raise refusal(
            "CHANCE-016", where, found=_found(years, series), process=process, fewest=FEWEST[process]
        )
    return Estimate(course, int(years[-1]), float(series[-1]))


def _walk(years: Ints, logs: Floats) -> Walk:
    spans, steps = np.diff(years), np.diff(logs)
    seen = int(spans.sum())
    drift = steps.sum() / seen
    freedom = len(steps) - 1
    return Walk(
        float(drift), float(np.sqrt(((steps - drift * spans) ** 2 / spans).sum() / freedom)), freedom, seen
    )


def _found(years: Ints, series: Floats) -> str:
    low, high = (f"{each:g}" for each in (series.min(initial=np.inf), series.max(initial=-np.inf)))
    return f"{len(years)} ({years[0]}–{years[-1]}, {low}…{high})" if len(years) else "0"
