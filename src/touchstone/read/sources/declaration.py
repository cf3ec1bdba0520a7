"""Declarations: what a source of series says where, in some lines of YAML. Read this file first.

A declaration says who issues the source and by what licence, how its table is laid out, and what its columns are
about. It knows two layouts: `columns` (wide: each column is a series) and `values` (long: each row names its series).
Those shipped are data/sources/*.yaml; anybody may write one more.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from touchstone.errors import UnusableDeclaration
from touchstone.facts.text import Text
from touchstone.read.edition import edition
from touchstone.read.refusal import refused
from touchstone.read.sources.dating import Dating
from touchstone.read.sources.number import Precision
from touchstone.read.sources.template import Template

SUBJECTS = ("product", "material", "indicator")
"""The kinds of terms a series may be about."""
PLACES = ("market", "place")
"""The kinds of terms that may be its place."""
DECLARED = "declared"
"""How the edition of a reading by declaration begins; that of any other reading is a hexadecimal number."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is a series.

    `head` is what stands above it, alternatives separated by "|"; `unit` is "" where the head prints it; `decimals`
    is None where all printed digits count.
    """

    head: str
    subject: str
    measure: str
    place: str | None
    unit: str
    status: str
    decimals: int | None


@dataclass(frozen=True, slots=True)
class Rows:
    """A table whose rows name their series: what each row is about, as templates of its cells.

    `values` are the columns that hold figures, with what they measure.
    """

    subject: Template
    place: Template
    unit: Template
    words: Template
    status: Template
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """What a connector is asked: its `library` (akshare, sdmx) and the words for it, such as a function's name."""

    library: str
    words: Mapping[str, str]
    parameters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Declaration:
    """One source of series.

    Attributes:
        id: short name of the source; the facts read by it have the rule `declared:<id>`.
        name, issuer, licence, address: in both languages; the address is never opened.
        note: what a user must know, "" for nothing.
        digest: of the text of the declaration: a changed one reads anew.
        sheet: of a workbook, "" for its only one.
        header: the row of the heads, from 1.
        encoding, delimiter: of a text file; "" finds the encoding.
        dating: see there.
        published: the column of the days on which rows were published; None where a file has one day for all.
        heads: how a head prints name and unit, such as `{name} ({unit})`; None where it is the name alone.
        layout: the columns that are series, or how rows name theirs.
        names: words of the table that stand for a code.
        missing: marks that say that there is no value; an empty cell always does.
        precision: where printed digits mean nothing, and why; None where all of them count.
        signed: values may be zero or below.
        window: a file holds only a part of the series in time; what it does not contain stays.
        call: what a connector is asked; None for a file.
        history: file of data/history that comes with Touchstone, "" for none.
    """

    id: str
    name: Text
    issuer: Text
    licence: Text
    address: Text
    note: Text
    digest: str
    sheet: str
    header: int
    encoding: str
    delimiter: str
    dating: Dating
    published: Dating | None
    heads: Template | None
    layout: tuple[Column, ...] | Rows
    names: Mapping[str, str]
    missing: frozenset[str]
    precision: Precision | None
    signed: bool
    window: bool
    call: Call | None
    history: str

    @property
    def rule(self) -> str:
        """The id of the reading rule of its facts."""
        return f"{DECLARED}:{self.id}"

    @property
    def edition(self) -> str:
        """The edition of a reading by this declaration and these readers."""
        return DECLARED + blake2b(f"{edition()} {self.digest}".encode(), digest_size=6).hexdigest()


def is_declared(read_by: str) -> bool:
    """Whether an edition is that of a reading by declaration."""
    return read_by.startswith(DECLARED)


def shipped() -> tuple[str, ...]:
    """The ids of the declarations that come with Touchstone, in order."""
    return tuple(sorted(file.name.removesuffix(".yaml") for file in _folder("sources").iterdir()))


def shipped_text(id: str) -> str:
    """The YAML of a declaration that comes with Touchstone. Raises UnusableDeclaration: SOURCE-008, none is called so."""
    if id not in shipped():
        raise refused(UnusableDeclaration, "SOURCE-008", id, known=", ".join(shipped()))
    return (_folder("sources") / f"{id}.yaml").read_text("utf-8")


def declaration(source: "str | os.PathLike[str] | Declaration") -> Declaration:
    """A declaration: the one given, the shipped one of this id, or that of a YAML file.

    A name that ends in .yaml or .yml, and every path object, is a file.

    Raises:
        UnusableDeclaration: there is none, or it says something that is not understood; the message has the line.
    """
    from touchstone.read.sources.grammar import declared

    if isinstance(source, Declaration):
        return source
    if isinstance(source, str) and not source.lower().endswith((".yaml", ".yml")):
        return declared(shipped_text(source), f"{source}.yaml")
    path = Path(source)
    try:
        return declared(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise refused(UnusableDeclaration, "SOURCE-009", str(path), reason=reason) from error


def histories() -> tuple[str, ...]:
    """The files of history that come with Touchstone, in order."""
    return tuple(sorted(file.name for file in _folder("history").iterdir() if file.is_file()))


def history(of: Declaration) -> bytes:
    """The bytes of the history that comes with a source."""
    return (_folder("history") / of.history).read_bytes()


def _folder(name: str) -> Traversable:
    return files("touchstone") / "data" / name
