"""What counts as of a moment: the latest reading of each document, corrections, withdrawn facts.

Rows of the manifest that say which facts a read shows; all are written in the transaction that adds
the facts, and none is ever changed but to say until when it held.
"""

import sqlite3
from dataclasses import dataclass
from datetime import date

from touchstone.errors import LedgerError
from touchstone.facts.fact import Fact
from touchstone.facts.manifest import live
from touchstone.facts.segment import Segment

_READING = "name, hash, recorded, origin, title, media, size, published, figures, chars, edition"
_GONE = ""
"""The hash of a reading that says: from now on there is no document of this name."""
_LATEST = "select max(id) from reading where recorded <= ? group by name"
_HIDDEN = (
    f"select hash from reading where recorded <= ? except select hash from reading where id in ({_LATEST})"
)


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


def withdrawn(db: sqlite3.Connection) -> frozenset[str]:
    """The facts that no longer count, until they are restored."""
    return frozenset(fact for (fact,) in db.execute("select fact from withdrawn where until is null"))


def reason(db: sqlite3.Connection, fact: str) -> str | None:
    """Why a person made this correction; None for a fact that is none."""
    found = db.execute("select reason from correction where fact = ?", (fact,)).fetchone()
    return found and found[0]


def add_readings(db: sqlite3.Connection, readings: list[Reading], recorded: int) -> None:
    """Note which bytes each document name has now.

    The same bytes under the same name again are no new reading, unless from another file, or by another edition of the
    rules than the one that read these bytes last, under whatever name. A reading of bytes that this edition has read before takes their number of figures.
    """
    db.executemany(
        f"insert into reading ({_READING}) select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
        "  max(?9, coalesce((select max(figures) from reading where hash = ?2 and edition = ?11), 0)), ?10, ?11"
        " where (?2, ?11, ?4) is not"
        " (select hash, edition, origin from reading where name = ?1 order by id desc limit 1)"
        " or ?11 is not (select edition from reading where hash = ?2 order by id desc limit 1)",
        [
            (r.name, r.hash, recorded, r.origin, r.title, r.media, r.size,
             r.published and r.published.isoformat(), r.figures, r.chars, r.edition)
            for r in readings
        ],
    )  # fmt: skip


def withdraw_readings(db: sqlite3.Connection, names: list[str], recorded: int) -> None:
    """Let documents no longer count, until a file of their name is read again; what they said stays."""
    taken = [Reading(name, _GONE, recorded, "", "", "", 0, None, 0, 0) for name in names]
    add_readings(db, taken, recorded)


def latest_readings(db: sqlite3.Connection, as_of: int | None = None) -> list[Reading]:
    """The latest reading of each name, as of a moment, in order of name; withdrawn ones are left out."""
    rows = db.execute(
        f"select {_READING} from reading where id in ({_LATEST}) and hash <> ? order by name",
        (_until(as_of), _GONE),
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
    rows = db.execute("select hash, edition from reading where hash <> ? order by id", (_GONE,))
    return dict(rows.fetchall())


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
