"""The one table of results: a value for each scenario, draw, place, plant, technology, variable and year, long.

Whatever is shown or exchanged of a pathway can be made from it; models fill it, and nothing here knows a model.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from math import isfinite

from touchstone.errors import Refusal
from touchstone.facts.refusing import refused

_ROOMS = ("pathway/refusals/exchange.toml",)
DIGITS = 10
"""Digits that count in a number that leaves: more than any input has, fewer than the arithmetic of a machine leaves behind."""
_DUST = 1e-9
"""Share of the largest value of a variable below which a value is what a solver leaves behind."""
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


class UnusableTable(Refusal):
    """Results cannot be exchanged as they are; the place is their scenario and variable, or the line of a file."""


def refusal(code: str, where: str, **values: object) -> UnusableTable:
    """The error to raise for `code` about `where`."""
    return refused(_ROOMS, UnusableTable, code, where, values)


@dataclass(frozen=True, slots=True, order=True)
class Row:
    """One result.

    Attributes:
        scenario: its key.
        draw: "" for the plan itself; "p10" for a quantile over draws (of each year for itself); "draw 17" for a single one.
        region: ISO code (CN, CN-35), "" where a group lies in several.
        plant, technology: their keys, "" for the sum over all; where electricity is bought, `technology` is the contract.
        variable: a name of the code list (`iamc.variable` makes it); unit: any that the list takes for it; value: finite.
    """

    scenario: str
    draw: str
    region: str
    plant: str
    technology: str
    variable: str
    unit: str
    year: int
    value: float


COLUMNS = tuple(field.name for field in fields(Row))


def digits(value: float) -> float:
    """A number with the digits it has.

    >>> digits(0.19999999999999998), digits(1304669.6999999997), digits(-0.0)
    (0.2, 1304669.7, 0.0)
    """
    return float(f"{value:.{DIGITS}g}") + 0.0


def checked(rows: Iterable[Row]) -> list[Row]:
    """The rows in order of their keys, every number with the digits it has: the one place by which results leave.

    Raises:
        UnusableTable: EXCHANGE-003, a value is not finite; EXCHANGE-004, a key has two rows; EXCHANGE-005, a name begins like a formula.
    """
    found = sorted(rows, key=lambda row: (*_key(row)[:6], row.unit, row.year))
    seen = set[tuple[str | int, ...]]()
    for row in found:
        where = f"{row.scenario} · {row.variable}"
        if not isfinite(row.value):
            raise refusal("EXCHANGE-003", where, variable=row.variable, year=row.year, value=row.value)
        if (key := _key(row)) in seen:
            raise refusal("EXCHANGE-004", where, variable=row.variable, year=row.year)
        seen.add(key)
    named(*sorted({name for row in found for name in _key(row)[:6]}))
    return _settled(found)


def _settled(rows: list[Row]) -> list[Row]:
    """Rows with numbers of so many digits; what is nothing beside the largest of its variable and unit in its scenario is nothing."""
    most = dict[tuple[str, str, str], float]()
    for row in rows:
        of = row.scenario, row.variable, row.unit
        most[of] = max(most.get(of, 0.0), abs(row.value))
    return [
        replace(row, value=0.0 if abs(row.value) < _DUST * most[row.scenario, row.variable, row.unit] else digits(row.value))
        for row in rows
    ]  # fmt: skip


def _key(row: Row) -> tuple[str, str, str, str, str, str, int]:
    return row.scenario, row.draw, row.region, row.plant, row.technology, row.variable, row.year


def named(*names: str) -> None:
    """See that names are names in a spreadsheet, too. Raises UnusableTable: EXCHANGE-005."""
    for name in names:
        if name.startswith(_FORMULA) or any(c in name for c in "\r\n\t"):
            raise refusal("EXCHANGE-005", repr(name), name=repr(name))
