"""The keys a method may name: items and their kinds, kinds of factors, sectors and documents of data/carbon."""

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from touchstone.calc.carbon.factors.reference import documents, items, kinds, sectors
from touchstone.calc.carbon.methods.unfit import unknown_key
from touchstone.facts.unit import same_kind

_TABLES: dict[str, Callable[[], Mapping[str, Any]]] = {
    "documents": documents,
    "items": items,
    "kinds": kinds,
    "sectors": sectors,
}


def check_key(table: str, key: str, where: str) -> None:
    """Let pass a key of one table of data/carbon. Raises UnusableDeclaration: METHOD-006, with the nearest."""
    rows = _TABLES[table]()
    if key not in rows:
        raise unknown_key(where, key, table, get_close_matches(key, list(rows), n=3, cutoff=0.5))


def check_over(keys: Sequence[str], where: str) -> None:
    """Let pass kinds of items and items. Raises UnusableDeclaration: METHOD-006."""
    of_items = {item.kind for item in items().values()}
    for key in keys:
        if key not in of_items:
            check_key("items", key, where)


def units_of(keys: Sequence[str]) -> tuple[str, ...]:
    """The units that items, or all items of a kind, are counted in."""
    found = (item.unit for item in items().values() if item.key in keys or item.kind in keys)
    return tuple(dict.fromkeys(found))


def comes_in(kind: str, code: str) -> bool:
    """Whether a factor of this kind can be brought to a unit."""
    return any(same_kind(code, each) for each in kinds()[kind].units)
