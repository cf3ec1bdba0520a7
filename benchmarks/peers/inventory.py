"""Rivals of benchmarks/inventory.py, each in a process of its own: what a good analyst writes in DuckDB, Polars or pandas.

    python inventory.py duckdb|polars|pandas FOLDER

All read the same three Parquet files and give tonnes, as floating numbers, by enterprise, month, sector, province and group. Prints the
best processor seconds and the best time of three runs, the largest memory in megabytes, and the total.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

VIEWS = ("sector", "province", "group_")
MONTHS = 60


def by_duckdb(folder: Path) -> float:
    import duckdb

    db = duckdb.connect()
    db.execute("SET threads = 2")
    activity, factor, enterprise = (
        f"'{folder / name}.parquet'" for name in ("activity", "factor", "enterprise")
    )
    db.execute(
        f"CREATE TABLE monthly AS SELECT f.item, f.region, m.month, f.value FROM {factor} f "
        f"JOIN range({MONTHS}) m(month) ON m.month BETWEEN f.first AND f.last"
    )
    db.execute(
        f"CREATE TABLE cell AS SELECT a.enterprise, a.month, SUM(a.amount * f.value) AS mass FROM {activity} a "
        "JOIN monthly f ON a.item = f.item AND a.region = f.region AND a.month = f.month GROUP BY ALL"
    )
    for key in ("enterprise", "month"):
        db.execute(f"SELECT {key}, SUM(mass) FROM cell GROUP BY ALL").fetchall()
    for key in VIEWS:
        db.execute(
            f"SELECT {key}, SUM(mass) FROM cell JOIN {enterprise} USING (enterprise) GROUP BY ALL"
        ).fetchall()
    return db.execute("SELECT SUM(mass) FROM cell").fetchall()[0][0]


def by_polars(folder: Path) -> float:
    import polars as pl

    activity, factor, enterprise = (
        pl.scan_parquet(folder / f"{name}.parquet") for name in ("activity", "factor", "enterprise")
    )
    months = pl.LazyFrame({"month": pl.Series(range(MONTHS), dtype=pl.Int16)})
    monthly = (
        factor.join(months, how="cross")
        .filter(pl.col("month").is_between(pl.col("first"), pl.col("last")))
        .select("item", "region", "month", "value")
    )
    cell = (
        activity.join(monthly, on=["item", "region", "month"])
        .with_columns(mass=pl.col("amount") * pl.col("value"))
        .group_by("enterprise", "month")
        .agg(pl.col("mass").sum())
        .collect()
    )
    for key in ("enterprise", "month"):
        cell.group_by(key).agg(pl.col("mass").sum())
    joined = cell.lazy().join(enterprise, on="enterprise").collect()
    for key in VIEWS:
        joined.group_by(key).agg(pl.col("mass").sum())
    return float(cell["mass"].sum())


def by_pandas(folder: Path) -> float:
    import pandas as pd

    activity, factor, enterprise = (
        pd.read_parquet(folder / f"{name}.parquet") for name in ("activity", "factor", "enterprise")
    )
    lines = activity.merge(factor, on=["item", "region"])
    lines = lines[(lines["month"] >= lines["first"]) & (lines["month"] <= lines["last"])]
    lines = lines.assign(mass=lines["amount"] * lines["value"])
    cell = lines.groupby(["enterprise", "month"])["mass"].sum().reset_index()
    for key in ("enterprise", "month"):
        cell.groupby(key)["mass"].sum()
    joined = cell.merge(enterprise, on="enterprise")
    for key in VIEWS:
        joined.groupby(key)["mass"].sum()
    return float(cell["mass"].sum())


ENGINES: dict[str, Callable[[Path], float]] = {"duckdb": by_duckdb, "polars": by_polars, "pandas": by_pandas}


def peak() -> float:
    """The most memory this process ever held, in megabytes; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def main() -> None:
    """Run one engine."""
    engine, folder = sys.argv[1], Path(sys.argv[2])
    spent, taken, total = [], [], 0.0
    for _ in range(1 if engine == "pandas" else 3):
        used, start = time.process_time(), time.perf_counter()
        total = ENGINES[engine](folder)
        spent.append(time.process_time() - used)
        taken.append(time.perf_counter() - start)
    memory = peak()
    print(min(spent), min(taken), memory, repr(total))


if __name__ == "__main__":
    main()
