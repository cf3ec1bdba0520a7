"""Periods for which several values are printed: which one a series shows, and which stand beside it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from touchstone.facts.fact import Fact
from touchstone.facts.series import by_vintage

_SURENESS = ("holds", "untested", "accepted", "revised", "edge", "warning", "fails")
"""From the verdict one would rather believe to the one one would not."""


@dataclass(frozen=True, slots=True)
class Contest:
    """A series with what is printed beside it: one point a period, and its rivals by period."""

    points: tuple[Fact, ...]
    rivals: dict[str | None, tuple[Fact, ...]]


def settled(facts: Sequence[Fact], verdict: Callable[[str], str], failing: Callable[[str], int]) -> Contest:
    """One point a period: the newest publication counts, and in it the value whose findings hold.

    Args:
        facts: those of one series that count, in any order.
        verdict: the worst verdict on a fact, by id.
        failing: how many findings of a fact fail, by id: of two that fail, the better one fails less.

    Other values of the newest publication, or of other documents of the same day, are rivals.
    """
    periods: defaultdict[str | None, list[Fact]] = defaultdict(list)
    for fact in by_vintage(facts):
        periods[fact.period].append(fact)
    chosen = {period: _chosen(stated, verdict, failing) for period, stated in periods.items()}
    rivals = {
        period: others for period, point in chosen.items() if (others := _others(point, periods[period]))
    }
    return Contest(tuple(chosen.values()), rivals)


def _chosen(stated: list[Fact], verdict: Callable[[str], str], failing: Callable[[str], int]) -> Fact:
    """Of the newest publication (stated is from oldest to newest) the surest, and of several the last."""
    newest = [fact for fact in stated if fact.published == stated[-1].published]
    return min(reversed(newest), key=lambda fact: (_SURENESS.index(verdict(fact.id)), failing(fact.id)))


def _others(point: Fact, stated: list[Fact]) -> tuple[Fact, ...]:
    """The other values that are printed for the period on the same day; each once a document."""
    same_day = [fact for fact in stated if fact.published == point.published]
    differing = [f for f in same_day if (f.value, f.value_high) != (point.value, point.value_high)]
    return tuple({(f.source, f.value, f.value_high): f for f in differing}.values())
