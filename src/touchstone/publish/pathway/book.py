"""Results of scenarios as a workbook and as JSON: every row of the long table, the IAMC table, and what the variables mean."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from typing import Any

from touchstone.facts.text import Text
from touchstone.publish.export import to_json
from touchstone.publish.pathway.iamc import KEYS, Table, definition, iamc, wide
from touchstone.publish.pathway.pen import in_words
from touchstone.publish.pathway.table import Row, checked
from touchstone.publish.report.booklook import Look
from touchstone.publish.words import word

_PLAIN: dict[str, Any] = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_HEADS = ("scenario", "draw", "region", "plant", "technology", "variable", "unit")
About = Sequence[tuple[Text, str]]
"""What the results are of: names and values, such as scenario, hash of its inputs, seed, solver and version."""
Cells = Iterable[Sequence[str | float | None]]


def document(rows: Iterable[Row], about: Mapping[str, str]) -> str:
    """Results as JSON: `about`, the code list of the variables that occur, and every row.

    Raises:
        UnusableTable: as `table.checked`.
    """
    every = checked(rows)
    names = sorted({row.variable for row in every})
    said = {name: _meaning(name) for name in names}
    return to_json({"about": dict(about), "variables": said, "rows": [asdict(row) for row in every]})


def book(rows: Iterable[Row], model: str, about: About, day: date, lang: str) -> bytes:
    """Results as a workbook: what they are of, all rows by year, the IAMC table, the variables.

    Raises:
        UnusableTable: as `iamc.iamc`.
    """
    every = checked(rows)
    table = iamc(every, model)
    with _Book(day, word("pathway_book.title", lang)) as out:
        told = [(in_words(name, lang), value) for name, value in about]
        if table.left_out:
            told.append((word("pathway_book.left_out", lang), str(table.left_out)))
        out.sheet(word("pathway_book.about", lang), (), told, (28, 90))
        years = sorted({row.year for row in every})
        heads = [word(f"pathway_book.{key}", lang) for key in _HEADS]
        out.sheet(
            word("pathway_book.results", lang),
            (*heads, *map(str, years)),
            _by_year(every, years),
            (18,) * 5 + (56, 18),
        )
        _put_iamc(out, table)
        heads = [word(f"pathway_book.{key}", lang) for key in ("variable", "unit", "says", "standing")]
        out.sheet(word("pathway_book.variables", lang), heads, _variables(every, lang), (70, 20, 70, 24))
    return out.bytes()


class _Book:
    """A workbook of plain tables; the same tables give the same bytes."""

    def __init__(self, day: date, title: str) -> None:
        self._out, self._day, self._title = io.BytesIO(), day, title

    def __enter__(self) -> "_Book":
        from xlsxwriter import Workbook

        self._book: Workbook = Workbook(self._out, {"in_memory": True, **_PLAIN})
        created = datetime.combine(self._day, time(), UTC).replace(tzinfo=None)
        self._book.set_properties({"title": self._title, "author": "Touchstone", "created": created})
        self._look = Look(self._book)
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def sheet(self, name: str, heads: Sequence[str], rows: Cells, widths: Sequence[float]) -> None:
        """A sheet with its head, its rows, and the widths of its first columns in characters."""
        sheet = self._book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for column, text in enumerate(heads):
            self._look.text(sheet, 0, column, text, "head")
        for number, row in enumerate(rows, 1 if heads else 0):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    self._look.text(sheet, number, column, value, "cell")
                elif value is not None:
                    sheet.write_number(number, column, value, self._look.of("figure"))
        if heads:
            sheet.freeze_panes(1, 0)

    def bytes(self) -> bytes:
        """The file, once it is closed."""
        return self._out.getvalue()


def _put_iamc(out: _Book, table: Table) -> None:
    """The sheet `data` with an IAMC table, wide; its years are numbers, as its tools want them."""
    years, rows = wide(table)
    heads = (*(key.capitalize() for key in KEYS), *map(str, years))
    out.sheet("data", heads, rows, (20, 24, 20, 70, 20))


def _by_year(rows: Sequence[Row], years: Sequence[int]) -> Cells:
    found: dict[tuple[str, ...], dict[int, float]] = {}
    for row in rows:
        found.setdefault(tuple(getattr(row, key) for key in _HEADS), {})[row.year] = row.value
    return [(*key, *(values.get(year) for year in years)) for key, values in found.items()]


def _variables(rows: Sequence[Row], lang: str) -> Cells:
    for name in sorted({row.variable for row in rows}):
        given = definition(name)
        if given:
            standing = word(f"pathway_book.{given.standing}", lang)
            yield name, given.unit, in_words(given.says, lang), standing


def _meaning(name: str) -> dict[str, str]:
    given = definition(name)
    if given is None:
        return {}
    return {"unit": given.unit, "standing": given.standing, "zh": given.says.zh, "en": given.says.en}
