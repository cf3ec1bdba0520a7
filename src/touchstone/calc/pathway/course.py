"""A course: a quantity stated for some years, and what it is in the years between."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any

import numpy as np

from touchstone.calc.field import Table
from touchstone.calc.pathway.case import Floats, Ints
from touchstone.errors import Refusal, UnitMismatch, UnknownUnit
from touchstone.facts.unit import convert

WILD = "*"
COURSES = {
    ("demand", WILD): "t",
    ("load", WILD): "",
    **{("recycled", WILD, field): unit for field, unit in (("limit", "t"), ("use", "t"), ("cost", "CNY/t"), ("emissions", "tCO2e/t"), ("energy", "tce/t"))},
    ("outside", WILD, "cost"): "CNY/t",
    **{("power", WILD, field): unit for field, unit in (("price", "CNY/MWh"), ("factor", "tCO2/MWh"), ("renewable", ""), ("limit", "MWh"), ("share", ""))},
    ("carbon", "price"): "CNY/t",
    ("carbon", "free", WILD): "tCO2e/t",
}  # fmt: skip
"""What has a course in a scenario, and the unit models take it in; "" is a share, written in %."""
LARGEST = 1e15
_YEARS = range(1950, 2201)


@dataclass(frozen=True, slots=True)
class Course:
    """A quantity by year.

    Attributes:
        points: year and value, in the unit models take; years rise.
        growth: a year, after the last stated one; 0 for none. unit: as written.
        where: file and line; source: who says so.
    """

    points: tuple[tuple[int, float], ...]
    growth: float
    unit: str
    where: str
    source: str

    def at(self, years: Ints) -> Floats:
        """(Y,): linear between stated years; before the first it is the first, after the last it grows."""
        stated = np.array([year for year, _ in self.points], dtype=float)
        values = np.array([value for _, value in self.points])
        between = np.interp(years, stated, values)
        return between * (1 + self.growth) ** np.maximum(years - stated[-1], 0)

    def from_first(self, years: Ints) -> Floats:
        """(Y,): as `at`, NaN before the first stated year: what is asked of a target is not asked earlier."""
        return np.where(years >= self.points[0][0], self.at(years), np.nan)


def read_course(given: Table, own: str, source: str, where: Callable[[str], str]) -> Course:
    """The course a table states: `{ unit = "t", 2020 = 71000, 2030 = 75000, growth = "2 %" }`.

    Args:
        own: the unit models take it in; "" for a share. where: the file and line of a field of the table.

    Raises:
        Refusal: a field is no year, a value is no number or below 0, the unit does not convert, no year is stated.
    """
    unit = given.word("unit", "" if own else "%")
    points = tuple(sorted(_points(given, unit, own)))
    if not points:
        raise given.wrong(
            "unit",
            "at least one year with its value, 2020 = 71000",
            "至少一个年份及其数值，如2020 = 71000",
            unit,
        )
    largest = max(value for _, value in points) * 100
    if not own and not given.has("unit") and 0 < largest <= 1:
        # Excel keeps 30 % as 0.3: taken as 0.3 % it would ask for next to nothing, and seem met.
        field = next(name for name in given.fields() if name.isdecimal())
        raise given.wrong(
            field,
            f'a share in %: {100 * largest:g} where {100 * largest:g} % is meant; unit = "%" beside it where {largest:g} % is',
            f'以%为单位的份额：意为{100 * largest:g}%时写{100 * largest:g}；确为{largest:g}%时另写unit = "%"',
        )
    if given.has("growth") and not own:
        raise given.wrong("growth", "no growth: a share is stated by year", "不写growth：份额逐年写明")
    growth = percent(given, "growth", 0.0, -0.5, 0.5)
    return Course(points, growth, unit, where("unit"), given.word("source", source))


def course_table(given: Table, field: str, own: str) -> Table:
    """The table of a course in a field. Raises Refusal: it is none, as a bare number or a text, with one that would do."""
    if isinstance(given.plain().get(field, {}), dict):
        return given.table(field)
    unit = own or "%"
    said = f'{field} = {{ unit = "{unit}", 2030 = 30 }}'
    raise given.wrong(
        field, f"values by year with their unit, as {said}", f"按年份写明的数值和单位，如{said}"
    )


def _points(given: Table, unit: str, own: str) -> Iterator[tuple[int, float]]:
    for field in given.fields():
        if field in ("unit", "growth", "source"):
            continue
        if not (field.isascii() and field.isdecimal()) or int(field) not in _YEARS:
            raise given.wrong(field, "a year, or unit, growth, source", "年份，或unit、growth、source")
        try:
            value = given.number(field, None, 0.0, LARGEST)
        except Refusal:
            en = f"a number from 0 to {LARGEST:,.0f} without quotes, its unit beside it as unit"
            raise given.wrong(field, en, f"0至{LARGEST:,.0f}之间的数，不带引号，单位另写在unit里") from None
        yield int(field), measured(given, field, value, unit, own)


def measured(given: Table, field: str, value: float, unit: str, own: str) -> float:
    """A number of a field in the unit models take. Raises Refusal: the unit does not convert; a share beyond 100 %."""
    try:
        if own:
            return float(convert(Decimal(str(value)), unit, own))
        share = float(convert(Decimal(str(value)), unit, "%")) / 100
    except (UnknownUnit, UnitMismatch):
        expected = own or "%"
        raise given.wrong(
            "unit", f"a unit that converts to {expected}", f"可换算为{expected}的单位", unit
        ) from None
    if share > 1:
        raise given.wrong(field, "a share up to 100 %", "不超过100%的份额")
    return share


def percent(given: Table, field: str, default: float | None, low: float, high: float) -> float:
    """A share written as "6 %", from `low` to `high`; `default` where it is absent, None for none."""
    if default is not None and not given.has(field):
        return default
    written = given.plain().get(field, "") if given.has(field) else given.word(field)
    said = written.replace("％", "%").strip() if isinstance(written, str) else ""
    try:
        value = float(said.removesuffix("%")) / 100
    except ValueError:
        value = float("nan")
    if not (said.endswith("%") and isfinite(value) and low <= value <= high):
        raise given.wrong(
            field,
            f'from {low:.0%} to {high:.0%} in quotes, "6 %"',
            f'引号中{low:.0%}至{high:.0%}的百分数，如"6 %"',
        )
    return value


def courses_of(
    top: Table, source: str, where: Callable[[str], str], wrong: list[Refusal]
) -> Iterator[tuple[tuple[str, ...], Course]]:
    """All courses of a scenario, by path; what cannot be read is added to `wrong`."""
    for path in COURSES:
        for found, given in _reached(top, path, (), COURSES[path]):
            try:
                yield (
                    found,
                    read_course(
                        given, COURSES[path], source, lambda field, given=given: where(given.at(field))
                    ),
                )
            except Refusal as problem:
                wrong.append(problem)
    for contract in _inside(top, "power"):
        for place in _inside(contract[1], "places"):
            for field, unit in ((path[2], unit) for path, unit in COURSES.items() if path[:1] == ("power",)):
                if place[1].has(field):
                    try:
                        given = course_table(place[1], field, unit)
                        path = ("power", contract[0], field, place[0])
                        yield (
                            path,
                            read_course(
                                given, unit, source, lambda field, given=given: where(given.at(field))
                            ),
                        )
                    except Refusal as problem:
                        wrong.append(problem)


def _reached(
    table: Table, path: tuple[str, ...], done: tuple[str, ...], own: str
) -> Iterator[tuple[tuple[str, ...], Table]]:
    if not path:
        yield done, table
    elif path[0] == WILD:
        for field in table.fields():
            inner = table.table(field) if path[1:] else course_table(table, field, own)
            yield from _reached(inner, path[1:], (*done, field), own)
    elif table.has(path[0]):
        inner = table.table(path[0]) if path[1:] else course_table(table, path[0], own)
        yield from _reached(inner, path[1:], (*done, path[0]), own)


def _inside(table: Table, field: str) -> Iterator[tuple[str, Any]]:
    return iter(table.table(field).tables().items()) if table.has(field) else iter(())
