"""Scores over time: the worst of several, how long the last has held, and the roll-up to longer periods.

Source: "warning.rollup" in data/methods/warning.toml.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from touchstone.facts.period import containing, frequency, span

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


KEPT = {"D": 15, "W": 28, "M": 93, "Q": 92, "A": 366}
"""For how many days the last state of a series counts on while others go on, as stocks are published later than prices: four
weeks, three months, a quarter, a year; of days, the longest holidays of a market."""


def near(earlier: str, later: str) -> bool:
    """Whether what was said of a period still counts in a later one; it never depends on what came behind that.

    >>> near("2022-01", "2022-04"), near("2022-01", "2022-05"), near("2022-01-28", "2022-W06")
    (True, False, False)
    """
    return (span(later)[1] - span(earlier)[1]).days <= KEPT[frequency(earlier)]


def merged(given: Iterable[Mapping[str, float]]) -> Scores:
    """The worst score of each period over those that have one there, or had their last one `near` it.

    >>> merged([{"2022-01": 2.0}, {"2022-01": 0.0, "2022-04": 1.0, "2022-05": 0.0}])
    {'2022-01': 2.0, '2022-04': 2.0, '2022-05': 0.0}
    """
    every = [scores for scores in given if scores]
    found: Scores = {}
    last: list[str] = [""] * len(every)
    for period in sorted({period for scores in every for period in scores}):
        last = [period if period in scores else was for scores, was in zip(every, last, strict=True)]
        known = [(scores, was) for scores, was in zip(every, last, strict=True) if was]
        found[period] = worst(scores[was] for scores, was in known if near(was, period))
    return found


def blended(own: Mapping[str, float], finer: Mapping[str, float]) -> Scores:
    """Scores of a frequency in one line with finer ones, which stand where none of its own had been said shortly before.

    >>> blended({"2022-Q2": 2.0}, {"2022-03": 0.0, "2022-06": 0.0, "2022-07": 1.0, "2022-10": 1.0})
    {'2022-03': 0.0, '2022-Q2': 2.0, '2022-10': 1.0}
    """
    ends = [span(period)[1] for period in own]
    periods = list(own)
    found = dict(own)
    for period, score in finer.items():
        before = bisect_right(ends, span(period)[1])
        if not before or not near(periods[before - 1], period):
            found[period] = score
    return {period: found[period] for period in sorted(found, key=lambda each: span(each)[1])}


def spell(scores: Mapping[str, float]) -> Spell:
    """How long the last of these scores has held; over a hole in which it did not count it held no longer.

    >>> spell({"2022-01": 0.0, "2022-02": 1.0, "2022-03": 1.0})
    Spell(since='2022-02', periods=2, days=59)
    """
    periods = list(scores)
    since = len(periods) - 1
    while (
        since
        and scores[periods[since - 1]] == scores[periods[-1]]
        and near(periods[since - 1], periods[since])
    ):
        since -= 1
    days = (span(periods[-1])[1] - span(periods[since])[0]).days + 1
    return Spell(periods[since], len(periods) - since, days)


def rolled(scores: Mapping[str, float], every: str) -> tuple[Scores, dict[str, tuple[Spent, ...]]]:
    """The last score inside each longer period, and the days spent at each.

    A period that lies across the end of a longer one, as a week may, belongs to the one it ends in; one of that length is it.

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
