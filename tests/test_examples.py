"""Every example runs and prints what it is said to print."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted(ROOT.glob("examples/[0-9]*_*"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_prints_what_is_expected(example: Path, update: bool) -> None:
    said = subprocess.run(
        [sys.executable, example / "run.py"], capture_output=True, check=True, timeout=300
    ).stdout
    expected = example / "expected" / "output.txt"
    if update:
        expected.write_bytes(said)
    assert said.decode() == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["add-a-metal.md", "add-a-metal.zh.md"])
def test_the_page_on_adding_a_metal_shows_the_files_of_its_example(page: str) -> None:
    shown = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)
    given = [
        ROOT / "examples" / "02_add_a_metal" / "input" / name for name in ("quotations.toml", "bulletin.toml")
    ]
    assert shown == [path.read_text(encoding="utf-8") for path in given]
