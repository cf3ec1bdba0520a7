"""The methods: which there are, one read clause by clause, with a plant's own numbers, and two editions side by side."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from touchstone.calc.carbon.factors.reference import items, kinds
from touchstone.calc.carbon.inventory.inventory import by_method
from touchstone.calc.carbon.inventory.view import weight
from touchstone.calc.carbon.line import PLACES, Line
from touchstone.calc.carbon.method import Method, Term, Tier
from touchstone.calc.carbon.methods.difference import Change, difference
from touchstone.errors import Refusal, UnknownSeries, UnusableDeclaration
from touchstone.facts.text import Text
from touchstone.publish.words import catalogue, word
from touchstone.serve.carbon_shown import item_name, tonnes
from touchstone.serve.carbon_stock import Carbon
from touchstone.serve.inventory_line_page import formula_words, told
from touchstone.serve.inventory_node_page import line_address
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_SET = "AR5"


def methods_page(shelf: Shelf) -> Page:
    """All methods, with what they are for and how many of their points are open."""
    carbon = shelf.stock.carbon()
    used = _users(carbon)
    rows = [
        {"method": key, "name_zh": each.name.zh, "name_en": each.name.en, "document": each.document, "valid_from": each.valid_from,
         "valid_to": each.valid_to, "gwp": each.gwp, "terms": len(each.terms), "open_points": len(each.open_points), "units": len(used.get(key, ()))}
        for key, each in sorted(carbon.methods.items())
    ]  # fmt: skip
    shown = {
        "methods": [each for _, each in sorted(carbon.methods.items())],
        "used": used,
        "documents": carbon.library.documents,
    }
    return Page("methods.html", shown, rows, rows)


def method_page(shelf: Shelf, key: str, query: Mapping[str, str], lang: str) -> Page:
    """One method; with `unit` and `month` the numbers of that plant stand in its formulas, with `against` the difference to another.

    Raises:
        UnknownSeries: there is no such method, or none to set it against.
    """
    carbon = shelf.stock.carbon()
    own, other = _method(carbon, key), query.get("against", "")
    against = _method(carbon, other) if other else None
    units = _users(carbon).get(key, [])
    unit, month = query.get("unit", ""), query.get("month", "")
    lines = [line for line in _lines(carbon) if (line.unit, line.month, line.method) == (unit, month, key)]
    by_term: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        by_term.setdefault(line.term, []).append(
            {**told(line, carbon, own.gwp or _SET, lang), "address": line_address(line)}
        )
    changes = difference(against, own) if against else ()
    shown = {
        "own": own,
        "document": carbon.library.documents.get(own.document),
        "terms": [(term, formula_words(term, lang)) for term in own.terms],
        "over": _over,
        "tier": lambda tier: _tier(tier, carbon),
        "units": [carbon.organisation.nodes[each] for each in units],
        "nodes": carbon.organisation.nodes if units else {},
        "months": sorted({line.month for line in _lines(carbon) if line.method == key}, reverse=True),
        "unit": unit,
        "month": month,
        "by_term": by_term,
        "others": [each for each in sorted(carbon.methods) if each != key],
        "methods": carbon.methods,
        "against": against,
        "changes": changes,
        "trial": _trial(carbon, own, against, unit, month) if against and lines else None,
    }
    data = {
        "method": key, "document": own.document, "valid_from": own.valid_from, "valid_to": own.valid_to, "gwp": own.gwp,
        "boundary": own.boundary, "open_points": own.open_points, "terms": [_row(term) for term in own.terms],
        "against": other, "changes": [_change(each) for each in changes],
    }  # fmt: skip
    return Page(
        "method.html",
        shown,
        data,
        [_change(each) for each in changes] if against else [_row(term) for term in own.terms],
    )


def _method(carbon: Carbon, key: str) -> Method:
    if key not in carbon.methods:
        raise UnknownSeries(f"there is no method {key!r}\n没有方法“{key}”")
    return carbon.methods[key]


def _users(carbon: Carbon) -> dict[str, list[str]]:
    """Method -> the units that declare it; none where there is no organisation."""
    found: dict[str, list[str]] = {}
    try:
        nodes = carbon.organisation.nodes
    except UnusableDeclaration:
        return found
    for node in nodes.values():
        if node.kind == "unit":
            for key, _ in node.methods:
                found.setdefault(key, []).append(node.key)
    return found


def _lines(carbon: Carbon) -> tuple[Line, ...]:
    try:
        return carbon.inventory.lines
    except UnusableDeclaration:
        return ()


def _over(term: Term) -> list[Text]:
    """What a term is summed over, by name: items, or kinds of items."""
    return [item_name(key) if key in items() else _item_kind(key) for key in term.over]


def _item_kind(key: str) -> Text:
    name = f"carbon.over_{key}"
    return Text(word(name, "zh"), word(name, "en")) if name in catalogue() else Text(key, key)


def _tier(tier: Tier, carbon: Carbon) -> dict[str, Any]:
    """What a tier takes its value from, in words."""
    return {
        "what": kinds()[tier.factor].name if tier.factor in kinds() else None,
        "of": item_name(tier.of) if tier.of and "{" not in tier.of else None,
        "document": carbon.library.documents.get(tier.document),
    }


def _trial(carbon: Carbon, own: Method, against: Method, unit: str, month: str) -> list[dict[str, Any]]:
    """The same month of the same plant by both methods: t of each gas, and in CO2 equivalent, direct and by scope."""
    rows = []
    for method in (against, own):
        try:
            worked = by_method(
                carbon.organisation, unit, carbon.inventory.entries[unit], carbon.library, method, month
            )
        except Refusal as problem:
            rows.append({"method": method, "scopes": {}, "missing": 0, "problem": problem})
            continue
        scopes: dict[int, Fraction] = {}
        for line in worked.lines:
            size = Fraction(line.mass, 10**PLACES) * weight(carbon.library, line.gas, own.gwp or _SET)
            scopes[line.scope] = scopes.get(line.scope, Fraction(0)) + size
        rows.append({
            "method": method, "scopes": {scope: tonnes(size, 2) for scope, size in scopes.items()}, "missing": len(worked.missing),
            "problem": None,
        })  # fmt: skip
    return rows


def _row(term: Term) -> dict[str, Any]:
    return {
        "term": term.key, "name_zh": term.name.zh, "name_en": term.name.en, "scope": term.scope, "gas": term.gas, "level": term.level,
        "over": list(term.over), "formula_zh": formula_words(term, "zh"), "formula_en": formula_words(term, "en"), "clause": term.clause,
        "parameters": [each.key for each in term.parameters],
    }  # fmt: skip


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind, "where": change.where, "what": change.what, "before_zh": change.before.zh, "before_en": change.before.en,
        "after_zh": change.after.zh, "after_en": change.after.en,
    }  # fmt: skip
