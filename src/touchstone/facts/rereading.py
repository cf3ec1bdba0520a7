"""Reading the same bytes anew, because the rules of reading have changed.

What an earlier edition of the rules read and the present one does not, is withdrawn from now on; what
both read stays as it was. A correction made by hand goes over to the figure that now stands in the
same place with the same value.
"""

import sqlite3
from typing import TYPE_CHECKING

from touchstone.facts import standing
from touchstone.facts.manifest import live
from touchstone.facts.query import Engine
from touchstone.facts.standing import Snapshot

if TYPE_CHECKING:
    import pyarrow as pa

_Place = tuple[str, int | None, int | None, str]


def read_anew(db: sqlite3.Connection, engine: Engine, table: "pa.Table", stale: list[str], at: int) -> None:
    """Let the figures of `table` take the place of earlier ones of the stale sources, from `at` on.

    `db` is in the transaction that adds the facts of `table`, and has not added them yet.
    """
    if not stale:
        return
    everything = Snapshot(live(db), frozenset(), frozenset())
    old = _places(engine.facts(everything, {"source": stale}, None))
    new = {id: place for id, place in _places(table).items() if place[0] in set(stale)}
    by_hand = standing.corrections_by_hand(db)
    made_by_hand = {correction for correction, _ in by_hand}
    gone = [id for id in old if id not in new and id not in made_by_hand]
    standing.withdraw(db, gone, at)
    standing.restore(db, list(new), at)
    corrected = {id for _, id in by_hand}
    now_at = {place: id for id, place in new.items() if id not in corrected}
    moved = [(c, now_at[old[id]], old[id][0]) for c, id in by_hand if id in gone and old[id] in now_at]
    for correction, fact, source in moved:
        standing.add_corrections(db, [(correction, fact, source)], at, standing.reason(db, correction))


def _places(table: "pa.Table") -> dict[str, _Place]:
    """Where each printed fact stands and what it says there, by id."""
    columns = table.select(["id", "status", "source", "start", "end", "value"]).to_pydict().values()
    return {
        id: (source, start, end, value)
        for id, status, source, start, end, value in zip(*columns, strict=True)
        if status != "derived"
    }
