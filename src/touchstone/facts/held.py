"""A small file that people and programs change: one change at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from touchstone.errors import LedgerError

_PATIENCE = 30.0
"""Seconds a change waits for another one; a change takes milliseconds."""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """One change of a file at a time, whichever thread or process makes it, on every system. Raises LedgerError: it cannot be had.

    The lock is that of SQLite, as for the ledger, on an empty file beside this one. It stays there:
    one that is deleted while another process waits for it would let two in.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        lock = sqlite3.connect(path.with_suffix(".lock"), timeout=_PATIENCE, isolation_level=None)
        with closing(lock):
            lock.execute("pragma journal_mode = memory")
            lock.execute("begin immediate")
            yield
    except sqlite3.Error as error:
        raise LedgerError(
            f"{path}: it cannot be changed, or another process is changing it and did not finish ({error})"
        ) from error
