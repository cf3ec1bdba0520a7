"""Many pairs or series at once: the one that cannot be computed is named with its reason, the rest goes on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, TypeVar

from touchstone.calc.linkage.panel import Panel, panel
from touchstone.errors import UnusableSeries

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Absent:
    """Series for which there is no result, and why."""

    names: tuple[str, ...]
    why: UnusableSeries


@dataclass(frozen=True, slots=True)
class Batch(Generic[Result]):
    """The results there are, in the order asked for, and what is absent."""

    results: tuple[Result, ...]
    absent: tuple[Absent, ...]


def each(groups: Iterable[tuple[str, ...]], compute: Callable[..., Result]) -> Batch[Result]:
    """Call `compute(*names)` for each group of names; a refusal makes that group absent and stops nothing."""
    results: list[Result] = []
    absent: list[Absent] = []
    for names in groups:
        try:
            results.append(compute(*names))
        except UnusableSeries as why:
            absent.append(Absent(names, why))
    return Batch(tuple(results), tuple(absent))


def pairs_of(given: Panel) -> tuple[tuple[str, str], ...]:
    """Every unordered pair of series, in the order of the panel."""
    return tuple(combinations(given.names, 2))


def checked(given: Panel, *names: str) -> Panel:
    """The panel of these series, checked anew: a part of a good panel may be constant, and one may be built unchecked.

    Raises:
        UnusableSeries: see `panel`.
    """
    part = given.chosen(names) if names else given
    return panel(part.names, part.periods, part.values)
