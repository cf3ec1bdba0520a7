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
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from touchstone.errors import LedgerError
from touchstone.facts.fact import Fact
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
_READING = "name, hash, recorded, origin, title, media, size, published, figures, chars, edition"
_LATEST = "select max(id) from reading where recorded <= ? group by name"
_HIDDEN = (
    f"select hash from reading where recorded <= ? except select hash from reading where id in ({_LATEST})"
)
_PATIENCE = 120.0
"""Seconds a writer waits for another one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One document name read at one moment: which bytes it had then.

    `origin` is where the file lay, relative to the workspace: it tells two files of one name apart
    and is never opened. `recorded` is in microseconds since 1970, UTC. `edition` is that of the rules
    that read the bytes.
    """

    name: str
    hash: str
    recorded: int
    origin: str
    title: str
    media: str
    size: int
    published: date | None
    figures: int
    chars: int
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a reader needs, all of one moment: live segments, hidden sources, replaced or withdrawn facts."""

    segments: tuple[Segment, ...]
    hidden: frozenset[str]
    replaced: frozenset[str]

    def all(self) -> "Snapshot":
        """The same moment with superseded readings and replaced facts."""
        return Snapshot(self.segments, frozenset(), frozenset())

    def gone(self, fact: Fact) -> bool:
        """Whether a fact no longer counts."""
        return fact.source in self.hidden or fact.id in self.replaced


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
        except BaseException:
            db.execute("rollback")
            raise
        db.execute("commit")

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
    [last] = db.execute("select value from meta where key = 'recorded'").fetchone() or [0]
    if asked is not None and asked <= last:
        raise LedgerError(
            "recorded must be later than the last entry of the ledger: the past is not rewritten"
        )
    moment = max(time.time_ns() // 1000, last + 1) if asked is None else asked
    db.execute("insert or replace into meta values ('recorded', ?)", (moment,))
    return moment


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


def add_corrections(
    db: sqlite3.Connection, corrections: list[tuple[str, str, str]], recorded: int, reason: str | None
) -> None:
    """Note which facts replace which: (new id, old id, source of the new one).

    With a reason it is a person's correction, and those may not part ways.

    Raises:
        LedgerError: a person corrects what a person has corrected already.
    """
    for new, old, source in corrections:
        query = "select fact from correction where replaces = ? and reason is not null"
        if reason is not None and (other := db.execute(query, (old,)).fetchone()):
            raise LedgerError(f"fact {old} was corrected before, by {other[0]}: correct that one")
        db.execute("insert into correction values (?, ?, ?, ?, ?)", (new, old, source, recorded, reason))


def corrections_by_hand(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """What people corrected: (new id, old id)."""
    return db.execute("select fact, replaces from correction where reason is not null").fetchall()


def withdraw(db: sqlite3.Connection, facts: list[str], recorded: int) -> None:
    """Let facts no longer count, until they are restored."""
    db.executemany(
        "insert into withdrawn select ?1, ?2, null"
        " where not exists (select 1 from withdrawn where fact = ?1 and until is null)",
        [(fact, recorded) for fact in facts],
    )


def restore(db: sqlite3.Connection, facts: list[str], recorded: int) -> None:
    """Let withdrawn facts count again."""
    query = "update withdrawn set until = ? where fact = ? and until is null"
    db.executemany(query, [(recorded, fact) for fact in facts])


def reason(db: sqlite3.Connection, fact: str) -> str | None:
    """Why a person made this correction; None for a fact that is none."""
    found = db.execute("select reason from correction where fact = ?", (fact,)).fetchone()
    return found and found[0]


def add_readings(db: sqlite3.Connection, readings: list[Reading], recorded: int) -> None:
    """Note which bytes each document name has now.

    The same bytes under the same name again are no new reading, unless by another edition of the
    rules. A reading of bytes that this edition has read before takes their number of figures.
    """
    db.executemany(
        f"insert into reading ({_READING}) select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
        "  max(?9, coalesce((select max(figures) from reading where hash = ?2 and edition = ?11), 0)), ?10, ?11"
        " where (?2, ?11) is not (select hash, edition from reading where name = ?1 order by id desc limit 1)",
        [
            (r.name, r.hash, recorded, r.origin, r.title, r.media, r.size,
             r.published and r.published.isoformat(), r.figures, r.chars, r.edition)
            for r in readings
        ],
    )  # fmt: skip


def latest_readings(db: sqlite3.Connection, as_of: int | None = None) -> list[Reading]:
    """The latest reading of each name, as of a moment, in order of name."""
    rows = db.execute(
        f"select {_READING} from reading where id in ({_LATEST}) order by name",
        (_until(as_of),),
    )
    return [_reading(*row) for row in rows]


def _reading(
    name: str, hash: str, recorded: int, origin: str, title: str, media: str, size: int,
    published: str | None, figures: int, chars: int, edition: str,
) -> Reading:  # fmt: skip
    day = None if published is None else date.fromisoformat(published)
    return Reading(name, hash, recorded, origin, title, media, size, day, figures, chars, edition)


def editions(db: sqlite3.Connection) -> dict[str, str]:
    """All documents ever read, by hash, and the edition of the rules that read them last."""
    return dict(db.execute("select hash, edition from reading order by id").fetchall())


def edition_of(db: sqlite3.Connection, hash: str) -> str:
    """The edition of the rules that read a document last."""
    found = db.execute(
        "select edition from reading where hash = ? order by id desc limit 1", (hash,)
    ).fetchone()
    return found[0] if found else ""


def snapshot(db: sqlite3.Connection, as_of: int | None) -> Snapshot:
    """What counts as of a moment."""
    past = (_until(as_of),)
    hidden = {row[0] for row in db.execute(_HIDDEN, past * 2)}
    corrections = db.execute("select replaces, source from correction where recorded <= ?", past)
    replaced = {old for old, source in corrections if source not in hidden}
    withdrawn = db.execute(
        "select fact from withdrawn where recorded <= ?1 and (until is null or until > ?1)", past
    )
    return Snapshot(live(db), frozenset(hidden), frozenset(replaced).union(fact for (fact,) in withdrawn))


def _until(as_of: int | None) -> int:
    return 2**62 if as_of is None else as_of
