"""From files to the sums of a national inventory, by DuckDB in this process."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from touchstone.calc.carbon.scale.statements import BOUNDS, CONTESTED, REPEATED, UNKNOWN, Widths, by
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
    import duckdb
    import pyarrow as pa

VIEWS = ("enterprise", "month", "sector", "province", "group_")
"""What the cells are added up by."""
COLUMNS = {
    "activity": ("enterprise", "month", "item", "region", "amount"),
    "factor": ("factor", "item", "region", "first", "last", "value"),
    "enterprise": ("enterprise", "sector", "province", "group_"),
}
_MEMORY = "1GB"
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


def roll_up(activity: Path, factor: Path, enterprise: Path, threads: int = 0) -> Sums:
    """The sums of an inventory from three Parquet files with the columns of `COLUMNS`.

    Args:
        threads: how many; as many as there are where 0. The sums do not depend on it.

    Raises:
        UnusableInventory: INVENTORY-101, a file or column is not there; INVENTORY-102, a line has no factor or no amount;
            INVENTORY-103, two factors hold at one time; INVENTORY-106, a mass is no number or too large; INVENTORY-107, an
            enterprise is not in its table, or twice. The first are named, and nothing is added up.
    """
    import duckdb

    with duckdb.connect() as db:
        if threads:
            db.execute(f"SET threads = {int(threads)}")
        db.execute(f"SET memory_limit = '{_MEMORY}'; SET preserve_insertion_order = false")
        files = {"activity": activity, "factor": factor, "enterprise": enterprise}
        for name, path in files.items():
            _view(db, name, path)
        return _sums(db)


def _view(db: "duckdb.DuckDBPyConnection", name: str, path: Path) -> None:
    import duckdb

    columns = ", ".join(COLUMNS[name])
    try:
        source = db.read_parquet(str(path))
        source.create_view("file_" + name)
        db.execute(f"CREATE TEMP VIEW {name} AS SELECT {columns} FROM file_{name}")
    except (duckdb.Error, OSError) as error:
        raise no_table(name, path, COLUMNS[name], str(error).splitlines()[0]) from error


def _sums(db: "duckdb.DuckDBPyConnection") -> Sums:
    if rows := db.execute(CONTESTED).fetchall():
        raise contested(rows)
    _one_row_each(db)
    widths = _widths(db)
    db.execute(
        "CREATE TEMP TABLE month AS SELECT CAST(range AS INTEGER) AS month "
        "FROM range((SELECT MIN(first) FROM factor), (SELECT MAX(last) + 1 FROM factor))"
    )
    _weigh(db, widths)
    if strange := db.execute(UNKNOWN).fetchall():
        raise unknown_enterprises([key for (key,) in strange])
    ordered = "SELECT enterprise, month, CAST(mass AS BIGINT) AS mass FROM cell ORDER BY enterprise, month"
    views = {view: {key: int(mass) for key, mass in db.execute(by(view)).fetchall()} for view in VIEWS}
    return Sums(db.sql(ordered).to_arrow_table(), views)


def _one_row_each(db: "duckdb.DuckDBPyConnection") -> None:
    """Let pass a table with each enterprise once and a key in every column."""
    if rows := db.execute(REPEATED).fetchall():
        raise repeated_enterprises([key for (key,) in rows])
    for column in COLUMNS["enterprise"]:
        if db.execute(f"SELECT 1 FROM enterprise WHERE {column} IS NULL LIMIT 1").fetchall():
            raise keyless(column)


def _weigh(db: "duckdb.DuckDBPyConnection", widths: Widths) -> None:
    """Make the table of cells, of lines that all have a mass."""
    import duckdb

    checks = "SELECT SUM(lines), SUM(weighed), MAX(largest), SUM(ABS(mass)) FROM cell"
    lines, weighed, largest, all_of_it = 0, 0, float("nan"), 0
    with suppress(duckdb.ConversionException, duckdb.OutOfRangeException):
        db.execute(f"CREATE TEMP TABLE cell AS {widths.cells()}")
        [(lines, weighed, largest, all_of_it)] = db.execute(checks).fetchall()
    if largest is not None and not largest < LARGEST:
        rows = db.execute(widths.unfit()).fetchall()
        raise unfit([row[:-1] for row in rows], rows[0][-1])
    if lines != weighed:
        raise unweighed(db.execute(widths.unweighed()).fetchall(), lines - weighed)
    if all_of_it is not None and all_of_it >= MOST:
        raise too_much(all_of_it)


def _widths(db: "duckdb.DuckDBPyConnection") -> Widths:
    """How wide keys are; activity beyond what factors know has a slot of its own, and no factor in it."""
    found = [
        db.execute(BOUNDS.format(table=table, first=first, last=last)).fetchall()[0]
        for table, first, last in (("activity", "month", "month"), ("factor", "first", "last"))
    ]
    least = [each for row in found for each in row[::2] if each is not None]
    items, regions, months = (max((row[n] or 0) for row in found) + 1 for n in (1, 3, 5))
    if least and min(least) < 0:
        raise below_zero(min(least))
    return Widths(items, months, wide=items * regions * months >= _INTEGER)
