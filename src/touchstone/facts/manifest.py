"""The manifest: which segments, readings and corrections count. One SQLite file, one writer at a time.

A write is one transaction, and its commit is the moment at which everything it names becomes
visible together; what was written to disk before and is not named here does not exist for a reader.
"""

import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from touchstone.errors import LedgerError
from touchstone.facts.segment import Segment

_FORMAT = 1
_TABLES = """
create table if not exists meta (key text primary key, value integer not null) without rowid;
create table if not exists segment (
    name text primary key, rows integer not null, first text not null, last text not null,
    retired real) without rowid;
create table if not exists reading (
    id integer primary key, name text not null, hash text not null, recorded integer not null,
    origin text not null, title text not null, media text not null, size integer not null,
    published text, figures integer not null, chars integer not null, edition text not null);
create index if not exists reading_name on reading (name, id);
create table if not exists correction (
    fact text not null, replaces text not null, source text not null, recorded integer not null,
    reason text);
create index if not exists reading_hash on reading (hash);
create table if not exists withdrawn (fact text not null, recorded integer not null, until integer);
create index if not exists withdrawn_fact on withdrawn (fact);
create index if not exists correction_replaces on correction (replaces);
create index if not exists correction_fact on correction (fact);
"""
_PATIENCE = 120.0
"""Seconds a writer waits for another one."""


class Manifest:
    """The SQLite file of a ledger; safe for several threads and processes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        with self.writing() as db:
            [found] = db.execute("select value from meta where key = 'format'").fetchone() or [_FORMAT]
            if found != _FORMAT:
                raise LedgerError(
                    f"{path}: ledger format {found}, this version reads {_FORMAT}: "
                    "open it with the version of Touchstone that wrote it"
                )
            db.execute("insert or ignore into meta values ('format', ?)", (_FORMAT,))

    def _connection(self) -> sqlite3.Connection:
        """One connection a thread; a forked child must not use its parent's, so the process counts too."""
        if getattr(self._local, "process", None) != os.getpid():
            self._local.db = self._opened()
            self._local.process = os.getpid()
        return self._local.db

    def _opened(self) -> sqlite3.Connection:
        try:
            db = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)
            if db.execute("pragma journal_mode").fetchone() != ("wal",):
                db.execute("pragma journal_mode = wal")
            db.execute("pragma synchronous = full")
            if not db.execute("select 1 from sqlite_master where name = 'correction_fact'").fetchone():
                db.executescript(f"begin immediate; {_TABLES} commit;")
        except sqlite3.DatabaseError as error:
            raise LedgerError(f"{self._path}: this is not a readable ledger ({error})") from error
        return db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that no other writer overlaps: all of it is kept, or nothing."""
        db = self._connection()
        try:
            db.execute("begin immediate")
        except sqlite3.OperationalError as error:
            raise LedgerError(
                f"{self._path}: another process is writing and did not finish ({error})"
            ) from error
        try:
            yield db
            db.execute("commit")
        except BaseException:
            if db.in_transaction:  # SQLite ends it by itself where the disk is full or fails
                db.execute("rollback")
            raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A view of one moment, unmoved by writers."""
        db = self._connection()
        db.execute("begin")
        try:
            yield db
        finally:
            db.execute("rollback")


def stamp(db: sqlite3.Connection, asked: int | None) -> int:
    """The recording time of this transaction: later than every one before it.

    Raises:
        LedgerError: an earlier time is asked for; it would change what was known then.
    """
    last = last_stamp(db)
    if asked is not None and asked <= last:
        raise LedgerError(
            "recorded must be later than the last entry of the ledger: the past is not rewritten"
        )
    moment = max(time.time_ns() // 1000, last + 1) if asked is None else asked
    db.execute("insert or replace into meta values ('recorded', ?)", (moment,))
    return moment


def last_stamp(db: sqlite3.Connection) -> int:
    """The recording time of the last transaction; 0 before the first."""
    [last] = db.execute("select value from meta where key = 'recorded'").fetchone() or [0]
    return last


def live(db: sqlite3.Connection) -> tuple[Segment, ...]:
    """The segments that count, in order of name."""
    rows = db.execute("select name, rows, first, last from segment where retired is null order by name")
    return tuple(Segment(*row) for row in rows)


def add_segment(db: sqlite3.Connection, segment: Segment) -> None:
    """Make a written segment count from this transaction on."""
    db.execute(
        "insert into segment values (?, ?, ?, ?, null)",
        (segment.name, segment.rows, segment.first, segment.last),
    )


def retire(db: sqlite3.Connection, segments: Iterable[Segment]) -> bool:
    """Take segments out of the live list; False (and nothing done) if one of them is out already."""
    names = [segment.name for segment in segments]
    if not set(names) <= {segment.name for segment in live(db)}:
        return False
    db.executemany("update segment set retired = ? where name = ?", [(time.time(), name) for name in names])
    return True


def forget_retired(db: sqlite3.Connection, older_than: float) -> list[str]:
    """Strike segments retired so many seconds ago off the list; their names."""
    rows = db.execute("delete from segment where retired <= ? returning name", (time.time() - older_than,))
    return [name for (name,) in rows.fetchall()]


def all_names(db: sqlite3.Connection) -> set[str]:
    """The names of all segments of the list, retired ones too."""
    return {name for (name,) in db.execute("select name from segment")}
