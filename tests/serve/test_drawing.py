"""The drawing of the rooms in docs/architecture.md."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "touchstone"


def room(module: str) -> str:
    """touchstone.facts.fact -> facts."""
    return module.split(".")[1] if module.startswith("touchstone.") else ""


def imports() -> set[tuple[str, str]]:
    """Which room takes something from which other."""
    found: set[tuple[str, str]] = set()
    for file in SOURCE.rglob("*.py"):
        own = file.relative_to(SOURCE).with_suffix("").parts[0]
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and room(node.module):
                found.add((own, room(node.module)))
    return {(one, other) for one, other in found if one not in (other, "__init__")}


def test_every_arrow_is_an_import_and_every_import_follows_arrows() -> None:
    drawing = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").partition("```mermaid")[2]
    drawn = set(re.findall(r"^ *(\w+)(?:\[.*?\])? --> (\w+)", drawing.partition("```")[0], re.MULTILINE))
    reached = set(drawn)
    for _ in drawn:
        reached |= {(a, d) for a, b in reached for c, d in drawn if b == c}
    assert len(drawn) > 5
    assert drawn <= imports()
    assert imports() <= reached
