"""A release is held against the published values that were imported, though they name the index by its code."""

from pathlib import Path

import touchstone
from touchstone.audit.finding import Finding


def _found(tmp_path: Path, value: str, change: str) -> list[Finding]:
    workspace = touchstone.open(tmp_path / "workspace")
    workspace.import_series(None, "ccdi-published")
    folder = tmp_path / "releases"
    folder.mkdir()
    text = f"2022年8月，中国铜需求量景气指数为{value}，位于“偏热”界限（104.2）以上，较上月上升{change}个点。"
    (folder / "release.txt").write_text(text, "utf-8")
    workspace.read(folder)
    return [f for f in workspace.audit() if f.rule == "index_band" and len(f.sources) == 2]


def test_a_release_that_repeats_what_was_published_holds(tmp_path: Path) -> None:
    found = _found(tmp_path, "104.4", "2.2")
    assert len(found) == 2 and {f.verdict for f in found} == {"holds"}


def test_a_release_that_differs_is_shown_as_a_revision(tmp_path: Path) -> None:
    found = _found(tmp_path, "104.8", "3.0")
    assert len(found) == 2 and {f.verdict for f in found} == {"revised"}
    assert any("104.8 - 102.2点 = 2.6 ≠ 3.0" in f.arithmetic.zh for f in found)
    assert any({"104.4点", "104.8"} == set(f.arithmetic.zh.split(" ≠ ")) for f in found)
