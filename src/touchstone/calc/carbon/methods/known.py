"""The keys a method may name: items and their kinds, kinds of factors, sectors and documents of data/carbon."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from touchstone.calc.carbon.methods.unfit import unknown_key
from touchstone.facts.unit import same_kind

_FOLDER = Path(__file__).parents[3] / "data" / "carbon"


@dataclass(frozen=True, slots=True)
class Known:
    """Keys by table: items with their kind and unit, kinds of factors with the units they come in, sectors, documents."""

    items: dict[str, Any]
    kinds: dict[str, Any]
    sectors: dict[str, Any]
    documents: dict[str, Any]

    def of_table(self, table: str, key: str, where: str) -> None:
        """Let pass a key of one table. Raises UnusableDeclaration: METHOD-006."""
        rows = getattr(self, table)
        if key not in rows:
            raise unknown_key(where, key, table, get_close_matches(key, list(rows), n=3, cutoff=0.5))

    def over(self, keys: Sequence[str], where: str) -> None:
        """Let pass kinds of items and items. Raises UnusableDeclaration: METHOD-006."""
        kinds = {row["kind"] for row in self.items.values()}
        for key in keys:
            if key not in kinds:
                self.of_table("items", key, where)

    def units_of(self, keys: Sequence[str]) -> tuple[str, ...]:
        """The units that items, or all items of a kind, are counted in."""
        found = (row["unit"] for key, row in self.items.items() if key in keys or row["kind"] in keys)
        return tuple(dict.fromkeys(found))

    def comes_in(self, kind: str, code: str) -> bool:
        """Whether a factor of this kind can be brought to a unit."""
        return any(same_kind(code, each) for each in self.kinds[kind]["units"])


@cache
def known() -> Known:
    """The tables that come with Touchstone, read once."""
    return Known(*(tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8")) for name in Known.__slots__))
