"""Inputs out of a table: the rows of a spreadsheet or csv file that was read, each made an input or refused.

A table counts where its head names at least a kind, a price, a unit and a day. Columns may be named in either
language; those that are not known are left where they are. Rows that cannot be used are told with their place,
and the rest goes on.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from touchstone.desk.declared import declared
from touchstone.desk.input import Input, Origin
from touchstone.desk.refusal import refusal
from touchstone.desk.stated import clean, input_of, known_quotation
from touchstone.errors import UnknownUnit, UnusableQuote
from touchstone.facts.document import Block, Cell, Document
from touchstone.facts.quotation import is_price_unit
from touchstone.facts.unit import unit

_NEEDED = ({"kind"}, {"low", "high", "price"}, {"unit"}, {"day"})
_CORNER = re.compile(r"([A-Z]+)(\d+)")
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file gave: inputs in reading order, and the rows that could not be used."""

    inputs: tuple[Input, ...]
    problems: tuple[UnusableQuote, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    """The row that names the columns, field by column, and the unit where a price column names it in brackets."""

    row: int
    fields: Mapping[int, str]
    unit: str


def inputs_of(document: Document, quotation: str, known: Collection[str]) -> Taken:
    """The inputs in the tables of a document.

    Args:
        quotation: the series they are about, where the rows name none; "" for none.
        known: the quotations that a row may name.

    Raises:
        UnusableQuote: DESK-030, no table has the columns needed; DESK-041, `quotation` is not known.
    """
    if quotation:
        known_quotation(quotation, known, document.source.name)
    inputs: list[Input] = []
    problems: list[UnusableQuote] = []
    seen: Counter[str] = Counter()
    tables = [(block, head) for block in document.blocks if (head := _head(document, block))]
    if not tables:
        raise refusal(UnusableQuote, "DESK-030", document.source.name)
    for block, head in tables:
        for place, fields, quote in _rows(document, block, head):
            origin = Origin(document.source.name, document.source.hash, place, quote)
            try:
                made = _input(fields, quotation, known, f"{document.source.name}!{place}", origin)
            except UnusableQuote as problem:
                problems.append(problem)
                continue
            seen[made.id] += 1
            inputs.append(replace(made, origin=replace(origin, nth=seen[made.id])))
    return Taken(tuple(inputs), tuple(problems))


def _input(
    fields: Mapping[str, str], quotation: str, known: Collection[str], where: str, origin: Origin
) -> Input:
    made = input_of(fields, quotation, where, origin)
    if not made.quotation:
        raise refusal(UnusableQuote, "DESK-029", where)
    known_quotation(made.quotation, known, where)
    return made


def _head(document: Document, block: Block) -> _Head | None:
    """The head of a table; None where no row names all that is needed."""
    rows: dict[int, dict[int, str]] = {}
    units: dict[int, str] = {}
    for cell in block.cells:
        name = document.text[cell.start : cell.end]
        field = _names().get(_bare(name))
        if field and field not in rows.setdefault(cell.row, {}).values():
            rows[cell.row][cell.column] = field
            units[cell.row] = units.get(cell.row) or _unit_in(name)
    for row, fields in sorted(rows.items()):
        named = {*fields.values(), *(("unit",) if units[row] else ())}
        if all(needed & named for needed in _NEEDED):
            return _Head(row, fields, units[row])
    return None


def _rows(document: Document, block: Block, head: _Head) -> Iterator[tuple[str, dict[str, str], str]]:
    """Place, fields and printed words of each row below the head that holds anything in a known column."""
    by_row: dict[int, dict[int, Cell]] = {}
    for cell in block.cells:
        for row in range(cell.row, cell.row + cell.row_span):  # a day merged over its rows is each row's day
            by_row.setdefault(row, {})[cell.column] = cell
    for row in sorted(number for number in by_row if number > head.row):
        texts = {c: document.text[cell.start : cell.end] for c, cell in sorted(by_row[row].items())}
        fields = {head.fields[column]: text for column, text in texts.items() if column in head.fields}
        if not any(text.strip() for text in fields.values()):
            continue
        stored = {c: cell.raw for c, cell in by_row[row].items() if cell.raw and c in head.fields}
        fields |= {f"{head.fields[column]}#stored": raw for column, raw in stored.items()}
        if head.unit and not fields.get("unit"):
            fields["unit"] = head.unit
        yield _place(block, row), fields, " │ ".join(text for text in texts.values() if text.strip())


def _place(block: Block, row: int) -> str:
    """A row in the user's terms: the sheet, and the number the spreadsheet shows."""
    sheet, _, corners = block.where.rpartition("!")
    corner = _CORNER.match(corners)
    number = row + (int(corner[2]) if corner else 1)
    return f"{sheet}!{number}" if sheet else str(number)


@cache
def _names() -> dict[str, str]:
    """Every name a column may have → its field."""
    rows = declared("columns")["column"]
    return {
        _bare(name): row["id"] for row in rows for name in (row["id"], row["zh"], row["en"], *row["names"])
    }


def _bare(text: str) -> str:
    """The name of a column without case, spaces, and what stands in brackets."""
    return re.sub(r"[\s_]", "", _BRACKETS.sub("", clean(text))).casefold()


def _unit_in(name: str) -> str:
    """The unit in the brackets of a head, 最低（元/公斤）; "" where there is none."""
    for found in _BRACKETS.finditer(clean(name)):
        text = found[1] or found[2] or ""
        try:
            if text and is_price_unit(unit(text)):
                return text
        except UnknownUnit:
            continue
    return ""
