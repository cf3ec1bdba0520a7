"""Tables with names in them as tables of whole numbers, and what each number is called."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from touchstone.calc.carbon.scale.unweighed import no_named_table, unreadable

if TYPE_CHECKING:
    import duckdb

TABLES = {
    "activity": ("enterprise", "month", "item", "region", "amount"),
    "factor": ("item", "region", "first", "last", "value"),
    "enterprise": ("enterprise", "sector", "province", "group"),
}
"""The files, and the columns each must have."""
SIGMA = "sigma"
_NUMBERS = {"activity": "amount", "factor": "value"}
_FORMATS = {".parquet": "read_parquet", ".csv": "read_csv"}
_OPTIONS = {".parquet": "", ".csv": ", header = true, all_varchar = true"}
_KINDS = {
    "enterprise": ("enterprise", "activity"), "item": ("factor", "activity"), "region": ("factor", "activity"),
    "sector": ("enterprise",), "province": ("enterprise",), "group": ("enterprise",),
}  # fmt: skip
"""Columns of names, and the tables that share them."""
_MONTH = "[0-9]{4}-(0[1-9]|1[0-2])"
_MONTHS = "(CAST(LEFT({0}, 4) AS INTEGER) * 12 + CAST(RIGHT({0}, 2) AS INTEGER) - 1)"
"""A month as the number of months since the year 0."""


class Names:
    """What numbers are called. Args: named: names of each kind by their number; since: the month that is 0."""

    def __init__(self, named: dict[str, list[str]], since: int) -> None:
        self._named, self._since = named, since

    def of(self, kind: str, key: object) -> object:
        """The name of a number; the number where it has none (amounts, values), a row of the file for a factor."""
        if not isinstance(key, int):
            return key
        if kind in ("month", "first", "last"):
            year, month = divmod(key + self._since, 12)
            return f"{year:04}-{month + 1:02}"
        if kind == "factor":
            return f"row {key + 1}"
        return self._named[kind][key] if kind in self._named else key


class Numbered:
    """Three tables of a folder, read from Parquet or csv.

    Attributes:
        names: of their numbers; ranged: whether activity and factors have errors.

    Raises:
        UnusableInventory: INVENTORY-101, a file or column is not there; INVENTORY-108, a month or number cannot be read.
    """

    def __init__(self, db: "duckdb.DuckDBPyConnection", folder: Path) -> None:
        self._db = db
        columns = {name: self._view(name, folder) for name in TABLES}
        self.ranged = all(SIGMA in columns[name] for name in _NUMBERS)
        for table, number in _NUMBERS.items():
            months = ("month",) if table == "activity" else ("first", "last")
            self._readable(table, months, (number, SIGMA) if SIGMA in columns[table] else (number,))
        since = self._number()
        named = {
            kind: [name for (name,) in db.execute(f"SELECT name FROM name_{kind} ORDER BY key").fetchall()]
            for kind in _KINDS
        }
        self.names = Names(named, since)

    def written(self, folder: Path) -> tuple[Path, Path, Path]:
        """The tables as files for `rollup.roll_up`: activity, factor, enterprise."""
        paths = tuple(folder / f"{name}.parquet" for name in TABLES)
        for name, path in zip(TABLES, paths, strict=True):
            self._db.table(f"numbered_{name}").write_parquet(str(path))
        return paths[0], paths[1], paths[2]

    def _view(self, name: str, folder: Path) -> frozenset[str]:
        """A file as a view of text columns; its columns."""
        import duckdb

        path = next(
            (each for kind in _FORMATS if (each := folder / f"{name}{kind}").is_file()),
            folder / f"{name}.parquet",
        )
        quoted = str(path).replace("'", "''")
        try:
            self._db.execute(
                f"CREATE VIEW file_{name} AS SELECT * FROM {_FORMATS[path.suffix]}('{quoted}'{_OPTIONS[path.suffix]})"
            )
            found = frozenset(self._db.table(f"file_{name}").columns)
            wanted = [*TABLES[name], *({SIGMA} & found if name in _NUMBERS else ())]
            kept = ", ".join(
                f'NULLIF(TRIM(CAST("{column}" AS VARCHAR)), \'\') AS "{column}"' for column in wanted
            )
            self._db.execute(f"CREATE VIEW given_{name} AS SELECT {kept} FROM file_{name}")
        except (duckdb.Error, OSError) as error:
            raise no_named_table(name, path, TABLES[name], str(error).splitlines()[0]) from error
        return found

    def _readable(self, table: str, months: Sequence[str], numbers: Sequence[str]) -> None:
        """Let pass a table whose months and numbers are ones, or empty."""
        for column in months:
            self._none(
                table,
                column,
                f'"{column}" IS NOT NULL AND NOT regexp_full_match("{column}", \'{_MONTH}\')',
                "2024-03",
            )
        if "month" in months:
            self._none(table, "month", "month IS NULL", "2024-03")
        for column in numbers:
            self._none(
                table, column, f'"{column}" IS NOT NULL AND TRY_CAST("{column}" AS DOUBLE) IS NULL', "1234.5"
            )

    def _none(self, table: str, column: str, wrong: str, like: str) -> None:
        rows = f'SELECT "{column}", row_number() OVER () AS row FROM given_{table}'
        found = self._db.execute(
            f'SELECT "{column}", row FROM ({rows}) WHERE {wrong} ORDER BY row LIMIT 5'
        ).fetchall()
        if found:
            raise unreadable(table, column, found, like)

    def _number(self) -> int:
        """Make the tables of numbers; the month that is 0."""
        for kind, tables in _KINDS.items():
            every = " UNION ".join(f'SELECT DISTINCT "{kind}" AS name FROM given_{table}' for table in tables)
            self._db.execute(
                f"CREATE TABLE name_{kind} AS SELECT name, CAST(row_number() OVER (ORDER BY name) - 1 AS INTEGER) AS key "
                f"FROM ({every}) WHERE name IS NOT NULL"
            )
        first, last = (_MONTHS.format(each) for each in ('"first"', '"last"'))
        least, most = self._db.execute(
            f"SELECT MIN(m), MAX(m) FROM (SELECT {_MONTHS.format('month')} AS m FROM given_activity UNION ALL "
            f"SELECT {first} FROM given_factor UNION ALL SELECT {last} FROM given_factor)"
        ).fetchall()[0]
        since = least or 0
        self._db.execute(f"""
            CREATE TABLE numbered_activity AS SELECT e.key AS enterprise, {_MONTHS.format("a.month")} - {since} AS month, i.key AS item,
                r.key AS region, CAST(a.amount AS DOUBLE) AS amount{", CAST(a.sigma AS DOUBLE) AS sigma" if self.ranged else ""}
            FROM given_activity a LEFT JOIN name_enterprise e ON a.enterprise = e.name LEFT JOIN name_item i ON a.item = i.name
                LEFT JOIN name_region r ON a.region = r.name;
            CREATE TABLE numbered_factor AS SELECT CAST(f.row - 1 AS INTEGER) AS factor, i.key AS item, r.key AS region,
                COALESCE({first} - {since}, 0) AS first, COALESCE({last} - {since}, {(most or 0) - since}) AS last,
                CAST(f.value AS DOUBLE) AS value{", CAST(f.sigma AS DOUBLE) AS sigma" if self.ranged else ""}
            FROM (SELECT *, row_number() OVER () AS row FROM given_factor) f LEFT JOIN name_item i ON f.item = i.name
                LEFT JOIN name_region r ON f.region = r.name;
            CREATE TABLE numbered_enterprise AS SELECT e.key AS enterprise, s.key AS sector, p.key AS province, g.key AS group_
            FROM given_enterprise t LEFT JOIN name_enterprise e ON t.enterprise = e.name LEFT JOIN name_sector s ON t.sector = s.name
                LEFT JOIN name_province p ON t.province = p.name LEFT JOIN name_group g ON t."group" = g.name
        """)
        return int(since)
