"""From files to the sums of a national inventory, by DuckDB in this process or by an engine that is given."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from touchstone.calc.carbon.scale import statements
from touchstone.calc.carbon.scale.engine import DuckDB, Engine
from touchstone.calc.carbon.scale.factors import common_months
from touchstone.calc.carbon.scale.statements import Widths
from touchstone.calc.carbon.scale.unweighed import (
    LARGEST,
    MOST,
    below_zero,
    contested,
    keyless,
    no_table,
    repeated_enterprises,
    too_much,
    unfit,
    unknown_enterprises,
    unweighed,
)

if TYPE_CHECKING:
    import pyarrow as pa

VIEWS = ("enterprise", "month", "sector", "province", "group_")
"""What the cells are added up by."""
COLUMNS = {
    "activity": ("enterprise", "month", "item", "region", "amount"),
    "factor": ("factor", "item", "region", "first", "last", "value"),
    "enterprise": ("enterprise", "sector", "province", "group_"),
}
_LINE = ("enterprise", "month", "item", "region")
_MEASURED = ("amount", "value")
_INTEGER = 2**31


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of an inventory in whole grams.

    Attributes:
        cells: enterprise, month, mass: one row an enterprise and month.
        by: for each of `VIEWS` the grams by its key.
    """

    cells: "pa.Table"
    by: Mapping[str, Mapping[int, int]]

    @property
    def total(self) -> int:
        """Grams of all."""
        return sum(self.by["month"].values())


class Names(Protocol):
    """What keys are called in a refusal."""

    def of(self, kind: str, key: object) -> object:
        """The name of a key of a column of `COLUMNS`; what is no key as it is."""
        ...


class Keys:
    """Keys without names."""

    def of(self, kind: str, key: object) -> object:
        """The key."""
        return key


def roll_up(
    activity: Path | str,
    factor: Path | str,
    enterprise: Path | str,
    threads: int = 0,
    names: Names | None = None,
) -> Sums:
    """The sums of an inventory by DuckDB, as `roll_up_on`.

    Args:
        threads: how many; as many as there are where 0. The sums do not depend on it.
    """
    with DuckDB(threads) as engine:
        return roll_up_on(engine, activity, factor, enterprise, names)


def roll_up_on(
    engine: Engine,
    activity: Path | str,
    factor: Path | str,
    enterprise: Path | str,
    names: Names | None = None,
) -> Sums:
    """The sums of an inventory from three Parquet files, or folders of them, with the columns of `COLUMNS`.

    The sums do not depend on the engine.

    Args:
        names: of keys, for what is refused.

    Raises:
        UnusableInventory: INVENTORY-101, a file or column is not there, or not of numbers; INVENTORY-102, a line has no factor or no amount;
            INVENTORY-103, two factors hold at one time; INVENTORY-105, a key is below 0, or months are too far apart;
            INVENTORY-106, a mass is no number or too large; INVENTORY-107, an enterprise is not in its table, or twice. The first
            are named, and nothing is added up.
    """
    called = names or Keys()
    files = {"activity": activity, "factor": factor, "enterprise": enterprise}
    for name, path in files.items():
        engine.read(name, path, COLUMNS[name])
        _numbers(engine, name, path)
    _one_row_each(engine, called)
    if rows := engine.rows(statements.CONTESTED):
        raise contested(_named(called, ("item", "region", "factor", "factor"), rows))
    widths = _widths(engine)
    engine.keep("month", widths.month())
    engine.keep("monthly", widths.monthly())
    _weigh(engine, widths, called)
    engine.keep("whole", statements.WHOLE)
    if strange := engine.rows(statements.UNKNOWN):
        raise unknown_enterprises([called.of("enterprise", key) for (key,) in strange])
    views = {view: dict(engine.rows(statements.by(view))) for view in VIEWS}
    return Sums(engine.table(statements.CELLS), views)


def _numbers(engine: Engine, name: str, path: Path | str) -> None:
    """Let pass a table of numbers whose keys are whole; no engine is to make a number of a word in a way of its own."""
    from pyarrow import types

    for field in engine.table(f"SELECT * FROM {name} LIMIT 0").schema:
        may_be = (types.is_integer,)
        if field.name in _MEASURED:
            may_be += (types.is_floating, types.is_decimal)
        if not any(is_one(field.type) for is_one in may_be):
            raise no_table(name, path, COLUMNS[name], f"{field.name}: {field.type}")


def _named(
    names: Names, kinds: tuple[str, ...], rows: Iterable[Sequence[object]]
) -> list[tuple[object, ...]]:
    """Rows with the names of their keys; what is behind the kinds is left as it is."""
    return [(*map(names.of, kinds, row), *row[len(kinds) :]) for row in rows]


def _one_row_each(engine: Engine, names: Names) -> None:
    """Let pass a table with each enterprise once and a key in every column."""
    if rows := engine.rows(statements.REPEATED):
        raise repeated_enterprises([names.of("enterprise", key) for (key,) in rows])
    [(count, *keys)] = engine.rows(statements.KEYS)
    for column, there in zip(COLUMNS["enterprise"], keys, strict=True):
        if there < count:
            raise keyless(column)


def _weigh(engine: Engine, widths: Widths, names: Names) -> None:
    """Make the table of cells, of lines that all have a mass."""
    lines, weighed, largest, size = 0, 0, float("nan"), float("nan")
    with suppress(*engine.overflows):
        engine.keep("cell", widths.cells())
        [(lines, weighed, largest, size)] = engine.rows(statements.CHECKS)
    # a cell that is not too large has no line that is; one that is may be of many lines that fit
    if largest is not None and not largest < LARGEST and (rows := engine.rows(widths.unfit())):
        raise unfit(_named(names, _LINE, [row[:-1] for row in rows]), rows[0][-1])
    if size is not None and not size < MOST:
        [(size,)] = engine.rows(widths.size())
        raise too_much(size)
    if lines != weighed:
        raise unweighed(_named(names, _LINE, engine.rows(widths.unweighed())), lines - weighed)


def _widths(engine: Engine) -> Widths:
    """How wide keys are; activity beyond what factors know has a slot of its own, and no factor in it."""
    lines, factors = (
        engine.rows(statements.BOUNDS.format(table=table, first=first, last=last))[0]
        for table, first, last in (("activity", "month", "month"), ("factor", "first", "last"))
    )
    least = [each for row in (lines, factors) for each in row[::2] if each is not None]
    if least and min(least) < 0:
        raise below_zero(min(least))
    items, regions = (max(row[n] or 0 for row in (lines, factors)) + 1 for n in (1, 3))
    months, holds = ((row[4] or 0, row[5] or 0) for row in (lines, factors))
    width = months[1] + 1
    return Widths(common_months(months, holds), items, width, wide=items * regions * width >= _INTEGER)
