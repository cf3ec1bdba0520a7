"""A country in three tables with names in them: its sums and ranges carry the names, and so does what is refused."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from touchstone.calc.carbon.scale.national import BY, National, national
from touchstone.calc.carbon.scale.unweighed import UnusableInventory
from touchstone.errors import UnreadableFile
from touchstone.serve.command import app

ACTIVITY = """enterprise,month,item,region,amount,sigma
东铝,2024-01,电力,CN-37,1000,0.02
东铝,2024-02,电力,CN-37,1100,0.02
西铜,2024-01,电力,CN-53,200.5,0.02
西铜,2024-01,原煤,全国,30,0.05
西铜,2024-02,原煤,全国,0,0.05
"""
FACTOR = """item,region,first,last,value,sigma
电力,CN-37,2024-01,2024-01,0.64,0.05
电力,CN-37,2024-02,,0.6,0.05
电力,CN-53,,2024-12,0.1073,0.05
原煤,全国,,,1.9,0.1
"""
ENTERPRISE = "enterprise,sector,province,group\n东铝,铝,山东,甲\n西铜,铜,云南,甲\n"


def folder(at: Path, activity: str = ACTIVITY, factor: str = FACTOR, enterprise: str = ENTERPRISE) -> Path:
    for name, text in (("activity", activity), ("factor", factor), ("enterprise", enterprise)):
        (at / f"{name}.csv").write_text(text, "utf-8")
    return at


def test_the_sums_of_a_country_by_the_names_in_its_tables(tmp_path: Path) -> None:
    found = national(folder(tmp_path))
    east, west = Decimal("0.64") * 1000 + Decimal("0.6") * 1100, Decimal("0.1073") * Decimal("200.5") + 57
    tonnes = {
        by: {name: Decimal(each.grams) / 10**6 for name, each in rows.items()}
        for by, rows in found.by.items()
    }
    assert tonnes["sector"] == {"铝": east, "铜": Decimal("78.513650")} and west == Decimal("78.51365")
    assert tonnes["province"] == {"云南": west, "山东": east} and tonnes["group"] == {"甲": east + west}
    assert tonnes["month"] == {"2024-01": 640 + west, "2024-02": 660} and found.lines == 5
    assert list(found.by) == list(BY)


def test_a_range_shares_the_error_of_a_factor_and_of_a_meter(tmp_path: Path) -> None:
    """Two works on one factor of 5 % are together as unsure as one; a meter of 2 % is off by one amount in both months."""
    rows = "a,2024-01,power,all,1000,0.02\na,2024-02,power,all,1000,0.02\nb,2024-01,power,all,2000,0\n"
    where = folder(
        tmp_path,
        "enterprise,month,item,region,amount,sigma\n" + rows,
        "item,region,first,last,value,sigma\npower,all,,,1,0.05\n",
        "enterprise,sector,province,group\na,s,p,g\nb,s,p,g\n",
    )
    found = national(where)
    meter, factor = (2000 * 0.02) ** 2 * (1 + 0.05**2), (4000 * 0.05) ** 2
    assert found.total.deviation == pytest.approx((meter + factor) ** 0.5, rel=1e-12)
    assert found.by["month"]["2024-02"].deviation == pytest.approx(
        ((1000 * 0.02) ** 2 * (1 + 0.05**2) + (1000 * 0.05) ** 2) ** 0.5, rel=1e-12
    )
    plain = ACTIVITY.replace(",sigma", "").replace(",0.02", "").replace(",0.05", "")
    assert national(folder(tmp_path, plain)).total.deviation is None


@pytest.mark.parametrize(
    ("table", "text", "code", "named"),
    [
        ("activity", ACTIVITY.replace("2024-02,电力", "2024-13,电力"), "INVENTORY-108", "2024-13"),
        ("activity", ACTIVITY.replace("1100", "1 100"), "INVENTORY-108", "1 100"),
        ("activity", ACTIVITY.replace("200.5", ""), "INVENTORY-102", "西铜"),
        ("activity", ACTIVITY.replace("原煤", "褐煤"), "INVENTORY-102", "褐煤"),
        ("activity", ACTIVITY.replace("东铝", "东吕"), "INVENTORY-107", "东吕"),
        ("activity", ACTIVITY.replace("amount", "quantity"), "INVENTORY-101", "activity.csv"),
        ("activity", ACTIVITY.replace("200.5", "1e300"), "INVENTORY-106", "西铜"),
        ("factor", FACTOR.replace("2024-02,,0.6", "2024-01,,0.6"), "INVENTORY-103", "电力"),
        ("factor", FACTOR.replace("2024-02,,0.6", "2024-03,,0.6"), "INVENTORY-102", "2024-02"),
        ("enterprise", ENTERPRISE + "东铝,铝,山东,乙\n", "INVENTORY-107", "东铝"),
        ("enterprise", ENTERPRISE.replace("云南", ""), "INVENTORY-107", "province"),
    ],
)  # fmt: skip
def test_what_cannot_be_added_up_is_named_as_the_files_name_it(
    tmp_path: Path, table: str, text: str, code: str, named: str
) -> None:
    where = folder(tmp_path, **{table: text})
    with pytest.raises(UnusableInventory, match=code) as caught:
        national(where)
    assert named in str(caught.value) and named in caught.value.text("zh")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    (folder(tmp_path) / "factor.csv").unlink()
    with pytest.raises(UnusableInventory, match="INVENTORY-101") as caught:
        national(tmp_path)
    assert "factor.parquet" in str(caught.value)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> National:
    return national(folder(tmp_path_factory.mktemp("csv")))


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_names_and_their_order_change_no_sum(
    seed: int, first: National, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Rows shuffled and everything renamed, as Parquet: the same grams under the new names."""
    dice, where = np.random.default_rng(seed), tmp_path_factory.mktemp("parquet")
    new = {"东铝": "乙", "西铜": "A", "铝": "z", "铜": "b", "电力": "1", "原煤": "0"}
    for name, text in (("activity", ACTIVITY), ("factor", FACTOR), ("enterprise", ENTERPRISE)):
        table = csv.read_csv(
            pa.py_buffer(text.encode()),
            convert_options=csv.ConvertOptions(
                column_types={"first": pa.string(), "last": pa.string(), "month": pa.string()}
            ),
        )
        columns = {
            column: [new.get(each, each) for each in table.column(column).to_pylist()]
            for column in table.column_names
        }
        pq.write_table(pa.table(columns).take(dice.permutation(table.num_rows)), where / f"{name}.parquet")
    second = national(where)
    assert second.total.grams == first.total.grams
    assert {new[name]: each.grams for name, each in first.by["enterprise"].items()} == {
        name: each.grams for name, each in second.by["enterprise"].items()
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_prints_the_sums_with_their_ranges(tmp_path: Path, lang: str) -> None:
    called = CliRunner().invoke(
        app, ["inventory", "national", str(folder(tmp_path)), "province", "--lang", lang]
    )
    assert called.exit_code == 0, called.output
    assert "山东" in called.output and "1,300.00 ±" in called.output
    refused = CliRunner().invoke(app, ["inventory", "national", str(tmp_path), "county", "--lang", lang])
    assert isinstance(refused.exception, UnreadableFile) and refused.exception.code == "COMMAND-033"
