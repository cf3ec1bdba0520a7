"""The page of one line: its formula in words and with its numbers, and every number open to where it is from."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.formula.written import worded, written
from touchstone.calc.carbon.inventory.view import weight
from touchstone.calc.carbon.line import PLACES, Input, Line
from touchstone.calc.carbon.method import Term
from touchstone.errors import UnknownSeries
from touchstone.facts.conversion import rounded
from touchstone.facts.text import Text
from touchstone.serve.carbon_shown import item_name, tonnes
from touchstone.serve.carbon_stock import Carbon
from touchstone.serve.inventory_asked import asked_of
from touchstone.serve.inventory_node_page import line_row
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_SHORT = 8
"""Decimals of an input that does not end, as it stands in a formula; the twins have all of them."""


def line_page(shelf: Shelf, path: Mapping[str, str], query: Mapping[str, str], lang: str) -> Page:
    """One term of one unit, month and item; by each method, where two are applied in one month.

    Raises:
        UnknownSeries: the inventory has no such line.
    """
    carbon = shelf.stock.carbon()
    item = "" if path["item"] == "-" else path["item"]
    wanted = (path["unit"], path["month"], path["term"], item)
    lines = [
        line for line in carbon.inventory.lines if (line.unit, line.month, line.term, line.item) == wanted
    ]
    if not lines:
        raise UnknownSeries(f"the inventory has no line {' / '.join(wanted)}\n清单中没有{' / '.join(wanted)}")
    asked = asked_of({**query, "year": path["month"][:4]}, carbon)
    shown = {
        "question": asked,
        "own": carbon.organisation.nodes[path["unit"]],
        "nodes": carbon.organisation.nodes,
        "month": path["month"],
        "item": item_name(item) if item else None,
        "told": [told(line, carbon, asked.set, lang) for line in lines],
        "synthetic": path["unit"] in carbon.synthetic,
    }
    data = [_data(line, carbon, asked.set) for line in lines]
    rows = [
        {**line_row(line, _weighed(line, carbon, asked.set)), **_input_row(each)}
        for line in lines
        for each in line.inputs
    ]
    return Page("inventory_line.html", shown, data, rows)


def told(line: Line, carbon: Carbon, set: str, lang: str) -> dict[str, Any]:
    """A line with its formula and inputs in words; the formula is left out where the method is no longer there."""
    method = carbon.methods.get(line.method)
    term = next((each for each in method.terms if each.key == line.term), None) if method else None
    names = {each.key: each.name for each in term.parameters} if term else {}
    return {
        "line": line,
        "method": method,
        "document": carbon.library.documents.get(method.document) if method else None,
        "term": term,
        "worded": worded(term.formula, names, lang) if term else "",
        "written": _numbers(line, term, lang) if term else "",
        "mass": tonnes(Fraction(line.mass, 10**PLACES), PLACES).normalize(),
        "weighed": tonnes(_weighed(line, carbon, set), 3),
        "weight": rounded(weight(carbon.library, line.gas, set), 1).normalize(),
        "inputs": [_input(each, names, carbon.library) for each in line.inputs],
    }


def formula_words(term: Term, lang: str) -> str:
    """The formula of a term in the names of its parameters."""
    return worded(term.formula, {each.key: each.name for each in term.parameters}, lang)


def _numbers(line: Line, term: Term, lang: str) -> str:
    return written(
        term.formula, {each.parameter: (_short(each.value), each.unit) for each in line.inputs}, lang
    )


def _input(given: Input, names: Mapping[str, Text], library: Library) -> dict[str, Any]:
    factor = library.get(given.factor) if given.factor in library else None
    return {
        "given": given,
        "name": names.get(given.parameter, Text(given.parameter, given.parameter)),
        "value": _short(given.value),
        "restated": given.value != given.stated or given.unit != given.stated_unit,
        "factor": factor,
        "document": library.document(factor) if factor else None,
    }


def _short(value: Decimal) -> Decimal:
    places = -int(value.as_tuple().exponent)
    return Decimal(f"{round(value, _SHORT).normalize():f}") if places > _SHORT else value


def _weighed(line: Line, carbon: Carbon, set: str) -> Fraction:
    return Fraction(line.mass, 10**PLACES) * weight(carbon.library, line.gas, set)


def _data(line: Line, carbon: Carbon, set: str) -> dict[str, Any]:
    return {
        **line_row(line, _weighed(line, carbon, set)),
        "set": set,
        "inputs": [_input_row(each) for each in line.inputs],
    }


def _input_row(given: Input) -> dict[str, Any]:
    return {
        "parameter": given.parameter, "value": given.value, "value_unit": given.unit, "stated": given.stated, "stated_unit": given.stated_unit,
        "tier": given.tier, "fact": given.fact, "factor": given.factor, "why_zh": given.why.zh, "why_en": given.why.en,
    }  # fmt: skip
