"""The methods: which there are, one read clause by clause, with a plant's own numbers, and two editions side by side."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from touchstone.calc.carbon.factors.reference import kinds
from touchstone.calc.carbon.inventory.inventory import by_method
from touchstone.calc.carbon.inventory.view import weight
from touchstone.calc.carbon.line import PLACES, Line
from touchstone.calc.carbon.method import Method, Term, Tier
from touchstone.calc.carbon.methods.difference import Change, difference
from touchstone.errors import Refusal, UnknownSeries, UnusableDeclaration
from touchstone.serve.carbon_shown import item_name, tonnes
from touchstone.serve.carbon_stock import Carbon
from touchstone.serve.inventory_line_page import formula_words, told
from touchstone.serve.inventory_node_page import line_address
from touchstone.serve.method_changes import GROUPS, Told, in_order, over_name, told_changes
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

    Where the unit used another method then, its data are worked out by this one for trial.

    Raises:
        UnknownSeries: there is no such method, or none to set it against.
    """
    carbon = shelf.stock.carbon()
    own, other = _method(carbon, key), query.get("against", "")
    editions = in_order(own, _method(carbon, other)) if other else ()
    unit, month = query.get("unit", ""), query.get("month", "")
    lines = [line for line in _lines(carbon) if (line.unit, line.month, line.method) == (unit, month, key)]
    trial = _trial(carbon, editions or (own,), unit, month)
    worked = lines or next((row["lines"] for row in trial if row["method"] is own), [])
    by_term: dict[str, list[dict[str, Any]]] = {}
    for line in worked:
        by_term.setdefault(line.term, []).append(
            {**told(line, carbon, own.gwp or _SET, lang), "address": line_address(line) if lines else ""}
        )
    changes = difference(*editions) if editions else ()
    users, nodes = _users(carbon), _nodes(carbon)
    units = list(dict.fromkeys(node for method in (key, other) for node in users.get(method, ())))
    shown = {
        "own": own,
        "document": carbon.library.documents.get(own.document),
        "terms": [(term, formula_words(term, lang)) for term in own.terms],
        "over": lambda term: [over_name(each) for each in term.over],
        "tier": lambda tier: _tier(tier, carbon),
        "units": [nodes[each] for each in units if each in nodes],
        "nodes": nodes,
        "months": _months(carbon, unit, (key, other)),
        "unit": unit,
        "month": month,
        "by_term": by_term,
        "only_trial": bool(by_term) and not lines,
        "others": [each for each in sorted(carbon.methods) if each != key],
        "methods": carbon.methods,
        "against": carbon.methods[other] if other else None,
        "editions": editions,
        "changes": _grouped(told_changes(*editions, carbon.library.documents, lang)) if editions else [],
        "trial": trial if editions else [],
    }
    data = {
        "method": key, "document": own.document, "valid_from": own.valid_from, "valid_to": own.valid_to, "gwp": own.gwp,
        "boundary": own.boundary, "open_points": own.open_points, "terms": [_row(term) for term in own.terms],
        "against": other, "before": editions[0].key if editions else "", "after": editions[1].key if editions else "",
        "changes": [_change(each) for each in changes],
    }  # fmt: skip
    return Page(
        "method.html",
        shown,
        data,
        [_change(each) for each in changes] if editions else [_row(term) for term in own.terms],
    )


def _grouped(changes: list[Told]) -> list[tuple[str, list[Told]]]:
    """The changes by what they mean for a result; groups without one are left out."""
    every = [(group, [each for each in changes if each.group == group]) for group in GROUPS]
    return [(group, own) for group, own in every if own]


def _nodes(carbon: Carbon) -> Mapping[str, Any]:
    try:
        return carbon.organisation.nodes
    except UnusableDeclaration:
        return {}


def _months(carbon: Carbon, unit: str, methods: tuple[str, ...]) -> list[str]:
    """The months that can be asked for, the latest first: those of the unit's data, else those that one of the methods was used in."""
    try:
        entries = carbon.inventory.entries
    except UnusableDeclaration:
        return []
    if unit in entries:
        return sorted({each.month for each in entries[unit]}, reverse=True)
    return sorted({line.month for line in _lines(carbon) if line.method in methods}, reverse=True)


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


def _tier(tier: Tier, carbon: Carbon) -> dict[str, Any]:
    """What a tier takes its value from, in words."""
    return {
        "what": kinds()[tier.factor].name if tier.factor in kinds() else None,
        "of": item_name(tier.of) if tier.of and "{" not in tier.of else None,
        "document": carbon.library.documents.get(tier.document),
    }


def _trial(carbon: Carbon, methods: tuple[Method, ...], unit: str, month: str) -> list[dict[str, Any]]:
    """The same month of the same plant by each method: t of CO2 equivalent by scope, each by the GWP set it prescribes."""
    try:
        entries = [each for each in carbon.inventory.entries.get(unit, ()) if each.month == month]
    except UnusableDeclaration:
        return []
    rows = []
    for method in methods if entries else ():
        try:
            worked = by_method(carbon.organisation, unit, entries, carbon.library, method, month)
        except Refusal as problem:
            rows.append(
                {"method": method, "set": "", "scopes": {}, "missing": 0, "lines": [], "problem": problem}
            )
            continue
        set = method.gwp or _SET
        scopes: dict[int, Fraction] = {}
        for line in worked.lines:
            size = Fraction(line.mass, 10**PLACES) * weight(carbon.library, line.gas, set)
            scopes[line.scope] = scopes.get(line.scope, Fraction(0)) + size
        rows.append({
            "method": method, "set": set, "scopes": {scope: tonnes(size, 2) for scope, size in scopes.items()},
            "missing": len(worked.missing), "lines": list(worked.lines), "problem": None,
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
