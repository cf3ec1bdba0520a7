"""Segments: immutable Parquet files of facts, sorted by series, and the sorted ids beside them.

A segment is written under a temporary name, forced to disk and renamed: it exists whole or not at
all, and it counts only once the manifest names it. `<name>.ids` holds the ids of its facts, see
`touchstone.facts.keys`.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from touchstone.facts.arrays import moments
from touchstone.facts.columns import schema
from touchstone.facts.keys import Keys

if TYPE_CHECKING:
    import pyarrow as pa

ORDER = ("subject", "measure", "place", "period", "recorded")
"""The order of rows: a series is one run of neighbours, found by the minima and maxima of row groups."""
GROUP = 32768
"""Rows in a row group: what one read of a series has to decode."""
_DICTIONARY = [
    "subject", "measure", "place", "period", "unit", "status", "source", "subject_words", "rule", "approx",
    "base", "form", "half_width", "published", "recorded",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Segment:
    """One Parquet file of facts. `first` and `last` bound its subjects, for pruning."""

    name: str
    rows: int
    first: str
    last: str


def write_segment(folder: Path, batches: "Iterable[pa.Table]", ids: Keys) -> Segment:
    """Write sorted facts as a new segment of `folder`; on disk for good when this returns.

    Args:
        batches: tables in the ledger's schema, in `ORDER` from first to last.
        ids: the keys of all of them.
    """
    import pyarrow.parquet as pq

    name = uuid4().hex
    path, first, last, rows = segment_path(folder, name), "", "", 0
    part = path.with_suffix(".parquet.part")
    with pq.ParquetWriter(
        part, schema(), compression="zstd", compression_level=1,
        use_dictionary=_DICTIONARY,  # pyright: ignore[reportArgumentType]  (a list of columns is allowed)
        bloom_filter_options={"id": {"ndv": GROUP, "fpp": 0.01}},
    ) as writer:  # fmt: skip
        for batch in batches:
            writer.write_table(batch, row_group_size=GROUP)
            subjects = batch.column("subject")
            first, last = first if rows else subjects[0].as_py(), subjects[-1].as_py()
            rows += batch.num_rows
    ids_part = ids_path(folder, name).with_suffix(".ids.part")
    ids.write(ids_part)
    for made, final in ((ids_part, ids_path(folder, name)), (part, path)):
        _settle(made, final)
    sync_folder(folder)
    return Segment(name, rows, first, last)


def arranged(table: "pa.Table", recorded: int) -> "pa.Table":
    """Facts with their recording time (microseconds), in the order of a segment."""
    moment = moments([recorded] * table.num_rows)
    stamped = table.set_column(table.schema.get_field_index("recorded"), "recorded", moment)
    return stamped.sort_by([(column, "ascending") for column in ORDER[:-1]])


def segment_path(folder: Path, name: str) -> Path:
    """Where the facts of a segment are."""
    return folder / f"{name}.parquet"


def ids_path(folder: Path, name: str) -> Path:
    """Where the sorted ids of a segment are."""
    return folder / f"{name}.ids"


def remove_segment(folder: Path, name: str) -> None:
    """Remove the files of a segment that no reader needs any more."""
    for path in (segment_path(folder, name), ids_path(folder, name)):
        path.unlink(missing_ok=True)


def _settle(made: Path, final: Path) -> None:
    descriptor = os.open(made, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.replace(made, final)


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to disk (a rename is not durable before)."""
    if os.name != "posix":  # other systems have no handle for a folder
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
