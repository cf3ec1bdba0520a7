"""Segments: immutable Parquet files of facts, sorted by series, and the sorted ids beside them.

A segment is written under a temporary name, forced to disk and renamed: it exists whole or not at
all, and it counts only once the manifest names it. `<name>.ids` holds the ids of its facts, ten
bytes each, sorted, so that asking whether 100,000 ids are known takes milliseconds and no scan.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from touchstone.errors import LedgerError
from touchstone.facts.arrays import moments
from touchstone.facts.columns import schema

if TYPE_CHECKING:
    import numpy as np
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


def write_segment(folder: Path, batches: "Iterable[pa.Table]", ids: "np.ndarray") -> Segment:
    """Write sorted facts as a new segment of `folder`; on disk for good when this returns.

    Args:
        batches: tables in the ledger's schema, in `ORDER` from first to last.
        ids: the keys (see `keys`) of all of them, sorted.
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
    ids.tofile(ids_part)
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


def keys(ids: "pa.ChunkedArray") -> "np.ndarray":
    """Ids as ten raw bytes each, in order, for sorting and searching.

    Raises:
        LedgerError: an id is not 20 hexadecimal digits.
    """
    import numpy as np
    import pyarrow.compute as pc

    fine: Any = pc.all(pc.match_substring_regex(ids, "^[0-9a-f]{20}$")).as_py()  # type: ignore[attr-defined]
    if fine is False:
        raise LedgerError("a fact's id must be 20 hexadecimal digits, as `fact_id` makes it")
    return np.frombuffer(bytes.fromhex("".join(ids.to_pylist())), dtype="S10")


def known(folder: Path, names: Iterable[str], sought: "np.ndarray") -> "np.ndarray":
    """Which of the sorted keys are in any of the segments: a mask of `sought`'s length."""
    import numpy as np

    found = np.zeros(len(sought), dtype=bool)
    for name in names:
        held = stored_keys(folder, name)
        at = np.searchsorted(held, sought)
        found |= held[np.minimum(at, len(held) - 1)] == sought
    return found


def stored_keys(folder: Path, name: str) -> "np.ndarray":
    """The sorted keys of a segment, mapped from disk."""
    import numpy as np

    return np.memmap(ids_path(folder, name), dtype="S10", mode="r")


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
