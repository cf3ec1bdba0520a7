"""Many pairs or series at once: the one that cannot be computed is named with its reason, the rest goes on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, TypeVar

from touchstone.calc.linkage.panel import Panel
from touchstone.errors import UnusableSeries

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Absent:
    """What there is no result for, and why.

    Attributes:
        what: the series asked about; of a window, the one period it ends in.
    """

    what: tuple[str, ...]
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
