"""The weekly bulletin of one week, every format and language, in a fresh process; interpreter start included.

    python benchmarks/bulletin.py [--quick]

The floor is what the libraries take to write files of that kind with one line in them: python-docx, XlsxWriter and
Typst, each in both languages, in a fresh process too. What lies between is reading quotes, sentences, checks and charts.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import touchstone

SAMPLE = Path(__file__).resolve().parent.parent / "src" / "touchstone" / "data" / "sample"
SECONDS, RUNS = 5.0, 5
ISSUE = """
import sys, datetime, touchstone
print(len(touchstone.open(sys.argv[1]).bulletin(datetime.date(2020, 10, 9), sys.argv[2]).files))
"""
FLOOR = """
import io, sys, docx, typst, xlsxwriter
for _ in ("zh", "en"):
    paper = docx.Document()
    paper.add_paragraph("1300-1400")
    paper.save(io.BytesIO())
    book = xlsxwriter.Workbook(io.BytesIO())
    book.add_worksheet().write(0, 0, 1300)
    book.close()
    typst.compile(b"1300-1400", format="pdf")
print(6)
"""
"""Both print how many files were written."""


def cold(code: str, *given: str) -> tuple[float, int]:
    """Seconds from the start of the interpreter to its end, and the files written."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code, *given], capture_output=True, text=True, check=True)
    return time.perf_counter() - began, int(done.stdout)


def main() -> None:
    """Print the table: the median of some runs, and the floor of the same runs."""
    runs = 1 if "--quick" in sys.argv else RUNS
    with tempfile.TemporaryDirectory() as folder:
        kept = str(Path(folder) / "workspace")
        touchstone.open(kept).read([SAMPLE])
        issues = [cold(ISSUE, kept, str(Path(folder) / f"out{n}")) for n in range(runs)]
    floors = [cold(FLOOR) for _ in range(runs)]
    issue, floor = (statistics.median(seconds for seconds, _ in each) for each in (issues, floors))
    print("| what | files | time | due |")
    print("|---|---|---|---|")
    print(
        f"| the bulletin of a week, four formats, two languages, checked | {issues[0][1]} | {issue:.2f} s | ≤ {SECONDS:.0f} s |"
    )
    print(f"| floor: the libraries write one line a file | {floors[0][1]} | {floor:.2f} s | |")
    print(f"| ratio to the floor | | {issue / floor:.1f} | |")


if __name__ == "__main__":
    main()
