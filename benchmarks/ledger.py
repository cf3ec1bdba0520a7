"""The ledger at size: appends, series as of a date, cold and warm, beside plain DuckDB over one sorted file.

    python benchmarks/ledger.py                    5 million facts (2 GB of disk for a while), 100 kills
    python benchmarks/ledger.py --facts 200000     the first part alone, small
    python benchmarks/ledger.py --kills 100        kill a writer 100 times and judge what is left
    python benchmarks/ledger.py --quick            both, small

The facts are those of 25,000 series that every append touches all over, as documents do: the worst
case for finding one series. One document in twenty has been read again since, so each read has
superseded facts to leave out.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from ledger_kills import environment, facts, kill_writers

from touchstone.facts.document import Document, Source
from touchstone.facts.ledger import Ledger

SERIES, BATCH, START = 25_000, 100_000, datetime(2024, 1, 1, tzinfo=UTC)


def batch(number: int, rows: int) -> tuple[pa.Table, list[Document]]:
    """`rows` facts of twenty documents, of which the first is read again under the same name next time."""
    chance = np.random.default_rng(number)
    series, month = chance.integers(0, SERIES, rows), chance.integers(0, 240, rows)
    documents = [_document(number, n) for n in range(20)]
    hashes = np.array([d.source.hash for d in documents])[np.arange(rows) * 20 // rows]
    values = chance.integers(0, 10**6, rows)
    printed = np.char.add(np.char.add((values // 10).astype(str), "."), (values % 10).astype(str))
    periods = np.array([f"{2005 + m // 12}-{m % 12 + 1:02d}" for m in range(240)])
    columns = {
        "id": _ids(chance.bytes(10 * rows), rows),
        "subject": np.array([f"metal{n:05d}.ingot" for n in range(SERIES // 5)])[series // 5],
        "measure": np.array(["price.low", "price.high", "output", "output.cumulative", "output.yoy"])[series % 5],
        "period": periods[month], "value": printed, "half_width": np.full(rows, "0.05"),
        "unit": np.full(rows, "万吨"), "source": hashes, "rule": np.full(rows, "table.cell"), "quote": printed,
        "block": np.arange(rows, dtype=np.int32) % 50, "start": np.arange(rows, dtype=np.int32),
        "end": np.arange(rows, dtype=np.int32) + 5,
    }  # fmt: skip
    return pa.table({name: pa.array(column) for name, column in columns.items()}), documents


def _document(number: int, n: int) -> Document:
    raw = f"{number}.{n}".encode()
    name = "weekly.txt" if n == 0 else f"{number}/{n}.txt"
    return Document(Source(sha256(raw).hexdigest(), name, "text/plain", len(raw)), raw.decode(), ())


def _ids(raw: bytes, rows: int) -> pa.Array:
    offsets = np.arange(rows + 1, dtype=np.int32) * 20
    return pa.StringArray.from_buffers(rows, pa.py_buffer(offsets), pa.py_buffer(raw.hex().encode()))


def build(ledger: Ledger, rows: int) -> list[float]:
    """Fill the ledger; the seconds of each append."""
    seconds = []
    for number in range(max(1, rows // BATCH)):
        table, documents = batch(number, min(rows, BATCH))
        for document in documents:
            ledger.library.keep(document, document.text.encode())
        at = START + timedelta(hours=number)
        seconds.append(clock(lambda t=table, d=documents, r=at: ledger.append_table(t, d, r)))
    return seconds


def clock(work: Callable[[], object]) -> float:
    """Seconds a piece of work takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def keys(count: int) -> list[tuple[str, str]]:
    """Series to look at, spread over all."""
    chosen = np.random.default_rng(1).integers(0, SERIES, count)
    measures = ["price.low", "price.high", "output", "output.cumulative", "output.yoy"]
    return [(f"metal{s // 5:05d}.ingot", measures[s % 5]) for s in chosen]


def series_seconds(ledger: Ledger, as_of: datetime) -> list[float]:
    """Seconds of each of 40 reads of a series as of a moment, the first ones too."""
    return [clock(lambda s=s, m=m: ledger.series(s, m, as_of=as_of)) for s, m in keys(40)]


_COLD = """
import sys, time
begin = time.perf_counter()
from datetime import datetime
from touchstone.facts.ledger import Ledger
n = len(Ledger(sys.argv[1]).series(sys.argv[2], sys.argv[3], as_of=datetime.fromisoformat(sys.argv[4])))
print(time.perf_counter() - begin)
"""


def cold_seconds(folder: Path, as_of: datetime) -> float:
    """Seconds of one series in a fresh process, imports and opening included; the best of three."""
    runs = []
    for subject, measure in keys(3):
        command = [sys.executable, "-c", _COLD, str(folder), subject, measure, as_of.isoformat()]
        runs.append(float(subprocess.run(command, capture_output=True, check=True, env=environment()).stdout))
    return min(runs)


def floor_seconds(ledger: Ledger, folder: Path) -> list[float]:
    """The same reads by DuckDB alone, from one sorted Parquet file, with no clocks and no vintages."""
    path = folder / "floor.parquet"
    source = ", ".join(f"'{p}'" for p in sorted((folder / "ledger" / "segments").glob("*.parquet")))
    database = duckdb.connect(config={"memory_limit": "2GB", "temp_directory": str(folder / "spill")})
    database.execute(
        f"copy (select * from read_parquet([{source}]) order by subject, measure, place, period)"
        f" to '{path}' (format parquet, compression zstd, row_group_size 32768)"
    )
    query = f"select * from read_parquet('{path}') where subject = ? and measure = ?"
    seconds = [clock(lambda k=k: database.sql(query, params=list(k)).to_arrow_table()) for k in keys(40)]
    path.unlink()
    return seconds


def report(name: str, seconds: list[float], must: float | None = None, floor: float | None = None) -> None:
    """One row: median and worst in milliseconds, what must be reached, and the ratio to the floor."""
    median, worst = statistics.median(seconds), max(seconds)
    ratio = f"{median / floor:.1f}" if floor else ""
    print(
        f"| {name} | {median * 1e3:.1f} | {worst * 1e3:.1f} | {f'{must * 1e3:.0f}' if must else ''} | {ratio} |",
        flush=True,
    )


def run(folder: Path, rows: int) -> None:
    """Build, append, read, compact and read again, and print each row as it is known."""
    ledger = Ledger(folder)
    print("| what | median, ms | worst, ms | must, ms | × floor |\n|---|---|---|---|---|")
    appends = build(ledger, rows)
    total, size = len(appends) * min(rows, BATCH), min(rows, BATCH)
    report(f"append of {size:,}, as columns, until there are {total:,}", appends, 1.0)
    objects = [fact for n in range(0, 140, 7) for fact in facts(n)]
    report(f"append of {len(objects):,} `Fact` objects", [clock(lambda: ledger.append(objects))], 1.0)
    report("the same again: all are known", [clock(lambda: ledger.append(objects))])
    as_of = START + timedelta(hours=len(appends) // 2)
    before, compaction = series_seconds(ledger, as_of), clock(ledger.compact)
    after, floor = series_seconds(ledger, as_of), floor_seconds(ledger, folder)
    base = statistics.median(floor)
    report("floor: DuckDB over one sorted Parquet file, one series", floor)
    report(f"series as of a date, {len(appends) + 1} segments as appended", before, 0.1, base)
    report("series as of a date, compacted", after, 0.1, base)
    report("the same in a fresh process, imports included", [cold_seconds(folder, as_of)])
    known = [fact.id for fact in ledger.series(*keys(1)[0])]
    report("one fact by its id", [clock(lambda i=i: ledger.fact(i)) for i in known])
    report("a correction by hand", [clock(lambda: ledger.correct(known[0], Decimal(1), "benchmark"))])
    report("all series keys", [clock(ledger.series_keys)])
    largest = max(file.stat().st_size for file in (folder / "ledger" / "segments").glob("*.parquet"))
    bytes_each = largest / (total + len(objects)) + 10
    print(
        f"\n{total:,} facts of {SERIES:,} series in {len(ledger.readings()):,} documents; compaction took "
        f"{compaction:.1f} s; {bytes_each:.0f} bytes a fact; at most {_memory():.1f} GB of memory."
    )


def _memory() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return usage / (1e9 if sys.platform == "darwin" else 1e6)


def kill(folder: Path, kills: int, seed: int) -> bool:
    """Kill writers and print what came of it; whether nothing was lost or shown in part."""
    toll = kill_writers(folder, kills, seed)
    print(
        f"\n{toll.kills} writers killed (SIGKILL) in their appends: {toll.acknowledged} batches acknowledged, "
        f"{len(toll.lost)} of them lost; {toll.shown} batches shown, {len(toll.halved)} of them in part, "
        f"{len(toll.parted)} apart from their document."
    )
    return toll.clean


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--facts", type=int, help="facts in the ledger; 0 leaves this part out")
    parser.add_argument("--kills", type=int, help="writers to kill; 0 leaves this part out")
    parser.add_argument("--seed", type=int, default=1, help="of the moments of the kills")
    parser.add_argument("--quick", action="store_true", help="the smallest size")
    asked = parser.parse_args()
    rows, kills = (100_000, 1) if asked.quick else (5_000_000, 100)
    if asked.facts is not None or asked.kills is not None:
        rows, kills = asked.facts or 0, asked.kills or 0
    if rows:
        with tempfile.TemporaryDirectory() as folder:
            run(Path(folder), rows)
    with tempfile.TemporaryDirectory() as folder:
        return 0 if not kills or kill(Path(folder), kills, asked.seed) else 1


if __name__ == "__main__":
    sys.exit(main())
