"""The performance table in print: numbers with as many digits as their row needs, and notes on what is empty or incomplete."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from touchstone.calc.carbon.inventory.yearly import Cell, Row, Yearly
from touchstone.facts.text import Text
from touchstone.facts.unit import format_unit
from touchstone.publish.carbon.labelled import both, figure
from touchstone.publish.report import report as paper
from touchstone.publish.words import LANGUAGES, word

_FACTS = 60
_FINEST = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell in words. Attributes: text: None where it is empty; mark: of its note, "" for none."""

    cell: Cell
    text: Text | None
    mark: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row in words.

    Attributes:
        cells: one a year; change: from the year before the last to the last, None where one of them is empty.
    """

    row: Row
    unit: Text
    cells: tuple[Shown, ...]
    change: Text | None


def shown_rows(table: Yearly) -> tuple[tuple[ShownRow, ...], dict[str, Text]]:
    """The rows of a table that somebody states something of in some year, and its notes by mark, each once; see `no_data`."""
    marks: dict[Text, str] = {}

    def shown(cell: Cell, places: int) -> Shown:
        said = note_of(cell)
        mark = marks.setdefault(said, str(len(marks) + 1)) if said else ""
        return Shown(cell, None if cell.value is None else in_figures(cell.value, places), mark)

    rows = []
    for row in (each for each in table.rows if not each.silent):
        places = places_of(row)
        cells = tuple(shown(row.cells[year], places) for year in table.years)
        unit = Text(format_unit(row.unit, "zh"), format_unit(row.unit, "en"))
        rows.append(ShownRow(row, unit, cells, _change([row.cells[year] for year in table.years])))
    return tuple(rows), {mark: said for said, mark in marks.items()}


def no_data(table: Yearly) -> Text | None:
    """The rows of which no year has anything, in one line; None where there are none."""
    names = [row.name for row in table.rows if row.silent]
    listed = (word("list.comma", lang).join(getattr(each, lang) for each in names) for lang in LANGUAGES)
    return both("performance.no_data", rows=Text(*listed)) if names else None


def note_of(cell: Cell) -> Text | None:
    """Why a cell is empty, or what it is without."""
    if cell.value is None:
        return cell.why
    return both("performance.lacking", what=cell.lacking) if cell.lacking else None


def places_of(row: Row) -> int:
    """Decimals of a row: four digits of its largest number, and none beyond a thousand."""
    most = max(
        (abs(cell.value) for cell in row.cells.values() if cell.value is not None), default=Fraction(0)
    )
    return next((places for places in range(_FINEST) if most * 10**places >= 1000), _FINEST if most else 0)


def in_figures(value: Fraction, places: int) -> Text:
    """A number in both languages."""
    return Text(figure(value, "zh", places), figure(value, "en", places))


def table_of(table: Yearly) -> paper.Table:
    """The table as a block of a report; every number carries the facts it was added from, the first of them."""
    rows, notes = shown_rows(table)
    years = tuple(paper.Cell(Text(year, year)) for year in table.years)
    head = (paper.Cell(both("performance.indicator")), paper.Cell(both("performance.unit")), *years)
    head += (paper.Cell(both("performance.change")),) if len(years) > 1 else ()
    marked = tuple((mark, paper.Sentence(_stopped(said))) for mark, said in notes.items())
    folded = no_data(table)
    body = (*_printed(rows, len(head)), *([(paper.Cell(folded, columns=len(head)),)] if folded else []))
    return paper.Table(both("performance.caption", set=table.set), (head,), body, marked)


def facts_of(cell: Cell) -> Iterator[str]:
    """The facts behind a cell, those of what it is divided by included."""
    for record in cell.records:
        if record.line:
            yield from (given.fact for given in record.line.inputs if given.fact)
        else:
            yield record.fact
    for part in (cell.over, cell.under):
        if part:
            yield from facts_of(part)


def _printed(rows: tuple[ShownRow, ...], columns: int) -> Iterator[tuple[paper.Cell, ...]]:
    section = ""
    for row in rows:
        if row.row.section != section:
            section = row.row.section
            yield (paper.Cell(both(f"performance_section.{section}"), columns=columns),)
        cells = [paper.Cell(row.row.name), paper.Cell(row.unit)]
        for shown in row.cells:
            facts = tuple(dict.fromkeys(facts_of(shown.cell)))[:_FACTS]
            cells.append(
                paper.Cell(
                    shown.text or Text("–", "–"), facts, number=shown.text is not None, note=shown.mark
                )
            )
        if columns > len(cells):
            cells.append(paper.Cell(row.change or Text("–", "–"), number=row.change is not None))
        yield tuple(cells)


def _change(cells: list[Cell]) -> Text | None:
    """In percent, signed."""
    if len(cells) < 2 or not cells[-2].value or cells[-1].value is None:
        return None
    rate = 100 * (cells[-1].value / cells[-2].value - 1)
    return Text(figure(rate, "zh", 1, signed=True), figure(rate, "en", 1, signed=True))


def _stopped(said: Text) -> Text:
    return Text(said.zh.rstrip("。") + "。", said.en.rstrip(".") + ".")
