"""Compaction: many small segments become one large sorted one.

Segments never change, so a merge needs no lock: it writes a new segment from a list of live ones
and then, in one transaction, puts it in their place, unless another process was faster. The old
files stay for a while, for readers that took the list before; one that comes too late starts again.
"""

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from touchstone.facts import manifest as rows
from touchstone.facts.keys import merged, stored
from touchstone.facts.manifest import Manifest
from touchstone.facts.query import Engine
from touchstone.facts.segment import GROUP, Segment, ids_path, remove_segment, write_segment

if TYPE_CHECKING:
    import pyarrow as pa

_FAN = 8
"""How many segments of one size are let stand before they are merged."""
_TIERS = (500, 4_000, 32_000)
"""Sizes in rows up to which an append merges in passing, each about `_FAN` times the one before."""
_GRACE = 300.0
"""Seconds a retired segment, or a file nobody named, is kept."""


def compact_small(manifest: Manifest, engine: Engine, folder: Path) -> None:
    """Merge the segments of a tier that has become crowded; a fact is rewritten once a tier at most."""
    with manifest.reading() as db:
        segments = rows.live(db)
    low = 0
    for high in _TIERS:
        crowd = tuple(s for s in segments if low < s.rows <= high)
        if len(crowd) >= _FAN:
            _merge(manifest, engine, folder, crowd)
            return
        low = high


def compact_all(manifest: Manifest, engine: Engine, folder: Path) -> None:
    """Merge all segments into one, and remove the files that no reader can need any more."""
    with manifest.reading() as db:
        segments = rows.live(db)
    if len(segments) > 1:
        _merge(manifest, engine, folder, segments)
    _sweep(manifest, folder)


def _merge(manifest: Manifest, engine: Engine, folder: Path, segments: tuple[Segment, ...]) -> None:
    from duckdb import IOException

    try:
        ids = merged(stored(ids_path(folder, s.name)) for s in segments)
        large = write_segment(folder, _batches(engine, segments), ids)
    except (IOException, FileNotFoundError):  # another process merged them first and swept up
        return
    with manifest.writing() as db:
        won = _replace(db, segments, large)
    if not won:
        remove_segment(folder, large.name)


def _replace(db: sqlite3.Connection, old: tuple[Segment, ...], new: Segment) -> bool:
    if not rows.retire(db, old):
        return False
    rows.add_segment(db, new)
    return True


def _batches(engine: Engine, segments: tuple[Segment, ...]) -> "Iterator[pa.Table]":
    import pyarrow as pa

    from touchstone.facts.columns import schema

    for batch in engine.sorted_batches(segments, GROUP):
        yield pa.Table.from_batches([batch]).cast(schema())


def _sweep(manifest: Manifest, folder: Path) -> None:
    """Remove retired segments, and what a killed process left unnamed, once they are old enough."""
    with manifest.writing() as db:
        gone = rows.forget_retired(db, _GRACE)
        named = rows.all_names(db)
    for name in gone:
        remove_segment(folder, name)
    for path in folder.iterdir():
        if path.name.split(".")[0] not in named and path.stat().st_mtime < time.time() - _GRACE:
            path.unlink(missing_ok=True)
