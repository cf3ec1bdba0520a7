"""The bar of long work on a real terminal: from its first sight to its end."""

import os
import pty
import sys

import pytest

from touchstone.serve import progress


def test_a_bar_names_what_is_at_hand_from_its_first_sight_and_leaves_the_line_clean(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours, theirs = pty.openpty()
    monkeypatch.setattr(progress, "_PATIENCE", -1.0)
    monkeypatch.setenv("TERM", "xterm")
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with progress.progress("Solving") as tell:
            tell(1, 3, "east [/b] 东")
            tell(2, 3, "west")
        terminal.flush()
        said = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "Solving" in said and "1/3" in said and "east [/b] 东" in said, "what a name holds is text"
    assert said.endswith("\x1b[2K"), "the line is wiped at the end"
