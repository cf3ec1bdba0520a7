"""The performance table of a group or a part of it, and the records that each of its numbers was added from."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.yearly import Cell, Row, Yearly, yearly
from touchstone.errors import UnknownSeries, UnusableDeclaration
from touchstone.facts.unit import format_unit
from touchstone.publish.carbon.yearly import in_figures, no_data, note_of, places_of, shown_rows
from touchstone.serve.carbon_shown import tonnes, units_of
from touchstone.serve.carbon_stock import Carbon
from touchstone.serve.inventory_asked import Asked, asked_of, picks, units_in
from touchstone.serve.inventory_checks import checks
from touchstone.serve.inventory_records import record_data, record_shown
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_LEAF = 100
_PICKS = ("group", "set", "approach")


def performance_page(shelf: Shelf, query: Mapping[str, str], lang: str) -> Page:
    """The table of all years; where there is no organisation or no data yet, the page of inventories says what to do."""
    carbon = shelf.stock.carbon()
    asked, node = _asked(carbon, query)
    table = _table(carbon, asked, node)
    rows, notes = shown_rows(table)
    units = units_of(carbon, node) if node else units_in(carbon, asked)
    sections: dict[str, list[Any]] = {}
    for row in rows:
        sections.setdefault(row.row.section, []).append(row)
    nodes = carbon.organisation.nodes
    shown = {
        "question": asked,
        "node": node,
        "picks": [] if node else picks(asked, carbon, lang, _PICKS),
        "nodes": nodes,
        "name": nodes[node or asked.group].name,
        "years": table.years,
        "set": table.set,
        "sections": sections,
        "notes": notes,
        "no_data": no_data(table),
        "checks": checks(carbon, units, table.years[-1], {}),
        "address": lambda row, year: _address(row, year, asked, node),
        "synthetic": carbon.synthetic & units,
    }
    data = [_row_data(row, table) for row in table.rows]
    flat = [
        {"row": each["row"], "unit": each["unit"], **{year: each["values"][year]["value"] for year in table.years}}
        for each in data
    ]  # fmt: skip
    return Page("inventory_performance.html", shown, data, flat)


def records_page(shelf: Shelf, key: str, year: str, query: Mapping[str, str], leaf: int, lang: str) -> Page:
    """The records of one number.

    Raises:
        UnknownSeries: the table has no such row or year.
    """
    carbon = shelf.stock.carbon()
    asked, node = _asked(carbon, query)
    table = _table(carbon, asked, node)
    row = table.row(key)
    if row is None or year not in row.cells:
        raise UnknownSeries(f"the performance table has no {key} of {year}\n绩效表中没有{year}年的{key}")
    cell = row.cells[year]
    parts = [each for each in (cell.over, cell.under) if each] or [cell]
    longest = max(len(part.records) for part in parts)
    leaves = max(1, -(-longest // _LEAF))
    leaf = min(leaf, leaves - 1)
    shown = {
        "question": asked, "node": node, "nodes": carbon.organisation.nodes, "row": row, "year": year, "cell": cell,
        "unit": format_unit(row.unit, lang), "value": None if cell.value is None else in_figures(cell.value, places_of(row)),
        "note": note_of(cell), "leaf": leaf, "leaves": leaves, "address": lambda n: _address(row, year, asked, node, n),
        "back": _query(asked, node), "synthetic": carbon.synthetic,
        "parts": [(_head(part, cell), part, [record_shown(carbon, each) for each in part.records[leaf * _LEAF : (leaf + 1) * _LEAF]])
                  for part in parts],
    }  # fmt: skip
    every = [(part, record) for part in parts for record in part.records]
    rows = [{"part": _head(part, cell), **record_data(record)} for part, record in every]
    return Page("inventory_records.html", shown, rows, rows)


def _asked(carbon: Carbon, query: Mapping[str, str]) -> tuple[Asked, str]:
    """What is asked for, and the node where it is one. Raises UnknownSeries, NotOffered: there is nothing to show."""
    try:
        asked = asked_of(query, carbon)
        nodes = carbon.organisation.nodes
    except UnusableDeclaration as problem:
        raise UnknownSeries(str(problem)) from None
    asked.must_be_offered()
    node = query.get("node", "")
    if not asked.year or not (asked.group or node) or (node and node not in nodes):
        raise UnknownSeries(f"no inventory of {node or '-'}\n没有{node}的清单")
    return asked, node


def _table(carbon: Carbon, asked: Asked, node: str) -> Yearly:
    perimeter = {"node": node} if node else {"group": asked.group, "approach": asked.approach}
    account = Account(
        carbon.inventory, carbon.organisation, carbon.library, carbon.methods, asked_set=asked.set, **perimeter
    )  # fmt: skip
    found: Yearly = carbon.view(
        ("yearly", node, asked.group, asked.approach, asked.set), lambda: yearly(account)
    )
    return found


def _query(asked: Asked, node: str) -> str:
    names = ("set",) if node else _PICKS
    return urlencode({"node": node} if node else {}) + ("&" if node else "") + urlencode({n: getattr(asked, n) for n in names})  # fmt: skip


def _address(row: Row, year: str, asked: Asked, node: str, leaf: int = 0) -> str:
    page = f"/inventory/performance/{row.key}/{year}?{_query(asked, node)}"
    return f"{page}&leaf={leaf}" if leaf else page


def _head(part: Cell, cell: Cell) -> str:
    return "over" if part is cell.over else "under" if part is cell.under else "records"


def _row_data(row: Row, table: Yearly) -> dict[str, Any]:
    def cell(given: Cell) -> dict[str, Any]:
        note = note_of(given)
        return {
            "value": None if given.value is None else tonnes(given.value, 9), "note": note and note.en, "note_zh": note and note.zh,
            "records": len(given.records) + sum(len(each.records) for each in (given.over, given.under) if each),
        }  # fmt: skip

    return {
        "row": row.key, "section": row.section, "name": row.name.en, "name_zh": row.name.zh, "unit": row.unit, "gwp": table.set,
        "values": {year: cell(row.cells[year]) for year in table.years},
    }  # fmt: skip
