"""Scores over time: the worst of several, how long the last has held, and the roll-up to longer periods.

Source: "warning.rollup" in data/methods/warning.toml.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from touchstone.facts.period import containing, span

Scores = dict[str, float]
"""Score by period code, in order of time."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Days spent at a score inside a longer period."""

    score: float
    days: int


@dataclass(frozen=True, slots=True)
class Spell:
    """How long the last score has held: since which period, for how many periods there are, for how many days."""

    since: str
    periods: int
    days: int


def worst(scores: Iterable[float]) -> float:
    """The score farthest from zero; of two as far, the tight one.

    >>> worst([0.0, -2.0, 2.0]), worst([-1.0, 0.5])
    (2.0, -1.0)
    """
    return max(scores, key=lambda score: (abs(score), score))


KEPT = {"D": 5, "W": 4, "M": 3, "Q": 1, "A": 1}
"""For how many periods the last state of a series counts on while others go on: stocks are published later than prices."""


def merged(given: Iterable[Mapping[str, float]], kept: int) -> Scores:
    """The worst score of each period over those that have one there, or had one at most `kept` periods before they ended.

    >>> merged([{"2022-01": 2.0}, {"2022-01": 0.0, "2022-02": 1.0, "2022-03": 0.0}], 1)
    {'2022-01': 2.0, '2022-02': 2.0, '2022-03': 0.0}
    """
    every = [scores for scores in given if scores]
    periods = sorted({period for scores in every for period in scores})
    found: dict[str, list[float]] = {period: [] for period in periods}
    for scores in every:
        end = list(scores)[-1]
        for period, score in scores.items():
            found[period].append(score)
        first = bisect_right(periods, end)
        for period in periods[first : first + kept]:
            found[period].append(scores[end])
    return {period: worst(found[period]) for period in periods}


def spell(scores: Mapping[str, float]) -> Spell:
    """How long the last of these scores has held.

    >>> spell({"2022-01": 0.0, "2022-02": 1.0, "2022-03": 1.0})
    Spell(since='2022-02', periods=2, days=59)
    """
    periods = list(scores)
    since = len(periods) - 1
    while since and scores[periods[since - 1]] == scores[periods[-1]]:
        since -= 1
    days = (span(periods[-1])[1] - span(periods[since])[0]).days + 1
    return Spell(periods[since], len(periods) - since, days)


def rolled(scores: Mapping[str, float], every: str) -> tuple[Scores, dict[str, tuple[Spent, ...]]]:
    """The last score inside each longer period, and the days spent at each.

    A period that lies across the end of a longer one, as a week may, belongs to the one it ends in.

    >>> rolled({"2022-01": 0.0, "2022-02": 2.0, "2022-03": 1.0, "2022-04": 0.0}, "Q")[0]
    {'2022-Q1': 1.0, '2022-Q2': 0.0}
    """
    last: Scores = {}
    days: dict[str, dict[float, int]] = {}
    for period, score in scores.items():
        first, end = span(period)
        longer = containing(end, every)
        last[longer] = score
        inside = days.setdefault(longer, {})
        inside[score] = inside.get(score, 0) + (end - max(first, span(longer)[0])).days + 1
    spent = {
        longer: tuple(Spent(score, n) for score, n in sorted(inside.items(), reverse=True))
        for longer, inside in days.items()
    }
    return last, spent
