"""The score of an enterprise: 100 less declared points for what was found, check by check.

The points are our own [I] (`data/carbon/checks.toml`): they order what to mend first and are no rating of an authority.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from touchstone.calc.carbon.quality.declared import Finding, declared

WHOLE = 100


@dataclass(frozen=True, slots=True)
class Loss:
    """What one check takes: findings times points, and not more than its `most`."""

    check: str
    findings: int
    points: int


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one part of an organisation.

    Attributes:
        points: 0 to 100; 100 less the sum of `losses`, and never below 0.
        losses: in the order of the checks, those that take nothing left out.
        values: how many were looked at; accepted: findings that a person accepted, which take nothing.
    """

    key: str
    points: int
    losses: tuple[Loss, ...]
    values: int
    accepted: int


def scores(
    findings: Iterable[Finding],
    of: Mapping[str, str],
    values: Mapping[str, int],
    accepted: Collection[str] = (),
) -> tuple[Score, ...]:
    """The score of every enterprise, in the order in which `of` names them.

    Args:
        of: by unit, the enterprise it belongs to; "" for none.
        values: by unit, how many values it stated; an enterprise without any has no score.
        accepted: ids of accepted findings.
    """
    every = list(findings)
    counts = {key: 0 for key in dict.fromkeys(of.values()) if key}
    for unit, count in values.items():
        if of.get(unit):
            counts[of[unit]] += count
    return tuple(
        _score(key, [each for each in every if of.get(each.unit) == key], count, accepted)
        for key, count in counts.items()
        if count
    )


def _score(key: str, findings: list[Finding], values: int, accepted: Collection[str]) -> Score:
    still = [each for each in findings if each.id not in accepted]
    by_check = Counter(each.check for each in still)
    losses = tuple(
        Loss(check.key, by_check[check.key], min(check.most, check.points * by_check[check.key]))
        for check in declared().values()
        if by_check[check.key] and check.points
    )
    left = max(0, WHOLE - sum(each.points for each in losses))
    return Score(key, left, losses, values, len(findings) - len(still))
