"""The layout of a table: which rows head it, which cell heads which column, where units stand.

A table may hold several sections one below the other, each with its own head. Where the spans
of merged cells were lost, a row with twice as many values as heads is taken as low and high
under each head, and unit cells are laid over the columns where the size of the values jumps.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from touchstone.facts.document import Block, Cell
from touchstone.read.dates import DATE
from touchstone.read.ends import is_end
from touchstone.read.measure import kind_of
from touchstone.read.printed_unit import unit_at
from touchstone.read.unitrow import unit_cells, words_of

_DIGITS = r"(?:\d{1,3}(?P<mark>[,， ])\d{3}(?:(?P=mark)\d{3})*|\d+)(?:\.\d+)?"
_NOTE = r"(?:\s?(?:[①-⑳†‡]|\*{1,3}))?"
"""The mark of a note behind a figure. A raised digit is none: 10⁶ is a million, not 10 with a note."""
_NUMBER = re.compile(rf"[-+−↑↓▲▼]?\s?\(?(?P<number>{_DIGITS})\)?\s*(?P<percent>[%％‰]?){_NOTE}$")
_RANGE = re.compile(r"\d[\d,]*(?:\.\d+)?\s?[-~—–]\s?\d[\d,]*(?:\.\d+)?$(?<!-\d)(?<!月)")
_YEAR = re.compile(r"(?:19|20)\d\d\s?年?(?:度|[（(]?E[)）]?)?$")
_UNIT_LABEL = re.compile(r"(?:计量)?单\s*位$|[Uu]nits?$")
_BLANK = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_SENTENCE = re.compile(r"[；。;《]")
_DAYS = frozenset(("ymd", "md", "iso", "edm", "zmd"))
"""Expressions of one day, as `touchstone.read.dates` calls them."""
_SPREAD = 50
"""Places that a merged cell may take, on average over a table, before rows and columns without cells are skipped."""
_EMPTY = re.compile(r"[-—–/\s.…]*$|n/?a$|暂无$", re.IGNORECASE)


@dataclass(slots=True)
class Section:
    """A head and its rows. `heads[c]` are the head cells over column c, top to bottom;
    `units[c]` the cell of the unit row; `labels` how many leading columns name the rows;
    `head_words[c]` the words of the heads, `unit_columns` the columns headed 单位."""

    heads: dict[int, list[Cell]] = field(default_factory=dict)
    units: dict[int, Cell] = field(default_factory=dict)
    rows: list[dict[int, Cell]] = field(default_factory=list)
    labels: int = 1
    head_words: dict[int, list[str]] = field(default_factory=dict)
    unit_columns: frozenset[int] = frozenset()


@dataclass(slots=True)
class Layout:
    """Titles (cells over the whole width) and sections of one table."""

    titles: list[Cell]
    sections: list[Section]


def is_number(text: str) -> bool:
    """Whether a cell is a number and nothing else.

    >>> is_number("1,234.5"), is_number("12%"), is_number("2019年"), is_number("90-110"), is_number("10 20")
    (True, True, False, False, False)
    """
    return bool(_NUMBER.match(text))


def number_in(words: str) -> re.Match[str] | None:
    """The number that is all of a cell; its group `number` has the digits, the marks of thousands and the decimals.

    >>> found = number_in("-(1,234.5)%")
    >>> found["number"] if found else None
    '1,234.5'
    """
    return _NUMBER.match(words)


def is_empty(text: str) -> bool:
    """Whether a cell says that there is nothing to say: blank, a dash, n/a."""
    return bool(_EMPTY.match(text))


def lay_out(block: Block, text: str) -> Layout:
    """Titles, heads, unit rows and data rows of a table.

    Args:
        block: a block of kind table.
        text: the document's normalised text (same offsets as the document's own).
    """
    rows = _rows(block.cells)
    width = max((max(row) + 1 for row in rows if row), default=0)
    layout = Layout([], [])
    section = Section()
    for row in rows:
        filled = {c: cell for c, cell in row.items() if text[cell.start : cell.end].strip()}
        if not filled:
            continue
        if len({id(cell) for cell in filled.values()}) == 1 and not _has_value(filled, text):
            only = next(iter(filled.values()))
            if width > 1 and (
                only.column_span >= width or not block.spans or len(filled) == 1 and not section.rows
            ):
                layout.titles.append(only)
                continue
        if _is_unit_row(filled, text):
            section.units = unit_cells(filled, section.rows, section.heads, text, block.spans)
            continue
        if _is_head(filled, text, section):
            if section.rows:
                layout.sections.append(section)
                section = Section()
            for c, cell in row.items():
                section.heads.setdefault(c, []).append(cell)
            continue
        section.rows.append(filled)
    layout.sections.append(section)
    for each in layout.sections:
        _finish(each, text, block.spans)
    return layout


def _rows(cells: tuple[Cell, ...]) -> list[dict[int, Cell]]:
    """The cell over each column, row by row.

    A merged cell takes every row and column it spans; where a table would grow far beyond its cells, only those
    in which a cell begins. None is laid out if that is still too many: cells that overlap as no program writes them.
    """
    spanned = (
        range(max((cell.row + cell.row_span for cell in cells), default=0)),
        range(max((cell.column + cell.column_span for cell in cells), default=0)),
    )
    begun = sorted({cell.row for cell in cells}), sorted({cell.column for cell in cells})
    for down, across in (spanned, begun):
        areas = [
            (cell, _reach(down, cell.row, cell.row_span), _reach(across, cell.column, cell.column_span))
            for cell in cells
        ]
        if sum(len(high) * len(wide) for _, high, wide in areas) <= _SPREAD * len(cells):
            rows: list[dict[int, Cell]] = [{} for _ in down]
            for cell, high, wide in areas:
                for r in high:
                    rows[r].update(dict.fromkeys((across[c] for c in wide), cell))
            return rows
    return []


def _reach(places: Sequence[int], first: int, span: int) -> range:
    """Which of the places, in ascending order, a span takes."""
    return range(bisect_left(places, first), bisect_left(places, first + span))


def cell_words(cell: Cell, text: str) -> str:
    """The words of a head or a row's name; blanks beside a Chinese character mean nothing (美元/公 斤)."""
    return _BLANK.sub("", words_of(cell, text))


def _has_value(row: dict[int, Cell], text: str) -> bool:
    words = [words_of(cell, text) for cell in row.values()]
    return any(is_number(word) and not _YEAR.match(word) or _RANGE.match(word) for word in words)


def _is_unit_row(row: dict[int, Cell], text: str) -> bool:
    return (
        bool(_UNIT_LABEL.match(words_of(row[min(row)], text)))
        and len(row) > 1
        and not any(
            any(c.isdigit() for c in words_of(cell, text).replace("m3", "").replace("m2", ""))
            for cell in row.values()
        )
    )


def _is_head(row: dict[int, Cell], text: str, section: Section) -> bool:
    """A head has no values: words, years and periods only."""
    words = [words_of(cell, text) for cell in {id(c): c for c in row.values()}.values()]
    if any(len(w) > 40 or _SENTENCE.search(w) for w in words) or _has_value(row, text):
        return False
    first = words[0]
    if section.heads and any(is_number(word) for word in words[1:]):
        over = (words_of(head, text) for c in row for head in section.heads.get(c, []))
        if _is_day(first) or any(map(_names_a_price, words)) or any(map(is_end, over)):
            return False  # 10月9日 1950, 镓 元/公斤 1950: a price, not the year over a column
    if not section.rows:
        return True
    repeated = bool(section.heads) and any(
        words_of(c, text) == first for c in section.heads.get(min(row), [])
    )
    return repeated and len(row) >= 2


def _is_day(words: str) -> bool:
    found = DATE.fullmatch(words)
    return found is not None and found.lastgroup in _DAYS


def _names_a_price(words: str) -> bool:
    """Whether a cell gives the unit of a price, alone or in brackets behind a name."""
    unit = unit_at().fullmatch(words.rstrip("）)").replace("(", "（").rpartition("（")[2])
    return unit is not None and kind_of(unit.group().strip()) == "price"


def _finish(section: Section, text: str, spans: bool) -> None:
    """Count the label columns; lay lost spans of heads over the columns below them."""
    widths = [max(row) for row in section.rows]
    heads = sorted(c for c in section.heads if c > 0)
    if not spans and heads and widths and max(widths) % len(heads) == 0 and max(widths) > len(heads):
        each = max(widths) // len(heads)
        laid = {0: section.heads.get(0, [])}
        for i, c in enumerate(heads):
            for k in range(each):
                laid[1 + i * each + k] = section.heads[c]
        section.heads = laid
    section.labels = _label_columns(section, text)
    section.head_words = {
        c: list(dict.fromkeys(words for cell in cells if (words := cell_words(cell, text))))
        for c, cells in section.heads.items()
    }
    section.unit_columns = frozenset(
        c for c, words in section.head_words.items() if any(_UNIT_LABEL.match(word) for word in words)
    )


def _label_columns(section: Section, text: str) -> int:
    """Leading columns in which most cells are words (or dates, in the first); one that says nothing is neither."""
    columns = sorted({c for row in section.rows for c in row})
    count = 0
    for c in columns:
        words = [said for row in section.rows if c in row and not is_empty(said := words_of(row[c], text))]
        numbers = sum(
            bool(_RANGE.match(w)) or is_number(w) and not (c == 0 and _YEAR.match(w)) for w in words
        )
        if numbers * 2 >= len(words) and words:
            break
        count += 1
    return min(max(count, 1), max(len(columns) - 1, 1))
