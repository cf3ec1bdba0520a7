"""The ledger among processes: writers that are killed, and writers and readers at once."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from touchstone.facts.ledger import Ledger
from touchstone.facts.segment import segment_path

_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def kills() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ledger_kills", _ROOT / "benchmarks" / "ledger_kills.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_a_killed_writer_loses_nothing_acknowledged_and_shows_nothing_half(
    kills: ModuleType, tmp_path: Path
) -> None:
    toll = kills.kill_writers(tmp_path, kills=15, seed=20261121)
    assert toll.clean, toll
    assert toll.kills == 15 and toll.acknowledged > 0


def test_the_judge_of_killings_sees_a_half_batch_and_a_lost_one(kills: ModuleType, tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.append(kills.facts(1)[:-1])
    toll = kills._judge(ledger, {1, 2}, 1)
    assert (toll.lost, toll.halved, toll.parted) == ((1, 2), (1,), (1,))


_WRITER = """
import sys
from dataclasses import replace
from decimal import Decimal
from touchstone.facts.fact import Fact, fact_id
from touchstone.facts.ledger import Ledger
ledger, writer = Ledger(sys.argv[1]), sys.argv[2]
added = 0
for batch in range(25):
    mine = [Fact(id=fact_id(writer, batch, n), subject=f"{writer}.{batch}", measure="m", period="2024-01",
                 value=Decimal(n), unit="t", half_width=Decimal(0), source="s", locator=None, rule="r")
            for n in range(40)]
    both = [replace(fact, id=fact_id("both", batch, n), subject=f"both.{batch}") for n, fact in enumerate(mine)]
    added += ledger.append(mine + both)
print(added)
"""

_READER = """
import json, sys
from collections import Counter
from touchstone.facts.ledger import Ledger
ledger, sizes, last, reads = Ledger(sys.argv[1]), set(), 0, 0
while last < 3000:
    facts = ledger.facts()
    if reads % 7 == 6:
        ledger.compact()
    sizes |= set(Counter(facts.to_arrow().column("subject").to_pylist()).values())
    assert len(facts) >= last, "facts vanished"
    last, reads = len(facts), reads + 1
print(json.dumps({"sizes": sorted(sizes), "last": last, "reads": reads}))
"""


def _start(kills: ModuleType, code: str, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=kills.environment())


def test_two_writers_and_a_reader_at_once_agree(kills: ModuleType, tmp_path: Path) -> None:
    """Both writers offer the same 40 facts in every batch; the reader reads and compacts all the while."""
    running = [
        _start(kills, _READER, str(tmp_path)),
        *(_start(kills, _WRITER, str(tmp_path), name) for name in "ab"),
    ]
    told = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert int(told[1]) + int(told[2]) == 3000, "a fact both offered counts once"
    seen = json.loads(told[0])
    assert (seen["sizes"], seen["last"]) == ([40], 3000), "no batch was seen in part"


def test_a_reader_whose_segments_were_swept_away_starts_again(kills: ModuleType, tmp_path: Path) -> None:
    ledger, other = Ledger(tmp_path), Ledger(tmp_path)
    for batch in (1, 2):
        ledger.append(kills.facts(batch))
    snapshots = []

    def slow(now):  # type: ignore[no-untyped-def]  # while this reader holds its list, another merges and removes
        snapshots.append(now)
        if len(snapshots) == 1:
            other.compact()
            for segment in now.segments:
                segment_path(other._segments, segment.name).unlink()
        return ledger._engine.facts(now, {}, None)

    assert ledger._read(None, slow).num_rows == kills.size(1) + kills.size(2)
    assert [len(now.segments) for now in snapshots] == [2, 1]


def test_a_compaction_that_comes_second_leaves_the_ledger_alone(kills: ModuleType, tmp_path: Path) -> None:
    from touchstone.facts import compaction
    from touchstone.facts import manifest as rows

    ledger = Ledger(tmp_path)
    for batch in (1, 2):
        ledger.append(kills.facts(batch))
    with ledger._manifest.reading() as db:
        seen = rows.live(db)
    ledger.compact()
    before = set(ledger._segments.iterdir())
    compaction._merge(ledger._manifest, ledger._engine, ledger._segments, seen)
    assert set(ledger._segments.iterdir()) == before
    assert len(ledger.facts()) == kills.size(1) + kills.size(2)
