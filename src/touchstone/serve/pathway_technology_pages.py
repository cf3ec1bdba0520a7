"""The technologies: what each saves and costs as documents state it, what is not known and why, the cases behind it, and which scenarios use it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from touchstone.calc.pathway.evidence import Statement, of_technology
from touchstone.calc.pathway.scenario import Adoption, Scenario
from touchstone.calc.pathway.technology import PARAMETERS, Catalogue, Technology, Value
from touchstone.errors import Refusal
from touchstone.facts.text import Text
from touchstone.publish.pathway.shown import place_name, product_name
from touchstone.serve.pathway_guarded import cited, guarded, one_of, text_of, written
from touchstone.serve.pathway_stated_page import stated_address
from touchstone.serve.pathway_stock import PathwayStock
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

KINDS = ("process", "measure")
_SHOWN = {
    "process": ("electricity", "direct", "energy", "investment", "lifetime"),
    "measure": ("saving.electricity", "saving.direct", "saving.energy", "investment", "lifetime"),
}
"""Parameters a list shows of each kind."""


def technologies_page(shelf: Shelf, query: Mapping[str, str], lang: str) -> Page:
    """The technologies of a product and kind; all of them where the address names none."""
    return guarded(shelf, lambda: _list(shelf, query, lang))


def technology_page(shelf: Shelf, key: str, lang: str) -> Page:
    """One technology, with every value that is known and every one that is not."""
    return guarded(shelf, lambda: _one(shelf, key, lang))


def _list(shelf: Shelf, query: Mapping[str, str], lang: str) -> Page:
    stock = shelf.stock.pathways()
    catalogue = stock.catalogue
    products = {key: product_name(key) for key in dict.fromkeys(each.product for each in catalogue.values())}
    product = query.get("product", "")
    kind = query.get("kind", "")
    if product:
        one_of(products, product, "product")
    if kind:
        one_of({each: each for each in KINDS}, kind, "kind")
    chosen = [
        each for each in catalogue.values() if product in ("", each.product) and kind in ("", each.kind)
    ]
    used = users(stock)
    rows = [_row(each, used.get(each.key, []), lang) for each in chosen]
    shown = {
        "groups": [
            (products[key], [(each, [row for row in rows if row["own"].product == key and row["own"].kind == each]) for each in KINDS])
            for key in products if any(row["own"].product == key for row in rows)
        ],
        "parameters": _SHOWN, "products": products, "product": product, "kind": kind, "kinds": KINDS, "count": len(chosen),
        "whole": len(catalogue), "synthetic": stock.synthetic,
    }  # fmt: skip
    return Page(
        "pathway_technologies.html",
        shown,
        [technology_told(each) for each in chosen],
        [row for each in chosen for row in _rows(each)],
    )


def _row(own: Technology, used: list[tuple[Scenario, Adoption]], lang: str) -> dict[str, Any]:
    values = {parameter: own.value(parameter) or _somewhere(own, parameter) for parameter in _SHOWN[own.kind]}
    why = {each.parameter: each.note for each in own.values if not each.usable}
    return {
        "own": own, "address": f"/pathway/technologies/{quote(own.key)}",
        "values": {name: None if value is None else shown_value(value, lang) for name, value in values.items()},
        "unknown": [name for name, value in values.items() if value is None and name in why], "why": why,
        "used": list(dict.fromkeys((each.key, each.name) for each, _ in used)),
    }  # fmt: skip


def _somewhere(own: Technology, parameter: str) -> Value | None:
    """A usable value of one place, where none is for everywhere."""
    return next((each for each in own.values if each.parameter == parameter and each.usable), None)


def shown_value(value: Value, lang: str) -> dict[str, Any]:
    """A value of a technology for a page, as the document has it."""
    low, high = (None if each is None else _as_printed(value, each) for each in (value.low, value.high))
    year = value.parameter in ("first_year", "last_year")
    printed = (
        ""
        if value.value is None
        else value.printed
        if year
        else written(_as_printed(value, value.value), lang, 8)
    )
    return {
        "parameter": value.parameter, "printed": printed,
        "unit": value.unit.replace("CO2", "CO₂"), "low": written(low, lang, 8), "high": written(high, lang, 8), "tag": value.tag,
        "source": cited(value.document, value.clause), "where": value.where, "stated": stated_address(value.where), "note": value.note,
        "place": place_name(value.place) if value.place else None, "year": value.currency_year,
    }  # fmt: skip


def _as_printed(value: Value, number: float) -> float:
    """A number of a value in the unit of the document: models keep another."""
    if value.value is None or not value.value or not value.printed:
        return number
    return number * float(value.printed) / value.value


def users(stock: PathwayStock) -> dict[str, list[tuple[Scenario, Adoption]]]:
    """By technology, the scenarios that adopt it, with the rule."""
    found: dict[str, list[tuple[Scenario, Adoption]]] = {}
    for scenario in stock.scenarios.values():
        if not isinstance(scenario, Refusal):
            for each in scenario.adoptions:
                found.setdefault(each.technology, []).append((scenario, each))
    return found


def _one(shelf: Shelf, key: str, lang: str) -> Page:
    stock = shelf.stock.pathways()
    own = one_of(stock.catalogue, key, "technology")
    taken = {parameter: own.value(parameter) for parameter in PARAMETERS}
    cases = tuple(each for case in of_technology(key).values() for each in case)
    shown = {
        "own": own, "product": product_name(own.product), "synthetic": any(each.tag == "synthetic" for each in own.values),
        "related": {name: _named(stock.catalogue, getattr(own, name)) for name in ("applies_to", "excludes", "origins")},
        "measures": _named(stock.catalogue, tuple(each.key for each in stock.catalogue.values() if key in each.applies_to)),
        "values": [{**shown_value(each, lang), "taken": each is taken[each.parameter]} for each in own.values],
        "silent": [parameter for parameter in PARAMETERS if _could(own, parameter) and not any(each.parameter == parameter for each in own.values)],
        "cases": _cases(cases),
        "used": [(scenario, shown_adoption(each)) for scenario, each in users(stock).get(key, [])],
        "lines": [line for line in _lines(stock) if line.technology == key],
    }  # fmt: skip
    told = {**technology_told(own), "evidence": [statement_told(each) for each in cases]}
    return Page("pathway_technology.html", shown, told, _rows(own))


def _could(own: Technology, parameter: str) -> bool:
    """Whether a parameter has a sense for a technology of this kind."""
    absolute = parameter in ("electricity", "direct", "energy")
    return not absolute if own.kind == "measure" else not parameter.startswith("saving.")


def _lines(stock: PathwayStock) -> tuple[Any, ...]:
    try:
        return stock.register.lines
    except Refusal:
        return ()


def _named(catalogue: Catalogue, keys: tuple[str, ...]) -> list[tuple[Text, str]]:
    return [(catalogue[key].name, f"/pathway/technologies/{quote(key)}") for key in keys if key in catalogue]


def _cases(statements: tuple[Statement, ...]) -> list[tuple[str, list[dict[str, Any]]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for each in statements:
        place = place_name(each.place) if each.place else None
        shown = {
            "own": each,
            "source": cited(each.document, each.clause),
            "stated": stated_address(each.where),
            "place": place,
        }
        found.setdefault(each.case, []).append(shown)
    return list(found.items())


def shown_adoption(each: Adoption) -> dict[str, Any]:
    """A rule of adoption for a page."""
    chosen = each.chosen
    return {
        "share": f"{each.share:.0%}", "since": each.since, "until": each.until, "where": each.where, "stated": stated_address(each.where),
        "lines": [(key, f"/pathway/line/{quote(key)}") for key in chosen.lines],
        "product": product_name(chosen.product) if chosen.product else None, "place": place_name(chosen.place) if chosen.place else None,
        "enterprise": chosen.enterprise, "technology": chosen.technology,
    }  # fmt: skip


def technology_told(own: Technology) -> dict[str, Any]:
    """A technology as JSON."""
    return {
        "technology": own.key, "name": text_of(own.name), "kind": own.kind, "product": own.product, "applies_to": own.applies_to,
        "excludes": own.excludes, "from": own.origins, "buildable": own.buildable, "readiness": own.readiness or None, "note": text_of(own.note),
        "values": [_value_told(each) for each in own.values],
    }  # fmt: skip


def _value_told(value: Value) -> dict[str, Any]:
    return {
        "parameter": value.parameter, "value": value.value, "low": value.low, "high": value.high, "unit_of_value": PARAMETERS[value.parameter],
        "printed": value.printed, "unit": value.unit, "document": value.document, "clause": value.clause, "tag": value.tag, "place": value.place,
        "currency_year": value.currency_year, "note": text_of(value.note), "stated_at": value.where,
    }  # fmt: skip


def statement_told(each: Statement) -> dict[str, Any]:
    """A figure of a case as JSON."""
    return {
        "case": each.case, "quantity": each.quantity, "name": text_of(each.name), "value": each.value, "unit": each.unit, "year": each.year,
        "place": each.place, "document": each.document, "clause": each.clause, "tag": each.tag, "check": each.check, "verdict": each.verdict,
        "stated_at": each.where,
    }  # fmt: skip


def _rows(own: Technology) -> list[dict[str, Any]]:
    """One row for each value."""
    rows = []
    for value in own.values:
        told = _value_told(value)
        note = told.pop("note") or {"zh": "", "en": ""}
        rows.append(
            {
                "technology": own.key,
                "kind": own.kind,
                "product": own.product,
                **told,
                "note_zh": note["zh"],
                "note_en": note["en"],
            }
        )
    return rows
