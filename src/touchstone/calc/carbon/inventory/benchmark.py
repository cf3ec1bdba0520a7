"""Benchmark and baseline: where units stand against the levels of the NDRC lists, and how much of the capacity is at the benchmark.

A level that nobody verified, one without a value, and an indicator of a part of a plant classify nothing; each says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.factors.limit import Limit, limits_of
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.performance import in_force
from touchstone.calc.carbon.inventory.performed import WHOLE, Consumed, consumed
from touchstone.facts.text import Text
from touchstone.facts.unit import convert

STATES = ("benchmark", "between", "beyond")
"""At the benchmark or better; worse than it and within the baseline; worse than the baseline."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One unit against benchmark and baseline of its product.

    Attributes:
        consumed: for a tonne, None where it is not known.
        state: of `STATES`, "" where it cannot be said, and `why` says why.
        capacity: t a year as it counts, None where the organisation names none.
    """

    unit: str
    indicator: str
    consumed: Consumed | None
    benchmark: Limit | None
    baseline: Limit | None
    state: str
    why: Text | None
    capacity: Fraction | None


@dataclass(frozen=True, slots=True)
class Placing:
    """All units whose product is on a list."""

    units: tuple[Placed, ...]

    def capacity(self, *states: str) -> Fraction:
        """Of the units in one of these states, t a year."""
        return sum((each.capacity or Fraction(0) for each in self.units if each.state in states), Fraction(0))

    @property
    def share(self) -> Fraction | None:
        """Of the capacity that is classified, the part at the benchmark; None where nothing is."""
        known = self.capacity(*STATES)
        return self.capacity("benchmark") / known if known else None


def placed(account: Account) -> Placing:
    """The classification of an account of one year, of what counts at its end."""
    of_unit: dict[str, list[Entry]] = {}
    for entry in account.entries:
        of_unit.setdefault(entry.unit, []).append(entry)
    return Placing(tuple(row for unit, entries in of_unit.items() for row in _rows(account, unit, entries)))


def marks(product: str, indicator: str, day: date) -> tuple[Limit | None, Limit | None]:
    """Benchmark and baseline in force on a day, of the youngest list with a usable one; else any, to say what is wrong with it."""
    listed = [each for each in limits_of(product, indicator) if in_force(each, day)]
    found = (
        max(
            (each for each in listed if each.level == level),
            key=lambda each: (each.usable, each.valid_from or date.min),
            default=None,
        )
        for level in ("benchmark", "baseline")
    )
    return next(found), next(found)


def unfit(benchmark: Limit | None, baseline: Limit | None) -> Text | None:
    """Why levels classify nothing; None where they do."""
    if benchmark and baseline and benchmark.usable and baseline.usable:
        return None
    wrong = next((each for each in (benchmark, baseline) if each and not each.usable), None)
    return wrong.note if wrong and wrong.note else Text("名录没有这一水平", "the list has no such level")


def against(
    value: Fraction, unit: str, benchmark: Limit | None, baseline: Limit | None
) -> tuple[str, Text | None]:
    """The state of a value among both levels, of `STATES`; "" with the reason where they classify nothing."""
    if why := unfit(benchmark, baseline):
        return "", why
    for state, limit in (("benchmark", benchmark), ("between", baseline)):
        assert limit and limit.value is not None
        if value <= convert(limit.value, limit.unit, unit):
            return state, None
    return "beyond", None


def _rows(account: Account, unit: str, entries: list[Entry]) -> Iterator[Placed]:
    node, year = account.organisation.nodes[unit], int(account.year)
    day = date(year, 12, 31)
    listed = [each for each in limits_of(node.product) if each.level in ("benchmark", "baseline") and in_force(each, day)] if node.product else []  # fmt: skip
    counted = account.share(unit, f"{year}-12")
    if not counted:
        return
    capacity = None if node.capacity is None else node.capacity * counted
    for indicator in dict.fromkeys(each.indicator for each in listed):
        benchmark, baseline = marks(node.product, indicator, day)
        used = consumed(account, entries, node.product, indicator)
        state, why = _state(indicator, used, benchmark, baseline)
        yield Placed(unit, indicator, used, benchmark, baseline, state, why, capacity)


def _state(
    indicator: str, used: Consumed | None, benchmark: Limit | None, baseline: Limit | None
) -> tuple[str, Text | None]:
    if why := unfit(benchmark, baseline):
        return "", why
    if indicator not in WHOLE:
        return "", Text("该指标须在工序装表，月度数据没有", "the indicator needs a meter at the process, which monthly data do not have")  # fmt: skip
    if used is None:
        return "", Text("没有产量或能源数据", "output or energy is not stated")
    if used.lacking:
        return "", Text(
            "部分能源没有可用系数，数值偏低", "part of the energy has no coefficient: the value is too low"
        )
    return against(used.value, used.unit, benchmark, baseline)
