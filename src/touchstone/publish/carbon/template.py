"""The activity template: a workbook that an enterprise fills in, and that is read back cell by cell (`read.carbon`)."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.needs import Quantity
from touchstone.facts.activity import AMOUNT
from touchstone.facts.text import Text
from touchstone.facts.unit import format_unit
from touchstone.publish.carbon.asked import Asked, Sheet
from touchstone.publish.report.booklook import Look
from touchstone.read.carbon.layout import (
    AMOUNTS,
    EVIDENCE_NAMES,
    EVIDENCES,
    FIRST,
    GUIDE,
    GUIDE_LINES,
    HEADS,
    IDS,
    LISTS,
    SHEETS,
    SheetLayout,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_SPARE = 40
"""Empty rows under those that stand ready."""
_PLAIN: dict[str, Any] = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_ONLY_NUMBERS = Text("只写数字；单位写在单位列", "a number alone; its unit has a column")
_ONE_OF_LIST = Text("请从列表中选择", "choose from the list")


def activity_template(sheet: Sheet, enterprise: str, year: int, lang: str) -> bytes:
    """Write the template of an enterprise for a year.

    Args:
        sheet: what is asked; enterprise: the key of the node.
        lang: zh or en; the file is read back in either.

    The same request gives the same bytes.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, **_PLAIN}) as book:
        book.set_properties(
            {"title": f"{enterprise} {year}", "author": "Touchstone", "created": datetime(year, 1, 1)}
        )
        writer = _Writer(book, sheet, enterprise, year, lang)
        writer.guide()
        for layout in SHEETS:
            writer.sheet(layout)
        writer.lists()
    return out.getvalue()


class _Writer:
    """Writes the sheets of one template; the drop-downs take their words from the hidden sheet."""

    def __init__(self, book: "Workbook", asked: Sheet, enterprise: str, year: int, lang: str) -> None:
        self._book, self._asked, self._enterprise, self._year, self._lang = (
            book,
            asked,
            enterprise,
            year,
            lang,
        )
        self._look = Look(book)
        border = {"font_name": "Arial", "font_size": 10, "border": 1, "border_color": "#CFC8B8"}
        self._open = book.add_format({**border, "locked": False})
        self._shut = book.add_format({**border, "bg_color": "#F3F0E7"})
        self._items = [self._said(items()[key].name) for key in asked.items]
        self._columns = self._listed()

    def guide(self) -> None:
        """The first sheet: whose file it is and how it is filled in."""
        sheet = self._book.add_worksheet(self._said(GUIDE))
        self._look.paper(sheet, self._lang)
        sheet.set_column(0, 0, 110)
        units = ", ".join(f"{key} {self._said(name)}" for key, name in self._asked.units.items())
        self._look.text(sheet, 0, 0, f"{self._enterprise} {self._year}", "title")
        for row, line in enumerate(GUIDE_LINES, 2):
            self._look.text(sheet, row, 0, self._said(line), "prose")
        self._look.text(sheet, len(GUIDE_LINES) + 3, 0, units, "note")
        sheet.protect()

    def sheet(self, layout: SheetLayout) -> None:
        """One sheet to be filled in: heads, hidden ids, the rows that stand ready, and empty ones."""
        sheet = self._book.add_worksheet(self._said(layout.name))
        self._look.paper(sheet, self._lang)
        columns = layout.columns(self._year)
        for row, (text, look) in enumerate(((layout.name, "title"), (layout.hint, "soft"))):
            sheet.set_row(row, None, self._look.of(look))
            self._look.text(sheet, row, 0, self._said(text), look)
        sheet.set_row(IDS, None, None, {"hidden": True})
        ids = layout.ids(self._enterprise, self._year, self._lang)
        for number, (column, id) in enumerate(zip(columns, ids, strict=True)):
            sheet.set_column(number, number, column.width, self._open if column.open else self._shut)
            self._look.text(sheet, HEADS, number, self._said(column.head), "head")
            self._look.text(sheet, IDS, number, id, "cell")
        rows = [row for row in self._asked.rows if _belongs(row, layout)]
        for number, row in enumerate(rows, FIRST):
            self._ready(sheet, layout, number, row)
        last = FIRST + len(rows) + _SPARE - 1
        for number in range(FIRST, last + 1):
            self._worked(sheet, layout, number, number >= FIRST + len(rows))
        self._checked(sheet, layout, last)
        sheet.freeze_panes(FIRST, len(layout.before) if layout.monthly else 0)
        sheet.protect("", {"format_columns": True, "autofilter": True})

    def lists(self) -> None:
        """The hidden sheet of words."""
        sheet = self._book.add_worksheet(LISTS)
        for number, (_, words) in enumerate(self._columns.items()):
            for row, word in enumerate(words):
                sheet.write_string(row, number, word)
        sheet.very_hidden()

    def _listed(self) -> dict[str, Sequence[str]]:
        units = self._asked.units
        every = self._asked.quantities.values()
        names = {self._said(each.names[0]): None for each in every if each.parameter != AMOUNT}
        measures = {word: None for each in every for word in self._measures(each)}
        return {
            "units": list(units),
            "names": [self._said(name) for name in units.values()],
            "items": self._items,
            "parameters": [*names, self._said(self._asked.quantities[self._asked.items[0], AMOUNT].names[0])],
            "measures": list(measures),
            "evidence": [self._said(name) for name in EVIDENCE_NAMES.values()],
        }

    def _ready(self, sheet: Any, layout: SheetLayout, row: int, asked: Asked) -> None:
        """A row of which only the values are still to come."""
        quantity = asked.quantity
        said = {
            "node": asked.unit,
            "name": self._said(self._asked.units[asked.unit]),
            "item": self._said(items()[quantity.item].name),
            "parameter": self._said(quantity.names[0]),
            "measured-in": self._measures(quantity)[0],
            "hint": self._hint(layout, asked),
            "asked": self._said(asked.evidence) if asked.evidence else "",
        }
        for number, column in enumerate(layout.columns(self._year)):
            if text := said.get(column.id):
                sheet.write_string(row, number, text, self._open if column.open else self._shut)
        if layout.monthly:
            column = [each.id for each in layout.before].index("measured-in")
            self._list(sheet, row, column, row, self._measures(quantity))

    def _worked(self, sheet: Any, layout: SheetLayout, row: int, empty: bool) -> None:
        """The formulas of a row: the name of the unit where it is still to be chosen, the total or the mean."""
        from xlsxwriter.utility import xl_rowcol_to_cell as cell

        ids = [column.id for column in layout.columns(self._year)]
        if empty:
            found = f"VLOOKUP({cell(row, 0)},{self._range('units', 2)},2,FALSE)"
            sheet.write_formula(row, ids.index("name"), f'=IFERROR({found},"")', self._shut, "")
        if layout.monthly:
            first = len(layout.before)
            months = f"{cell(row, first)}:{cell(row, first + 11)}"
            if layout is AMOUNTS:
                sheet.write_formula(row, first + 12, f"=SUM({months})", self._shut, 0)
            else:
                sheet.write_formula(row, first + 12, f'=IFERROR(AVERAGE({months}),"")', self._shut, "")

    def _checked(self, sheet: Any, layout: SheetLayout, last: int) -> None:
        """Drop-downs, and months that take numbers only."""
        columns = [column.id for column in layout.columns(self._year)]
        of = {"node": "units", "item": "items", "parameter": "parameters", "evidence": "evidence"}
        for number, id in enumerate(columns):
            if id in of:
                self._list(sheet, FIRST, number, last, f"={self._range(of[id], 1)}")
        ready = FIRST + sum(_belongs(row, layout) for row in self._asked.rows)
        if layout.monthly:
            self._list(sheet, ready, columns.index("measured-in"), last, f"={self._range('measures', 1)}")
            low = {"criteria": ">=", "value": 0} if layout is AMOUNTS else {"criteria": ">", "value": -1e15}
            sheet.data_validation(
                FIRST, len(layout.before), last, len(layout.before) + 11,
                {"validate": "decimal", **low, "error_title": "Touchstone", "error_message": self._said(_ONLY_NUMBERS)},
            )  # fmt: skip

    def _list(self, sheet: Any, first: int, column: int, last: int, source: "str | Sequence[str]") -> None:
        source = source if isinstance(source, str) else list(source)
        told = {"error_title": "Touchstone", "error_message": self._said(_ONE_OF_LIST)}
        sheet.data_validation(first, column, last, column, {"validate": "list", "source": source, **told})

    def _range(self, name: str, width: int) -> str:
        from xlsxwriter.utility import xl_range_abs

        column = list(self._columns).index(name)
        return f"{LISTS}!{xl_range_abs(0, column, max(len(self._columns[name]) - 1, 0), column + width - 1)}"

    def _measures(self, quantity: Quantity) -> list[str]:
        """Units of measure in words, the one plants print first: a share is printed in percent."""
        codes = [quantity.unit, *quantity.others]
        codes = ["%"] if quantity.unit == "times" else codes
        return [format_unit(code, "zh") if self._lang == "zh" else code for code in codes]

    def _hint(self, layout: SheetLayout, asked: Asked) -> str:
        quantity = asked.quantity
        if layout is AMOUNTS:
            return self._measures(quantity)[0]
        if asked.default is None:
            return ""
        percent = quantity.unit == "times"
        shown = f"{float(asked.default * (100 if percent else 1)):.6g}"
        return f"{shown} {self._measures(quantity)[0]}"

    def _said(self, text: Text) -> str:
        return text.zh if self._lang == "zh" else text.en


def _belongs(row: Asked, layout: SheetLayout) -> bool:
    """Amounts and properties have a sheet each; the sheet of evidence has what a method wants evidence for."""
    if layout is EVIDENCES:
        return row.evidence is not None
    return (row.quantity.parameter == AMOUNT) == (layout is AMOUNTS)
