"""Budgets of dual control: the limit of each year, what was used of it, the outlook of the running year, and what scenarios make of it."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from touchstone.calc.target.budget import Year
from touchstone.calc.target.light import Rules
from touchstone.calc.target.warned import Outlook
from touchstone.publish.pathway.shown import place_name, product_name
from touchstone.serve.pathway_guarded import cited, guarded, one_of, text_of, written
from touchstone.serve.pathway_measured import Budgeted, account_of, budgeted
from touchstone.serve.pathway_stated_page import stated_address
from touchstone.serve.pathway_targets_page import pathways_of
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf


def budget_page(shelf: Shelf, chosen: list[str], query: Mapping[str, str], lang: str) -> Page:
    """All budgets of the workspace; `speaks` is the place that its inventory speaks for."""
    return guarded(shelf, lambda: _page(shelf, chosen, query, lang))


def _page(shelf: Shelf, chosen: list[str], query: Mapping[str, str], lang: str) -> Page:
    stock, demands = shelf.stock.pathways(), shelf.workspace.demands()
    paths, refused = demands.budgets()
    series, wrong = demands.measured()
    places = {each.place: each.place for each in paths if each.place}
    speaks = query.get("speaks", "")
    if speaks:
        one_of(places, speaks, "place")
    pathways = pathways_of(stock, chosen, query)
    account = account_of(shelf.stock.carbon(), query)
    lights = demands.lights()
    found = [budgeted(each, series, account, speaks, pathways, lights) for each in paths]
    shown = {
        "budgets": [_budget(each, lang) for each in found], "refused_rows": (*refused, *wrong), "places": [(code, place_name(code)) for code in places],
        "speaks": speaks, "account": account is not None, "pathways": [(each.key, each.given.scenario.name) for each in pathways],
        "lights": lights, "synthetic": bool(pathways) and stock.synthetic,
    }  # fmt: skip
    return Page(
        "pathway_budget.html",
        shown,
        [budget_told(each, lights) for each in found],
        [row for each in found for row in _rows(each)],
    )


def _budget(each: Budgeted, lang: str) -> dict[str, Any]:
    path = each.path
    return {
        "own": path, "why": each.why, "place": place_name(path.place) if path.place else None, "products": [product_name(key) for key in path.products],
        "source": cited(path.cited.document, path.cited.clause), "where": path.where, "stated": stated_address(path.where),
        "unit": path.about.unit.replace("CO2", "CO₂"), "base": _n(each.budget.base.value, lang) if each.budget else "",
        "years": [_year(year, each, lang) for year in each.years], "outlook": _outlook(each.outlook, lang) if each.outlook else None,
        "scenarios": list(each.scenarios),
    }  # fmt: skip


def _year(year: Year, each: Budgeted, lang: str) -> dict[str, Any]:
    scenarios = []
    for values in each.scenarios.values():
        value = values.get(year.year)
        scenarios.append(
            (written(value, lang), None if value is None else value <= float(year.limit.value) * (1 + 1e-9))
        )
    return {
        "year": year.year, "limit": _n(year.limit.value, lang), "written": year.limit.written, "stated": year.limit.stated,
        "used": _n(year.used.value, lang) if year.used else "", "how": year.used.how if year.used else None, "left": _n(year.left, lang),
        "remains": _n(year.remains, lang), "kept": year.kept, "scenarios": scenarios,
    }  # fmt: skip


def _outlook(found: Outlook, lang: str) -> dict[str, Any]:
    numbers = {
        name: _n(getattr(found, name), lang) for name in ("limit", "known", "middle", "low", "high", "due")
    }
    share = "" if found.share is None else f"{float(found.share):.1%}"
    return {
        **numbers,
        "share": share,
        "year": found.year,
        "months": len(found.months),
        "light": found.light,
        "why": found.why,
    }


def budget_told(each: Budgeted, lights: Rules) -> dict[str, Any]:
    """A budget as JSON."""
    path = each.path
    return {
        "budget": path.key, "name": text_of(path.name), "indicator": path.indicator, "unit": path.about.unit, "place": path.place, "products": path.products,
        "base": path.base, "base_value": _float(each.budget.base.value) if each.budget else None, "document": path.cited.document,
        "clause": path.cited.clause, "tag": path.cited.tag, "stated_at": path.where, "why": each.why.text("en") if each.why else None,
        "years": [
            {"year": year.year, "limit": float(year.limit.value), "stated": year.limit.stated, "used": _float(year.used.value) if year.used else None,
             "left": _float(year.left), "remains": _float(year.remains), "kept": year.kept,
             "scenarios": {key: values.get(year.year) for key, values in each.scenarios.items()}}
            for year in each.years
        ],
        "outlook": _outlook_told(each.outlook, lights) if each.outlook else None,
    }  # fmt: skip


def _outlook_told(found: Outlook, lights: Rules) -> dict[str, Any]:
    numbers = {
        name: _float(getattr(found, name))
        for name in ("limit", "known", "low", "middle", "high", "share", "due")
    }
    return {
        "year": found.year, "months": found.months, **numbers, "coverage": float(lights.coverage), "light": found.light.key if found.light else None,
        "why": text_of(found.why),
    }  # fmt: skip


def _rows(each: Budgeted) -> list[dict[str, Any]]:
    """One row for each budget, year and scenario; one where there is no scenario."""
    told: list[dict[str, Any]] = []
    for year in each.years:
        own = {
            "budget": each.path.key, "year": year.year, "limit": float(year.limit.value), "unit": each.path.about.unit, "stated": year.limit.stated,
            "used": _float(year.used.value) if year.used else None, "kept": year.kept, "document": each.path.cited.document,
        }  # fmt: skip
        scenarios = [(key, values.get(year.year)) for key, values in each.scenarios.items()] or [("", None)]
        told += [{**own, "scenario": key, "scenario_value": value} for key, value in scenarios]
    return told


def _n(value: Fraction | None, lang: str) -> str:
    return written(None if value is None else float(value), lang)


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
