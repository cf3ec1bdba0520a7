"""How fast prices return to their long-run relation: adjustment coefficients, their errors, and half-lives.

Source: "linkage.adjustment" in data/methods/econometrics.toml.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.linkage.allowed import checked_level
from touchstone.calc.linkage.critical_values import Deterministic
from touchstone.calc.linkage.diagnostics import caveat
from touchstone.calc.linkage.error_correction import (
    Model,
    chosen_lags,
    described,
    errors,
    examined,
    model,
)
from touchstone.calc.linkage.error_correction_draws import drawn_models
from touchstone.calc.linkage.methods import assumptions
from touchstone.calc.linkage.panel import Panel
from touchstone.calc.linkage.reduced_rank import Form, Ranked, Specification
from touchstone.calc.linkage.resampling import RESAMPLING, Resampling, span
from touchstone.calc.linkage.statement import Span, Statement, sample_of
from touchstone.calc.linkage.wording import percent
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class HalfLife:
    """The periods in which half of a deviation is gone.

    Attributes:
        speed: share of a deviation corrected each period, with its sign: -0.2 takes a fifth of it away.
        periods: ln 0.5 / ln(1 + speed); None where speed is not between -1 and 0.
        low, high: its interval, from that of the speed; high is None where the interval of the speed reaches 0, so that
            no longest half-life can be named; both are None where periods is.
        undefined: why there is no half-life; None where there is one.
    """

    speed: Span
    periods: float | None
    low: float | None
    high: float | None
    undefined: Text | None


@dataclass(frozen=True, slots=True, eq=False)
class Adjustment:
    """An error-correction model and the speed of its corrections.

    Attributes:
        names: the N series; `terms`: the same and the deterministic term inside the relations, M in all.
        rank, lags: number of relations and lags of the levels.
        loadings, loading_errors: alpha, (N, rank), and its standard errors.
        relations, relation_errors: beta, (M, rank), the first `rank` series an identity, and its standard errors.
        own: for each series in each relation, (N, rank): how much of a deviation this series takes away itself.
        whole: of each relation as a whole for rank 1; the slowest combination of them for a higher rank.
    """

    names: tuple[str, ...]
    terms: tuple[str, ...]
    rank: int
    lags: int
    loadings: "NDArray[np.float64]"
    loading_errors: "NDArray[np.float64]"
    relations: "NDArray[np.float64]"
    relation_errors: "NDArray[np.float64]"
    own: tuple[tuple[HalfLife, ...], ...]
    whole: HalfLife
    statement: Statement


def adjustment(
    given: Panel,
    *,
    rank: int = 1,
    lags: int | None = None,
    largest_lags: int = 8,
    deterministic: Deterministic = "ci",
    season: int = 0,
    specification: Specification = "transitory",
    resampling: Resampling = RESAMPLING,
    level: float = 0.95,
) -> Adjustment:
    """Estimate an error-correction model of a panel of levels and the half-lives of its deviations.

    Arguments as in `johansen`; `rank` is the number of relations, 1 to N - 1, and is not tested here.

    Raises:
        UnusableSeries: too short, collinear, or an estimate that explodes.
    """
    checked_level(level)
    form = Form(chosen_lags(given, lags, largest_lags), deterministic, season, specification)
    estimate = model(given, form, rank)
    drawn = drawn_models(estimate, resampling)
    names, ranks = estimate.part.names, range(rank)
    speeds, drawn_speeds = _own(estimate.ranked, len(names)), _own(drawn, len(names))
    own = tuple(
        tuple(half_life(float(speeds[i, j]), drawn_speeds[:, i, j], level) for j in ranks)
        for i in range(len(names))
    )
    whole = half_life(float(_whole(estimate.ranked)), _whole(drawn), level)
    diagnoses = examined(estimate, level)
    loading_errors, relation_errors = errors(estimate)
    statement = Statement(
        method="linkage.adjustment",
        sample=sample_of(estimate.part),
        parameters=(
            ("rank", f"{rank}"), *described(form, lags is None), ("normalised", "identity"),
            ("divisor", "T"), *resampling.choices(len(estimate.fit.residuals)), ("level", f"{level}"),
        ),
        assumptions=(*assumptions("linkage.cointegration", "linkage.adjustment"), *(each.text() for each in diagnoses)),
        sentence=_sentence(estimate, whole, caveat(*diagnoses)),
    )  # fmt: skip
    return Adjustment(
        names, (*names, *form.restricted), rank, form.lags, estimate.ranked.loadings, loading_errors,
        estimate.ranked.relations, relation_errors, own, whole, statement,
    )  # fmt: skip


def half_life(speed: float, drawn: "NDArray[np.float64]", level: float) -> HalfLife:
    """The half-life of a speed of adjustment, and its interval from draws of the speed."""
    around = span(speed, drawn, level)
    if -1 < speed < 0:
        low = _periods(around.low) if around.low > -1 else 0.0
        high = _periods(around.high) if around.high < 0 else None
        return HalfLife(around, _periods(speed), low, high, None)
    if speed >= 0:
        why = Text(
            "偏离不会被纠正（调整系数不为负）",
            "deviations are not corrected (the coefficient is not negative)",
        )
    else:
        why = Text(
            "偏离在一期内即被纠正或越过",
            "a deviation is corrected, or more than corrected, within one period",
        )
    return HalfLife(around, None, None, None, why)


def _periods(speed: float) -> float:
    from math import log, log1p

    return log(0.5) / log1p(speed)


def _own(given: Ranked, series: int) -> "NDArray[np.float64]":
    """(..., N, rank) loading of each series times its own coefficient in the relation."""
    return given.loadings * given.relations[..., :series, :]


def _whole(given: Ranked) -> "NDArray[np.float64]":
    """(...) what a period adds to the deviations, beta' alpha; for several relations, the slowest of its roots."""
    import numpy as np

    series, rank = given.loadings.shape[-2], given.loadings.shape[-1]
    step = given.relations[..., :series, :].swapaxes(-1, -2) @ given.loadings
    if rank == 1:
        return step[..., 0, 0]
    return np.abs(np.linalg.eigvals(np.eye(rank) + step)).max(axis=-1) - 1


def _sentence(estimate: Model, whole: HalfLife, note: Text) -> Text:
    names = estimate.part.names
    zh_names, en_names = "、".join(names), ", ".join(names)
    if whole.undefined is not None:
        return Text(
            f"{zh_names}偏离长期关系的半衰期无定义：{whole.undefined.zh}。{note.zh}",
            f"The half-life of deviations among {en_names} is undefined: {whole.undefined.en}.{note.en}",
        )
    level = percent(whole.speed.level)
    if whole.high is None:
        zh_range, en_range = (
            f"至少{whole.low:.1f}期，上限无法确定",
            f"at least {whole.low:.1f}, no upper limit",
        )
    else:
        zh_range, en_range = f"{whole.low:.1f}至{whole.high:.1f}期", f"{whole.low:.1f} to {whole.high:.1f}"
    return Text(
        f"{zh_names}偏离长期关系后，{whole.periods:.1f}期内消失一半（{level.zh}区间：{zh_range}）。{note.zh}",
        f"Half of a deviation among {en_names} is gone after {whole.periods:.1f} periods ({level.en}: {en_range}).{note.en}",
    )
