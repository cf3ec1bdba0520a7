"""What heads a cell: the words over its column and beside its row, the unit in their brackets.

Heads are worked out once for a section, names once for a row.
"""

import re
from dataclasses import dataclass, field

from touchstone.facts.document import Cell
from touchstone.read.compared import compared_with
from touchstone.read.dates import without_dates
from touchstone.read.layout import Section, cell_words
from touchstone.read.printed_unit import unit_at
from touchstone.read.tablemarket import is_market_head, market_of_cell
from touchstone.read.walk import Walk

BRACKETS = re.compile(r"[（(\[【]([^）)\]】]*)[）)\]】]")
_PERCENT_HEAD = re.compile(r"(?<![\d.])[%％‰]\s?$|[（(±]\s?[%％]")
_NAMELESS = re.compile(r"日期|时间|指标|名称|指标名称|数值|本期|月份|期间|[Dd]ate|[Mm]onth|[Pp]eriod|E")


class Columns:
    """The heads of a section's columns, worked out once for all its rows."""

    def __init__(self, section: Section, title: str) -> None:
        heads = section.head_words
        self.words = heads
        self.together = " ".join(words for of_column in heads.values() for words in of_column)
        """The words of every head, for a column that leaves the measure to its neighbour."""
        self.subjects = {c: _subjects(words) for c, words in heads.items()}
        self._title = title

    def left_of(self, c: int) -> str:
        """The title and the heads to the left of a column, for a change of what its neighbour measures."""
        heads = (words for k, of_column in sorted(self.words.items()) if k < c for words in of_column)
        return " ".join([self._title, *heads])


@dataclass(slots=True)
class Row:
    """One row of values with what gives them meaning: its section, its names, the title."""

    section: Section
    columns: Columns
    cells: dict[int, Cell]
    text: str
    title: str
    walk: Walk
    names: list[str] = field(init=False)
    """The words of the label columns, without the unit column."""
    subjects: list[str] = field(init=False)
    market: str | None = field(init=False)
    """Code of the market that a cell of the row names."""

    def __post_init__(self) -> None:
        labels = sorted(
            c for c in self.cells if c < self.section.labels and c not in self.section.unit_columns
        )
        self.names = [cell_words(self.cells[c], self.text) for c in labels]
        named = {c for c in labels if is_market_head(self.heads(c))}
        others = [cell_words(self.cells[c], self.text) for c in labels if c not in named]
        self.subjects = _subjects(others) or _subjects(self.names)
        self.market = self._market()

    def _market(self) -> str | None:
        """The market of the cell whose head says that it names one, else of a cell that is a market's word."""
        told: dict[bool, str] = {}
        for c, cell in sorted(self.cells.items()):
            headed = is_market_head(self.heads(c))
            if found := market_of_cell(cell_words(cell, self.text), headed):
                told.setdefault(headed, found)
        return told.get(True) or told.get(False)

    def heads(self, c: int) -> list[str]:
        """The words over a column, top to bottom."""
        return self.columns.words.get(c, [])

    def is_unit_column(self, c: int) -> bool:
        return c in self.section.unit_columns


def _subjects(names: list[str]) -> list[str]:
    """What is left of names and heads without dates, units and words that name nothing (日期, 数值)."""
    left = (
        without_dates(_without_unit(words)).strip(" ：:,，年份")
        for words in names
        if not compared_with(words)
    )
    return [
        words
        for words in left
        if words and not (unit_at().fullmatch(words) or words.isdigit() or _NAMELESS.fullmatch(words))
    ]


def _without_unit(words: str) -> str:
    return BRACKETS.sub(lambda m: "" if bracketed(m[0]) and not m[1][:1].isdigit() else m[0], words)


def bracketed(words: str) -> str:
    """The unit a head names in brackets, behind a grade where there is one: （99.95美元/磅）."""
    for inner in reversed(BRACKETS.findall(words)):
        for piece in re.split(r"[，,、；;]", inner):
            piece = re.sub(r"^[\d.]+%?(?=[^\d.%])|^(?:单位[：:])", "", piece.strip())
            if piece and (found := unit_at().fullmatch(piece)):
                return found.group().strip()
    if _PERCENT_HEAD.search(words):
        return "%"
    tail = (
        words.rpartition(",")[2].strip()
        if "," in words
        else words.rpartition("/")[2]
        if words.count("/") > 1
        else words.rpartition(" ")[2]
        if "/" in words.rpartition(" ")[2]
        else ""
    )
    return tail if tail and unit_at().fullmatch(tail) else ""
