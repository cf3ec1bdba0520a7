"""The statements of a national inventory on Apache Spark, over the partitions of a cluster; needs the extra `spark` and Java."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from touchstone.calc.carbon.scale.unweighed import no_table

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession  # pyright: ignore[reportMissingImports]


class Spark:
    """A session of Spark; names and settings of the one that is given are not touched.

    Args:
        session: of a cluster, or `SparkSession.builder.master("local[2]").getOrCreate()`.
    """

    def __init__(self, session: "SparkSession") -> None:
        from pyspark.errors import ArithmeticException  # pyright: ignore[reportMissingImports]

        self.overflows = (ArithmeticException,)
        self._session = session.newSession()
        self._session.conf.set("spark.sql.ansi.enabled", "true")  # else a sum too large begins again below
        self._kept: dict[str, DataFrame] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for frame in self._kept.values():
            frame.unpersist()

    def read(self, name: str, path: Path | str, columns: Sequence[str]) -> None:
        from pyspark.errors import PySparkException  # pyright: ignore[reportMissingImports]

        try:
            self._session.read.parquet(str(path)).select(*columns).createOrReplaceTempView(name)
        except PySparkException as error:
            raise no_table(name, path, columns, str(error).splitlines()[0]) from error

    def keep(self, name: str, statement: str) -> None:
        if name in self._kept:  # else the same words over files that changed would give the answer of before
            self._kept.pop(name).unpersist()
        self._kept[name] = self._session.sql(statement).persist()
        self._kept[name].createOrReplaceTempView(name)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._session.sql(statement).collect()]

    def table(self, statement: str) -> "pa.Table":
        return self._session.sql(statement).toArrow()
