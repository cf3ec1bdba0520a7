"""Tables of a file that was read, by the names of their columns: what the desk takes in is declared column by column.

Columns may be named in either language; those that are not known are left where they are. A row keeps its place in
the user's terms: the sheet, and the number the spreadsheet shows.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from touchstone.desk.stated import clean
from touchstone.facts.document import Block, Cell, Document

_CORNER = re.compile(r"([A-Z]+)(\d+)")
BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
"""What stands in brackets in the name of a column."""


@dataclass(frozen=True, slots=True)
class Head:
    """The row that names the columns: field by column, and the names as they are printed."""

    row: int
    fields: Mapping[int, str]
    printed: tuple[str, ...]


def head_of(
    document: Document,
    block: Block,
    names: Mapping[str, str],
    enough: Callable[[Collection[str], Collection[str]], bool],
) -> Head | None:
    """The head of a table; None where no row names all that is needed.

    Args:
        names: every name a column may have, as `bare` makes it, with its field.
        enough: told the fields and the printed names of a row, says whether it may be the head.
    """
    rows: dict[int, dict[int, str]] = {}
    printed: dict[int, list[str]] = {}
    for cell in block.cells:
        name = document.text[cell.start : cell.end]
        field = names.get(bare(name))
        if field and field not in rows.setdefault(cell.row, {}).values():
            rows[cell.row][cell.column] = field
            printed.setdefault(cell.row, []).append(name)
    for row, fields in sorted(rows.items()):
        if enough(frozenset(fields.values()), printed.get(row, [])):
            return Head(row, fields, tuple(printed[row]))
    return None


def rows_of(document: Document, block: Block, head: Head) -> Iterator[tuple[str, dict[str, str], str]]:
    """Place, fields and printed words of each row below the head that holds anything in a known column.

    `field#stored` is what the spreadsheet keeps in the cell, where that is another thing than it shows.
    """
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
        yield _place(block, row), fields, " │ ".join(text for text in texts.values() if text.strip())


def column_names(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Every name a column may have → its field, from rows of id, zh, en and names."""
    return {
        bare(name): row["id"] for row in rows for name in (row["id"], row["zh"], row["en"], *row["names"])
    }


def bare(text: str) -> str:
    """The name of a column without case, spaces, and what stands in brackets."""
    return re.sub(r"[\s_]", "", BRACKETS.sub("", clean(text))).casefold()


def _place(block: Block, row: int) -> str:
    sheet, _, corners = block.where.rpartition("!")
    corner = _CORNER.match(corners)
    number = row + (int(corner[2]) if corner else 1)
    return f"{sheet}!{number}" if sheet else str(number)
