"""A national inventory: 3,000 enterprises, 60 months, 40 kinds of activity, against DuckDB, Polars and pandas on the same files.

    python benchmarks/inventory.py [--quick]

Factors are found by item, region and the months they hold in; the sums are by enterprise, sector, province, group and month. The
rivals add floating numbers, we add whole grams. Then one factor is revised and one enterprise handed in again, against a new run;
and 1,000 draws of every sum, factors shared by all enterprises, against drawing every line in NumPy.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from touchstone.calc.carbon.scale.cube import Cube
from touchstone.calc.carbon.scale.rollup import VIEWS, roll_up
from touchstone.calc.carbon.scale.spread import Spread

ROOT = Path(__file__).resolve().parents[1]
PEER = ROOT / ".uv" / "peers" / "bin" / "python"
FULL, QUICK = (3000, 60, 40), (100, 60, 40)
DRAWS, DRAWN = 1000, 3
"""Draws; and how many of them the plain way is timed for, the rest by proportion."""
ROUNDS = 5
"""How often ours and the rivals take turns: what else the machine does falls on all of them."""
PROVINCES, REVISED = 31, 200
Result = TypeVar("Result")


def nation(folder: Path, enterprises: int, months: int, items: int) -> None:
    """Activity, factors and enterprises of a made-up nation, as three files; the same each time."""
    dice = np.random.default_rng(20261120)
    province, size = dice.integers(0, PROVINCES, enterprises), dice.lognormal(0, 1.6, enterprises)
    who, month, item = (
        each.ravel() for each in np.meshgrid(*map(np.arange, (enterprises, months, items)), indexing="ij")
    )
    provincial = item < items // 4
    season = 1 + 0.15 * np.sin(month / 6 * np.pi)
    amount = np.round(
        size[who] * dice.lognormal(6, 2, items)[item] * season * dice.lognormal(0, 0.2, len(who)), 3
    )
    amount[dice.random(len(who)) < 0.1] = 0
    activity = {
        "enterprise": who.astype(np.int32), "month": month.astype(np.int16), "item": item.astype(np.int16),
        "region": np.where(provincial, province[who], PROVINCES).astype(np.int16), "amount": amount,
        "sigma": np.where(item < items // 2, 0.02, 0.05),
    }  # fmt: skip
    begins = [*range(0, months, 12), months - 6]
    rows = [
        (
            kind,
            region,
            first,
            last - 1,
            round(base * (1 - 0.02 * first / 12), 8),
            dice.choice([0.02, 0.05, 0.1, 0.2]),
        )
        for kind in range(items)
        for region in (range(PROVINCES) if kind < items // 4 else (PROVINCES,))
        for base in [float(dice.lognormal())]
        for first, last in zip(begins, [*begins[1:], months], strict=True)
    ]
    factor = dict(
        zip(
            ("item", "region", "first", "last", "value", "sigma"),
            map(np.array, zip(*rows, strict=True)),
            strict=True,
        )
    )
    factor |= {name: factor[name].astype(np.int16) for name in ("item", "region", "first", "last")}
    factor["factor"] = np.arange(len(rows), dtype=np.int32)
    enterprise = {
        "enterprise": np.arange(enterprises, dtype=np.int32), "province": province.astype(np.int16),
        "sector": dice.integers(0, 12, enterprises).astype(np.int16), "group_": dice.integers(0, 200, enterprises).astype(np.int16),
    }  # fmt: skip
    for name, columns in (("activity", activity), ("factor", factor), ("enterprise", enterprise)):
        pq.write_table(pa.table(columns), folder / f"{name}.parquet", compression="zstd")


def timed(work: Callable[[], Result], times: int = 3) -> tuple[float, float, Result]:
    """The best processor seconds, the best time, and the last answer."""
    spent, taken = [], []
    for _ in range(times):
        used, start = time.process_time(), time.perf_counter()
        answer = work()
        spent.append(time.process_time() - used)
        taken.append(time.perf_counter() - start)
    return min(spent), min(taken), answer  # type: ignore[possibly-undefined]


def peak() -> float:
    """The most memory this process ever held, in megabytes; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def own_process(folder: Path) -> None:
    """Our run from files in a process of its own, as the rivals have; prints what they print."""
    files = (folder / "activity.parquet", folder / "factor.parquet", folder / "enterprise.parquet")
    spent, taken, sums = timed(lambda: roll_up(*files, threads=2))
    print(spent, taken, peak(), sums.total / 1e6)


def plain_draws(
    columns: dict[str, np.ndarray], values: np.ndarray, sigmas: np.ndarray, sector: np.ndarray
) -> None:
    """The plain way, once: every line and factor drawn, every sum added up."""
    dice = np.random.default_rng(1)
    factors = values * (1 + sigmas * dice.standard_normal(len(values)))
    drawn = (
        columns["amount"]
        * (1 + columns["sigma"] * dice.standard_normal(len(columns["amount"])))
        * factors[columns["factor"]]
    )
    enterprise = np.bincount(columns["enterprise"], drawn)
    np.bincount(sector, enterprise)


def main() -> None:
    """Print the comparison in Markdown."""
    if "--own" in sys.argv:
        own_process(Path(sys.argv[-1]))
        return
    enterprises, months, items = QUICK if "--quick" in sys.argv else FULL
    with TemporaryDirectory() as place:
        folder = Path(place)
        nation(folder, enterprises, months, items)
        _from_files(folder, enterprises * months * items, 1 if "--quick" in sys.argv else ROUNDS)
        _held_open(folder)


def _from_files(folder: Path, lines: int, times: int) -> None:
    sides = {"Touchstone": [sys.executable, __file__, "--own", str(folder)]}
    peer = ROOT / "benchmarks" / "peers" / "inventory.py"
    sides["DuckDB"] = [sys.executable, str(peer), "duckdb", str(folder)]
    if PEER.exists():
        sides |= {name: [str(PEER), str(peer), name.lower(), str(folder)] for name in ("Polars", "pandas")}
    rounds: dict[str, list[list[float]]] = {name: [] for name in sides}
    for turn in range(times):
        for name, command in sides.items():
            if name != "pandas" or not turn:
                said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
                rounds[name].append([float(each) for each in said])
    print(
        f"From files, {lines:,} lines, each in a process of its own on two threads, best of three runs, in turn, {times} times "
        "(pandas: one run); best of all, and the ratio of each turn:\n"
    )
    print("| | processor s | s | ratio of processor s to ours | MB | total, t |\n|---|---|---|---|---|---|")
    for name, turns in rounds.items():
        spent, taken = (min(turn[n] for turn in turns) for n in (0, 1))
        memory, total = (max(turn[n] for turn in turns) for n in (2, 3))
        ratios = sorted(turn[0] / ours[0] for turn, ours in zip(turns, rounds["Touchstone"], strict=False))
        said = " ".join(f"{ratio:.2f}" for ratio in ratios)
        print(f"| {name} | {spent:.2f} | {taken:.2f} | {said} | {memory:.0f} | {total:.3f} |")
    print("\nOurs are whole grams, the same on every run; the others' last digits are not.\n")


def _held_open(folder: Path) -> None:
    activity, factor, enterprise = (
        pq.read_table(folder / f"{name}.parquet") for name in ("activity", "factor", "enterprise")
    )
    whole, _, cube = timed(lambda: Cube(activity, factor, enterprise), 1)
    dice = np.random.default_rng(3)
    values = factor.column("value").to_numpy().copy()
    chosen = dice.integers(0, len(values), REVISED)

    def revise() -> None:
        for row in chosen.tolist():
            values[row] *= 1.01
            cube.revise(row, float(values[row]))

    spent, _, _ = timed(revise, 1)
    each = activity.num_rows // enterprise.num_rows
    amounts = activity.column("amount").to_numpy().copy()

    def hand_in() -> None:
        for row in range(min(REVISED, enterprise.num_rows)):
            part = slice(row * each, (row + 1) * each)
            amounts[part] *= 1.02
            cube.resubmit(row, amounts[part])

    again, _, _ = timed(hand_in, 1)
    again /= min(REVISED, enterprise.num_rows)
    anew_activity = activity.set_column(
        activity.schema.get_field_index("amount"), "amount", pa.array(amounts)
    )
    anew_factor = factor.set_column(factor.schema.get_field_index("value"), "value", pa.array(values))
    for name, table in (("activity", anew_activity), ("factor", anew_factor)):
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
    files = (folder / "activity.parquet", folder / "factor.parquet", folder / "enterprise.parquet")
    full, _, sums = timed(lambda: roll_up(*files, threads=2))
    same = all(cube.by(view) == sums.by[view] for view in VIEWS)
    print(
        f"Held open ({whole:.1f} s to open), after {REVISED} revised factors and as many enterprises handed in again:\n"
    )
    print("| | processor ms | times as fast as a full run |\n|---|---|---|")
    print(f"| full run from files | {full * 1000:.0f} | 1 |")
    print(f"| a factor revised | {spent / REVISED * 1000:.3f} | {full / (spent / REVISED):,.0f} |")
    print(f"| an enterprise handed in again | {again * 1000:.3f} | {full / again:,.0f} |")
    print(f"\nEvery sum equal to that of the full run, gram by gram: {'yes' if same else 'NO'}.\n")
    _drawn(cube, activity, factor, enterprise)


def _drawn(cube: Cube, activity: pa.Table, factor: pa.Table, enterprise: pa.Table) -> None:
    values, sigmas = (factor.column(name).to_numpy() for name in ("value", "sigma"))
    rows = cube.factor_rows()
    columns = {name: activity.column(name).to_numpy() for name in ("enterprise", "amount", "sigma")} | {
        "factor": rows
    }
    collapse, _, spread = timed(lambda: Spread(pa.table(columns), values, sigmas, enterprise), 1)
    views = ("enterprise", "sector", "province", "nation")
    drawing, _, drawn = timed(lambda: spread.draws(views, DRAWS, 1), 1)
    closed, _, exact = timed(lambda: [spread.moments(view) for view in views])
    sector = enterprise.column("sector").to_numpy()
    naive, _, _ = timed(lambda: plain_draws(columns, values, sigmas, sector), DRAWN)
    ours = collapse + drawing
    print(f"{DRAWS:,} draws of every sum by enterprise, sector, province and nation:\n")
    print("| | processor s | times as fast as the plain way |\n|---|---|---|")
    print(f"| every line drawn in NumPy (from {DRAWN} draws) | {naive * DRAWS:.0f} | 1 |")
    print(f"| collapsed and drawn | {ours:.2f} | {naive * DRAWS / ours:,.0f} |")
    print(
        f"| mean, deviation and shares of variance in closed form | {closed:.3f} | {naive * DRAWS / closed:,.0f} |"
    )
    deviation = exact[-1].deviation[0]
    print(
        f"\nThe nation's standard deviation: {deviation:.4e} t exactly, {drawn['nation'].std():.4e} t drawn."
    )


if __name__ == "__main__":
    main()
