"""Audit speed: 2,000 figures with 700 sums, and ten times as many, from facts to findings.

    python benchmarks/audit.py [--quick]

Half of the figures stand in tables with a total row. The other half are series of monthly and
cumulative output, rounded to a tenth, so that many steps hold only at the edge and the solver has
to look at each series as a whole. One in fifty totals and series has a figure that is wrong.
"""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from touchstone.audit.audit import audit
from touchstone.facts.document import Block, Cell, Document, Source
from touchstone.facts.fact import Fact, Locator, fact_id

FULL, QUICK = (2_000, 20_000), (400,)
LIMIT = 1.0
"""Seconds that 2,000 figures may take."""
WRONG_EVERY = 50
MONTHS = 5
SUMS = ("sum", "cumulative")


@dataclass
class Writer:
    """A document while it is written: text, one table a block, facts with their places."""

    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    def table(self, rows: list[list[str]], known: dict[tuple[int, int], tuple[str, str, str]]) -> None:
        """Add a table; `known` gives subject, measure and period of the cells that are figures."""
        start, cells = len(self.text), []
        for r, row in enumerate(rows):
            for c, words in enumerate(row):
                at = len(self.text)
                cells.append(Cell(r, c, at, at + len(words)))
                if (r, c) in known:
                    self.facts.append(
                        _fact(words, *known[r, c], Locator(len(self.blocks), at, at + len(words), r, c))
                    )
                self.text += words + "\t"
        self.blocks.append(Block("table", start, len(self.text), cells=tuple(cells)))
        self.text += "\n"


def _fact(printed: str, subject: str, measure: str, period: str, where: Locator) -> Fact:
    return Fact(
        id=fact_id(where.start),
        subject=subject,
        subject_words=subject,
        measure=measure,
        period=period,
        value=Decimal(printed),
        unit="万吨",
        half_width=Decimal("0.05"),
        source="benchmark",
        locator=where,
        rule="benchmark",
        quote=printed,
    )


def reading(figures: int) -> tuple[Document, list[Fact]]:
    """A document with `figures` figures; the same one each time."""
    dice, writer, number = random.Random(20221120), Writer(), 0
    while len(writer.facts) < figures:
        number += 1
        wrong = 1.0 if number % WRONG_EVERY == 0 else 0.0
        rows, known = (
            _totals(dice, number, wrong) if len(writer.facts) < figures // 2 else _series(dice, number, wrong)
        )
        writer.table(rows, known)
    source = Source("benchmark", "benchmark", "text/plain", len(writer.text))
    return Document(source, writer.text, tuple(writer.blocks)), writer.facts


Table = tuple[list[list[str]], dict[tuple[int, int], tuple[str, str, str]]]


def _totals(dice: random.Random, number: int, wrong: float) -> Table:
    parts = [dice.uniform(10, 900) for _ in range(3)]
    values = [*parts, sum(parts) + wrong]
    labels = [*(f"产品{number}-{i}" for i in range(3)), "合计"]
    rows = [
        ["类别", "产量（万吨）"],
        *([label, f"{value:.1f}"] for label, value in zip(labels, values, strict=True)),
    ]
    return rows, {(r, 1): (f"产品{number}-{r}", "output", "2022") for r in range(1, 5)}


def _series(dice: random.Random, number: int, wrong: float) -> Table:
    subject, total = f"产品{number}", 0.0
    rows, known = [["月份", "当月（万吨）", "累计（万吨）"]], {}
    for month in range(1, MONTHS + 1):
        value = dice.uniform(10, 900)
        total += value + (wrong if month == MONTHS else 0)
        rows.append([f"{month}月", f"{value:.1f}", f"{total:.1f}"])
        known[month, 1] = (subject, "output", f"2022-{month:02d}")
        if month > 1:
            known[month, 2] = (subject, "output.cumulative", f"2022-01/2022-{month:02d}")
    return rows, known


def _cold() -> float:
    """Seconds from a new interpreter to an audited document, imports and solver included."""
    program = (
        f"import sys; sys.path.insert(0, {sys.path[0]!r}); import audit as b; b.audit([b.reading(2000)])"
    )
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)
    return time.perf_counter() - start


def _lines(sizes: tuple[int, ...]) -> Iterator[tuple[str, float]]:
    for figures in sizes:
        given = reading(figures)
        start = time.perf_counter()
        findings = audit([given])
        seconds = time.perf_counter() - start
        sums = sum(f.rule in SUMS for f in findings)
        counts = [sum(f.verdict == v for f in findings) for v in ("fails", "edge", "holds")]
        must = f"≤ {LIMIT:.0f}" if figures == FULL[0] else ""
        told = " | ".join(f"{n:,}" for n in (len(given[1]), sums, *counts))
        yield f"| {told} | {seconds:.2f} | {must} |", seconds if must else 0.0


def main() -> int:
    """Print the table; 1 where 2,000 figures take more than the limit."""
    print("| figures | sums | fails | edge | holds | seconds | must be |\n|---|---|---|---|---|---|---|")
    slow = False
    for line, seconds in _lines(QUICK if "--quick" in sys.argv else FULL):
        slow |= seconds > LIMIT
        print(line)
    if "--quick" not in sys.argv:
        print(f"\nA new interpreter that imports, writes and audits the 2,000 figures: {_cold():.2f} s.")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
