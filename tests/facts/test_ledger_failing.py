"""The ledger on a disk that fails: nothing is half written, and the next write goes through."""

import sqlite3
from functools import partial
from pathlib import Path

import pytest

from touchstone.facts.ledger import Ledger

from .test_ledger import output, values


class FailingDisk(sqlite3.Connection):
    """A connection whose first commit fails, as where the disk has an error."""

    failures = 0

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:  # type: ignore[override]
        if sql == "commit" and self.failures:
            self.failures -= 1
            raise sqlite3.OperationalError("disk I/O error")
        return super().execute(sql, *values)  # type: ignore[arg-type]


def test_a_write_that_fails_at_its_last_step_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=FailingDisk))
    ledger = Ledger(tmp_path / "workspace")
    ledger.append([output("2024-01", "1")])
    monkeypatch.setattr(FailingDisk, "failures", 1)
    with pytest.raises(sqlite3.OperationalError, match="disk I/O"):
        ledger.append([output("2024-02", "2")])
    assert values(ledger.facts()) == ["1"]
    assert ledger.append([output("2024-02", "2")]) == 1
    assert sorted(values(ledger.facts())) == ["1", "2"]
