"""Run every benchmark of this folder and write what they print to RESULTS.md; `make bench` runs it."""

import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
RESULTS = FOLDER / "RESULTS.md"


def main() -> int:
    """Run the benchmarks one after the other, for they must not disturb each other."""
    head = (
        "# Results\n\n"
        f"`make bench` on {date.today()}: Python {platform.python_version()}, {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} cores. Compare the ratios; the times are this machine's.\n"
    )
    print(head)
    written, failed = [head], 0
    for script in sorted(FOLDER.glob("*.py")):
        if script.stem == "run" or "_" in script.stem:  # ledger_kills.py is a part of ledger.py
            continue
        done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
        failed += done.returncode != 0
        said = done.stdout if done.returncode == 0 else f"This benchmark failed:\n\n```\n{done.stderr}```\n"
        part = f"\n## {script.stem.capitalize()}\n\n{said.rstrip()}\n"
        print(part, flush=True)
        written.append(part)
    RESULTS.write_text("".join(written), encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
