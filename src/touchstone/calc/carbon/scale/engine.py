"""What runs the statements of a national inventory: DuckDB in this process, or another that keeps to the port."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self

from touchstone.calc.carbon.scale.unweighed import no_table

if TYPE_CHECKING:
    import pyarrow as pa

_MEMORY = "1GB"
_STATES = 2**22
"""Sums that DuckDB may lay out in a table of all there can be, on all threads together: about 200 MB."""


class Engine(AbstractContextManager["Engine"], Protocol):
    """The port: tables from files, tables from statements, and answers."""

    @property
    def overflows(self) -> tuple[type[Exception], ...]:
        """What it raises at a number that does not fit."""
        ...

    def read(self, name: str, path: Path | str, columns: Sequence[str]) -> None:
        """Let statements read a Parquet file, or a folder of them, by a name.

        Raises:
            UnusableInventory: INVENTORY-101, it is not there or lacks a column.
        """
        ...

    def keep(self, name: str, statement: str) -> None:
        """Let later statements read the answer of this one by a name; it is worked out once, and anew where the name is given again."""
        ...

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """The answer, row by row."""
        ...

    def table(self, statement: str) -> "pa.Table":
        """The answer as a table."""
        ...


class DuckDB:
    """DuckDB in this process.

    Args:
        threads: how many; as many as there are where 0.
    """

    def __init__(self, threads: int = 0) -> None:
        import duckdb

        self.overflows = (duckdb.ConversionException, duckdb.OutOfRangeException)
        self._db = duckdb.connect()
        if threads:
            self._db.execute(f"SET threads = {int(threads)}")
        self._db.execute(f"SET memory_limit = '{_MEMORY}'; SET preserve_insertion_order = false")
        [(threads,)] = self.rows("SELECT current_setting('threads')")
        # sums by small whole numbers lie in a table without hashes, one on each thread
        self._db.execute(f"SET perfect_ht_threshold = {max(12, (_STATES // threads).bit_length() - 1)}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def read(self, name: str, path: Path | str, columns: Sequence[str]) -> None:
        import duckdb

        try:
            found = self._db.read_parquet(f"{path}/*.parquet" if Path(path).is_dir() else str(path))
            found.select(*columns).create_view(name)
        except (duckdb.Error, OSError) as error:
            raise no_table(name, path, columns, str(error).splitlines()[0]) from error

    def keep(self, name: str, statement: str) -> None:
        self._db.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {statement}")

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        return self._db.execute(statement).fetchall()

    def table(self, statement: str) -> "pa.Table":
        return self._db.sql(statement).to_arrow_table()
