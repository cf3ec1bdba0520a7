"""Who a budget is shared among: the enterprises (or plants) of a scenario's lines, with every figure and what it was added from.

Figures are of the base years of the allocation, as the scenario has them; one that a workspace states itself goes before them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.pathway.case import Bools
from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.pathway.register import Line
from touchstone.calc.target.allocation import Enterprise
from touchstone.calc.target.allocation_rules import FIGURES
from touchstone.calc.target.registered import exact
from touchstone.calc.target.rows import Cited, Row, each_of, rows
from touchstone.facts.text import Text

T = TypeVar("T", "Benchmark", "Known")
BY = ("enterprise", "plant")
"""What a line can be counted to."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What a tonne of a product may emit, fuels, process and power together, t CO2e/t, as somebody stated it."""

    product: str
    value: Fraction
    cited: Cited
    where: str


@dataclass(frozen=True, slots=True)
class Known:
    """Figures of an enterprise that somebody stated: of `FIGURES`, in their units."""

    key: str
    figures: Mapping[str, Fraction]
    cited: Cited
    where: str


@dataclass(frozen=True, slots=True)
class Stated:
    """What a workspace states for an allocation: benchmarks by product, figures by enterprise; and why other rows could not be read."""

    benchmarks: Mapping[str, Benchmark]
    known: Mapping[str, Known]
    refused: tuple[UnusablePathway, ...]


@dataclass(frozen=True, slots=True)
class Activity:
    """What a line adds to its enterprise.

    Attributes:
        history, emissions, planned: t CO2e a year: mean of the base years, the last of them, and the year that is shared out.
        output: t in the last base year; capacity: t/a standing then; benchmark: of its product, None where nobody stated one.
    """

    line: Line
    history: Fraction
    emissions: Fraction
    planned: Fraction
    output: Fraction
    capacity: Fraction
    benchmark: Benchmark | None


@dataclass(frozen=True, slots=True)
class Sharer:
    """An enterprise with what its figures are made of; known: figures that were stated and go before the sum of its lines."""

    enterprise: Enterprise
    lines: tuple[Activity, ...]
    known: Known | None

    @property
    def planned(self) -> Fraction:
        """t CO2e that the scenario has it emit in the year that is shared out."""
        return sum((each.planned for each in self.lines), Fraction(0))


def read_stated(text: str, file: str = "allocation.toml") -> Stated:
    """Benchmarks and figures of a file. Raises UnusablePathway: TARGET-001, it is no TOML; one wrong row leaves the others in."""
    benchmarks, wrong = each_of(rows(text, file, "benchmark"), _benchmark)
    known, also = each_of(rows(text, file, "enterprise"), _known)
    refused = [*wrong, *also]
    marks = _once(benchmarks, lambda each: each.product, Text("基准值", "benchmark"), refused)
    figures = _once(known, lambda each: each.key, Text("企业", "enterprise"), refused)
    return Stated(marks, figures, tuple(refused))


def _once(
    every: Iterable[T], key: Callable[[T], str], what: Text, refused: list[UnusablePathway]
) -> dict[str, T]:
    """Rows by their key; of one that stands twice the first, and the second is refused."""
    found: dict[str, T] = {}
    for each in every:
        if key(each) in found:
            again, once = Text("出现两次", "twice"), Text("一次", "once")
            refused.append(
                refusal("TARGET-051", each.where, what=what, key=key(each), found=again, expected=once)
            )
        found.setdefault(key(each), each)
    return found


def sharers(
    found: Pathway, lines: Bools, year: int, base: tuple[int, ...], by: str, stated: Stated
) -> tuple[tuple[Sharer, ...], tuple[UnusablePathway, ...]]:  # fmt: skip
    """Who shares, by key, and why some of what is stated says nothing.

    Args:
        lines: (P,) that count; year: that is shared out; base: years of the figures, rising, all of the scenario; by: of `BY`.

    Raises:
        UnusablePathway: TARGET-037, a line names no enterprise, so that its emissions would be nobody's.
    """
    groups: dict[str, list[Activity]] = {}
    nobody: list[Line] = []
    for p, line in enumerate(found.given.register.lines):
        if not lines[p] or not _stands(found, p, (*base, year)):
            continue
        if key := getattr(line, by):
            groups.setdefault(key, []).append(_activity(found, p, year, base, stated))
        else:
            nobody.append(line)
    if nobody:
        at = found.given.register.where(nobody[0])
        raise refusal("TARGET-037", at, lines=", ".join(each.key for each in nobody))
    names = {getattr(line, each) for line in found.given.register.lines for each in BY}
    unknown = tuple(
        refusal("TARGET-036", each.where, found=key, known=", ".join(sorted(groups)) or "—")
        for key, each in stated.known.items() if key not in names
    )  # fmt: skip
    return tuple(
        _sharer(key, tuple(own), stated.known.get(key)) for key, own in sorted(groups.items())
    ), unknown


def _stands(found: Pathway, p: int, years: tuple[int, ...]) -> bool:
    return any(found.given.case.capacity[p, found.years.index(year)] > 0 for year in years)


def _activity(found: Pathway, p: int, year: int, base: tuple[int, ...], stated: Stated) -> Activity:
    made, line = found.accounts, found.given.register.lines[p]

    def emitted(of: int) -> Fraction:
        y = found.years.index(of)
        return exact(made.direct[p, y] + made.indirect[p, y])

    last = found.years.index(base[-1])
    return Activity(
        line, sum((emitted(each) for each in base), Fraction(0)) / len(base), emitted(base[-1]), emitted(year), exact(made.output[p, last]),
        exact(found.given.case.capacity[p, last]), stated.benchmarks.get(line.product),
    )  # fmt: skip


def _sharer(key: str, lines: tuple[Activity, ...], known: Known | None) -> Sharer:
    """Sums of its lines; the benchmark is the mean of those of its lines by output, and is lacking where one that makes something has none."""
    figures = {
        name: sum((getattr(each, name) for each in lines), Fraction(0))
        for name in ("history", "emissions", "output", "capacity")
    }
    marks = [(each.output, each.benchmark.value if each.benchmark else None) for each in lines if each.output]
    if all(mark is not None for _, mark in marks):
        due = sum((output * (mark or 0) for output, mark in marks), Fraction(0))
        figures["benchmark"] = due / figures["output"] if figures["output"] else Fraction(0)
    return Sharer(Enterprise(key, figures | dict(known.figures if known else {})), lines, known)


def _benchmark(row: Row) -> Benchmark:
    row.only("product", "value", "document", "clause", "tag", "note")
    product = row.choice("product", items())
    value = row.quantity("value", "t CO2e/t")
    if value < 0:
        raise row.unlike("value", row.given["value"], Text("不小于0的值", "a value of 0 or more"))
    return Benchmark(product, value, row.cited(), row.at())


def _known(row: Row) -> Known:
    row.only("key", *FIGURES, "document", "clause", "tag", "note")
    figures = {name: row.quantity(name, unit) for name, (_, unit) in FIGURES.items() if row.has(name)}
    for name, value in figures.items():
        if value < 0:
            raise row.unlike(name, row.given[name], Text("不小于0的值", "a value of 0 or more"))
    return Known(row.words("key"), figures, row.cited(), row.at())
