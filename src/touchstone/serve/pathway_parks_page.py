"""Accounts of parks: indicators from the lines of the register, against a system of indicators, with every sum and what it lacks."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from urllib.parse import quote, urlencode

from touchstone.calc.pathway.compiled import power_energy
from touchstone.calc.pathway.register import Register
from touchstone.calc.target.park import VERDICTS, Item, Park, parks
from touchstone.calc.target.park_figures import LineFigures
from touchstone.calc.target.registered import exact, park_lines
from touchstone.calc.target.system import ROLES, Figure, Systems
from touchstone.calc.target.target import SENSES
from touchstone.facts.text import Text
from touchstone.serve.pathway_guarded import cited, guarded, number_of, one_of, text_of, written
from touchstone.serve.pathway_stated_page import stated_address
from touchstone.serve.pathway_stock import PathwayStock
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_LARGEST = 100.0


def parks_page(shelf: Shelf, query: Mapping[str, str], lang: str) -> Page:
    """The parks of the register against the system of the address; `factor` is t CO2e for a MWh, without which emissions are not known."""
    return guarded(shelf, lambda: _page(shelf, query, lang))


def _page(shelf: Shelf, query: Mapping[str, str], lang: str) -> Page:
    stock = shelf.stock.pathways()
    systems = shelf.workspace.demands().systems()
    key = query.get("system", "") or next(iter(systems.systems))
    factor = number_of(query, "factor", 0, _LARGEST)
    year = number_of(query, "year", 1990, 2100)
    stated, refused = shelf.workspace.demands().park_figures([line.key for line in stock.register.lines])
    found = accounts_of(stock.register, systems, key, factor, None if year is None else int(year), stated)
    system = systems.systems[key]
    shown = {
        "system": system, "systems": list(systems.systems.values()), "source": cited(system.cited.document, system.cited.clause),
        "factor": query.get("factor", ""), "factors": [] if factor is not None else factors(stock, key, query.get("year", "")), "year": found[1],
        "years": system.years, "synthetic": stock.synthetic,
        "parks": [_park(each, systems, stated, at, lang) | {"name": stock.register.grounds(each.key)} for at, each in enumerate(found[0], 1)],
        "columns": [(each.name, each.unit.replace("CO2", "CO₂")) for each in system.ratios],
        "judged": any(each.role == "core" for each in system.marks), "refused_rows": refused,
        "silent": [line for line in stock.register.lines if line.park and line.output is None and line.status != "planned"],
    }  # fmt: skip
    return Page(
        "pathway_parks.html",
        shown,
        [park_told(each) for each in found[0]],
        [row for each in found[0] for row in _rows(each)],
    )


def accounts_of(
    register: Register,
    systems: Systems,
    key: str,
    factor: float | None,
    year: int | None,
    stated: Mapping[str, LineFigures],
) -> tuple[tuple[Park, ...], int | None]:
    """The accounts of the parks of a register, and the year whose marks hold: the first one where a system has several and none is named.

    Raises:
        UnusablePathway: PATHWAY-030, no such system; TARGET-004, it has no marks for the year.
    """
    system = one_of(systems.systems, key, "system")
    on = year if year is not None or not system.years else system.years[0]
    lines = park_lines(
        register.lines, exact(power_energy()), None if factor is None else exact(factor), stated
    )
    return parks(lines, system, on), on


def factors(stock: PathwayStock, system: str, year: str) -> list[tuple[Text, int, str, str]]:
    """Factors of power that scenarios have in their first year, one for each that differs: name, year, factor, and the address that takes it."""
    found: dict[str, tuple[Text, int, str, str]] = {}
    for key, name in stock.named.items():
        made = stock.projected(key)
        lines = [
            p
            for p, line in enumerate(made.given.register.lines)
            if line.park and made.accounts.power[p, 0] > 0
        ]
        values = {f"{made.accounts.factor[made.given.case.supply[p], 0]:.6g}" for p in lines}
        if len(values) == 1:
            [value] = values
            asked = {"system": system, "factor": value} | ({"year": year} if year else {})
            found.setdefault(value, (name, made.years[0], value, f"/pathway/parks?{urlencode(asked)}"))
    return list(found.values())


def _park(
    park: Park, systems: Systems, stated: Mapping[str, LineFigures], at: int, lang: str
) -> dict[str, Any]:
    """A park: what is known of it, and what is not, folded; at: its place on the page."""
    items = [_item(each, systems.figures, stated, lang) for each in park.items]
    return {
        "own": park, "at": at, "cells": items, "items": [each for each in items if each["value"]],
        "unknown": [each for each in items if not each["value"]],
    }  # fmt: skip


def _item(
    item: Item, figures: Mapping[str, Figure], stated: Mapping[str, LineFigures], lang: str
) -> dict[str, Any]:
    mark, ratio = item.mark, item.ratio
    asked = ""
    if mark and mark.value is not None:
        asked = f"{getattr(SENSES[mark.sense], lang)} {_n(mark.value, lang)} {ratio.unit}"
    return {
        "own": item, "value": _n(item.value, lang), "unit": ratio.unit.replace("CO2", "CO₂"), "asked": asked.replace("CO2", "CO₂"),
        "role": ROLES[mark.role] if mark else None, "verdict": VERDICTS[item.verdict], "over": figures[ratio.over], "under": figures[ratio.under],
        "over_value": _n(item.over, lang), "under_value": _n(item.under, lang), "times": ratio.times,
        "lines": [(key, f"/pathway/line/{quote(key)}") for key in item.lines],
        "stated": [
            (own.where, stated_address(own.where))
            for key in item.lines if (own := stated.get(key)) and {ratio.over, ratio.under} & own.figures.keys()
        ],
    }  # fmt: skip


def park_told(park: Park) -> dict[str, Any]:
    """The account of a park as JSON."""
    return {
        "park": park.key, "system": park.system.key, "passed": park.passed, "size": _float(park.size),
        "items": [
            {
                "indicator": each.ratio.key, "name": text_of(each.ratio.name), "value": _float(each.value), "unit": each.ratio.unit,
                "over": float(each.over), "under": float(each.under), "lines": each.lines, "without": each.without, "silent": each.silent,
                "role": each.mark.role if each.mark else None, "sense": each.mark.sense if each.mark else None,
                "mark": _float(each.mark.value) if each.mark else None, "verdict": each.verdict, "why": text_of(each.why),
            }
            for each in park.items
        ],
    }  # fmt: skip


def _rows(park: Park) -> list[dict[str, Any]]:
    kept = ("indicator", "value", "unit", "over", "under", "role", "sense", "mark", "verdict")
    return [
        {
            "park": park.key,
            "system": park.system.key,
            **{name: item[name] for name in kept},
            "lines": " ".join(item["lines"]),
        }
        for item in park_told(park)["items"]
    ]


def _n(value: Fraction | None, lang: str) -> str:
    return written(None if value is None else float(value), lang)


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
