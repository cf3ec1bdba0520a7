"""Commands that work for seconds show on a real terminal how far they are, however long one step of them takes."""

import os
import pty
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from touchstone.serve import progress
from touchstone.serve.pathway_files import export
from touchstone.serve.pathway_models import chance
from touchstone.serve.steps import steps

from .planned import SMALL, smelters

DRIVER = """
[[driver]]
key = "grid"
of = "grid.factor"
kind = "growth"
distribution = "normal"
spread = "2 %"
"""


@contextmanager
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Standard error is a terminal without patience; what it showed is in the list at the end."""
    ours, theirs = pty.openpty()
    monkeypatch.setattr(progress, "_PATIENCE", -1.0)
    monkeypatch.setenv("TERM", "xterm")
    said: list[str] = []

    def read() -> None:
        with suppress(OSError):  # how a terminal says that its other end is closed
            while part := os.read(ours, 65_536):
                said.append(part.decode(errors="replace"))

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    with os.fdopen(theirs, "w", encoding="utf-8") as shown:
        monkeypatch.setattr(sys, "stderr", shown)
        yield said
    reader.join(10)
    os.close(ours)


def test_a_step_that_takes_long_is_seen_while_it_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    seen, begun = threading.Event(), progress._bar

    def bar() -> object:
        seen.set()
        return begun()

    monkeypatch.setattr(progress, "_bar", bar)
    with terminal(monkeypatch) as said, steps("report of plan", 3) as step:
        step()
        assert seen.wait(10), "before the second step is done"
    assert "report of plan" in "".join(said) and "1/3" in "".join(said)


def test_chances_and_files_tell_how_far_they_are_and_print_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = smelters(tmp_path)
    (workspace.folder / "pathway" / "scenarios" / "small.toml").write_text(SMALL + DRIVER, "utf-8")
    out = tmp_path / "small.csv"
    monkeypatch.setattr("touchstone.serve.steps._TICK", 0.001)
    with terminal(monkeypatch) as said:
        chance("small", draws=100, workspace=workspace.folder, lang="en")
        export(["small"], out, workspace=workspace.folder, lang="en")
    assert "small: 100 draws" in "".join(said) and "exporting to small.csv" in "".join(said)
    printed = capsys.readouterr().out
    assert "cap on emissions" in printed and str(out) in printed
