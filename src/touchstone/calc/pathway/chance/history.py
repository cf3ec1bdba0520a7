"""How uncertain a driver is, told by its own past: a process estimated from yearly values, and what the few values leave open.

A short history says little about its own spread, so the parameters are drawn as well, from what the data leave of them under the
reference prior. Of a random walk the forecast is then Student's t with all its width: 80 % of it holds 80 % of futures however short the
history is. The future deviates round the path of the scenario; where that shall be the forecast itself, take `Estimate.path` for it.

Source: Gelman, A. and others, Bayesian data analysis, 3rd ed., sections 3.2 and 14.2 [R]; bias of an autoregression: Marriott, F. H. C. and
Pope, J. A., Bias in the estimation of autocorrelations, Biometrika 41 (1954) 390-402 [R].
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincinv, ndtr

from touchstone.calc.pathway.case import Floats, Ints
from touchstone.calc.pathway.refusal import refusal

FEWEST = {"walk": 4, "reverting": 12}
"""Values that a process needs at least."""


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

    def path(self, z: Floats, own: Floats) -> Floats:
        """(N, A): deviations from the drift as estimated."""
        sd = self.sd * _inflation(own[:, :1], self.freedom)
        return (sd * (z + own[:, 1:] / np.sqrt(self.seen))).cumsum(1)

    def forecast(self, last: float, ahead: Ints) -> Floats:
        """Logarithms so many years ahead of the last one."""
        return last + self.drift * np.asarray(ahead, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Reverting:
    """An autoregression of the logarithm, which comes back to a level; a `Course`.

    Attributes:
        level: the constant of x = level + back x before; back: corrected for the bias of short series, below 1.
        sd: of a year, with `freedom` degrees of freedom; last: the last logarithm.
        root: (2, 2), of which the square x sd² is the covariance of level and back.
    """

    level: float
    back: float
    sd: float
    freedom: int
    last: float
    root: tuple[tuple[float, float], tuple[float, float]]
    own: int = 3

    def path(self, z: Floats, own: Floats) -> Floats:
        """(N, A): deviations from the forecast."""
        sd = self.sd * _inflation(own[:, :1], self.freedom)
        level, back = (sd * (own[:, 1:] @ np.array(self.root).T)).T
        level, back = level + self.level, np.clip(back + self.back, -0.99, 0.999)
        # What moves `back` moves the level with it, so that both keep going through the middle of the data.
        now, found = np.full(len(z), self.last), np.empty_like(z)
        for year in range(z.shape[1]):
            now = level + back * now + sd[:, 0] * z[:, year]
            found[:, year] = now
        return found - self.forecast(self.last, np.arange(1, z.shape[1] + 1))

    def forecast(self, last: float, ahead: Ints) -> Floats:
        """Logarithms so many years ahead of the last one."""
        mean = self.level / (1 - self.back)
        return mean + self.back ** np.asarray(ahead, dtype=np.float64) * (last - mean)


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
    course = _walk(years, logs) if process == "walk" else _reverting(logs)
    if not (np.isfinite(course.sd) and course.sd > 1e-12):
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


def _reverting(logs: Floats) -> Reverting:
    before, after = logs[:-1], logs[1:]
    count = len(before)
    table = np.column_stack([np.ones(count), before])
    slope = float(np.polyfit(before, after, 1)[0]) if np.ptp(before) > 0 else 0.0
    back = min(slope + (1 + 3 * slope) / count, 0.98)
    level = float(after.mean() - back * before.mean())
    rest = after - level - back * before
    freedom = count - 2
    root = np.linalg.cholesky(np.linalg.pinv(table.T @ table) + 1e-15 * np.eye(2))
    rows = ((float(root[0, 0]), float(root[0, 1])), (float(root[1, 0]), float(root[1, 1])))
    return Reverting(level, back, float(np.sqrt(rest @ rest / freedom)), freedom, float(logs[-1]), rows)


def _inflation(z: Floats, freedom: int) -> Floats:
    """What a standard deviation estimated with so many degrees of freedom may be in truth, for each of its own."""
    return np.sqrt(freedom / (2 * gammaincinv(freedom / 2, ndtr(z))))


def _found(years: Ints, series: Floats) -> str:
    low, high = (f"{each:g}" for each in (series.min(initial=np.inf), series.max(initial=-np.inf)))
    return f"{len(years)} ({years[0]}–{years[-1]}, {low}…{high})" if len(years) else "0"
