"""The layout of a bulletin: which quotations stand where, under which words. It is data, not code.

The one that comes with Touchstone is data/bulletins/minor_metals.toml; a workspace may bring its own.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from touchstone.errors import UnknownUnit, UnreadableFile
from touchstone.facts.declared_line import at_line
from touchstone.facts.quotation import Quotation, Quotations, quotations
from touchstone.facts.text import Text
from touchstone.facts.unit import unit
from touchstone.facts.vocabulary import vocabulary

_SHIPPED = Path(__file__).parents[2] / "data" / "bulletins" / "minor_metals.toml"
SECTIONS = ("review", "prices", "outlook", "digest", "charts", "notes", "sources")
"""What a bulletin may hold."""
UNITS_IN = ("head", "row")
"""Where a table prints its units: in each head, or in a row below the prices."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section: one of `SECTIONS`, and its heading without the number."""

    key: str
    heading: Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a price table: the code of its quotation, and the words that head it without the unit."""

    quotation: str
    head: Text


@dataclass(frozen=True, slots=True)
class PriceTable:
    """A table of one market.

    Attributes:
        caption: above it; it names the market.
        pairs: whether a price takes two cells, low and high, under one head.
        unit: one of `UNITS_IN`.
        parts: the columns of each part; several parts are printed one below the other.
    """

    caption: Text
    pairs: bool
    unit: str
    parts: tuple[tuple[Column, ...], ...]


@dataclass(frozen=True, slots=True)
class Metal:
    """A paragraph of the review: the metal, and the codes of the quotations it speaks of, in order."""

    code: str
    quotations: tuple[str, ...]

    @property
    def name(self) -> Text:
        """The metal as it is called."""
        return Text(vocabulary().name(self.code, "zh"), vocabulary().name(self.code, "en"))


@dataclass(frozen=True, slots=True)
class Layout:
    """What a bulletin looks like, before it has a number in it."""

    title: Text
    sections: tuple[Section, ...]
    metals: tuple[Metal, ...]
    tables: tuple[PriceTable, ...]
    units: Mapping[str, Text] = field(default_factory=dict)
    markets: Mapping[str, Text] = field(default_factory=dict)
    products: Mapping[str, Text] = field(default_factory=dict)

    def unit(self, code: str) -> Text:
        """How a unit is printed in this bulletin."""
        known = unit(code)
        return self.units.get(known.code) or Text(known.zh, known.en)

    def market(self, code: str) -> Text:
        """How a market is called in a sentence."""
        return self.markets.get(code) or Text(vocabulary().name(code, "zh"), vocabulary().name(code, "en"))

    def product(self, quotation: Quotation) -> Text:
        """What a quotation is a price of, as a sentence says it."""
        said = (vocabulary().name(quotation.commodity, lang) for lang in ("zh", "en"))
        return self.products.get(quotation.code) or Text(*said)

    def named(self, quotation: Quotation) -> Text:
        """A quotation in words: its market and product."""
        market, product = self.market(quotation.market), self.product(quotation)
        return Text(f"{market.zh}{product.zh}", f"{market.en} {product.en}")

    def quotations(self) -> tuple[str, ...]:
        """The codes of all quotations it prints, each once, in the order of the review and then of the tables."""
        return tuple(dict.fromkeys(self._codes()))

    def tabled(self) -> frozenset[str]:
        """The codes of the quotations that have a column in a table."""
        return frozenset(c.quotation for table in self.tables for part in table.parts for c in part)

    def _codes(self) -> Iterator[str]:
        for metal in self.metals:
            yield from metal.quotations
        for table in self.tables:
            yield from (column.quotation for part in table.parts for column in part)


def layout(own: Path | None = None, known: Quotations | None = None) -> Layout:
    """The layout of a workspace: its own file where it has one, else the one shipped.

    Args:
        own: the file a workspace may have.
        known: the quotations of the workspace, of which the layout may name any.

    Raises:
        UnreadableFile: the file is not TOML, lacks a key, or names a section, quotation or unit that is not known.
    """
    return _read(own, known or quotations()) if own and own.exists() else _shipped()


@cache
def _shipped() -> Layout:
    return _read(_SHIPPED, quotations())


def _read(path: Path, known: Quotations) -> Layout:
    try:
        found = _layout(_extended(tomllib.loads(path.read_text(encoding="utf-8"))))
        _check(found, known)
    except (
        tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError, UnknownUnit
    ) as error:  # fmt: skip
        reason = f"no {error}" if isinstance(error, KeyError) else str(error)
        words = error.words if isinstance(error, _Unknown) else ""
        raise UnreadableFile(
            "BULLETIN-001", at_line(path, words), reason, "a layout with title, section, metal and table",
            "no bulletin was made", "correct it; data/bulletins/minor_metals.toml is an example",
            zh=(reason, "含title、section、metal、table的版式", "没有编制周报",
                "改正该文件；可参照data/bulletins/minor_metals.toml"),
        ) from error  # fmt: skip
    return found


def _extended(given: dict[str, Any]) -> dict[str, Any]:
    """A layout that only says what it adds to the shipped one, as a whole; any other as it is.

    A metal of the same code takes the place of the shipped one; a table of the same Chinese caption gets more parts.
    """
    if "extends" not in given:
        return given
    _among("extends", [given["extends"]], [_SHIPPED.stem])
    base = tomllib.loads(_SHIPPED.read_text(encoding="utf-8"))
    tables = {row["caption"]["zh"]: row for row in base["table"]}
    for row in given.get("table", ()):
        before = tables.get(row["caption"]["zh"], {})
        tables[row["caption"]["zh"]] = before | row | {"part": [*before.get("part", ()), *row["part"]]}
    metals = {row["code"]: row for row in (*base["metal"], *given.get("metal", ()))}
    words = {key: base.get(key, {}) | given.get(key, {}) for key in ("unit", "market", "product")}
    return base | given | words | {"metal": list(metals.values()), "table": list(tables.values())}


def _layout(given: dict[str, Any]) -> Layout:
    return Layout(
        _text(given["title"]),
        tuple(Section(row["key"], _text(row["heading"])) for row in given["section"]),
        tuple(Metal(row["code"], tuple(row["quotations"])) for row in given["metal"]),
        tuple(_table(row) for row in given["table"]),
        *(_texts(given.get(key, {})) for key in ("unit", "market", "product")),
    )


def _table(row: dict[str, Any]) -> PriceTable:
    parts = tuple(tuple(map(_column, part["column"])) for part in row["part"])
    return PriceTable(_text(row["caption"]), row["pairs"], row["unit"], parts)


def _column(row: dict[str, str]) -> Column:
    return Column(row["quotation"], _text({"zh": row["zh"], "en": row["en"]}))


def _texts(rows: object) -> dict[str, Text]:
    if not isinstance(rows, dict):
        raise ValueError(f"{rows!r} is no table of words by code")
    return {key: _text(words) for key, words in rows.items()}


def _text(given: object) -> Text:
    if (
        not isinstance(given, dict)
        or set(given) != {"zh", "en"}
        or not all(isinstance(w, str) for w in given.values())
    ):
        raise ValueError(f"{given!r} is no text with zh and en")
    return Text(**given)


def _check(found: Layout, known: Quotations) -> None:
    _among("section", (section.key for section in found.sections), SECTIONS)
    _refers_to_sources({section.key for section in found.sections})
    _among("unit of a table", (table.unit for table in found.tables), UNITS_IN)
    _among("metal", (metal.code for metal in found.metals), {term.code for term in vocabulary().terms()})
    _among("quotation", found.quotations(), {row.code for row in known})
    for code in found.units:
        if unit(code).code != code:
            raise ValueError(f"unit {code!r} is written {unit(code).code!r}")


class _Unknown(ValueError):
    """Words of a layout that mean nothing; `words` is the first of them."""

    def __init__(self, what: str, unknown: list[str]) -> None:
        super().__init__(f"{what} {', '.join(unknown)} is not known")
        self.words = f'"{unknown[0]}"'


def _among(what: str, given: Iterable[str], known: Iterable[str]) -> None:
    if unknown := sorted(set(given) - set(known)):
        raise _Unknown(what, unknown)


def _refers_to_sources(keys: set[str]) -> None:
    if (told := keys & {"digest", "charts"}) and "sources" not in keys:
        raise ValueError(f"section {', '.join(sorted(told))} refers to section sources, which is not listed")
