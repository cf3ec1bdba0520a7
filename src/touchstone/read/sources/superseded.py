"""Superseding: which figures of earlier files a later file of the source states anew, and which it no longer has."""

from datetime import date
from typing import TYPE_CHECKING

from touchstone.facts.ledger import Ledger
from touchstone.facts.specification import stated_in
from touchstone.read.sources.declaration import Declaration

if TYPE_CHECKING:
    import pyarrow as pa

_Key = tuple[str | None, ...]
_OF = ("subject", "measure", "place", "unit", "period", "subject_words")


def dropped(ledger: Ledger, hash: str, table: "pa.Table", by: Declaration) -> int:
    """How many figures that count, read from these bytes by this declaration or corrected there, the table has not."""
    before = ledger.facts(source=hash, rule=[by.rule, "correction"]).to_arrow()
    return len(set(_keys(before)) - set(_keys(table)))


def stated_anew(
    ledger: Ledger, hash: str, table: "pa.Table", by: Declaration, published: date | None
) -> list[str]:
    """The ids of figures that count, of other files of this declaration, and that the table has too.

    What was published later than the table is not superseded by it.
    """
    sources = set(ledger.facts(rule=by.rule).to_arrow().column("source").unique().to_pylist()) - {hash}
    if not sources:
        return []
    others = ledger.facts(source=sorted(sources), rule=[by.rule, "correction"]).to_arrow()
    columns = (others.column("id").to_pylist(), others.column("published").to_pylist(), _keys(others))
    now = set(_keys(table))
    return [
        id
        for id, day, key in zip(*columns, strict=True)
        if key in now and not (day and published and day > published)
    ]


def _keys(table: "pa.Table") -> list[_Key]:
    """What each figure is a figure of, and for which period."""
    *columns, words = (table.column(name).to_pylist() for name in _OF)
    return list(zip(*columns, map(stated_in, words), strict=True))
