"""Every benchmark still runs and prints a table; how fast it is, is no matter of the suite."""

import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks"
SCRIPTS = sorted(p for p in FOLDER.glob("*.py") if p.stem != "run" and "_" not in p.stem)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_benchmark_runs_on_its_smallest_size(script: Path) -> None:
    done = subprocess.run([sys.executable, script, "--quick"], capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode().count("\n|") >= 2
