"""The whole way in a fresh process: a folder is read, audited and written, interpreter start included.

And a folder of 100 MB of text: how long it takes, and the most memory it holds at any moment.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reading import CORPUS, ROOT, generated

SAMPLE = ROOT / "src" / "touchstone" / "data" / "sample"
RUNS = 3
ONE_RUN = """
import resource, sys, touchstone
workspace = touchstone.open(sys.argv[2])
report = workspace.read([sys.argv[1]])
findings = workspace.audit() if sys.argv[3] == "audit" else ()
print(report.added, len(findings), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
"""Two numbers and the most memory held, in kilobytes; a process of its own, so nothing is warm."""


def cold(folder: Path, audit: bool) -> tuple[float, int, int, int]:
    """Seconds from the start of the interpreter to its end; figures, findings, kilobytes of memory at most."""
    with tempfile.TemporaryDirectory() as kept:
        step = "audit" if audit else "read"
        began = time.perf_counter()
        command = [sys.executable, "-c", ONE_RUN, folder, kept, step]
        counts = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        seconds = time.perf_counter() - began
    figures, findings, kilobytes = map(int, counts.split())
    return seconds, figures, findings, kilobytes


def audited(name: str, folder: Path, due: str, times: int = RUNS) -> str:
    """The row of one folder: the median of a few runs."""
    runs = [cold(folder, audit=True) for _ in range(times)]
    _, figures, findings, kilobytes = runs[0]
    seconds = statistics.median(run[0] for run in runs)
    said = f"{figures:,} figures, {findings:,} findings"
    return f"| {name}, read, audited and written | {said} | {seconds:.2f} s | {due} | {kilobytes / 1024:.0f} MB | |"


def large(megabytes: int) -> str:
    """The row of a folder of much text, in files of a megabyte."""
    with tempfile.TemporaryDirectory() as folder:
        written = 0
        while written < megabytes * 1_000_000:
            text = generated(350_000, prose_lines=5, seed=written)
            written += (Path(folder) / f"{written}.txt").write_text(text, encoding="utf-8") * 3
        seconds, figures, _, kilobytes = cold(Path(folder), audit=False)
    name = f"{megabytes} MB of text, read and written"
    return f"| {name} | {figures:,} figures | {seconds:.1f} s | | {kilobytes / 1024:.0f} MB | 1,024 MB |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the smallest size only")
    quick = parser.parse_args().quick
    print("| folder | found | time | due | memory | due |\n|---|---|---:|---:|---:|---:|")
    print(audited("sample folder", SAMPLE, "", 1 if quick else RUNS))
    if CORPUS.is_dir() and not quick:
        print(audited("five real documents", CORPUS, "3 s"))
    print(large(1 if quick else 100))


if __name__ == "__main__":
    main()
