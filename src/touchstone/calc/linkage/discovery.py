"""Where a price is made: what each market contributes to the one price that all of them share in the long run.

Two measures stand beside each other. Gonzalo-Granger weights say how much a market's level counts in the common trend;
Hasbrouck's information shares say how much of that trend's variance its shocks bring, and are bounds where the markets'
shocks are correlated. Source: "linkage.discovery" in data/methods/econometrics.toml.
"""

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from touchstone.calc.linkage.allowed import checked_level
from touchstone.calc.linkage.cointegration import johansen
from touchstone.calc.linkage.critical_values import Deterministic
from touchstone.calc.linkage.diagnostics import caveat
from touchstone.calc.linkage.error_correction import chosen_lags, described, examined, model
from touchstone.calc.linkage.error_correction_draws import drawn_models
from touchstone.calc.linkage.methods import assumptions
from touchstone.calc.linkage.panel import Panel
from touchstone.calc.linkage.reduced_rank import Form, Ranked, Specification
from touchstone.calc.linkage.resampling import RESAMPLING, Resampling, bounded_span, span
from touchstone.calc.linkage.statement import Span, Statement, sample_of
from touchstone.calc.linkage.wording import percents, reach
from touchstone.errors import UnusableSeries
from touchstone.facts.text import Text, plural

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_MARKETS = 5
"""All orderings of the markets are tried: 120 for five, 720 for six."""


@dataclass(frozen=True, slots=True)
class MarketShare:
    """What one market contributes.

    Attributes:
        market: its series.
        weight: Gonzalo-Granger weight with its bootstrap interval; the weights of all markets sum to 1, and one may be
            negative.
        low, high: least and greatest information share over all orderings.
        middle: halfway between them, with the bootstrap interval of the halfway point.
        conclusive: high - low is not above the width asked for.
    """

    market: str
    weight: Span
    low: float
    middle: Span
    high: float
    conclusive: bool


@dataclass(frozen=True, slots=True)
class PriceDiscovery:
    """The shares of all markets, and the one that leads (None where the measures do not settle it)."""

    shares: tuple[MarketShare, ...]
    leader: str | None
    statement: Statement


def price_discovery(
    given: Panel,
    *,
    lags: int | None = None,
    largest_lags: int = 8,
    deterministic: Deterministic = "ci",
    season: int = 0,
    specification: Specification = "transitory",
    wide: float = 0.2,
    resampling: Resampling = RESAMPLING,
    level: float = 0.95,
) -> PriceDiscovery:
    """Measure what each market contributes to the price they share.

    Args:
        given: levels (logs) of one price in 2 to 5 markets, in one unit, currency and tax basis.
        wide: width of the bounds of an information share above which it is inconclusive.
        Others as in `johansen`; the markets are taken to share one trend, so N - 1 relations.

    Raises:
        UnusableSeries: more than five markets, too short, collinear, or no weights can be formed.
    """
    _few_enough(given)
    checked_level(level)
    form = Form(chosen_lags(given, lags, largest_lags), deterministic, season, specification)
    estimate = model(given, form, len(given.names) - 1)
    drawn = drawn_models(estimate, resampling)
    shares = _shares(estimate.part.names, estimate.ranked, drawn, wide, level)
    leader = _leader(shares)
    found = johansen(
        given, lags=form.lags, deterministic=deterministic, season=season, specification=specification, level=level
    ).rank  # fmt: skip
    diagnoses = examined(estimate, level)
    statement = Statement(
        method="linkage.discovery",
        sample=sample_of(estimate.part),
        parameters=(
            *described(form, lags is None), ("rank", f"{estimate.rank}"), ("wide", f"{wide}"),
            ("orderings", "all"), *resampling.choices(len(estimate.fit.residuals)), ("level", f"{level}"),
        ),
        assumptions=(*assumptions("linkage.cointegration"), _one_trend(found, estimate.rank), *(each.text() for each in diagnoses)),
        sentence=_sentence(shares, leader, caveat(*diagnoses)),
    )  # fmt: skip
    return PriceDiscovery(shares, leader, statement)


def permanent_weights(loadings: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Gonzalo-Granger weights, (..., N), of loadings, (..., N, N - 1): orthogonal to them all, and summing to 1.

    For two markets that is g1 = a2 / (a2 - a1), g2 = -a1 / (a2 - a1).
    """
    across = _across(loadings)
    return across / across.sum(axis=-1, keepdims=True)


def information_shares(
    loadings: "NDArray[np.float64]", covariance: "NDArray[np.float64]"
) -> tuple["NDArray[np.float64]", "NDArray[np.float64]"]:
    """Hasbrouck's least and greatest share of each market, both (..., N), over every ordering of the shocks."""
    import numpy as np

    across = _across(loadings)
    series = across.shape[-1]
    found = np.empty((*across.shape[:-1], len(list(permutations(range(series)))), series))
    for place, order in enumerate(permutations(range(series))):
        root = np.linalg.cholesky(covariance[..., order, :][..., order])
        brought = (across[..., None, order] @ root)[..., 0, :] ** 2
        found[..., place, order] = brought / brought.sum(axis=-1, keepdims=True)
    return found.min(axis=-2), found.max(axis=-2)


def _across(loadings: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """(..., N) the direction orthogonal to all loadings: the last left singular vector."""
    import numpy as np

    return np.linalg.svd(loadings, full_matrices=True)[0][..., -1]


def _shares(
    names: tuple[str, ...], estimate: Ranked, drawn: Ranked, wide: float, level: float
) -> tuple[MarketShare, ...]:
    import numpy as np

    across = _across(estimate.loadings)
    if abs(across.sum()) < 1e-8 * np.abs(across).max():
        raise _no_weights(names)
    weights, drawn_weights = permanent_weights(estimate.loadings), permanent_weights(drawn.loadings)
    low, high = information_shares(estimate.loadings, estimate.covariance)
    drawn_low, drawn_high = information_shares(drawn.loadings, drawn.covariance)
    drawn_middle = (drawn_low + drawn_high) / 2
    return tuple(
        MarketShare(
            name, span(float(weights[i]), drawn_weights[:, i], level), float(low[i]),
            bounded_span(float(low[i] + high[i]) / 2, drawn_middle[:, i], level), float(high[i]),
            bool(high[i] - low[i] <= wide),
        )
        for i, name in enumerate(names)
    )  # fmt: skip


def _best(shares: tuple[MarketShare, ...]) -> tuple[MarketShare, list[MarketShare]]:
    """The market with the greatest weight, and the others."""
    best = max(shares, key=lambda share: share.weight.point)
    return best, [share for share in shares if share is not best]


def _leader(shares: tuple[MarketShare, ...]) -> str | None:
    """The market ahead of every other by both measures, in the bootstrap and, for the information share, in every
    ordering. How wide its bounds are says how much it leads by, not whether."""
    best, rest = _best(shares)
    heavier = all(best.weight.low > other.weight.high for other in rest)
    first = all(best.low > other.high and best.middle.low > other.middle.high for other in rest)
    return best.market if heavier and first else None


def _few_enough(given: Panel) -> None:
    count = len(given.names)
    if 2 <= count <= MOST_MARKETS:
        return
    raise UnusableSeries(
        "LINK-207", ", ".join(given.names), plural(count, "market"), f"2 to {MOST_MARKETS} markets (every ordering is tried)",
        "no shares were computed", "take the markets that matter most, or compare them in pairs",
        zh=(f"{count}个市场", f"2至{MOST_MARKETS}个市场（要试遍所有排列）", "没有计算份额", "只取最重要的市场，或两两比较"),
    )  # fmt: skip


def _no_weights(names: tuple[str, ...]) -> UnusableSeries:
    return UnusableSeries(
        "LINK-208", ", ".join(names), "common-trend weights that sum to nothing", "weights that can be scaled to 1",
        "no shares were computed", "check that the series are one price in one unit, and that they move together",
        zh=("共同趋势的权重合计为零", "可化为合计1的权重", "没有计算份额", "检查各序列是否为同一商品、同一单位的价格，且共同变动"),
    )  # fmt: skip


def _one_trend(found: int, needed: int) -> Text:
    if found == needed:
        return Text(
            f"各市场共有一个趋势：迹检验支持（{found}个长期关系）",
            f"the markets share one trend: the trace test agrees (rank {found})",
        )
    return Text(
        f"各市场共有一个趋势：迹检验不支持（认定{found}个长期关系，应为{needed}个），份额的含义存疑",
        f"the markets share one trend: the trace test does not agree (rank {found}, not {needed}), so the shares are in doubt",
    )  # fmt: skip


def _sentence(shares: tuple[MarketShare, ...], leader: str | None, note: Text) -> Text:
    best, rest = _best(shares)
    bounds = reach(best.low, best.high)
    weight = percents(best.weight)
    doubt = Text("（上下限过宽，份额大小没有定论）", " (bounds too wide: how large it is, is inconclusive)")
    wide = Text("", "") if best.conclusive else doubt
    zh = f"长期权重{weight.zh}，信息份额{bounds.zh}{wide.zh}"
    en = f"permanent weight {weight.en}, information share {bounds.en}{wide.en}"
    if leader is not None:
        return Text(
            f"价格主要由{leader}发现：{zh}。{note.zh}", f"{leader} leads price discovery: {en}.{note.en}"
        )
    ordered = any(best.low <= other.high for other in rest)
    why = Text(
        "信息份额的先后取决于排列次序" if ordered else "抽样误差内区分不开",
        "the order of the information shares depends on the ordering"
        if ordered
        else "sampling error does not tell them apart",
    )
    return Text(
        f"哪个市场主导价格发现没有定论：{why.zh}。权重最大的是{best.market}，{zh}。{note.zh}",
        f"Which market leads price discovery is inconclusive: {why.en}. {best.market} has the largest weight: {en}.{note.en}",
    )
