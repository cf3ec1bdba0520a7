"""Which price moves first: cross-correlation after both series are freed of the first one's own memory.

A series that remembers itself correlates with everything that remembers itself, at every lag. So an autoregression is
fitted to the first series, both are passed through its filter, and only then correlated.
Source: "linkage.leadlag" in data/methods/econometrics.toml.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.linkage.allowed import at_least, checked_level
from touchstone.calc.linkage.batch import Batch, each, pairs_of
from touchstone.calc.linkage.diagnostics import Diagnosis, caveat, uncorrelated
from touchstone.calc.linkage.false_discovery import benjamini_hochberg
from touchstone.calc.linkage.lag_choice import LagSearch, lag_of
from touchstone.calc.linkage.methods import assumptions
from touchstone.calc.linkage.panel import Panel, checked
from touchstone.calc.linkage.regression import independent, lagged, least_squares
from touchstone.calc.linkage.resampling import RESAMPLING, Resampling, bounded_span, percentiles
from touchstone.calc.linkage.statement import Parameters, Sample, Span, Statement, sample_of
from touchstone.calc.linkage.unfit import long_enough
from touchstone.calc.linkage.wording import percent, probability
from touchstone.facts.text import Text, plural

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class LeadLag:
    """Two series and the lag at which they are closest.

    Attributes:
        first, second: the series; the filter is that of the first.
        correlations: each lag k with the correlation of first at t and second at t + k; a positive k says first is early.
        band: 2 / sqrt(n): a single correlation beyond it is unlikely if there is no relation and the variance is constant.
        lag: lag of the largest correlation in size, with its bootstrap interval.
        strength: the correlation there, with its bootstrap interval.
        p, q: probability of a largest correlation of that size at any of the lags, and its false-discovery rate among
            the pairs computed together.
        leader: the series that moves first; None where no lead is found.
    """

    first: str
    second: str
    correlations: tuple[tuple[int, float], ...]
    band: float
    lag: Span
    strength: Span
    p: float
    q: float
    leader: str | None
    statement: Statement


@dataclass(frozen=True, slots=True)
class _Choice:
    """How pairs are compared."""

    reach: int
    orders: int
    resampling: Resampling
    level: float

    def __post_init__(self) -> None:
        at_least("reach", self.reach, 1)
        at_least("orders", self.orders, 0)
        checked_level(self.level)


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """A pair measured, before it is known what was measured with it."""

    sample: Sample
    order: int
    correlations: "NDArray[np.float64]"
    lag: Span
    strength: Span
    p: float
    tested: Diagnosis


def lead_lag(
    given: Panel,
    first: str,
    second: str,
    *,
    reach: int = 10,
    orders: int = 10,
    resampling: Resampling = RESAMPLING,
    level: float = 0.95,
) -> LeadLag:
    """Find which of two series moves first.

    Args:
        given: returns (differences of logs), not levels.
        reach: lags looked at on each side.
        orders: largest order of the filter; it is chosen by BIC from 0.

    Raises:
        UnusableSeries: too short for the lags, constant or collinear.

    A lead is called only where the largest correlation is beyond chance at all lags together, and the interval of its
    lag keeps to one side of zero.
    """
    choice = _Choice(reach, orders, resampling, level)
    return _concluded([_seen(given, first, second, choice)], choice)[0]


def lead_lags(
    given: Panel,
    pairs: Sequence[tuple[str, str]] | None = None,
    *,
    reach: int = 10,
    orders: int = 10,
    resampling: Resampling = RESAMPLING,
    level: float = 0.95,
) -> Batch[LeadLag]:
    """Compare many pairs, all of the panel where none are named, with false discoveries controlled over them.

    Arguments as in `lead_lag`. A pair that cannot be compared is absent with its reason.
    """
    choice = _Choice(reach, orders, resampling, level)
    seen = each(pairs_of(given) if pairs is None else pairs, lambda a, b: _seen(given, a, b, choice))
    return Batch(tuple(_concluded(seen.results, choice)), seen.absent)


def _seen(given: Panel, first: str, second: str, choice: _Choice) -> _Seen:
    part = checked(given, first, second)
    long_enough(
        part.names, len(part), choice.orders + 4 * choice.reach + 10, Text("这些滞后期", "these lags")
    )
    order = lag_of(part.chosen((first,)), LagSearch(most=choice.orders, least=0))
    filtered = _filtered(part, order)
    found = _correlations(filtered[:, 0], filtered[:, 1], choice.reach)
    lag, strength = _spans(filtered, found, choice)
    return _Seen(
        sample_of(part), order, found, lag, strength,
        _chance(filtered, int(lag.point), 2 * choice.reach + 1),
        uncorrelated(filtered[:, :1], max(10, 2 * order), order, choice.level),
    )  # fmt: skip


def _filtered(part: Panel, order: int) -> "NDArray[np.float64]":
    """Both series less what the first one's autoregression makes of their own past: (T - order, 2)."""
    import numpy as np

    rows = len(part) - order
    past = lagged(part.values[:, :1], order, rows)
    fit = least_squares(part.values[order:, 0], np.column_stack([np.ones(rows), past]), part.names[:1])
    weights = fit.coefficients[1:, 0]
    second = part.values[order:, 1] - lagged(part.values[:, 1:], order, rows) @ weights
    filtered = np.column_stack([fit.residuals[:, 0], second - second.mean()])
    independent(part.names, part.values[order:], np.linalg.qr(filtered)[1])
    return filtered


def _correlations(
    first: "NDArray[np.float64]", second: "NDArray[np.float64]", reach: int
) -> "NDArray[np.float64]":
    """Correlation of first at t and second at t + k for k from -reach to reach, both divided by n."""
    import numpy as np

    rows = len(first)
    scale = rows * first.std() * second.std()
    return np.array(
        [first[max(0, -k) : rows - max(0, k)] @ second[max(0, k) : rows + min(0, k)] for k in range(-reach, reach + 1)]
    ) / scale  # fmt: skip


def _spans(
    filtered: "NDArray[np.float64]", found: "NDArray[np.float64]", choice: _Choice
) -> tuple[Span, Span]:
    """Intervals of the peak's lag and size."""
    import numpy as np

    drawn = _drawn_correlations(filtered, choice)
    place = int(np.abs(found).argmax())
    peak = place - choice.reach
    lags = np.abs(drawn).argmax(axis=1) - choice.reach
    low, high = percentiles(lags, choice.level, "inverted_cdf")
    lag = Span(float(min(low, peak)), float(peak), float(max(high, peak)), choice.level)
    return lag, bounded_span(float(found[place]), drawn[:, place], choice.level)


def _drawn_correlations(filtered: "NDArray[np.float64]", choice: _Choice) -> "NDArray[np.float64]":
    """Correlations at each lag of each draw: (resamples, 2 reach + 1). A row drawn is a value of first with all its
    neighbours of second, so the joins of the blocks break no lag; in a draw where one of them stands still they are
    unrelated. How often each row is drawn is all that the sums need."""
    import numpy as np

    near = np.lib.stride_tricks.sliding_window_view(filtered[:, 1], 2 * choice.reach + 1)
    rows = len(near)
    first = filtered[choice.reach : choice.reach + rows, :1]
    picked = choice.resampling.rows(rows) + rows * np.arange(choice.resampling.resamples)[:, None]
    times = np.bincount(picked.ravel(), minlength=picked.size).reshape(picked.shape) / rows
    mean, means = times @ first, times @ near
    spread = (times @ first**2 - mean**2) * (times @ near**2 - means**2)
    together = times @ (first * near) - mean * means
    return together / np.sqrt(np.where(spread > 0, spread, np.inf))


def _chance(filtered: "NDArray[np.float64]", lag: int, lags: int) -> float:
    """Probability of one correlation among so many as large as that at `lag`, with none in truth (Sidak). Its standard error is
    from the squares of the products, so that days on which both are stormy, though unrelated, count as such."""
    from math import expm1, log1p

    from scipy.stats import norm

    rows = len(filtered)
    products = filtered[max(0, -lag) : rows - max(0, lag), 0] * filtered[max(0, lag) : rows + min(0, lag), 1]
    single = 2 * float(norm.sf(abs(products.sum()) / (products @ products) ** 0.5))
    return -expm1(lags * log1p(-min(single, 1 - 1e-16)))


def _concluded(seen: Sequence[_Seen], choice: _Choice) -> list[LeadLag]:
    done = []
    for one, q in zip(seen, benjamini_hochberg([one.p for one in seen]), strict=True):
        first, second = one.sample.names
        certain = q <= 1 - choice.level
        ahead = certain and one.lag.low > 0
        behind = certain and one.lag.high < 0
        leader = first if ahead else second if behind else None
        lags = range(-choice.reach, choice.reach + 1)
        statement = Statement(
            method="linkage.leadlag",
            sample=one.sample,
            parameters=_parameters(one, choice, len(seen)),
            assumptions=(*assumptions("linkage.leadlag"), one.tested.text()),
            sentence=_sentence(one, f"{'q' if len(seen) > 1 else 'p'} {probability(q)}", leader, certain),
        )
        pairs = tuple(zip(lags, map(float, one.correlations), strict=True))
        band = 2 / (one.sample.n - one.order) ** 0.5
        done.append(LeadLag(first, second, pairs, band, one.lag, one.strength, one.p, q, leader, statement))
    return done


def _parameters(one: _Seen, choice: _Choice, together: int) -> Parameters:
    return (
        ("filter_order", f"{one.order}"),
        ("filter_of", one.sample.names[0]),
        ("lag_by", "bic"),
        ("filter_most", f"{choice.orders}"),
        ("reach", f"{choice.reach}"),
        *choice.resampling.choices(one.sample.n - one.order - 2 * choice.reach),
        ("pairs_together", f"{together}"),
        ("level", f"{choice.level}"),
    )


def _sentence(one: _Seen, chance: str, leader: str | None, certain: bool) -> Text:
    first, second = one.sample.names
    note, lag = caveat(one.tested), one.lag
    size = Text(*(f"r = {one.strength.point:.2f}{comma}{chance}" for comma in ("，", ", ")))
    low, high = sorted(abs(int(end)) for end in (lag.low, lag.high))
    level = percent(lag.level)
    if leader is not None:
        follower = second if leader == first else first
        periods = abs(int(lag.point))
        return Text(
            f"{leader}比{follower}领先{periods}期（{level.zh}区间：{low}至{high}期；{size.zh}）。{note.zh}",
            f"{leader} leads {follower} by {plural(periods, 'period')} ({level.en}: {low} to {high}; {size.en}).{note.en}",
        )
    ends = f"{int(lag.low)} to {int(lag.high)}"
    if not certain:
        zh, en = "各滞后期的相关均未超出偶然范围", "no correlation at any lag is beyond chance"
    elif lag.point == 0:
        zh, en = "两者的相关以同期最强", "the two are closest within the same period"
    else:
        zh = f"最强相关的滞后期不确定（{level.zh}区间：{int(lag.low)}至{int(lag.high)}期）"
        en = f"the lag of the largest correlation is uncertain ({level.en}: {ends})"
    return Text(
        f"{first}与{second}之间未发现领先关系：{zh}（{size.zh}）。{note.zh}",
        f"No lead found between {first} and {second}: {en} ({size.en}).{note.en}",
    )
