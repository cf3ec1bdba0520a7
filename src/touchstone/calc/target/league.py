"""League tables: lines or enterprises of one product by one indicator, with rank, distance to benchmark (标杆) and baseline (基准), and shares of capacity.

Levels are those of `data/carbon/limits.csv`; one that nobody verified, or without a value, classifies nothing, and the table says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from touchstone.calc.carbon.factors.limit import Limit
from touchstone.calc.carbon.inventory.benchmark import STATES, against, marks, unfit
from touchstone.calc.pathway.refusal import refusal
from touchstone.errors import UnitMismatch, UnknownUnit
from touchstone.facts.text import Text
from touchstone.facts.unit import convert


@dataclass(frozen=True, slots=True)
class Entry:
    """Who is compared.

    Attributes:
        value: of the indicator in `unit`, None where it is not known, `why` says why; less is better.
        capacity: t/a, None where it is not known; made: ids of the facts the value is from.
    """

    key: str
    name: Text
    value: Fraction | None
    unit: str
    capacity: Fraction | None
    made: tuple[str, ...] = ()
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the table.

    Attributes:
        rank: 1 for the best; equal values have one rank and the next one is left out; None without a value.
        value: in the unit of the table; to_benchmark, to_baseline: value less the level, below zero where it is better; None without a level.
        saving: what reaching the benchmark would save in a year at full capacity: 0 where it is reached, None where it is not known.
        state: of `STATES`, "" where it cannot be said, and `why` says why.
    """

    entry: Entry
    rank: int | None
    value: Fraction | None
    to_benchmark: Fraction | None
    to_baseline: Fraction | None
    saving: Fraction | None
    state: str
    why: Text | None


@dataclass(frozen=True, slots=True)
class League:
    """The table of a product and indicator on a day, the best first, those without a value last.

    Attributes:
        unit: of all values; classified: t/a whose state is known; unknown: t/a whose state is not; uncounted: keys without a capacity.
        mean: of the values by capacity, None where there is none; why: why nothing is classified, None where it is.
    """

    product: str
    indicator: str
    day: date
    unit: str
    benchmark: Limit | None
    baseline: Limit | None
    places: tuple[Place, ...]
    classified: Fraction
    unknown: Fraction
    uncounted: tuple[str, ...]
    mean: Fraction | None
    why: Text | None

    def share(self, state: str) -> Fraction | None:
        """Of the capacity that is classified, the part in a state of `STATES`, from 0 to 1; None where none is classified."""
        if not self.classified:
            return None
        own = (each.entry.capacity or Fraction(0) for each in self.places if each.state == state)
        return sum(own, Fraction(0)) / self.classified


def league(entries: Iterable[Entry], product: str, indicator: str, unit: str, day: date) -> League:
    """The table.

    Args:
        product: item key; indicator: of `carbon.factors.limit.INDICATORS`; unit: to compare in, as kWh/t.
        day: on which the levels hold.

    Raises:
        UnusablePathway: TARGET-051, an entry stands twice, has another kind of unit, a value or a capacity below zero.
    """
    every = _once(entries)
    values = {each.key: _value(each, unit) for each in every}
    benchmark, baseline = marks(product, indicator, day)
    ranks = _ranks(values)
    rows = [_place(each, values[each.key], unit, benchmark, baseline, ranks) for each in every]
    rows.sort(key=lambda row: (row.rank is None, row.rank or 0, row.entry.key))
    classified, unknown = (
        sum(
            (row.entry.capacity or Fraction(0) for row in rows if (row.state in STATES) is known), Fraction(0)
        )
        for known in (True, False)
    )
    uncounted = tuple(row.entry.key for row in rows if row.entry.capacity is None)
    return League(
        product, indicator, day, unit, benchmark, baseline, tuple(rows), classified, unknown, uncounted, _mean(rows),
        unfit(benchmark, baseline),
    )  # fmt: skip


def _once(entries: Iterable[Entry]) -> list[Entry]:
    found: dict[str, Entry] = {}
    for each in entries:
        if each.key in found:
            raise _wrong(each, Text("出现两次", "twice"), Text("一次", "once"))
        below = [size for size in (each.value, each.capacity) if size is not None and size < 0]
        if below:
            raise _wrong(each, f"{float(below[0]):g}", Text("不小于0", "0 or more"))
        found[each.key] = each
    return list(found.values())


def _wrong(entry: Entry, found: object, expected: Text) -> Exception:
    return refusal(
        "TARGET-051", entry.key, what=Text("排名对象", "entry"), key=entry.key, found=found, expected=expected
    )


def _value(entry: Entry, unit: str) -> Fraction | None:
    if entry.value is None:
        return None
    try:
        return Fraction(convert(entry.value, entry.unit, unit))
    except (UnitMismatch, UnknownUnit) as error:
        raise _wrong(
            entry, entry.unit, Text(f"可换算为 {unit} 的单位", f"a unit that converts to {unit}")
        ) from error


def _ranks(values: Mapping[str, Fraction | None]) -> Mapping[str, int]:
    known = sorted(value for value in values.values() if value is not None)
    first = {value: at for at, value in reversed(list(enumerate(known, 1)))}
    return {key: first[value] for key, value in values.items() if value is not None}


def _place(
    entry: Entry, value: Fraction | None, unit: str, benchmark: Limit | None, baseline: Limit | None, ranks: Mapping[str, int]
) -> Place:  # fmt: skip
    best, worst = _level(benchmark, unit), _level(baseline, unit)
    if value is None:
        why = entry.why or Text("没有数值", "no value")
        return Place(entry, None, None, None, None, None, "", why)
    state, why = against(value, unit, benchmark, baseline)
    over = None if best is None else value - best
    saving = None if over is None or entry.capacity is None else max(over, Fraction(0)) * entry.capacity
    return Place(
        entry, ranks[entry.key], value, over, None if worst is None else value - worst, saving, state, why
    )


def _level(limit: Limit | None, unit: str) -> Fraction | None:
    return (
        Fraction(convert(limit.value, limit.unit, unit))
        if limit and limit.usable and limit.value is not None
        else None
    )


def _mean(rows: Iterable[Place]) -> Fraction | None:
    known = [(row.value, row.entry.capacity) for row in rows if row.value is not None and row.entry.capacity]
    whole = sum((size for _, size in known), Fraction(0))
    return sum((value * size for value, size in known), Fraction(0)) / whole if whole else None
