"""The ledger: facts that are only ever added, and can be read as they stood on any day.

    <folder>/ledger/manifest.sqlite    what counts; the commit of this file is the commit of a write
    <folder>/ledger/segments/          facts, as immutable Parquet
    <folder>/raw, <folder>/documents   see `touchstone.facts.library`

Why so: docs/decisions/0001-ledger-storage.md.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from touchstone.errors import LedgerError
from touchstone.facts import standing
from touchstone.facts.arrays import places
from touchstone.facts.columns import conformed, microseconds, table_of
from touchstone.facts.compaction import compact_all, compact_small
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact, fact_id
from touchstone.facts.keys import known, stored, unique
from touchstone.facts.manifest import add_segment, live, stamp
from touchstone.facts.reader import LedgerReader
from touchstone.facts.rereading import read_anew
from touchstone.facts.segment import arranged, ids_path, write_segment
from touchstone.facts.standing import Reading

if TYPE_CHECKING:
    import pyarrow as pa


class Ledger(LedgerReader):
    """The ledger of the workspace in `folder`: its reads, and what adds to it.

    Any number of processes and threads may read and append at once.
    """

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
        self, table: "pa.Table", documents: Iterable[Document] = (), recorded: datetime | None = None,
        origins: Mapping[str, str] | None = None, edition: str = "", superseded: Sequence[str] = (),
        restored: Sequence[str] = (),
    ) -> int:  # fmt: skip
        """Add facts in bulk from Arrow columns named like the fields of `Fact` (see `columns.schema`, `append`).

        `superseded` are ids of earlier facts that count no more from now on, because these state them anew or take them back;
        `restored` those that were taken back and are stated again.
        """
        return self._commit(
            table, documents, recorded, origins or {}, edition, superseded=superseded, restored=restored
        )

    def taken_back(self) -> frozenset[str]:
        """Ids of the facts that were stated and count no more, until they are stated again."""
        with self._manifest.reading() as db:
            return standing.withdrawn(db)

    def _commit(
        self, table: "pa.Table", documents: Iterable[Document], recorded: datetime | None,
        origins: Mapping[str, str], edition: str, reason: str | None = None, superseded: Sequence[str] = (),
        restored: Sequence[str] = (),
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
            standing.withdraw(db, list(superseded), at)
            standing.restore(db, list(restored), at)
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


def _corrections(table: "pa.Table") -> list[tuple[str, str, str]]:
    columns = table.select(["id", "replaces", "source"]).filter(table.column("replaces").is_valid())
    return list(zip(*columns.to_pydict().values(), strict=True))


def _checked(recorded: datetime) -> int:
    if recorded.tzinfo is None:
        raise LedgerError(f"recorded {recorded} says no time zone: add tzinfo, for example datetime.UTC")
    return microseconds(recorded)
