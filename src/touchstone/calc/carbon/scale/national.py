"""A national inventory by the names that people use: its tables are numbered for the engine, and sums, ranges and refusals named again.

Three files of one folder, Parquet or csv in UTF-8: `activity` (enterprise, month 2024-03, item, region, amount), `factor` (item,
region, first and last month, value in t CO2e for a unit of the amount; an empty month is open), `enterprise` (enterprise,
sector, province, group). With a column `sigma` (relative standard deviation) in the first two, sums have ranges.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from touchstone.calc.carbon.scale.numbered import Names, Numbered
from touchstone.calc.carbon.scale.rollup import roll_up
from touchstone.calc.carbon.scale.spread import Spread
from touchstone.calc.carbon.scale.unweighed import GRAMS

if TYPE_CHECKING:
    import duckdb

BY = {"sector": "sector", "province": "province", "group": "group_", "enterprise": "enterprise", "month": "month"}  # fmt: skip
"""What sums can be asked for by, and the view of the engine."""
_STEPS = ("names", "numbers", "sums", "ranges")


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum in whole grams, and its standard deviation in tonnes, None where no errors are stated."""

    grams: int
    deviation: float | None

    @property
    def tonnes(self) -> float:
        """Tonnes of CO2 equivalent."""
        return self.grams / GRAMS


@dataclass(frozen=True, slots=True)
class National:
    """A nation. Attributes: by: of each of `BY`, the sums by name, in the order of the names; lines: how many were added."""

    total: Sum
    by: Mapping[str, Mapping[str, Sum]]
    lines: int


def national(folder: Path, threads: int = 0, tell: Callable[[int, int, str], None] | None = None) -> National:
    """The sums of the three tables in a folder: exact, and the same on any number of threads.

    The error of a factor is one for all who use it, that of an enterprise's item one for all months that one factor holds in.

    Args:
        tell: is told how far it is.

    Raises:
        UnusableInventory: INVENTORY-101 to -107 as `roll_up`, in the names of the files; INVENTORY-108, a month or a number
            of a file cannot be read.
    """
    import duckdb

    told = iter(enumerate(_STEPS))

    def step() -> None:
        done, name = next(told)
        if tell:
            tell(done, len(_STEPS), name)

    with duckdb.connect() as db, TemporaryDirectory() as work:
        db.execute(f"SET memory_limit = '1GB'; SET temp_directory = '{work}'")
        step()
        tables = Numbered(db, folder)
        step()
        files = tables.written(Path(work))
        step()
        sums = roll_up(*files, threads=threads, names=tables.names)
        step()
        errors = _errors(db) if tables.ranged else {}
        [(lines,)] = db.execute("SELECT COUNT(*) FROM numbered_activity").fetchall()
    by = {name: _named(tables.names, name, sums.by[view], errors.get(view, {})) for name, view in BY.items()}
    return National(Sum(sums.total, errors.get("nation", {}).get(0)), by, int(lines))


def _named(names: Names, kind: str, grams: Mapping[int, int], errors: Mapping[int, float]) -> dict[str, Sum]:
    rows = ((str(names.of(kind, key)), Sum(size, errors.get(key))) for key, size in grams.items())
    return dict(sorted(rows))


def _errors(db: "duckdb.DuckDBPyConnection") -> dict[str, dict[int, float]]:
    """Standard deviations by view and key, in tonnes."""
    factors = db.sql("SELECT value, sigma FROM numbered_factor ORDER BY factor").fetchnumpy()
    values, sigmas = factors["value"].astype(float), factors["sigma"].astype(float)
    found: dict[str, dict[int, float]] = {}
    for key, views, table in (
        ("enterprise", ("sector", "province", "group_", "enterprise", "nation"), "numbered_enterprise"),
        ("month", ("month",), "(SELECT DISTINCT month AS enterprise, month FROM numbered_activity)"),
    ):
        lines = db.sql(_LINES.format(key=key)).to_arrow_table()
        spread = Spread(
            lines, values, sigmas, db.sql(f"SELECT * FROM {table} ORDER BY enterprise").to_arrow_table()
        )
        for view in views:
            each = spread.moments(view)
            found[view] = dict(zip(each.keys.tolist(), each.deviation.tolist(), strict=True))
    return found


_LINES = """
SELECT a.{key} AS enterprise, f.factor, SUM(a.amount) AS amount, COALESCE(SUM(ABS(a.amount) * a.sigma) / NULLIF(ABS(SUM(a.amount)), 0), 0) AS sigma
FROM numbered_activity a
JOIN numbered_factor f ON a.item = f.item AND a.region = f.region AND a.month BETWEEN f.first AND f.last
GROUP BY a.{key}, a.enterprise, f.factor
"""
"""Lines of one enterprise and factor as one, whose error is that of one meter."""
