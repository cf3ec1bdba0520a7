"""Every example runs and prints what it is said to print."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = sorted(Path(__file__).resolve().parent.parent.glob("examples/[0-9]*_*"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_prints_what_is_expected(example: Path, update: bool) -> None:
    said = subprocess.run(
        [sys.executable, example / "run.py"], capture_output=True, check=True, timeout=300
    ).stdout
    expected = example / "expected" / "output.txt"
    if update:
        expected.write_bytes(said)
    assert said.decode() == expected.read_text(encoding="utf-8")
