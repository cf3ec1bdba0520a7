"""Small inventories of whole countries, made up."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq


@dataclass(frozen=True)
class Nation:
    """Three tables, as `roll_up` and `Cube` take them."""

    activity: pa.Table
    factor: pa.Table
    enterprise: pa.Table

    def written(self, folder: Path) -> tuple[Path, Path, Path]:
        paths = tuple(folder / f"{name}.parquet" for name in ("activity", "factor", "enterprise"))
        for path, table in zip(paths, (self.activity, self.factor, self.enterprise), strict=True):
            pq.write_table(table, path)
        return paths  # type: ignore[return-value]


def nation(seed: int, enterprises: int = 12, months: int = 8, items: int = 5, lines: int = 400) -> Nation:
    """Enterprises with lines here and there, several a month and item; factors change half-way."""
    dice = np.random.default_rng(seed)
    half = months // 2
    rows = [
        (item, region, first, last, round(float(dice.lognormal()), 6), float(dice.choice([0.02, 0.1])))
        for item in range(items) for region in range(3) for first, last in ((0, half - 1), (half, months - 1))
    ]  # fmt: skip
    item, region, first, last, value, sigma = (np.array(column) for column in zip(*rows, strict=True))
    factor = pa.table({
        "factor": np.arange(100, 100 + len(rows)), "item": item, "region": region, "first": first, "last": last,
        "value": value, "sigma": sigma,
    })  # fmt: skip
    where = dice.integers(0, 3, enterprises)
    names = dice.permutation(enterprises) + 7
    who = dice.integers(0, enterprises, lines)
    activity = pa.table({
        "enterprise": names[who], "month": dice.integers(0, months, lines), "item": dice.integers(0, items, lines),
        "region": where[who], "amount": np.round(dice.lognormal(3, 2, lines) * dice.choice([1, 1, 1, -1, 0], lines), 3),
        "sigma": dice.choice([0.02, 0.05], lines),
    })  # fmt: skip
    enterprise = pa.table({
        "enterprise": names, "sector": dice.integers(0, 4, enterprises), "province": where,
        "group_": dice.integers(0, 2, enterprises),
    })  # fmt: skip
    return Nation(activity, factor, enterprise)


def changed(of: Nation, column: str, values: object) -> Nation:
    """The same with other values in the one table that has the column."""
    tables = vars(of).copy()
    [name] = [name for name, table in tables.items() if column in table.column_names]
    place = tables[name].column_names.index(column)
    return Nation(**tables | {name: tables[name].set_column(place, column, pa.array(values))})
