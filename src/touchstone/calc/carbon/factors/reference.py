"""What factors refer to: documents, items, kinds, sectors, regional grids, families, and the order of precedence.

All are data (`data/carbon/*.toml`), read once when first asked for.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from touchstone.calc.carbon.factor import CitedDocument
from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class Item:
    """A word of the vocabulary of carbon.

    Attributes:
        kind: fuel, reductant, carbonate, oxalate, electrode, electricity, heat, product, process, anode-effect, material,
            gas, pollutant, water, waste, land or money.
        unit: a value of it is expected in.
    """

    key: str
    name: Text
    kind: str
    unit: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a factor can be a factor of; its unit measures what one of `units` measures."""

    key: str
    name: Text
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sector:
    """A kind of production and the item that is its main product."""

    key: str
    name: Text
    product: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A regional grid and the provinces in it; `tag` says how its coverage became known."""

    key: str
    name: Text
    places: tuple[str, ...]
    tag: str


@dataclass(frozen=True, slots=True)
class Family:
    """A family of electricity factors, the question it answers, and whether it holds the life cycle."""

    key: str
    name: Text
    use: Text
    life_cycle: bool


@dataclass(frozen=True, slots=True)
class Level:
    """A step of the precedence: how near a value is to what happened, and why it goes before the next."""

    key: str
    name: Text
    why: Text


@cache
def documents() -> dict[str, CitedDocument]:
    """All documents by key."""
    return {key: document_from(key, row) for key, row in _table("documents").items()}


def document_from(key: str, row: Mapping[str, Any]) -> CitedDocument:
    """A document from a row of `documents.toml`. Raises KeyError: it has no title, issuer or status."""
    return CitedDocument(
        key, _both(row["title"]), _both(row["issuer"]), row.get("number", ""), row.get("edition", ""),
        row.get("issued"), row.get("in_force"), row["status"], _maybe(row.get("status_note")),
        row.get("address", ""), _maybe(row.get("earlier_year")),
    )  # fmt: skip


@cache
def items() -> dict[str, Item]:
    """All items by key."""
    return {
        key: Item(key, _both(row), row["kind"], row["unit"], tuple(row.get("aliases", ())))
        for key, row in _table("items").items()
    }


@cache
def kinds() -> dict[str, Kind]:
    """All kinds of factors by key."""
    return {key: Kind(key, _both(row), tuple(row["units"])) for key, row in _table("kinds").items()}


@cache
def sectors() -> dict[str, Sector]:
    """All sectors by key."""
    return {key: Sector(key, _both(row), row["product"]) for key, row in _table("sectors").items()}


@cache
def grids() -> dict[str, Grid]:
    """All regional grids by key, those of both divisions."""
    return {
        key: Grid(key, _both(row), tuple(row["places"]), division["tag"])
        for division in _table("grids").values()
        for key, row in division["grids"].items()
    }


@cache
def families() -> dict[str, Family]:
    """All families of electricity factors by key."""
    rows = _table("families").items()
    return {key: Family(key, _both(row), _both(row["use"]), row["life_cycle"]) for key, row in rows}


@cache
def levels() -> dict[str, Level]:
    """The precedence by key, what goes first first."""
    rows = _table("precedence")["level"]
    return {row["key"]: Level(row["key"], _both(row), _both(row["why"])) for row in rows}


@cache
def over(words: tuple[str, ...]) -> tuple[str, ...]:
    """The items that a term is summed over: those named, and those of a kind; a word that names an item means that item alone (heat)."""
    named = items().keys() & set(words)
    kinds_of = set(words) - named
    return tuple(key for key, item in items().items() if key in named or item.kind in kinds_of)


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("touchstone").joinpath(f"data/carbon/{name}.toml").read_text("utf-8"))


def _both(row: Mapping[str, Any]) -> Text:
    return Text(row["zh"], row["en"])


def _maybe(row: Mapping[str, Any] | None) -> Text | None:
    return None if row is None else _both(row)
