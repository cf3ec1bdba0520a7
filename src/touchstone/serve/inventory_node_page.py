"""The page of an enterprise, a unit or a segment: where its emissions come from, month by month, down to the lines."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from touchstone.calc.carbon.consolidation import node
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.line import PLACES, Line
from touchstone.errors import UnknownSeries, UnusableDeclaration
from touchstone.publish.format import gas, quantity
from touchstone.publish.heatmap import HeatMap, heatmap_svg
from touchstone.publish.sankey import End, Flow, Sankey, sankey_svg
from touchstone.publish.words import word
from touchstone.serve.carbon_shown import grouped, item_name, line_address, term_name, tonnes, units_of
from touchstone.serve.carbon_stock import Carbon
from touchstone.serve.inventory_asked import Asked, asked_of, picks, set_data
from touchstone.serve.inventory_checks import checks, checks_data
from touchstone.serve.inventory_energy import energy_data, energy_shown
from touchstone.serve.inventory_ranges import Range, Ranges, range_data, ranges_shown, shown_range
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_ROUGH = 10_000
_TREES = ("enterprise", "facility", "unit")
"""Kinds of nodes whose tree is small enough for one page; a segment or a group shows its enterprises."""
Weighed = list[tuple[Line, Fraction]]


def node_page(shelf: Shelf, key: str, query: Mapping[str, str], lang: str, token: str) -> Page:
    """One node of the organisation, counted whole, whoever owns it.

    Raises:
        UnknownSeries: the organisation has no such node; NoFactor: the set of potentials lacks a gas.
    """
    carbon = shelf.stock.carbon()
    try:
        own = node(carbon.organisation, key)
    except UnusableDeclaration as problem:
        raise UnknownSeries(str(problem)) from None
    asked = asked_of(query, carbon)
    units = units_of(carbon, key)
    account = _account(carbon, key, asked)
    lines = carbon.view(("node", key, asked), lambda: _weighed(account))
    missing = account.missing
    used = dict.fromkeys(line.method for line, _ in lines)
    ranges = carbon.view(("node ranges", key, asked), lambda: Ranges(carbon, account))
    shown = {
        "question": asked,
        "picks": picks(asked, carbon, lang, ("year", "boundary", "set")),
        "own": own,
        "above": [carbon.organisation.nodes[each] for each in _above(carbon, key)],
        "nodes": carbon.organisation.nodes,
        "below": _below(carbon, key, lines, ranges),
        "total": tonnes(_sum(lines)),
        "branches": tree(carbon, lines, ranges) if own.kind in _TREES else [],
        "heatmap": _heatmap(carbon, asked, lines, lang),
        "sankey": _sankeys(carbon, asked, lines, lang),
        "methods": [carbon.methods[each] for each in used if each in carbon.methods],
        "missing": grouped(missing, carbon.methods),
        "gaps_count": len(missing),
        "synthetic": carbon.synthetic & units,
        "checks": checks(carbon, units, asked.year, query),
        "token": token,
        "energy": energy_shown(carbon, account) if asked.year else None,
        "spread": ranges_shown(ranges, ("scope", "gas", "month"), query, lang),
    }
    rows = [line_row(line, size) for line, size in lines]

    def data() -> dict[str, Any]:
        asked.must_be_offered()
        energy = energy_data(shown["energy"]) if shown["energy"] else None
        found = {
            "findings": checks_data(carbon, units), "energy": energy, "range": range_data(ranges), "gwp": set_data(carbon, asked),
        }  # fmt: skip
        return {**_question(key, asked, shown["total"]), **found, "lines": rows}

    def table() -> list[dict[str, Any]]:
        asked.must_be_offered()
        return rows

    return Page("inventory_node.html", shown, data, table)


def _question(key: str, asked: Asked, total: Decimal) -> dict[str, Any]:
    return {
        "node": key, "year": asked.year, "boundary": asked.boundary, "set": asked.set, "total": total, "unit": "tCO2e",
    }  # fmt: skip


def line_row(line: Line, weighed: Fraction) -> dict[str, Any]:
    """A line as one flat row."""
    return {
        "unit": line.unit, "month": line.month, "method": line.method, "term": line.term, "item": line.item, "scope": line.scope,
        "level": line.level, "gas": line.gas, "mass": tonnes(Fraction(line.mass, 10**PLACES), PLACES), "weighed": tonnes(weighed, 6),
        "facts": [each.fact for each in line.inputs if each.fact], "factors": [each.factor for each in line.inputs if each.factor],
    }  # fmt: skip


def tree(carbon: Carbon, lines: Weighed, ranges: Ranges) -> list[dict[str, Any]]:
    """Unit, then term, then item, then month; each with the total of what is under it."""
    branches = []
    for unit, own in _split(lines, lambda line: (line.unit,)).items():
        terms = []
        for (method, term), of_term in _split(own, lambda line: (line.method, line.term)).items():
            leaves = [
                {"item": item_name(item), "total": tonnes(_sum(of_item), 2), "months": [
                    (line.month, tonnes(size, 2), line_address(line)) for line, size in of_item
                ]}
                for (item,), of_item in _split(of_term, lambda line: (line.item,)).items()
            ]  # fmt: skip
            first = of_term[0][0]
            terms.append({
                "name": term_name(carbon.methods, method, term), "method": method, "scope": first.scope, "level": first.level,
                "gas": first.gas, "total": tonnes(_sum(of_term), 2), "range": _range(of_term, ranges), "leaves": leaves,
            })  # fmt: skip
        branches.append({
            "key": unit[0], "total": tonnes(_sum(own), 2), "range": _range(own, ranges), "terms": terms,
        })  # fmt: skip
    return branches


def _account(carbon: Carbon, key: str, asked: Asked) -> Account:
    return Account(
        carbon.inventory, carbon.organisation, carbon.library, carbon.methods, node=key, year=asked.year, boundary=asked.boundary,
        asked_set=asked.set,
    )  # fmt: skip


def _range(lines: Weighed, ranges: Ranges) -> Range:
    return shown_range(ranges.of(line for line, _ in lines))


def _weighed(account: Account) -> Weighed:
    """The lines of a node that count, in t of CO2 equivalent."""
    return [(line, account.weighed(line)) for line in account.lines]


def _above(carbon: Carbon, key: str) -> list[str]:
    nodes, found = carbon.organisation.nodes, list[str]()
    while key := nodes[key].parent:
        found.insert(0, key)
    return found


def _below(carbon: Carbon, key: str, lines: Weighed, ranges: Ranges) -> list[tuple[Any, Decimal, Range]]:
    """The nodes straight under this one, each with its total and range."""
    found = []
    for each in carbon.organisation.nodes.values():
        if each.parent == key:
            units = units_of(carbon, each.key)
            own = [(line, size) for line, size in lines if line.unit in units]
            found.append((each, tonnes(_sum(own)), _range(own, ranges)))
    return found


def _heatmap(carbon: Carbon, asked: Asked, lines: Weighed, lang: str) -> tuple[str, str] | None:
    """Terms by months, and for the phone months by terms; None where there is nothing to draw."""
    months = sorted({line.month for line, _ in lines})
    rows = _split(lines, lambda line: (line.method, line.term))
    if not rows:
        return None
    cells = [
        [_sum([(li, s) for li, s in own if li.month == month]) for month in months] for own in rows.values()
    ]
    rough = max(abs(value) for row in cells for value in row) >= _ROUGH
    unit = word("carbon.kilotonnes" if rough else "carbon.tonnes", lang)
    values = tuple(tuple(tonnes(value / (1000 if rough else 1), 1) for value in row) for row in cells)
    names = [getattr(term_name(carbon.methods, method, term), lang) for method, term in rows]
    twice = {name for name in names if names.count(name) > 1}
    told = tuple(
        f"{name}{_of_units(carbon, own, lang)}" if name in twice else name
        for name, own in zip(names, rows.values(), strict=True)
    )
    title = word("carbon.heatmap", lang, year=asked.year, unit=unit)
    alt, columns = (
        word("carbon.heatmap_alt", lang, n=len(told), m=len(months)),
        tuple(month[5:] for month in months),
    )
    wide = HeatMap(title, told, columns, values, alt, own=False)
    tall = HeatMap(title, columns, told, tuple(zip(*values, strict=True)), alt, own=False)
    return heatmap_svg(wide, lang, 58), heatmap_svg(tall, lang, 58)


def _of_units(carbon: Carbon, lines: Weighed, lang: str) -> str:
    """Which units a row is of, where another row has the same name: （自备电厂）."""
    units = list(dict.fromkeys(line.unit for line, _ in lines))
    name = getattr(carbon.organisation.nodes[units[0]].name, lang)
    said = word("carbon.and_more", lang, name=name, n=len(units)) if len(units) > 1 else name
    return word("carbon.of_units", lang, name=said)


def _sankeys(carbon: Carbon, asked: Asked, lines: Weighed, lang: str) -> dict[str, Any] | None:
    """From what emissions come of over the terms to the gases, drawn for desk and phone; `left_out`, what is below 0 and has no width.

    Everything in it is in t of CO2 equivalent: tonnes of coal and of metal do not add up.
    """
    flows: dict[tuple[str, str], Fraction] = {}
    names: dict[str, tuple[int, str]] = {}
    left_out = Fraction(0)
    for (item, method, term, code), own in _split(
        lines, lambda li: (li.item, li.method, li.term, li.gas)
    ).items():
        size = _sum(own)
        if size <= 0:
            left_out += size
            continue
        names[f"i {item}"] = (0, getattr(item_name(item), lang))
        words = getattr(term_name(carbon.methods, method, term), lang)
        names[f"t {words}"] = (1, words)
        names[f"g {code}"] = (2, gas(code))
        for pair in ((f"i {item}", f"t {words}"), (f"t {words}", f"g {code}")):
            flows[pair] = flows.get(pair, Fraction(0)) + size
    if not flows:
        return None
    drawn = Sankey(
        word("carbon.sankey", lang, year=asked.year), tuple(_end(key, *names[key], flows, lang) for key in names),
        tuple(Flow(start, end, tonnes(size, 6)) for (start, end), size in flows.items() if tonnes(size, 6)), word("carbon.sankey_alt", lang),
    )  # fmt: skip
    return {
        "large": sankey_svg(drawn),
        "slim": sankey_svg(drawn, 350, 420),
        "left_out": tonnes(left_out) if left_out else None,
    }


def _end(key: str, column: int, name: str, flows: Mapping[tuple[str, str], Fraction], lang: str) -> End:
    size = sum((each for pair, each in flows.items() if pair[1 if column else 0] == key), Fraction(0))
    return End(key, column, name, f"{quantity(tonnes(size), lang)} {word('carbon.tonnes', lang)}")


def _split(lines: Iterable[tuple[Line, Fraction]], key: Any) -> dict[tuple[str, ...], Weighed]:
    found: dict[tuple[str, ...], Weighed] = {}
    for line, size in lines:
        found.setdefault(key(line), []).append((line, size))
    return found


def _sum(lines: Iterable[tuple[Line, Fraction]]) -> Fraction:
    return sum((size for _, size in lines), Fraction(0))
