"""Importing: the file of a source is kept, and its series enter the ledger, all at once.

What is kept is what every document keeps: the bytes by hash, the text with the place of every cell, the facts.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from touchstone.errors import Refusal
from touchstone.facts.ledger import Ledger
from touchstone.facts.rate_size import RATE, KnownRates
from touchstone.facts.standing import Reading
from touchstone.read.intake import named
from touchstone.read.read import file_bytes
from touchstone.read.refusal import refusal
from touchstone.read.sources.declaration import Declaration, Rows, history, is_declared
from touchstone.read.sources.series import Imported, Progress, read_series
from touchstone.read.sources.superseded import dropped, stated_anew

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a source.

    Attributes:
        source: id of its declaration.
        name, hash: of the document in the workspace.
        series, rows, figures, missing: how many its table holds; a missing cell says that there is no value.
        added: figures that are new to the ledger.
        dropped: figures of the file before that count no more, because this one does not have them.
        first, last: the earliest and the latest period, "" where there is none.
        unchanged: this declaration had read the same before, and nothing was added.
        absent: declared columns the table does not have.
        unread: heads of columns that are not declared.
        problems: what was left out, and why.
    """

    source: str
    name: str
    hash: str
    series: int
    rows: int
    figures: int
    missing: int
    added: int
    dropped: int
    first: str
    last: str
    unchanged: bool
    absent: tuple[str, ...]
    unread: tuple[str, ...]
    problems: tuple[Refusal, ...]


def import_series(
    ledger: Ledger, path: Path | None, by: Declaration, published: date | None = None, tell: Progress | None = None
) -> ImportReport:  # fmt: skip
    """Import one source.

    Args:
        path: the file; None takes the history that comes with the source, or fetches what its connector gives.
        published: the day the file was published, where that is known.

    Raises:
        UnreadableFile: the file cannot be read, or its heads are not as declared.
        UnreachableSource: the connector gave nothing.

    A file imported again adds nothing; a changed one supersedes what it said before, which stays as vintages. Of a
    source that is a window (`Declaration.window`) it supersedes no more than it states anew: the rest goes on to count. Two
    declarations may read one file, each its own sheet or columns. What was read from the file without a
    declaration counts no more.
    """
    data, file, origin = _given(ledger, path, by)
    hash = sha256(data).hexdigest()
    of = {reading.name: reading for reading in ledger.readings()}
    read = read_series(data, file, by, published, tell, _rates(ledger, origin, by))

    def lost(before: Reading) -> int:
        return dropped(ledger, before.hash, read.facts, by)

    def replaced(before: Reading) -> bool:
        return before.hash == hash or (before.origin == origin and not (by.window and lost(before)))

    name = next(n for n in _names(by, file, origin) if n not in of or replaced(of[n]))
    before = of.get(name)
    unchanged = before is not None and _same(ledger, before, read, hash, by)
    gone = lost(before) if before and not unchanged else 0
    added = 0 if unchanged else _commit(ledger, read, data, name, origin, by)
    return _report(read, by, name, added, gone, unchanged)


def _given(ledger: Ledger, path: Path | None, by: Declaration) -> tuple[bytes, str, str]:
    """The bytes, the name of their file, and where it lies relative to the workspace ("" where it is none)."""
    if path is not None:
        origin = os.path.relpath(path.resolve(), ledger.folder.resolve())
        return file_bytes(path, path.name), path.name, origin
    if by.history:
        return history(by), by.history, ""
    if by.call is None:
        raise refusal("SOURCE-043", by.id, id=by.id, address=(by.address.en, by.address.zh))
    from touchstone.read.connectors.connector import fetch

    return fetch(by), by.id, ""


def _rates(ledger: Ledger, origin: str, by: Declaration) -> KnownRates:
    """The rates of exchange that count; not those of the same file, which may be what is corrected now."""
    layout = by.layout
    measures = [m for _, m in layout.values] if isinstance(layout, Rows) else [c.measure for c in layout]
    if RATE not in measures:
        return KnownRates()
    own = {reading.hash for reading in ledger.readings() if reading.origin == origin}
    return KnownRates(fact for fact in ledger.facts(measure=RATE) if fact.source not in own)


def _names(by: Declaration, file: str, origin: str) -> Iterator[str]:
    """The names to show a file under: longer where another file of the source bears a shorter one."""
    folder = Path(origin).parent.name
    longer = (f"{by.id}/{folder}{number}/{file}" for number in chain([""] if folder else [], count(2)))
    return chain([f"{by.id}/{file}" if file != by.id else file], longer)


def _same(ledger: Ledger, before: Reading, read: Imported, hash: str, by: Declaration) -> bool:
    """Whether this was read before. A message fetched again differs in its date of preparation and in nothing else."""
    if before.edition != by.edition:
        return False
    if before.hash == hash:
        return True
    return by.call is not None and ledger.library.document(before.hash, by.edition).text == read.document.text


def _commit(ledger: Ledger, read: Imported, data: bytes, name: str, origin: str, by: Declaration) -> int:
    """Keep the document and append its figures, together with those that other declarations read in it."""
    import pyarrow as pa

    document = named(read.document, name)
    plain = [
        r.name for r in ledger.readings() if r.hash == document.source.hash and not is_declared(r.edition)
    ]
    ledger.library.keep(document, data, by.edition)
    figures = pa.concat_tables([read.facts, *_of_others(ledger, document.source.hash, by)])
    source = document.source
    anew = stated_anew(ledger, source.hash, read.facts, by, source.published) if by.window else []
    added = ledger.append_table(
        figures, [document], origins={name: origin}, edition=by.edition, superseded=anew
    )
    if plain:
        ledger.withdraw(plain)
    return added


def _of_others(ledger: Ledger, hash: str, by: Declaration) -> "list[pa.Table]":
    """What other declarations have read in these bytes: it goes on to count."""
    if hash not in ledger.editions():
        return []
    rules = {fact.rule for fact in ledger.facts(source=hash) if is_declared(fact.rule)} - {by.rule}
    return [ledger.facts(source=hash, rule=sorted(rules)).to_arrow()] if rules else []


def _report(
    read: Imported, by: Declaration, name: str, added: int, gone: int, unchanged: bool
) -> ImportReport:
    periods = read.facts.column("period").unique().to_pylist()
    return ImportReport(
        by.id, name, read.document.source.hash, read.series, read.rows, read.facts.num_rows, read.missing,
        added, gone, min(periods, default=""), max(periods, default=""), unchanged, read.absent, read.unread,
        read.document.left_out,
    )  # fmt: skip
