"""A survey: every question about how some prices move each other, asked of one aligned panel.

Returns carry spillovers, lead and lag, and breaks; log levels carry causality, long-run relations, price discovery and
pass-through. What cannot be computed is absent with its reason, and the rest goes on.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from touchstone.calc.linkage.adjustment import adjustment
from touchstone.calc.linkage.alert import TotalAlert, total_alert
from touchstone.calc.linkage.alignment import Aligned, aligned, returns
from touchstone.calc.linkage.batch import Absent
from touchstone.calc.linkage.causality import Causality, causalities
from touchstone.calc.linkage.change import Change, spillover_change
from touchstone.calc.linkage.changepoint import change_points
from touchstone.calc.linkage.cointegration import Cointegration, johansen
from touchstone.calc.linkage.connectedness import RollingConnectedness
from touchstone.calc.linkage.convention import Convention, Forgetting
from touchstone.calc.linkage.discovery import price_discovery
from touchstone.calc.linkage.leadlag import lead_lags
from touchstone.calc.linkage.panel import Panel, panel, several
from touchstone.calc.linkage.passthrough import pass_through
from touchstone.calc.linkage.recipe import Recipe
from touchstone.calc.linkage.resampling import RESAMPLING, Resampling
from touchstone.calc.linkage.rolling import rolling_spillover
from touchstone.calc.linkage.statement import Statement
from touchstone.calc.linkage.tvp import tvp_connectedness
from touchstone.calc.linkage.tvp_change import tvp_change
from touchstone.errors import UnusableSeries
from touchstone.facts.conversion import Exchange, Tax
from touchstone.facts.quote import Quote

_BACK = {"D": 5, "W": 1, "M": 1}
"""Periods of "since last week": five trading days, one week; a monthly survey looks one month back."""

OF_RETURNS = frozenset(("spillover", "drift", "drift_change", "change", "alert", "lead", "break"))
"""Questions asked of returns: behind n of them stand n + 1 prices. The others are asked of levels."""

TOGETHER = "pairs.together"
"""Code of the series that says how many pairs moved in the same direction; no word of a sentence, since names replace codes there."""

Told = Callable[[int, int, str], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """What was found.

    Attributes:
        recipe, aligned: what was asked, of which data.
        rolling: spillover in every window; the last table is the one to show.
        drifting: spillover of a VAR whose coefficients drift, a table for each period without a window; None where absent.
        change: what changed since last week (`_BACK` periods); None where absent.
        drift_change: the same of the drifting VAR.
        alert: the total beside its own past; None where absent.
        causalities: of every ordered pair.
        statements: what else was found, by question (lead, relation, adjustment, discovery, pass, break), in order.
        beside: by question, tests that found nothing (causality, lead).
        absent: questions without an answer, by the series they were about.
    """

    recipe: Recipe
    aligned: Aligned
    rolling: RollingConnectedness
    drifting: RollingConnectedness | None
    change: Change | None
    drift_change: Change | None
    alert: TotalAlert | None
    causalities: tuple[Causality, ...]
    statements: tuple[tuple[str, Statement], ...]
    beside: tuple[tuple[str, Statement], ...]
    absent: tuple[tuple[str, Absent], ...]


def survey(
    quotes: Mapping[str, Sequence[Quote]], recipe: Recipe, exchange: Exchange, rate_of: Tax, told: Told | None = None,
    resampling: Resampling = RESAMPLING,
) -> Survey:  # fmt: skip
    """Ask every question of a recipe.

    Args:
        quotes: quotes by the code of their quotation, ascending; others than the recipe's are passed over.
        told: told after each step how many are done, of how many, and what it was.
        resampling: how intervals of spillovers are drawn.

    Raises:
        UnusableSeries: too few series or periods for even one window.
    """
    chosen = {code: [q for q in quotes.get(code, ()) if q.period >= recipe.since] for code in recipe.series}
    found = aligned(chosen, recipe.clock, recipe.basis, exchange, rate_of, recipe.window)
    prices, moved = found.prices, returns(found.prices)
    asked = _Asked(told or (lambda *_: None), 5 + len(recipe.pairs))
    convention = Convention(recipe.lag, recipe.horizon, recipe.decomposition)
    rolling = rolling_spillover(moved, convention, recipe.window, resampling)
    asked.step("spillover")
    back = _BACK[recipe.clock]
    how = Forgetting(prior_window=recipe.window)
    drifting = asked.one("drift", lambda: tvp_connectedness(moved, convention, how))
    drift_change = asked.one("drift_change", lambda: tvp_change(moved, convention, how, back, resampling))
    asked.step("drift")
    change = asked.one("change", lambda: spillover_change(moved, convention, recipe.window, back, resampling))
    alert = asked.one("alert", lambda: total_alert(rolling, minimum=recipe.minimum_history))
    causes = causalities(prices, largest=recipe.lags)
    asked.absent += [("causality", absent) for absent in causes.absent]
    asked.step("causality")
    leads = lead_lags(moved)
    asked.absent += [("lead", absent) for absent in leads.absent]
    statements = [("lead", each.statement) for each in leads.results if each.leader]
    beside = [("lead", each.statement) for each in leads.results if not each.leader]
    beside += [("causality", each.statement) for each in causes.results if not each.found]
    asked.step("lead")
    statements += _breaks(moved, asked)
    for pair in recipe.pairs:
        statements += _pair(prices, pair, recipe, asked)
    statements += [("causality", each.statement) for each in causes.results if each.found]
    return Survey(
        recipe, found, rolling, drifting, change, drift_change, alert, causes.results,
        tuple(statements), tuple(beside), tuple(asked.absent),
    )  # fmt: skip


class _Asked:
    """The questions asked so far: how many, and which had no answer."""

    def __init__(self, told: Told, of: int) -> None:
        self._told, self._of, self._done = told, of, 0
        self.absent: list[tuple[str, Absent]] = []

    def step(self, what: str) -> None:
        """One more question is done."""
        self._done += 1
        self._told(self._done, self._of, what)

    def one(self, what: str, ask: Callable[[], T], names: tuple[str, ...] = ()) -> T | None:
        """The answer, or None where the series cannot carry it; the reason is kept."""
        from numpy.linalg import LinAlgError

        try:
            return ask()
        except UnusableSeries as why:
            self.absent.append((what, Absent(names, why)))
        except LinAlgError as why:
            self.absent.append((what, Absent(names, _singular(names, why))))
        return None


def together(moved: Panel) -> Panel:
    """Share of pairs of series that moved in the same direction in each period, from 0 to 1.

    Returns the one series `TOGETHER`. Unlike the total of overlapping windows it has no memory of its own, so a step in
    it is a step in how prices move; unlike a correlation no single day can carry it. A pair of which one did not move
    counts half.
    """
    import numpy as np

    several(moved)
    signs = np.sign(moved.values)
    size = len(moved.names)
    products = (signs.sum(axis=1) ** 2 - (signs**2).sum(axis=1)) / 2
    share = 0.5 + products / (size * (size - 1))
    return panel([TOGETHER], moved.periods, share[:, None])


def _breaks(moved: Panel, asked: _Asked) -> Iterator[tuple[str, Statement]]:
    """When did they start moving together?"""
    found = asked.one(
        "break", lambda: change_points(together(moved), TOGETHER, smallest=12).statement, moved.names
    )
    asked.step("break")
    if found:
        yield "break", found


def _pair(
    prices: Panel, pair: tuple[str, str], recipe: Recipe, asked: _Asked
) -> Iterator[tuple[str, Statement]]:
    """A pair looked at closely.

    A speed of return only where both rank tests find one relation; price discovery only where, besides, the
    recipe says that both are prices of one good: it asks which market finds the price they share. Where the recipe asks and
    the tests find none, it is absent with that reason.
    """
    if missing := [name for name in pair if name not in prices.names]:
        asked.absent.append(("relation", Absent(pair, _left_out(missing))))
        asked.step("pair")
        return
    both = prices.chosen(pair)
    relation = asked.one("relation", lambda: johansen(both, largest_lags=recipe.lags), pair)
    if relation:
        yield "relation", relation.statement
    related = relation and relation.rank == relation.rank_by_largest == 1
    if relation and not related and pair in recipe.markets:
        asked.absent.append(("discovery", Absent(pair, _unrelated(pair, relation))))
    if related:
        speed = asked.one("adjustment", lambda: adjustment(both, largest_lags=recipe.lags), pair)
        yield from (("adjustment", speed.statement),) if speed else ()
        if pair in recipe.markets:
            share = asked.one("discovery", lambda: price_discovery(both, largest_lags=recipe.lags), pair)
            yield from (("discovery", share.statement),) if share else ()
    passed = asked.one("pass", lambda: pass_through(both, *pair), pair)
    if passed:
        yield "pass", passed.statement
    asked.step("pair")


def _singular(names: tuple[str, ...], why: Exception) -> UnusableSeries:
    return UnusableSeries(
        "LINK-012", ", ".join(names), f"a matrix that cannot be inverted ({why})", "series that are not nearly the same",
        "this question has no answer, the others go on", "leave one of the series out, or take a longer sample",
        zh=(f"矩阵无法求逆（{why}）", "序列之间不近乎相同", "这一项没有结果，其余照常", "去掉其中一个序列，或加长样本"),
    )  # fmt: skip


def _unrelated(pair: tuple[str, str], relation: Cointegration) -> UnusableSeries:
    trace, largest = relation.rank, relation.rank_by_largest
    return UnusableSeries(
        "LINK-016", ", ".join(pair), f"{trace} long-run relations by the trace test, {largest} by the largest eigenvalue",
        "one relation by both: two markets that find one price", "where the price is found was not asked",
        "take a longer sample, or look at whether the two are one good on one tax basis and with the same delivery",
        zh=(f"迹检验{trace}个长期关系，最大特征根检验{largest}个", "两项检验均为1个：两个市场共有一个价格", "没有考察价格发现",
            "加长样本，或检查两者是否同一商品、同一含税口径和交货条件"),
    )  # fmt: skip


def _left_out(missing: list[str]) -> UnusableSeries:
    names = ", ".join(missing)
    return UnusableSeries(
        "LINK-010", names, "too few usable quotes", "the series of the pair in the panel", "this pair was not looked at",
        "import a longer history, or change the recipe",
        zh=("可用报价太少", "该对中的两个序列都在面板中", "没有考察这一对", "导入更长的历史，或修改方案"),
    )  # fmt: skip
