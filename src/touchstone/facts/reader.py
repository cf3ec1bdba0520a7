"""Reading the ledger: facts, series and documents as they stood on any day. `Ledger` adds the writing."""

import os
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from touchstone.errors import AmbiguousFact, LedgerError, UnknownFact
from touchstone.facts import standing
from touchstone.facts.asked import COLUMNS, wanted
from touchstone.facts.columns import facts_of, microseconds
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.facts.library import Library, is_hash
from touchstone.facts.lineage import Explanation, explain
from touchstone.facts.manifest import Manifest, last_stamp
from touchstone.facts.query import FILTERS, Engine, moment
from touchstone.facts.series import Facts, Series, SeriesKey, by_vintage, latest
from touchstone.facts.standing import Reading, Snapshot

if TYPE_CHECKING:
    import pyarrow as pa

Moment = date | datetime
_T = TypeVar("_T")
_ATTEMPTS = 5
"""How often a read starts again because a compaction took its files away."""


class LedgerReader:
    """The reads of the ledger of the workspace in `folder`; it is made there if there is none yet.

    Any number of processes and threads may read while others append. Every `as_of` is a date (its
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

    def stated(self, **filters: Any) -> Facts:
        """All facts that were ever stated, superseded ones too, in reading order; `filters` as for `facts`."""
        return Facts(self._read(None, lambda now: self._engine.facts(now.all(), filters, None)))

    def last_write(self) -> int:
        """The moment of the last write, 0 before the first: while it is the same, what was read before holds."""
        with self._manifest.reading() as db:
            return last_stamp(db)

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


def _listed(ids: Sequence[str] | None) -> list[str] | None:
    return None if ids is None else sorted(set(ids))
