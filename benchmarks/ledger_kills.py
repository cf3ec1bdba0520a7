"""Kill writers for real: SIGKILL at random moments of an append, then look at what the ledger shows.

    python benchmarks/ledger_kills.py FOLDER FIRST      a writer: appends batches until it is killed
    see benchmarks/ledger.py --kills 100                the run with a verdict

Batch `n` has a known size, one document and one subject, so whatever is seen of it can be judged:
acknowledged batches are there, no batch is there in part, and document and figures come together.
"""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import touchstone
from touchstone.facts.document import Block, Document, Source
from touchstone.facts.fact import Fact, Locator, fact_id
from touchstone.facts.ledger import Ledger

LONGEST = 0.25
"""Seconds a writer lives at most, counted from its first append."""


@dataclass(frozen=True, slots=True)
class Toll:
    """What came of the killing: batches acknowledged, shown, lost, halved, and parted from their document."""

    kills: int
    acknowledged: int
    shown: int
    lost: tuple[int, ...]
    halved: tuple[int, ...]
    parted: tuple[int, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing acknowledged is missing and nothing is shown in part."""
        return not (self.lost or self.halved or self.parted)


def size(batch: int) -> int:
    """Facts in a batch: mostly few, now and then thousands, so that kills fall into every step."""
    return 5000 if batch % 7 == 0 else 1 + batch * 37 % 400


def document(batch: int) -> tuple[Document, bytes]:
    """The document of a batch and its bytes."""
    raw = f"batch {batch}: {size(batch)} figures".encode()
    source = Source(sha256(raw).hexdigest(), f"{batch}.txt", "text/plain", len(raw))
    return Document(source, raw.decode(), (Block("paragraph", 0, len(raw)),)), raw


def facts(batch: int) -> list[Fact]:
    """The facts of a batch."""
    hash = document(batch)[0].source.hash
    return [
        Fact(
            id=fact_id(hash, n), subject=f"batch.{batch}", measure="output", period="2024-01", value=Decimal(n),
            unit="t", half_width=Decimal("0.5"), source=hash, locator=Locator(0, 0, 5), rule="kill",
        )
        for n in range(size(batch))
    ]  # fmt: skip


def write_for_ever(folder: Path, batch: int) -> None:
    """Append one batch after the other, and say so on standard output once each is acknowledged."""
    import duckdb  # noqa: F401  (loaded before the clock starts: a kill shall hit a write, not an import)
    import pyarrow.parquet  # noqa: F401

    ledger = Ledger(folder)
    os.write(1, b"ready\n")
    while True:
        read, raw = document(batch)
        ledger.library.keep(read, raw)
        ledger.append(facts(batch), [read])
        os.write(1, b"%d\n" % batch)
        batch += 1


def kill_writers(folder: Path, kills: int, seed: int) -> Toll:
    """Start a writer, kill it at a random moment, and again; judge all batches after each kill."""
    chance, acknowledged, next_batch = random.Random(seed), set[int](), 0
    ledger = Ledger(folder)
    toll = _judge(ledger, acknowledged, 0)
    for kill in range(1, kills + 1):
        acknowledged |= set(_one_life(folder, next_batch, chance.uniform(0, LONGEST)))
        next_batch = max(acknowledged | {int(r.name[:-4]) for r in ledger.readings()}, default=-1) + 1
        toll = _judge(ledger, acknowledged, kill)
        if not toll.clean:
            break
    return toll


def environment() -> dict[str, str]:
    """The environment of a child that imports the same package, installed or not."""
    assert touchstone.__file__
    return {**os.environ, "PYTHONPATH": str(Path(touchstone.__file__).parents[1])}


def _one_life(folder: Path, first: int, seconds: float) -> list[int]:
    """The batches a writer acknowledged before it was killed."""
    command = [sys.executable, __file__, str(folder), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment()) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(seconds)
        writer.send_signal(signal.SIGKILL)
        said = writer.stdout.read()
    return [int(line) for line in said.split(b"\n")[:-1]]


def _judge(ledger: Ledger, acknowledged: set[int], kills: int) -> Toll:
    shown = {int(key[6:]): n for key, n in _counts(ledger).items()}
    read = {int(r.name[:-4]): r for r in ledger.readings()}
    whole = {batch for batch, n in shown.items() if n == size(batch)}
    alone = {
        b
        for b, r in read.items()
        if r.figures != size(b) or ledger.library.document(r.hash) != document(b)[0]
    }
    return Toll(
        kills, len(acknowledged), len(shown),
        lost=tuple(sorted(acknowledged - whole)), halved=tuple(sorted(set(shown) - whole)),
        parted=tuple(sorted(set(shown) ^ set(read) | alone)),
    )  # fmt: skip


def _counts(ledger: Ledger) -> dict[str, int]:
    counted = ledger.facts().to_arrow().column("subject").value_counts().to_pylist()
    return {row["values"]: row["counts"] for row in counted}


if __name__ == "__main__":
    write_for_ever(Path(sys.argv[1]), int(sys.argv[2]))
