"""The ledger: facts that are only ever added, and can be read as they stood on any day.

    <folder>/ledger/manifest.sqlite    what counts; the commit of this file is the commit of a write
    <folder>/ledger/segments/          facts, as immutable Parquet
    <folder>/raw, <folder>/documents   see `touchstone.facts.library`

Why so: docs/decisions/0001-ledger-storage.md.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from touchstone.errors import AmbiguousFact, LedgerError, UnknownFact
from touchstone.facts import standing
from touchstone.facts.arrays import places
from touchstone.facts.asked import COLUMNS, wanted
from touchstone.facts.columns import conformed, facts_of, microseconds, table_of
from touchstone.facts.compaction import compact_all, compact_small
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact, fact_id
from touchstone.facts.keys import known, stored, unique
from touchstone.facts.library import Library, is_hash
from touchstone.facts.lineage import Explanation, explain
from touchstone.facts.manifest import Manifest, add_segment, live, stamp
from touchstone.facts.query import FILTERS, Engine, moment
from touchstone.facts.rereading import read_anew
from touchstone.facts.segment import arranged, ids_path, write_segment
from touchstone.facts.series import Facts, Series, SeriesKey, by_vintage, latest
from touchstone.facts.standing import Reading, Snapshot

if TYPE_CHECKING:
    import pyarrow as pa

Moment = date | datetime
_T = TypeVar("_T")
_ATTEMPTS = 5
"""How often a read starts again because a compaction took its files away."""


class Ledger:
    """The ledger of the workspace in `folder`; made there if there is none yet.

    Any number of processes and threads may read and append at once. Every `as_of` is a date (its
    end, UTC) or a moment with a zone; without one the read shows all that was committed.
    """

    def __init__(self, folder: "str | os.PathLike[str]") -> None:
        self.folder = Path(folder)
        self._segments = self.folder / "ledger" / "segments"
        try:
            self._segments.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LedgerError(f"{self.folder}: no workspace can be made here ({error})") from error
        self._manifest = Manifest(self.folder / "ledger" / "manifest.sqlite")
        self._engine = Engine(self._segments)
        self.library = Library(self.folder)

    # --- writing

    def append(
        self, facts: Iterable[Fact], documents: Iterable[Document] = (), recorded: datetime | None = None,
        origins: Mapping[str, str] | None = None, edition: str = "",
    ) -> int:  # fmt: skip
        """Add facts, and the reading of documents, in one commit; the number of new facts.

        Args:
            facts: facts whose id is known already are left out; `recorded` is set by the ledger.
            documents: documents these facts were read from, kept in the library before. From now
                on a document of the same name shows only its latest reading.
            recorded: the time of recording; later than every one before. Default: now.
            origins: where each document name came from (see `Reading.origin`).
            edition: that of the rules that read the documents. A document that another edition read
                before is read anew: its earlier figures that are not among `facts` count no more.

        Raises:
            LedgerError: a fact cannot be kept, `recorded` is too early, or the folder refuses.
        """
        return self._commit(table_of(facts), documents, recorded, origins or {}, edition)

    def append_table(
        self, table: "pa.Table", documents: Iterable[Document] = (), recorded: datetime | None = None
    ) -> int:
        """Add facts in bulk from Arrow columns named like the fields of `Fact` (see `columns.schema`)."""
        return self._commit(table, documents, recorded, {}, "")

    def _commit(
        self, table: "pa.Table", documents: Iterable[Document], recorded: datetime | None,
        origins: Mapping[str, str], edition: str, reason: str | None = None,
    ) -> int:  # fmt: skip
        import numpy as np

        table = conformed(table)
        read = self._readings(list(documents), table, origins, edition)
        found, firsts = unique(table.column("id"))
        with self._manifest.writing() as db:
            at = stamp(db, None if recorded is None else _checked(recorded))
            fresh = ~known(found, (stored(ids_path(self._segments, s.name)) for s in live(db)))
            added = table if fresh.sum() == table.num_rows else table.take(places(np.sort(firsts[fresh])))
            before = standing.editions(db) if read else {}
            stale = [r.hash for r in read if before.get(r.hash, edition) != edition]
            read_anew(db, self._engine, table, stale, at)
            if added.num_rows:
                add_segment(db, write_segment(self._segments, [arranged(added, at)], found.chosen(fresh)))
                standing.add_corrections(db, _corrections(added), at, reason)
            standing.add_readings(db, read, at)
        compact_small(self._manifest, self._engine, self._segments)
        return added.num_rows

    def _readings(
        self, documents: Sequence[Document], table: "pa.Table", origins: Mapping[str, str], edition: str
    ) -> list[Reading]:
        figures: Counter[str] = Counter(table.column("source").to_pylist() if documents else [])
        for source in (document.source for document in documents):
            if not self.library.holds(source.hash, edition):
                raise LedgerError(f"{source.name}: keep the document in the library before its reading")
        return [
            Reading(
                d.source.name, d.source.hash, 0, origins.get(d.source.name, ""), d.source.title, d.source.media,
                d.source.size, d.source.published, figures[d.source.hash], len(d.text), edition,
            )
            for d in documents
        ]  # fmt: skip

    def correct(
        self, fact: str, value: Decimal, reason: str, half_width: Decimal | None = None,
        recorded: datetime | None = None,
    ) -> Fact:  # fmt: skip
        """Replace the value of a fact by a new fact that points to it; the old one stays as a vintage.

        Raises:
            UnknownFact: no fact has this id.
            LedgerError: no reason is given, or the fact was corrected before (correct that one).
        """
        old = self.fact(fact)
        if not reason.strip():
            raise LedgerError("a correction needs a reason: say who found what, and where")
        width = old.half_width if half_width is None else half_width
        new = replace(
            old, id=fact_id(old.id, "correction", value, width, reason), value=value, half_width=width,
            rule="correction", parents=(old.id,), replaces=old.id, recorded=None,
        )  # fmt: skip
        self._commit(table_of([new]), (), recorded, {}, "", reason)
        return self.fact(new.id)

    def withdraw(self, names: Sequence[str], recorded: datetime | None = None) -> None:
        """Let the documents of these names no longer count from now on; an earlier `as_of` still shows them.

        They count again when a document of that name is appended again.

        Raises:
            LedgerError: there is no document of one of the names, or `recorded` is too early.
        """
        if unknown := sorted(set(names) - {reading.name for reading in self.readings()}):
            raise LedgerError(f"{', '.join(unknown)}: no document of this name counts")
        with self._manifest.writing() as db:
            at = stamp(db, None if recorded is None else _checked(recorded))
            standing.withdraw_readings(db, list(names), at)

    def compact(self) -> None:
        """Merge all segments into one sorted run: worth its time after a bulk load."""
        compact_all(self._manifest, self._engine, self._segments)

    # --- reading

    def facts(
        self, *, as_of: Moment | None = None, ids: Sequence[str] | None = None, **filters: Any
    ) -> Facts:
        """The facts that count, as of a moment, in reading order (document, then place in it).

        Args:
            as_of: what was recorded by then; for each document name its latest reading by then.
            ids: only these.
            filters: any of `query.FILTERS`; one word, several of which any will do, or None
                for facts that have none.

        Raises:
            TypeError: a filter that does not exist.
        """
        if unknown := set(filters) - set(FILTERS):
            raise TypeError(
                f"facts are not chosen by {', '.join(sorted(unknown))}, only by {', '.join(FILTERS)}"
            )
        until = moment(as_of)
        return Facts(self._read(until, lambda now: self._engine.facts(now, filters, until, _listed(ids))))

    def fact(self, id: str) -> Fact:
        """The fact of this id, whether it still counts or was superseded.

        Raises:
            UnknownFact: there is none.
        """
        table = self._read(None, lambda now: self._engine.facts(now.all(), {}, None, [id]))
        if not table.num_rows:
            raise UnknownFact(f"no fact has the id {id!r}")
        return next(facts_of(table))

    def whole_id(self, beginning: str) -> str:
        """The id of the one fact whose id begins so, superseded or not.

        Raises:
            UnknownFact: there is none, or (AmbiguousFact) several begin so.
        """
        found = self._read(None, lambda now: self._engine.ids(now, beginning, 2)) if beginning else []
        if len(found) == 1 or beginning in found:
            return found[0]
        if found:
            raise AmbiguousFact(
                f"several facts have an id that begins with {beginning!r}: give more of its digits"
            )
        raise UnknownFact(f"no fact has the id {beginning!r}")

    def series(
        self, subject: str, measure: str, place: str | None = None, as_of: Moment | None = None,
        unit: str | None = None,
    ) -> Series:  # fmt: skip
        """The points of a series, one a period, each the latest vintage as of a moment.

        `place` None means the series that has no place. `unit` chooses among several units.
        """
        # one read for both: the points are those of the vintages that are neither hidden nor replaced
        wanted = {"subject": subject, "measure": measure, "place": place} | ({"unit": unit} if unit else {})
        until = moment(as_of)
        every, gone = self._read(until, lambda now: (self._engine.facts(now.all(), wanted, until), now.gone))
        vintages = by_vintage(Facts(every))
        return Series(subject, measure, place, latest([f for f in vintages if not gone(f)]), vintages)

    def series_keys(self, as_of: Moment | None = None) -> list[SeriesKey]:
        """Every series there is as of a moment, by subject, measure, place and unit."""
        until = moment(as_of)
        return [SeriesKey(*row) for row in self._read(until, lambda now: self._engine.keys(now, until))]

    def matching(self, words: str, limit: int = 50) -> Facts:
        """At most `limit` facts known by every word in either language, see `asked.wanted`, the fittest first."""

        def found(now: Snapshot) -> "pa.Table":
            values = {name: self._engine.distinct(now, name) for name in COLUMNS}
            return self._engine.matching(now, wanted(words, values), limit)

        return Facts(self._read(None, found))

    def readings(self, as_of: Moment | None = None) -> list[Reading]:
        """The latest reading of each document name as of a moment, by name."""
        until = moment(as_of)
        with self._manifest.reading() as db:
            return standing.latest_readings(db, None if until is None else microseconds(until))

    def editions(self) -> dict[str, str]:
        """All documents ever read, by hash, and the edition of the rules that read them last."""
        with self._manifest.reading() as db:
            return standing.editions(db)

    def document(self, hash: str) -> Document:
        """A document as it was read last.

        Raises:
            LedgerError: there is none of this hash.
        """
        with self._manifest.reading() as db:
            edition = standing.edition_of(db, hash)
        return self.library.document(hash, edition)

    def explain(self, id: str) -> Explanation:
        """Where a number comes from: its printed words, its document, and its parents' in turn.

        Raises:
            UnknownFact: no fact has this id.
        """
        return explain(self.fact(id), self._found, self._document, self._reason)

    def _found(self, id: str) -> Fact | None:
        try:
            return self.fact(id)
        except UnknownFact:
            return None

    def _document(self, hash: str) -> Document | None:
        return self.document(hash) if is_hash(hash) and hash in self.editions() else None

    def _reason(self, id: str) -> str | None:
        with self._manifest.reading() as db:
            return standing.reason(db, id)

    def _read(self, until: datetime | None, query: Callable[[Snapshot], _T]) -> _T:
        """Run a query on a snapshot; once more on a newer one if its files were compacted away."""
        from duckdb import IOException

        for attempt in range(_ATTEMPTS):
            with self._manifest.reading() as db:
                now = standing.snapshot(db, None if until is None else microseconds(until))
            try:
                return query(now)
            except IOException as error:
                if attempt == _ATTEMPTS - 1:
                    raise LedgerError(
                        f"{self.folder}: a segment of the ledger cannot be read ({error})"
                    ) from error
        raise AssertionError("unreachable")


def _corrections(table: "pa.Table") -> list[tuple[str, str, str]]:
    columns = table.select(["id", "replaces", "source"]).filter(table.column("replaces").is_valid())
    return list(zip(*columns.to_pydict().values(), strict=True))


def _checked(recorded: datetime) -> int:
    if recorded.tzinfo is None:
        raise LedgerError(f"recorded {recorded} says no time zone: add tzinfo, for example datetime.UTC")
    return microseconds(recorded)


def _listed(ids: Sequence[str] | None) -> list[str] | None:
    return None if ids is None else sorted(set(ids))
