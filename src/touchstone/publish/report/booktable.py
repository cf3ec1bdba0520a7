"""Tables in a workbook: merged heads, figures as numbers with the printed digits, panes that stay in view."""

from collections.abc import Iterable, Iterator
from typing import Any

from touchstone.publish.report.booklook import CHARACTERS_AN_EM, Look
from touchstone.publish.report.grid import Grid, Place
from touchstone.publish.report.numeric import numeric
from touchstone.publish.report.report import Table
from touchstone.publish.report.said import bracketed, change, gap, said, words

_NARROWEST, _WIDEST = 7.0, 48.0
_UPRIGHT = 110
"""Characters beyond which a table is printed in landscape."""
_TOP = 2
"""Rows above the table: its caption and a free one."""

Written = tuple[int, int, str, tuple[str, ...]]
"""Row and column (from 0), what is printed there, the facts it stands on."""


def put_table(sheet: Any, look: Look, table: Table, grid: Grid, lang: str) -> Iterator[Written]:
    """Write a table on its sheet.

    Yields:
        Each cell that stands on facts. Nothing is written until this is asked for.
    """
    look.text(sheet, 0, 0, words(table.caption, lang), "title")
    widths = [min(_WIDEST, max(_NARROWEST, width * CHARACTERS_AN_EM)) for width in grid.widths(lang)]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for number, places in enumerate(grid.rows, _TOP):
        for place in places:
            cell = place.cell
            _merge(sheet, look, place, number)
            _write(sheet, look, place, number, lang)
            if cell.facts:
                yield number, place.column, words(cell.text, lang) + bracketed(cell.note), cell.facts
        look.room(sheet, number, *_wrapped(places, widths, lang))
    below = _TOP + len(grid.rows)
    for number, (mark, sentence) in enumerate(table.notes, below + 1):
        spoken = said(sentence, lang)
        text = f"{bracketed(mark).lstrip()} {spoken.text}{gap(lang) if spoken.mark else ''}{spoken.mark}"
        if grid.columns > 1:
            sheet.merge_range(number, 0, number, grid.columns - 1, "", look.of("note"))
        look.text(sheet, number, 0, text, "note")
        look.room(sheet, number, (text, sum(widths)))
        if spoken.facts:
            yield number, 0, text, spoken.facts
    sheet.freeze_panes(_TOP + grid.head, 1)
    sheet.repeat_rows(_TOP, _TOP + grid.head - 1)
    sheet.print_area(0, 0, below + len(table.notes), grid.columns - 1)
    if table.wide or sum(widths) > _UPRIGHT:
        sheet.set_landscape()


def _wrapped(places: Iterable[Place], widths: list[float], lang: str) -> Iterator[tuple[str, float]]:
    """The words of a row with the characters they have room for; figures and what covers several rows are not broken."""
    for place in places:
        if not place.cell.number and place.cell.rows == 1:
            room = widths[place.column : place.column + place.cell.columns]
            yield words(place.cell.text, lang) + bracketed(place.cell.note), sum(room) - 1


def _merge(sheet: Any, look: Look, place: Place, row: int) -> None:
    """Merge what a cell covers; the merged cell itself is written after, as any other."""
    cell = place.cell
    if cell.columns > 1 or cell.rows > 1:
        last = row + cell.rows - 1, place.column + cell.columns - 1
        sheet.merge_range(row, place.column, *last, "", look.of(_look(place)))


def _write(sheet: Any, look: Look, place: Place, row: int, lang: str) -> None:
    cell, text = place.cell, words(place.cell.text, lang)
    moved = change(cell, lang)
    if cell.number and (found := numeric(text, bracketed(cell.note))):
        look.number(sheet, row, place.column, *found, moved)
    else:
        look.text(sheet, row, place.column, text + bracketed(cell.note), _look(place), moved)


def _look(place: Place) -> str:
    if place.cell.number:
        return "figure"
    return "head" if place.heads else "middle" if place.centred() else "cell"
