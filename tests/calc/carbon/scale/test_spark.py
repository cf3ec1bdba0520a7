"""The inventory of a nation on a real Spark of this machine: the sums and the refusals of DuckDB."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from touchstone.calc.carbon.scale.cube import Cube
from touchstone.calc.carbon.scale.engine import DuckDB
from touchstone.calc.carbon.scale.rollup import VIEWS, roll_up, roll_up_on
from touchstone.calc.carbon.scale.spark import Spark
from touchstone.calc.carbon.scale.unweighed import UnusableInventory

from .made import Nation, changed, nation

sql = pytest.importorskip("pyspark.sql", reason="needs the extra `spark`")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java", allow_module_level=True)


@pytest.fixture(scope="module")
def spark() -> Iterator[Spark]:
    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "3", "spark.driver.host": "127.0.0.1",
                "spark.sql.ansi.enabled": "false"}  # fmt: skip
    builder = sql.SparkSession.builder.master("local[2]").appName("inventory")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    with Spark(session) as engine:
        yield engine
    session.stop()


def test_partitions_on_spark_add_up_to_the_sums_of_one_file_on_duckdb_bit_by_bit(
    spark: Spark, tmp_path: Path
) -> None:
    made = nation(11, enterprises=40, lines=5000)
    files = made.written(tmp_path)
    parts = tmp_path / "parts"
    parts.mkdir()
    for n in range(4):
        pq.write_table(made.activity.slice(n * 1250, 1250), parts / f"{n}.parquet")
    wanted = roll_up(*files)
    for found in (
        roll_up_on(spark, *files),
        roll_up_on(spark, parts, *files[1:]),
        roll_up(parts, *files[1:]),
    ):
        assert all(found.by[view] == wanted.by[view] for view in VIEWS)
        assert found.cells.to_pydict() == wanted.cells.to_pydict()


def test_an_engine_that_adds_up_again_looks_at_the_files_again(spark: Spark, tmp_path: Path) -> None:
    made = nation(13)
    twice = changed(made, "amount", made.activity.column("amount").to_numpy() * 2)
    with DuckDB() as duckdb:
        for of in (made, twice):
            files = of.written(tmp_path)
            wanted = Cube(of.activity, of.factor, of.enterprise).total
            assert roll_up_on(spark, *files).total == roll_up_on(duckdb, *files).total == wanted


def test_amounts_as_decimals_have_the_same_grams_on_both(spark: Spark, tmp_path: Path) -> None:
    made = nation(12)
    exact = changed(
        made, "amount", made.activity.column("amount").cast(pa.decimal128(18, 3)).combine_chunks()
    )
    files = exact.written(tmp_path)
    assert roll_up_on(spark, *files).by == roll_up(*files).by


def spoilt() -> dict[str, Nation]:
    made, many = nation(2), nation(4, lines=4000)
    amount = made.activity.column("amount").to_numpy()

    def at_17(value: float) -> Nation:
        return changed(made, "amount", np.where(np.arange(400) == 17, value, amount))

    ones = changed(many, "value", np.ones(many.factor.num_rows))
    holed = made.activity.column("amount").to_pylist()
    holed[5] = None
    return {
        "no amount": changed(made, "amount", holed),
        "month 99": changed(made, "month", np.where(np.arange(400) == 17, 99, made.activity.column("month").to_numpy())),
        "no number": at_17(float("nan")), "endless": at_17(float("inf")),
        "together too large": changed(ones, "amount", np.full(4000, 8e9)),
        "one factor twice": Nation(made.activity, pa.concat_tables([made.factor, made.factor.slice(3, 1)]), made.enterprise),
        "an enterprise gone": Nation(made.activity, made.factor, made.enterprise.slice(1)),
        "an enterprise twice": Nation(made.activity, made.factor, pa.concat_tables([made.enterprise, made.enterprise.slice(3, 1)])),
        "words": changed(made, "amount", ["12.5"] * 400),
        "no column": Nation(made.activity.drop_columns(["region"]), made.factor, made.enterprise),
    }  # fmt: skip


@pytest.mark.parametrize("fault", spoilt())
def test_what_duckdb_refuses_spark_refuses_by_the_same_code_and_names_the_same(
    fault: str, spark: Spark, tmp_path: Path
) -> None:
    files = spoilt()[fault].written(tmp_path)
    with pytest.raises(UnusableInventory) as wanted:
        roll_up(*files)
    with pytest.raises(UnusableInventory) as found:
        roll_up_on(spark, *files)
    assert found.value.code == wanted.value.code
    own_words = ("INVENTORY-101", "INVENTORY-106")  # a missing column, and long numbers
    if wanted.value.code not in own_words:
        assert found.value.found == wanted.value.found
