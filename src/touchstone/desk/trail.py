"""The trail: every act at the desk, in order, each entry chained to the one before; nothing is changed or deleted.

`desk.sqlite` in the workspace. SQLite itself refuses to update or delete an entry, or to insert one that does not
follow the last. Whoever edits the file around that breaks the chain, and `broken` says where. Several processes
may read and write: an act reads and appends in one transaction, so that two people never submit the same draft.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from touchstone.desk.refusal import DamagedTrail, NotAllowed, refusal
from touchstone.facts.columns import microseconds, moment_of
from touchstone.facts.query import moment

FIRST = "0" * 64
"""What the first entry is chained to."""
_TABLES = f"""
create table if not exists entry (
    number integer primary key, about text not null, day text not null, what text not null, who text not null,
    at integer not null, content text not null, previous text not null, hash text not null unique);
create index if not exists entry_about on entry (about, day);
create trigger if not exists entry_is_kept before delete on entry
    begin select raise(abort, 'an entry of the trail is never deleted'); end;
create trigger if not exists entry_is_final before update on entry
    begin select raise(abort, 'an entry of the trail is never changed'); end;
create trigger if not exists entry_follows before insert on entry
    when new.number is not (select coalesce(max(number), 0) + 1 from entry)
      or new.previous is not coalesce((select hash from entry order by number desc limit 1), '{FIRST}')
    begin select raise(abort, 'an entry of the trail follows the last one'); end;
"""
Days = tuple[date, date]
"""The first and the last of some days."""
_COLUMNS = "number, about, day, what, who, at, content, previous, hash"
_PATIENCE = 120.0
"""Seconds a writer waits for another one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act.

    Attributes:
        number: from 1, without gaps.
        about: the quotation it concerns; day: the day assessed or reported, ISO.
        what: the kind of act; who: the name they gave; at: when it was recorded, UTC.
        text: what the act says, JSON as it was written; `content` is the same as plain values.
        previous: hash of the entry before; hash: of this one.
    """

    number: int
    about: str
    day: str
    what: str
    who: str
    at: datetime
    text: str
    previous: str
    hash: str

    @property
    def content(self) -> dict[str, Any]:
        """What the act says."""
        return json.loads(self.text)


class Trail:
    """The trail of the workspace in `folder`; the file is made with the first entry."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "desk.sqlite"

    @contextmanager
    def writing(self) -> Iterator["Writing"]:
        """A transaction that no other writer overlaps: all its entries are kept, or none.

        Raises:
            DamagedTrail: DESK-035, an entry was changed, so nothing is built on it; DESK-003, the file is damaged.
        """
        with self._refusing(), closing(self._open()) as db:
            db.executescript(f"begin immediate; {_TABLES}")
            try:
                self._check(db)
                yield Writing(db)
                db.execute("commit")
            except BaseException:
                if db.in_transaction:
                    db.execute("rollback")
                raise

    def entries(
        self, about: str | None = None, day: str | None = None, as_of: date | datetime | None = None,
        what: Sequence[str] = (), days: Days | None = None,
    ) -> tuple[Entry, ...]:  # fmt: skip
        """Entries in order: about one quotation, of one day or of `days`, of some kinds, recorded by a moment.

        A moment that is a date is its end, UTC.
        """
        with self._reading() as db:
            return _entries(db, about, day, as_of, what, days) if db else ()

    def days(self, what: str, about: str | None = None) -> tuple[tuple[str, str], ...]:
        """Quotation and day of every entry of a kind, latest day first."""
        with self._reading() as db:
            if db is None:
                return ()
            only = " and about = ?" if about is not None else ""
            rows = db.execute(
                f"select distinct about, day from entry where what = ?{only} order by day desc, about",
                [what, *([] if about is None else [about])],
            )
            return tuple(rows.fetchall())

    def last(self) -> tuple[tuple[str, str, str, int], ...]:
        """Quotation, day, last act and its number of every assessment, latest day first; inputs are no act on one.

        Acts on something else (dispatch.open, factor.propose) have a dot in their name.
        """
        with self._reading() as db:
            if db is None:
                return ()
            rows = db.execute(
                "select about, day, what, number from entry where number in (select max(number) from entry"
                " where what not in ('input', 'replace') and what not like '%.%' group by about, day)"
                " order by day desc, about"
            )
            return tuple(rows.fetchall())

    def length(self) -> int:
        """Number of the last entry, whatever it is about: it changes with every act."""
        with self._reading() as db:
            return 0 if db is None else db.execute("select coalesce(max(number), 0) from entry").fetchone()[0]

    def broken(self) -> int | None:
        """Number of the first entry that is not as it was written or does not follow; None where the chain holds."""
        with self._reading() as db:
            return (
                None if db is None else _broken(db.execute(f"select {_COLUMNS} from entry order by number"))
            )

    def check(self) -> None:
        """Let nothing be built on a trail that was changed. Raises DamagedTrail: DESK-035."""
        with self._reading() as db:
            if db:
                self._check(db)

    def _check(self, db: sqlite3.Connection) -> None:
        first = _broken(db.execute(f"select {_COLUMNS} from entry order by number"))
        if first is not None:
            raise refusal(DamagedTrail, "DESK-035", str(self.path), number=first)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """A connection to read by; None while nothing was ever written."""
        if not self.path.exists():
            yield None
            return
        with self._refusing(), closing(self._open()) as db:
            made = db.execute(
                "select 1 from sqlite_master where type = 'table' and name = 'entry'"
            ).fetchone()
            yield db if made else None

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """What SQLite says of a damaged or locked file, in words."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise refusal(DamagedTrail, "DESK-003", str(self.path), reason=str(error)) from error

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
        if db.execute("pragma journal_mode").fetchone() != ("wal",):
            db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = full")
        return db


class Writing:
    """A transaction of the trail: reads what counts now, and appends. All its entries bear one moment."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        [self._last] = db.execute("select coalesce(max(at), 0) from entry").fetchone()
        self._moment = 0

    def entries(
        self, about: str, day: str | None = None, what: Sequence[str] = (), days: Days | None = None
    ) -> tuple[Entry, ...]:
        """Entries about a quotation, in order; what this transaction has added included."""
        return _entries(self._db, about, day, what=what, days=days)

    @property
    def head(self) -> tuple[int, str]:
        """Number and hash of the last entry."""
        last = self._db.execute("select number, hash from entry order by number desc limit 1").fetchone()
        return last or (0, FIRST)

    def append(
        self, about: str, day: date, what: str, who: str, content: Mapping[str, Any], at: datetime | None
    ) -> Entry:
        """Add one entry.

        Args:
            at: the moment, with a zone; None is now. The first entry of a transaction sets it for all.

        Raises:
            NotAllowed: DESK-004, the moment is not after the last entry: the past is not rewritten.
        """
        self._moment = self._moment or self._stamp(at)
        number, previous = self.head
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
        row = (number + 1, about, day.isoformat(), what, who, self._moment, text, previous)
        entry = (*row, _hash(*row))
        self._db.execute(f"insert into entry ({_COLUMNS}) values ({', '.join('?' * 9)})", entry)
        return _entry(*entry)

    def _stamp(self, at: datetime | None) -> int:
        if at is None:
            return max(microseconds(datetime.now(UTC)), self._last + 1)
        if microseconds(at) <= self._last:
            raise refusal(NotAllowed, "DESK-004", at.isoformat(), last=moment_of(self._last).isoformat())
        return microseconds(at)


def broken(entries: Sequence[Entry]) -> int | None:
    """Number of the first entry that is not as it was written or does not follow; None where the chain holds."""
    return _broken(
        (e.number, e.about, e.day, e.what, e.who, microseconds(e.at), e.text, e.previous, e.hash)
        for e in entries
    )


def _broken(rows: Iterable[tuple[Any, ...]]) -> int | None:
    """The same of the rows of the table."""
    before = FIRST
    for number, row in enumerate(rows, 1):
        if (row[0], row[7], row[8]) != (number, before, _hash(*row[:8])):
            return number
        before = row[8]
    return None


def _hash(*row: object) -> str:
    return sha256("\x1f".join(map(str, row)).encode("utf-8", "surrogatepass")).hexdigest()


def _entries(
    db: sqlite3.Connection, about: str | None, day: str | None, as_of: date | datetime | None = None,
    what: Sequence[str] = (), days: Days | None = None,
) -> tuple[Entry, ...]:  # fmt: skip
    until, (first, last) = moment(as_of), days or (None, None)
    asked = {
        "about = ?": about, "day = ?": day, "at <= ?": None if until is None else microseconds(until),
        "day >= ?": first and first.isoformat(), "day <= ?": last and last.isoformat(),
    }  # fmt: skip
    given = {condition: value for condition, value in asked.items() if value is not None}
    kinds = [f"what in ({', '.join('?' * len(what))})"] if what else []
    where = " and ".join([*given, *kinds]) or "true"
    rows = db.execute(f"select {_COLUMNS} from entry where {where} order by number", [*given.values(), *what])
    return tuple(_entry(*row) for row in rows)


def _entry(
    number: int, about: str, day: str, what: str, who: str, at: int, text: str, previous: str, hash: str
) -> Entry:
    try:
        return Entry(number, about, day, what, who, moment_of(at), text, previous, hash)
    except (TypeError, OverflowError) as error:
        raise refusal(DamagedTrail, "DESK-035", about, number=number) from error
