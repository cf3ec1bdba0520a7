"""When the level of a series changed: segments of one mean each, as many as pay for themselves.

Source: "linkage.changepoint" in data/methods/econometrics.toml.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from touchstone.calc.linkage.allowed import at_least, checked_level, one_of, positive
from touchstone.calc.linkage.diagnostics import caveat, uncorrelated
from touchstone.calc.linkage.methods import assumptions
from touchstone.calc.linkage.panel import Panel, checked
from touchstone.calc.linkage.resampling import RESAMPLING, Resampling, percentiles, span
from touchstone.calc.linkage.statement import Span, Statement, sample_of
from touchstone.calc.linkage.unfit import long_enough
from touchstone.calc.linkage.wording import figure, percent
from touchstone.errors import UnusableSeries
from touchstone.facts.text import Text, plural

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Algorithm = Literal["kernel", "pelt"]
"""Two exact searches for the same optimum: the linear kernel (in C), and PELT with squared errors."""

_NORMAL = 1.4826
"""What a median absolute deviation is multiplied by to be the standard deviation of a normal distribution."""

_ROUNDING = 1e-12
"""Movement, beside the level, that is no more than the last digits of a double."""


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """One change of level.

    Attributes:
        last, first: last period of the old level and first period of the new one.
        earliest, latest: between which the last period of the old level lies, by the bootstrap.
        before, after: the means of the two segments.
        shift: after - before, with its bootstrap interval.
    """

    last: str
    first: str
    earliest: str
    latest: str
    before: float
    after: float
    shift: Span


@dataclass(frozen=True, slots=True)
class ChangePoints:
    """The changes of level of one series, in order; none where the level stays."""

    name: str
    points: tuple[ChangePoint, ...]
    noise: float
    penalty: float
    statement: Statement


def change_points(
    given: Panel,
    name: str,
    *,
    strictness: float = 2.0,
    smallest: int = 5,
    noise: float | None = None,
    algorithm: Algorithm = "kernel",
    resampling: Resampling = RESAMPLING,
    level: float = 0.95,
) -> ChangePoints:
    """Find the changes of level of a series of the panel.

    Args:
        given: a series whose level is meant: returns, a spread, an index of connectedness; not a wandering price.
        strictness: c of the penalty c sigma^2 ln n that each change must save; 2 is Schwarz's criterion.
        smallest: fewest periods of a segment.
        noise: sigma; None estimates it from the differences, which a change of level does not disturb.

    Raises:
        UnusableSeries: shorter than two segments and ten periods, constant, or a trend rather than levels, where no noise is
            given.
    """
    import numpy as np

    one_of("algorithm", algorithm, Algorithm)
    positive("strictness", strictness)
    at_least("smallest", smallest, 1)
    checked_level(level)
    if noise is not None:
        positive("noise", noise)
    part = checked(given, name)
    values = part.values[:, 0]
    long_enough(part.names, len(part), max(2 * smallest, 10), Text("突变点检验", "change points"))
    sigma, estimator = (noise, "given") if noise is not None else _noise(part)
    penalty = strictness * sigma**2 * _log(len(values))
    ends = _ends(values, penalty, smallest, algorithm)
    means = _means(values, ends)
    left = values - means
    picked = resampling.rows(len(values))
    points = tuple(
        _point(part, (start, middle, end), left[picked] + means, level)
        for start, middle, end in zip(ends, ends[1:], ends[2:], strict=False)
    )
    still = np.abs(left).max() <= 1e-12 * np.abs(values).max()
    tested = () if still else (uncorrelated(left[:, None], 10, 0, level),)
    statement = Statement(
        method="linkage.changepoint",
        sample=sample_of(part),
        parameters=(
            ("strictness", f"{strictness:g}"), ("penalty", f"{penalty:.6g}"), ("sigma", f"{sigma:.6g}"),
            ("sigma_by", estimator), ("smallest", f"{smallest}"), ("algorithm", algorithm),
            *resampling.choices(len(values)), ("level", f"{level}"),
        ),
        assumptions=(*assumptions("linkage.changepoint"), *(each.text() for each in tested)),
        sentence=_sentence(name, points, caveat(*tested)),
    )  # fmt: skip
    return ChangePoints(name, points, sigma, penalty, statement)


def _noise(part: Panel) -> tuple[float, str]:
    """Sigma from the differences: by their median absolute deviation, or by their standard deviation where more than
    half of the quotes stand still and the median is nothing.

    Raises:
        UnusableSeries: the usual step is larger than its own noise: a trend, of which every piece is a change of level.
    """
    import numpy as np

    values = part.values[:, 0]
    steps = np.diff(values)
    usual = float(np.median(steps))
    robust = _NORMAL * float(np.median(np.abs(steps - usual)))
    rounding = _ROUNDING * float(np.abs(values).max())
    spread, estimator = (robust, "median") if robust > rounding else (float(steps.std()), "deviation")
    if spread > max(rounding, abs(usual)):
        return spread / 2**0.5, estimator
    raise UnusableSeries(
        "LINK-211", f"{part.names[0]} {part.periods[0]}..{part.periods[-1]}", "a steady trend: the usual step exceeds the noise of the steps",
        "a series of levels with noise about them", "no changes were sought",
        "take returns, or a spread; or state the noise of the series",
        zh=("稳定的趋势：通常的步长大于步长的噪声", "围绕若干水平波动的序列", "没有检验突变", "改用收益率或价差；或给定序列的噪声"),
    )  # fmt: skip


def _log(count: int) -> float:
    from math import log

    return log(count)


def _ends(values: "NDArray[np.float64]", penalty: float, smallest: int, algorithm: Algorithm) -> list[int]:
    """Where segments end, with 0 in front; each number is the row behind a segment."""
    from ruptures import KernelCPD, Pelt

    search: Any = (
        KernelCPD(kernel="linear", min_size=smallest)
        if algorithm == "kernel"
        else Pelt(model="l2", min_size=smallest, jump=1)
    )
    return [0, *search.fit(values - values.mean()).predict(pen=penalty)]


def _means(values: "NDArray[np.float64]", ends: list[int]) -> "NDArray[np.float64]":
    """(T,) the mean of the segment each period lies in."""
    import numpy as np

    means = np.empty(len(values))
    for start, end in pairwise(ends):
        means[start:end] = values[start:end].mean()
    return means


def _point(
    part: Panel, ends: tuple[int, int, int], drawn: "NDArray[np.float64]", level: float
) -> ChangePoint:
    """A change with its intervals: in each draw the change is looked for again between its neighbours."""

    start, middle, end = ends
    values = part.values[:, 0]
    before, after = float(values[start:middle].mean()), float(values[middle:end].mean())
    shifts = drawn[:, middle:end].mean(axis=1) - drawn[:, start:middle].mean(axis=1)
    last = start - 1 + _best_split(drawn[:, start:end])
    low, high = percentiles(last, level, "inverted_cdf")
    return ChangePoint(
        part.periods[middle - 1], part.periods[middle],
        part.periods[min(int(low), middle - 1)], part.periods[max(int(high), middle - 1)],
        before, after, span(after - before, shifts, level),
    )  # fmt: skip


def _best_split(drawn: "NDArray[np.float64]") -> "NDArray[np.int64]":
    """(draws,) rows of the first of two segments whose means leave the least squared error."""
    import numpy as np

    count = drawn.shape[1]
    first = np.arange(1, count)
    sums = drawn.cumsum(axis=1)
    total = sums[:, -1:]
    explained = sums[:, :-1] ** 2 / first + (total - sums[:, :-1]) ** 2 / (count - first)
    return explained.argmax(axis=1) + 1


def _sentence(name: str, points: tuple[ChangePoint, ...], note: Text) -> Text:
    if not points:
        return Text(
            f"{name}的水平在样本期内未检出突变。{note.zh}",
            f"No change in the level of {name} is detected inside the sample.{note.en}",
        )
    zh, en = [], []
    for point in points:
        level = percent(point.shift.level)
        moved = f"{figure(point.before)} → {figure(point.after)}"
        by, low, high = (
            figure(end, sign=True) for end in (point.shift.point, point.shift.low, point.shift.high)
        )
        zh.append(
            f"{point.last}之后（{level.zh}区间：{point.earliest}至{point.latest}），{moved}，变动{by}（{low}至{high}）"
        )
        en.append(
            f"after {point.last} ({level.en}: {point.earliest} to {point.latest}), {moved}, by {by} ({low} to {high})"
        )
    return Text(
        f"{name}的水平突变{len(points)}次：{'；'.join(zh)}。{note.zh}",
        f"The level of {name} changed {'once' if len(points) == 1 else plural(len(points), 'time')}: {'; '.join(en)}.{note.en}",
    )
