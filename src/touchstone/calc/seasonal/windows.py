"""Which windows round feasts, and which way of counting days worked, a series shows: the smallest AICc of a declared grid.

Source: "seasonal.windows" and [grid] in data/methods/seasonal.toml. How a candidate is scored is the caller's: X-13 and the
fallback search the same grid.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from math import isfinite
from typing import Any

from touchstone.calc.linkage.methods import declared
from touchstone.calc.seasonal.choice import Choice
from touchstone.calc.seasonal.feasts import Effect
from touchstone.facts.text import Text

_KEPT = 10
"""Candidates that are kept with the model, to look at."""
Effects = tuple[Effect, ...]
Score = Callable[[Effects, str], float]
"""AICc of the windows and the way of counting days (china, weekdays, none); infinite where it cannot be estimated."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was chosen, the AICc of the best that were tried, best first, and notes."""

    effects: Effects
    trading: str
    best: tuple[tuple[str, float], ...]
    notes: tuple[Text, ...]


def to_search(choice: Choice) -> bool:
    """Whether anything is left to be looked for."""
    return (choice.effects is None and bool(choice.feasts)) or choice.trading == "auto"


def search(choice: Choice, score: Score) -> Found:
    """Days worked first, given one usual window; then the windows of each feast in turn, given what was found before."""
    tried: dict[tuple[Effects, str], float] = {}

    def scored(effects: Effects, trading: str) -> float:
        if (effects, trading) not in tried:
            tried[effects, trading] = score(effects, trading)
        return tried[effects, trading]

    feasts = choice.feasts if choice.effects is None else ()
    usual = spring_windows()[0] if "spring" in feasts else choice.effects or ()
    trading = choice.trading
    if trading == "auto":
        ways = ("weekdays", "china")
        trading = _better("none", ways, lambda way: scored(usual, way))
    effects: Effects = choice.effects or ()
    for feast in feasts:
        more = spring_windows() if feast == "spring" else other_windows(feast)
        base, known = effects, trading
        effects = base + _better(
            (), more, lambda windows, base=base, known=known: scored(base + windows, known)
        )
    ranked = sorted(tried.items(), key=lambda each: each[1])
    best = tuple((_named(*what), aicc) for what, aicc in ranked[:_KEPT] if isfinite(aicc))
    return Found(effects, trading, best, _notes(tried.values()))


def spring_windows() -> tuple[Effects, ...]:
    """The sets of windows round Spring Festival: before and from it on; before, during and after; and one window alone."""
    grid = declared("seasonal")["grid"]["spring"]
    during = grid["during"]
    pairs = [(before, after) for before in grid["before"] for after in grid["after"]]
    two = [(_spring(-before, -1), _spring(0, after)) for before, after in pairs]
    three = [
        (_spring(-before, -1), _spring(0, during), _spring(during + 1, after))
        for before, after in pairs
        if after > during
    ]
    alone = [(_spring(-before, after),) for before, after in pairs]
    return (*two, *(three if grid["parted"] else ()), *(alone if grid["alone"] else ()))


def other_windows(feast: str) -> tuple[Effects, ...]:
    """The windows of a feast that lasts a few days."""
    return tuple(
        (Effect(feast, first, last),) for first, last in declared("seasonal")["grid"][feast]["windows"]
    )


def _better(without: Any, candidates: Iterable[Any], scored: Callable[[Any], float]) -> Any:
    """The best candidate, where its AICc lies below that of `without` by more than the margin; else `without`."""
    best = min(candidates, key=scored)
    return best if scored(without) - scored(best) > declared("seasonal")["grid"]["margin"] else without


def _notes(aiccs: Collection[float]) -> tuple[Text, ...]:
    failed = sum(not isfinite(aicc) for aicc in aiccs)
    if not failed:
        return ()
    return (Text(f"{len(aiccs)}个备选窗口中有{failed}个无法在这一样本上估计",
                 f"{failed} of {len(aiccs)} candidate windows could not be estimated on this sample"),)  # fmt: skip


def _spring(first: int, last: int) -> Effect:
    return Effect("spring", first, last)


def _named(effects: Effects, trading: str) -> str:
    parts = [f"{effect.feast} {effect.first}..{effect.last}" for effect in effects]
    return ", ".join([*parts, f"days worked: {trading}"])
