"""Templates and tables of activity data as enterprises send them, made for the tests."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.methods.method_file import methods
from touchstone.calc.carbon.organisation_file import organisation_of
from touchstone.flow.carbon_expected import expected
from touchstone.publish.carbon.asked import asked
from touchstone.publish.carbon.template import activity_template
from touchstone.read.carbon.activity import ActivityReading, read_activity
from touchstone.read.carbon.expected import Expected

from ...calc.carbon.made import GROUP

HEAD = "unit,month,item,parameter,value,measured_in,evidence,reference\n"
GOOD = "line-1,2024-03,natural-gas,,12.50,1e4 Nm3,meter,M-1\n"


@cache
def known_units() -> Expected:
    """What the made-up group may state."""
    return expected(organisation_of(GROUP, "organisation.toml", methods()), methods(), library())


@cache
def made_template(lang: str = "en") -> bytes:
    """The template of 2024, with rows for natural gas and its calorific value."""
    organisation = organisation_of(GROUP, "organisation.toml", methods())
    stated = {("line-1", "natural-gas", "amount"), ("line-1", "natural-gas", "ncv")}
    return activity_template(
        asked(organisation, "mine", 2024, methods(), library(), stated), "mine", 2024, lang
    )


def table(lines: str) -> ActivityReading:
    """A csv as it was read."""
    return read_activity((HEAD + lines).encode(), "sent.csv", known_units())


def codes(reading: ActivityReading) -> list[str]:
    """The codes of what is wrong with a file, of which nothing then counts."""
    assert reading.facts == () and all(problem.zh for problem in reading.problems)
    return [problem.code for problem in reading.problems]


def filled(template: bytes, change: Callable[[Any], object]) -> bytes:
    """A template after somebody worked on it."""
    book = load_workbook(BytesIO(template))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def row_of(sheet: Any, item: str) -> int:
    """The row of an item."""
    return next(row for row in range(5, sheet.max_row) if sheet.cell(row, 3).value == item)


def write(sheet: str, item: str, values: dict[str, object]) -> Callable[[Any], None]:
    """Fill cells of the row of an item, columns by their heads."""

    def change(book: Any) -> None:
        page = book[sheet]
        heads = {page.cell(3, column).value: column for column in range(1, page.max_column + 1)}
        for head, value in values.items():
            page.cell(row_of(page, item), heads[head]).value = value

    return change
