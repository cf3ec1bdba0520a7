"""Reading the ledger: SQL of DuckDB over the live segments of one snapshot."""

import os
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from touchstone.facts.asked import COLUMNS, Wanted
from touchstone.facts.columns import schema
from touchstone.facts.segment import ORDER, Segment, segment_path
from touchstone.facts.standing import Snapshot

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

FILTERS = ("subject", "measure", "place", "period", "unit", "source", "status", "rule")
"""What facts may be chosen by: one word, or several any of which will do."""
_READING_ORDER = "source, start, id"


class Engine:
    """DuckDB in memory for one process: no file of its own, nothing to lock, any number of threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opening = threading.Lock()
        self._process, self._database = 0, None

    def _cursor(self) -> "duckdb.DuckDBPyConnection":
        import duckdb

        with self._opening:
            if self._database is None or self._process != os.getpid():  # a fork cannot share threads
                spill = self._folder.parent / "spill"  # what a large sort puts down; made when needed
                self._database = duckdb.connect(":memory:", config={
                    "autoinstall_known_extensions": "false", "memory_limit": "2GB", "temp_directory": str(spill),
                })  # fmt: skip
                self._database.execute("set enable_progress_bar = false")
                self._process = os.getpid()
            return self._database.cursor()

    def facts(
        self,
        snapshot: Snapshot,
        filters: Mapping[str, Any],
        until: datetime | None,
        ids: "list[str] | None" = None,
        order: str = _READING_ORDER,
    ) -> "pa.Table":
        """The facts of a snapshot that fit, in the ledger's schema, in reading order."""
        segments = _pruned(snapshot.segments, filters.get("subject"))
        if not segments or ids == []:
            return schema().empty_table()
        where, params = _conditions(snapshot, filters, until)
        if ids is not None:
            # a list of constants lets DuckDB ask the bloom filters; a subquery would not
            where.append(f"id in ({', '.join('?' * len(ids))})")
            params += ids
        return self.table(
            f"select * from {self._files(segments)} where {_all(where)} order by {order}", params
        )

    def keys(self, snapshot: Snapshot, until: datetime | None) -> list[tuple[Any, ...]]:
        """One row a series: subject, measure, place, unit, points, first and last period."""
        if not snapshot.segments:
            return []
        where, params = _conditions(snapshot, {}, until)
        rows = self._cursor().execute(
            "select subject, measure, place, unit, count(distinct period)::int, min(period), max(period)"
            f" from {self._files(snapshot.segments)} where period is not null and {_all(where)}"
            " group by all order by all",
            params,
        )
        return rows.fetchall()

    def distinct(self, snapshot: Snapshot, column: str) -> list[str]:
        """The different values of a column, in order; superseded facts count too."""
        if not snapshot.segments:
            return []
        query = f"select distinct {column} from {self._files(snapshot.segments)} where {column} is not null order by 1"
        return [value for (value,) in self._cursor().execute(query).fetchall()]

    def ids(self, snapshot: Snapshot, beginning: str, limit: int) -> list[str]:
        """At most `limit` ids that begin so, superseded ones too, in order."""
        if not snapshot.segments:
            return []
        query = (
            f"select distinct id from {self._files(snapshot.segments)} where starts_with(id, ?) order by 1"
        )
        return [id for (id,) in self._cursor().execute(f"{query} limit {int(limit)}", [beginning]).fetchall()]

    def matching(self, snapshot: Snapshot, words: Sequence[Wanted], limit: int) -> "pa.Table":
        """Facts that fit every word: those of the very value first, then those of the subject, then the rest."""
        if not snapshot.segments or not words:
            return schema().empty_table()
        where, params = _conditions(snapshot, {}, None)
        every = [_word(each) for each in words]
        fits = " and ".join(f"({said} or {valued})" for said, valued, _, _ in every)
        by_value, by_subject = (" + ".join(f"({each[n]})::int" for each in every) for n in (1, 2))
        # DuckDB fills the question marks in the order of the text: rank by value, by subject, then what fits
        given = [*(p for e in every for p in e[3]["value"]), *(p for e in every for p in e[3]["subject"])]
        given += [p for e in every for part in ("all", "value") for p in e[3][part]]
        query = (
            f"select * exclude (by_value, by_subject) from (select *, {by_value} as by_value,"
            f" {by_subject} as by_subject from {self._files(snapshot.segments)} where {_all([fits, *where])})"
            f" order by by_value desc, by_subject desc, contains(coalesce(period, ''), '/'), {_READING_ORDER}"
        )
        return self.table(f"{query} limit {int(limit)}", given + params)

    def sorted_batches(self, segments: tuple[Segment, ...], rows: int) -> "pa.RecordBatchReader":
        """All facts of some segments in the order of a segment, in batches of about `rows`."""
        order = ", ".join(ORDER)
        return (
            self._cursor()
            .sql(f"select * from {self._files(segments)} order by {order}")
            .to_arrow_reader(rows)
        )

    def table(self, query: str, params: list[Any]) -> "pa.Table":
        """The answer of a query whose columns are the ledger's."""
        return self._cursor().sql(query, params=params).to_arrow_table().cast(schema())

    def _files(self, segments: tuple[Segment, ...]) -> str:
        paths = (str(segment_path(self._folder, s.name)).replace("'", "''") for s in segments)
        return "read_parquet([" + ", ".join(f"'{path}'" for path in paths) + "])"


def _pruned(segments: tuple[Segment, ...], subject: object) -> tuple[Segment, ...]:
    if not isinstance(subject, str):
        return segments
    return tuple(s for s in segments if s.first <= subject <= s.last)


def _conditions(
    snapshot: Snapshot, filters: Mapping[str, Any], until: datetime | None
) -> tuple[list[str], list[Any]]:
    where, params = [], []
    for name, wanted in filters.items():
        if wanted is None:
            where.append(f"{name} is null")
        elif isinstance(wanted, str):
            where.append(f"{name} = ?")
            params.append(wanted)
        else:
            where.append(f"{name} in (select unnest(?))")
            params.append(list(wanted))
    if until is not None:
        where.append("recorded <= ?")
        params.append(until.astimezone(UTC).replace(tzinfo=None))
    for column, gone in (("source", snapshot.hidden), ("id", snapshot.replaced)):
        if gone:
            where.append(f"{column} not in (select unnest(?))")
            params.append(sorted(gone))
    return where, params


def _word(word: Wanted) -> tuple[str, str, str, dict[str, list[Any]]]:
    """Whether a fact is said to be, has the value of, or is about what a word asks for; and their parameters."""
    codes = [f"coalesce(list_contains(?, {name}), false)" for name in COLUMNS]
    listed = [list(word.codes.get(name, ())) for name in COLUMNS]
    printed = "regexp_matches(concat_ws(' ', subject_words, quote), ?)"
    subject = f"({codes[0]} or regexp_matches(subject_words, ?))"
    value = "coalesce(? in (try_cast(value as double), try_cast(value_high as double)), false)"
    given = {"all": [*listed, word.pattern], "value": [word.value], "subject": [listed[0], word.pattern]}
    return " or ".join((*codes, printed)), value, subject, given


def _all(where: list[str]) -> str:
    return " and ".join(where) or "true"


def moment(as_of: date | datetime | None) -> datetime | None:
    """A date is the end of that day (UTC); a moment must say its zone; None is now.

    Raises:
        ValueError: a moment without a zone.
    """
    if as_of is None:
        return None
    if not isinstance(as_of, datetime):
        return datetime(as_of.year, as_of.month, as_of.day, 23, 59, 59, 999999, tzinfo=UTC)
    if as_of.tzinfo is None:
        raise ValueError(f"as_of {as_of} says no time zone: add tzinfo, for example datetime.UTC")
    return as_of
