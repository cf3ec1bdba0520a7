"""The monthly back-test of nineteen materials over ten years, on the World Bank's prices; again from memory; one series changed.

    python benchmarks/warning.py [--quick]

The floor is what the plainest check of a threshold costs: pandas, one expanding quantile a month and series, and the four counts,
without calibration, states, intervals or a rolling origin. The bars are held against processor seconds, which on cores of its own
are the time it takes, and on busy ones do not grow with what others do.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pandas as pd

import touchstone
from touchstone.calc.timeseries import TimeSeries, time_series
from touchstone.calc.warning.backtest import Backtest, backtest
from touchstone.calc.warning.light import wall
from touchstone.calc.warning.rule import Material
from touchstone.calc.warning.rulebook import Book, book
from touchstone.facts.memory import Memory
from touchstone.read.sources.declaration import declaration

SECONDS, AGAIN, MATERIALS = 20.0, 1.0, 12
"""A first run; a second one; materials with cards out of sample."""
YEARS, AHEAD, SHARE = 10, 1, 0.85
Result = TypeVar("Result")


def shipped(of: Book, folder: Path) -> dict[str, TimeSeries]:
    """The monthly series of the rule book that the World Bank's file holds, through the ledger of a workspace."""
    opened = touchstone.open(folder)
    opened.import_series(None, declaration("worldbank-pinksheet"))
    every = [
        (key, wanted)
        for key, frequency, wanted in of.wanted()
        if frequency == "M" and wanted.measure == "price"
    ]
    found = {
        key: time_series(key, opened.facts(subject=wanted.subject, measure="price", place=wanted.place), "M")
        for key, wanted in every
    }
    return {key: series for key, series in found.items() if len(series)}


def plain(given: Mapping[str, TimeSeries]) -> int:
    """The floor: alarms and outcomes by an expanding quantile, month by month; how many were right."""
    right = 0
    for key, series in given.items():
        if ".price." not in key:
            continue
        moves = pd.Series(series.values).pct_change(AHEAD, fill_method=None)
        for month in range(len(moves) - 12 * YEARS, len(moves) - AHEAD):
            past = moves.iloc[: month + 1]
            limit = past.quantile(SHARE)
            right += bool((past.iloc[-1] >= limit) == (moves.iloc[month + AHEAD] > limit))
    return right


def timed(run: Callable[[], Result]) -> tuple[tuple[float, float], Result]:
    """Processor seconds and seconds by the clock, and the result of one run."""
    busy, start = time.process_time(), time.perf_counter()
    found = run()
    return (time.process_time() - busy, time.perf_counter() - start), found


def main() -> int:
    """Print the table; 1 where a bar is missed."""
    full = "--quick" not in sys.argv
    ours = book()
    with tempfile.TemporaryDirectory() as folder:
        given = shipped(ours, Path(folder) / "workspace")
        of: tuple[Material, ...] = ours.materials if full else ours.materials[2:4]
        good = report(of, given, Path(folder) / "memory.sqlite", full)
    return 0 if good else 1


def report(of: tuple[Material, ...], given: dict[str, TimeSeries], kept: Path, full: bool) -> bool:
    """Print the rows; whether every bar is reached."""
    first, found = timed(lambda: backtest(of, given, memory=Memory(kept)))
    second, again = timed(lambda: backtest(of, given, memory=Memory(kept)))
    copper = given["cu.price.M"]
    moved = given | {"cu.price.M": replace(copper, values=copper.values * 1.01)}
    third, _ = timed(lambda: backtest(of, moved, memory=Memory(kept)))
    took, shown = timed(lambda: wall(of, given, cards=found.cards).lights)
    floor, _ = timed(lambda: plain(given))
    judged = len({card.material for card in found.cards if card.evaluation})
    print(
        f"{len(of)} materials, {len(given)} series, {len(found.cards)} cards, {judged} materials judged out of sample.\n"
    )
    print("| what | processor seconds | must be | × floor | by the clock |")
    print("|---|---|---|---|---|")
    bars = (f"≤ {SECONDS:.0f} s", f"≤ {AGAIN:.0f} s") if full else ("", "")
    for what, (busy, clock), bar in (
        ("back-test, everything anew", first, bars[0]), ("the same again, from memory", second, bars[1]),
        ("with one series changed", third, ""), (f"the wall: {len(shown)} lights", took, ""),
        ("floor: pandas, an expanding quantile a month", floor, ""),
    ):  # fmt: skip
        print(f"| {what} | {busy:.2f} | {bar} | {busy / floor[0]:.1f} | {clock:.2f} |")
    usefulness(found)
    return again == found and (
        not full or (first[0] <= SECONDS and second[0] <= AGAIN and judged >= MATERIALS)
    )


def usefulness(found: Backtest) -> None:
    """Medians over materials, out of sample, rule by rule."""
    print("\n| rule | event | materials | relative usefulness | rolling | as declared | AUROC |")
    print("|---|---|---|---|---|---|---|")
    for each in (found.headline, *found.by_rule):
        if each.evaluation is not None:
            numbers = " | ".join(
                f"{value:+.2f}" if value is not None else ""
                for value in (each.evaluation, each.rolling, each.declared, each.auroc)
            )
            print(f"| {each.rule} | {each.event or 'declared'} | {each.materials} | {numbers} |")


if __name__ == "__main__":
    sys.exit(main())
