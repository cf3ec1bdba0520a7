"""How much of a rise and of a fall in one price passes through to another, and when.

Source: "linkage.passthrough" in data/methods/econometrics.toml; bounds: Pesaran, Shin & Smith 2001 there.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.linkage.allowed import at_least, checked_level, one_of
from touchstone.calc.linkage.critical_values import bounds
from touchstone.calc.linkage.diagnostics import caveat, diagnosed
from touchstone.calc.linkage.lag_choice import Criterion
from touchstone.calc.linkage.methods import assumptions
from touchstone.calc.linkage.nardl import (
    PULL,
    Lags,
    Nardl,
    chosen,
    drawn_weights,
    estimated,
    multipliers,
    parted,
)
from touchstone.calc.linkage.panel import Panel, checked
from touchstone.calc.linkage.resampling import RESAMPLING, Resampling, span
from touchstone.calc.linkage.statement import Span, Statement, sample_of
from touchstone.calc.linkage.wording import percents, probability
from touchstone.errors import UnusableSeries
from touchstone.facts.text import Text, plural

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FEWEST = 10
"""Rises, and falls, below which their effects are not told apart."""

_NEAR = 0.1
"""Share of the long run that may be missing when a pass-through counts as done."""


@dataclass(frozen=True, slots=True)
class BoundsTest:
    """Is there a level relation at all, whatever the order of integration of the two prices?

    Attributes:
        f, t: the statistics: all lagged levels out, and the effect's own lagged level out.
        f_bounds, t_bounds: lower and upper critical bound.
        related: True where both are beyond their upper bound, False where F is below its lower one, None in between.
    """

    f: float
    f_bounds: tuple[float, float]
    t: float
    t_bounds: tuple[float, float]
    related: bool | None


@dataclass(frozen=True, slots=True)
class Side:
    """What passes through of a rise, or of a fall, of one percent.

    Attributes:
        path: share passed through after 0, 1, ... periods, each with its bootstrap interval.
        long_run: the share it ends at; None where the effect is not drawn back to a level.
        done: first period from which the path stays within a tenth of the long run; None if not within the horizon.
    """

    path: tuple[Span, ...]
    long_run: Span | None
    done: int | None


@dataclass(frozen=True, slots=True)
class PassThrough:
    """The pass-through from one price to another.

    Attributes:
        pull: rho, the share of a deviation corrected each period (negative where there is a relation).
        rise, fall: each with its path.
        long_wald, short_wald: Wald statistic, chi-squared with one degree of freedom, and its p value, of equal long-run
            effects and of equal sums of short-run effects. `long_wald` is None unless the bounds test finds a relation: without one
            it calls effects unequal in a third of samples.
    """

    cause: str
    effect: str
    pull: float
    rise: Side
    fall: Side
    long_wald: tuple[float, float] | None
    short_wald: tuple[float, float]
    bounds: BoundsTest
    statement: Statement


def pass_through(
    given: Panel,
    cause: str,
    effect: str,
    *,
    lags: Lags | None = None,
    most: Lags | None = None,
    criterion: Criterion = "bic",
    horizon: int = 24,
    regressors: int = 1,
    resampling: Resampling = RESAMPLING,
    level: float = 0.95,
) -> PassThrough:
    """Estimate how rises and falls of `cause` pass through to `effect`.

    Args:
        given: logs of prices, so that the shares are percent for percent.
        lags: lagged changes; None chooses them by `criterion` up to `most` (four of each).
        regressors: k under which the bounds are read: 1 counts rises and falls as the one price they come from, which is
            the stricter; 2 counts them apart.
        level: 0.90, 0.95, 0.975 or 0.99; the bounds are tabled for these alone.

    Raises:
        UnusableSeries: too short, or the cause rises or falls fewer than ten times.
    """
    one_of("criterion", criterion, Criterion)
    at_least("horizon", horizon, 0)
    checked_level(level)
    part = checked(given, cause, effect)
    prices = parted((cause, effect), part.values[:, 0], part.values[:, 1])
    _both_ways(part)
    found = estimated(prices, lags) if lags else chosen(prices, most or Lags(4, 4), criterion)
    tested = _bounds(found, regressors, level)
    drawn = drawn_weights(found, resampling)
    rise, fall = (_side(found, drawn, side, horizon, level) for side in range(2))
    long_wald, short_wald = _asymmetry(found)
    if not tested.related:
        long_wald = None
    diagnoses = diagnosed(found.fit.residuals, found.lags.own, found.lags.own, level)
    statement = Statement(
        method="linkage.passthrough",
        sample=sample_of(part),
        parameters=(
            ("own_lags", f"{found.lags.own}"), ("cross_lags", f"{found.lags.cross}"),
            ("lag_by", "given" if lags else criterion), ("bounds_case", "III"), ("regressors", f"{regressors}"),
            *resampling.choices(len(found.fit.residuals)), ("level", f"{level}"),
        ),
        assumptions=(*assumptions("linkage.passthrough"), *(each.text() for each in diagnoses)),
        sentence=_sentence((cause, effect), (rise, fall), tested, long_wald, level, caveat(*diagnoses)),
    )  # fmt: skip
    return PassThrough(
        cause, effect, float(found.weights[PULL]), rise, fall, long_wald, short_wald, tested, statement
    )


def _both_ways(part: Panel) -> None:
    import numpy as np

    steps = np.diff(part.values[:, 0])
    ups, downs = int((steps > 0).sum()), int((steps < 0).sum())
    if min(ups, downs) >= _FEWEST:
        return
    raise UnusableSeries(
        "LINK-209", part.names[0], f"{plural(ups, 'rise')} and {plural(downs, 'fall')}", f"at least {_FEWEST} of each",
        "rises and falls were not told apart", "take a longer sample, or one in which the price moved both ways",
        zh=(f"上涨{ups}次、下跌{downs}次", f"各至少{_FEWEST}次", "没有区分涨跌的传导", "加长样本，或换一段有涨有跌的时期"),
    )  # fmt: skip


def _bounds(found: Nardl, regressors: int, level: float) -> BoundsTest:
    """The F statistic compares with the same regression without its lagged levels."""
    import numpy as np

    levels = [PULL, *found.lags.levels]
    b, covariance = found.weights[levels], found.fit.covariance()[np.ix_(levels, levels)]
    f = float(b @ np.linalg.solve(covariance, b)) / len(levels)
    t = float(b[0] / covariance[0, 0] ** 0.5)
    f_bounds, t_bounds = (bounds(kind, regressors, 1 - level) for kind in ("f", "t"))
    sure = f > f_bounds[1] and t < t_bounds[1]
    return BoundsTest(f, f_bounds, t, t_bounds, True if sure else False if f < f_bounds[0] else None)


def _side(found: Nardl, drawn: "NDArray[np.float64]", side: int, horizon: int, level: float) -> Side:
    point = multipliers(found.weights, found.lags, horizon)[side]
    around = multipliers(drawn, found.lags, horizon)[:, side]
    path = tuple(span(float(point[h]), around[:, h], level) for h in range(horizon + 1))
    if found.weights[PULL] >= 0:
        return Side(path, None, None)
    place = found.lags.levels[side]
    end = float(-found.weights[place] / found.weights[PULL])
    near = [abs(value - end) <= _NEAR * abs(end) for value in map(float, point)]
    done = next((h for h in range(horizon + 1) if all(near[h:])), None)
    return Side(path, span(end, -drawn[:, place] / drawn[:, PULL], level), done)


def _asymmetry(found: Nardl) -> tuple[tuple[float, float], tuple[float, float]]:
    """Wald tests of one linear restriction each: equal level coefficients, so that equal long-run effects follow for any
    rho; and equal sums of short-run effects."""
    import numpy as np
    from scipy.stats import chi2

    tests = []
    for rises, falls in (
        (found.lags.levels[:1], found.lags.levels[1:]),
        (found.lags.changes(0), found.lags.changes(1)),
    ):
        restriction = np.zeros(found.lags.width)
        restriction[rises], restriction[falls] = 1, -1
        wald = float(
            (restriction @ found.weights) ** 2 / (restriction @ found.fit.covariance() @ restriction)
        )
        tests.append((wald, float(chi2.sf(wald, 1))))
    return tests[0], tests[1]


def _sentence(
    names: tuple[str, str],
    sides: tuple[Side, Side],
    tested: BoundsTest,
    apart: tuple[float, float] | None,
    level: float,
    note: Text,
) -> Text:
    cause, effect = names
    rise, fall = sides
    at_once = percents(rise.path[0]), percents(fall.path[0])
    f, (lower, upper) = f"F = {tested.f:.2f}", tested.f_bounds
    if apart is None or rise.long_run is None or fall.long_run is None:
        zh = "未发现" if tested.related is False else "不能判定"
        en = "finds no" if tested.related is False else "cannot decide on a"
        return Text(
            f"边限检验{zh}{cause}与{effect}之间的长期关系（{f}，界限{lower:.2f}至{upper:.2f}），不给出长期传导；"
            f"{cause}上涨时当期传导{at_once[0].zh}，下跌时当期传导{at_once[1].zh}。{note.zh}",
            f"The bounds test {en} long-run relation between {cause} and {effect} ({f}, bounds {lower:.2f} to {upper:.2f}), so no long-run "
            f"pass-through is stated; of a rise of {cause} {at_once[0].en} passes at once, of a fall {at_once[1].en}.{note.en}",
        )
    differ = apart[1] < 1 - level
    up, down = _told(rise, rise.long_run), _told(fall, fall.long_run)
    return Text(
        f"{cause}上涨时，对{effect}{up.zh}；{cause}下跌时，对{effect}{down.zh}。"
        f"涨跌的长期传导{'有' if differ else '没有'}显著差别（Wald p {probability(apart[1])}）。{note.zh}",
        f"Of a 1 % rise of {cause}, {effect} takes up {up.en}; of a 1 % fall, {down.en}. "
        f"The long-run difference is {'' if differ else 'not '}significant (Wald p {probability(apart[1])}).{note.en}",
    )


def _told(side: Side, long_run: Span) -> Text:
    """What passes at once, in the end, and when."""
    at_once, end = percents(side.path[0]), percents(long_run)
    if side.done is None:
        zh, en = (
            f"{len(side.path) - 1}期内尚未完成九成",
            f"not nine tenths of it within {len(side.path) - 1} periods",
        )
    elif side.done == 0:
        zh, en = "九成在当期完成", "nine tenths of it at once"
    else:
        zh, en = f"九成在{side.done}期内完成", f"nine tenths of it within {plural(side.done, 'period')}"
    return Text(
        f"当期传导{at_once.zh}，长期传导{end.zh}，{zh}",
        f"{at_once.en} at once and {end.en} in the long run, {en}",
    )
