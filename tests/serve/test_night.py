"""By night a page has other colours, and nothing else is another: so the browser need only look at colours again."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "touchstone"
SHEETS = sorted(SOURCE.rglob("*.css"))
NIGHT = re.compile(r"@media \(prefers-color-scheme: dark\)\s*\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}")
SET = re.compile(r"([\w-]+)\s*:([^;{}]+)(?=[;}])")
COLOURS = re.compile(r"--[\w-]+|fill|stroke|color|background|border-color|opacity|color-scheme")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_the_night_changes_colours_and_nothing_else(sheet: Path) -> None:
    said = sheet.read_text(encoding="utf-8")
    nights = NIGHT.findall(said)
    assert len(nights) == said.count("prefers-color-scheme"), "a night that is written otherwise is not read"
    inside = [rule for night in nights for rule in re.findall(r"\{([^{}]*)\}", night)]
    names = {name for rule in inside for name, _ in SET.findall(rule + ";")}
    assert not {name for name in names if not COLOURS.fullmatch(name)}


def test_there_is_a_night_to_read() -> None:
    assert sum(len(NIGHT.findall(sheet.read_text(encoding="utf-8"))) for sheet in SHEETS) >= 3
