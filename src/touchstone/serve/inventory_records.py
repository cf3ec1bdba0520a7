"""A record that a number was added from, as pages and their twins have it."""

from typing import Any

from touchstone.calc.carbon.inventory.yearly import Record
from touchstone.serve.carbon_shown import item_name, line_address, term_name, tonnes
from touchstone.serve.carbon_stock import Carbon

_FINE = 6


def record_shown(carbon: Carbon, given: Record) -> dict[str, Any]:
    """A record in words, with the address that it opens to: a line, or a value of the ledger."""
    line = given.line
    return {
        "given": given,
        "item": item_name(given.item) if given.item else None,
        "term": term_name(carbon.methods, line.method, line.term) if line else None,
        "address": line_address(line) if line else f"/figure/{given.fact}",
        "counted": tonnes(given.counted, _FINE).normalize() + 0,
    }


def record_data(given: Record) -> dict[str, Any]:
    """A record as a flat row."""
    return {
        "unit": given.unit, "month": given.month, "item": given.item, "value": given.value, "measured_in": given.measured_in,
        "counted": tonnes(given.counted, 9), "fact": given.fact, "factor": given.factor, "line": line_address(given.line) if given.line else "",
    }  # fmt: skip
