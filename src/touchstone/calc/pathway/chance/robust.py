"""Robust choices: which plan to take when nobody knows the future, by several measures, for they need not agree.

Regret of a plan in a future is what it costs above the plan that would have been best in that future, of those compared. All plans are
looked at in the same futures; plans made anew for each future are no choice anybody has, and are refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from touchstone.calc.pathway.case import Bools, Floats, Ints
from touchstone.calc.pathway.chance.outcome import FixedPlan, Outcomes
from touchstone.calc.pathway.chance.peak import Chance, chance, error
from touchstone.calc.pathway.refusal import refusal

TAIL = 0.1
"""The worst share of futures that `tail` is the mean of."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one plan stands; values and regrets in the unit of what is compared, less is better.

    Attributes:
        expected: mean of the values, and expected_error; tail: mean of the worst tenth (CVaR).
        regret: mean; regret_most: the largest; regret_high: what nine futures of ten stay below.
        best: how often no other plan is better; meets: how often it meets all targets.
    """

    plan: str
    expected: float
    expected_error: float
    tail: float
    regret: float
    regret_high: float
    regret_most: float
    best: Chance
    meets: Chance


@dataclass(frozen=True, slots=True)
class Robust:
    """Plans in the same futures.

    Attributes:
        of: what is compared; values: (plans, N); standings: of each plan, in order.
    """

    of: str
    values: Floats
    standings: tuple[Standing, ...]

    def choice(self, measure: str) -> str:
        """The plan that does best by "expected", "tail", "regret", "regret_high", "regret_most" (minimax regret), "best" or "meets"."""
        if measure in ("best", "meets"):
            return max(self.standings, key=lambda each: getattr(each, measure).share).plan
        return min(self.standings, key=lambda each: getattr(each, measure)).plan


def robust(plans: Mapping[str, Outcomes], of: str = "cost", targets: tuple[str, ...] | None = None) -> Robust:
    """Plans against each other.

    Args:
        plans: each in the same draws. of: "cost" or "cumulative", see `Outcomes`.
        targets: rules that shall be met; all of the case where None.

    Raises:
        UnusablePathway: CHANCE-018, fewer than two plans, plans in different futures, or plans made anew for each.
    """
    outcomes = list(plans.values())
    first = outcomes[0] if outcomes else None
    alike = all(
        isinstance(each, FixedPlan)
        and (each.seed, each.points, each.drivers)
        == (outcomes[0].seed, outcomes[0].points, outcomes[0].drivers)
        and np.array_equal(each.batches, outcomes[0].batches)
        for each in outcomes
    )
    if first is None or len(outcomes) < 2 or not alike:
        found = "; ".join(f"{key}: {each.kind.en}, {len(each)}, {each.seed}" for key, each in plans.items())
        raise refusal("CHANCE-018", "robust", found=found or "-")
    values = np.array([getattr(each, of) for each in outcomes])
    regrets = values - values.min(0)
    rows = [
        _standing(key, values[row], regrets[row], _meets(each, targets), first.batches)
        for row, (key, each) in enumerate(plans.items())
    ]
    return Robust(of, values, tuple(rows))


def tail(values: Floats, share: float = TAIL) -> float:
    """The mean of the worst share of (N,) values, the largest; exact where N x share is not whole."""
    worst = np.sort(values)[::-1]
    weights = np.clip(share * len(values) - np.arange(len(values)), 0, 1)
    return float(worst @ weights / weights.sum())


def _standing(key: str, values: Floats, regrets: Floats, meets: Bools, batches: Ints) -> Standing:
    return Standing(
        key,
        float(values.mean()),
        error(values, batches),
        tail(values),
        float(regrets.mean()),
        float(np.quantile(regrets, 1 - TAIL)),
        float(regrets.max()),
        chance(regrets <= 0, batches),
        chance(meets, batches),
    )


def _meets(outcome: Outcomes, targets: tuple[str, ...] | None) -> Bools:
    met = np.ones(len(outcome), dtype=bool)
    for each in outcome.rules:
        if targets is None or each.rule.key in targets:
            met &= each.met
    return met
