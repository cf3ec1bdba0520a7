"""A production line: its row of the register, and in a scenario year by year, down to where each number of its emissions was stated."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

import numpy as np

from touchstone.calc.pathway.explained import Step, explained
from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.register import Line
from touchstone.calc.pathway.states import State
from touchstone.errors import Refusal
from touchstone.facts.text import Text
from touchstone.publish.pathway.areas import Areas, Layer
from touchstone.publish.pathway.shown import product_name
from touchstone.publish.pathway.target import both
from touchstone.serve.pathway_asked import Asked, asked_of
from touchstone.serve.pathway_guarded import guarded, sourced, text_of, written, year_of
from touchstone.serve.pathway_register_page import (
    known_line,
    line_told,
    register_row,
    shown_line,
    standings,
    units_of,
)
from touchstone.serve.pathway_stated_page import stated_address
from touchstone.serve.pathway_stock import PathwayStock
from touchstone.serve.pathway_workbench import drawn, found, name_of
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_TONNES = Text("t CO₂e", "t CO₂e")


def line_page(shelf: Shelf, key: str, chosen: list[str], query: Mapping[str, str], lang: str) -> Page:
    """A line; in the first scenario of the address, with its dials, and in the year of the address."""
    return guarded(shelf, lambda: _page(shelf, key, chosen, query, lang))


def _page(shelf: Shelf, key: str, chosen: list[str], query: Mapping[str, str], lang: str) -> Page:
    stock = shelf.stock.pathways()
    line = known_line(stock.register, key)
    row = register_row(stock.register, line, standings(stock.register, date.today()).get(key, []), None)
    shown: dict[str, Any] = {
        "line": line, "row": shown_line(row, lang), "synthetic": stock.synthetic, "units": units_of(shelf), "given": None,
        "product": product_name(line.product), "technology": stock.catalogue.get(line.technology),
    }  # fmt: skip
    told = line_told(line, row["where"])
    if not any(not isinstance(each, Refusal) for each in stock.usable.values()):
        return Page("pathway_line.html", shown, told, [])
    asked = asked_of(chosen, query, stock)
    first = found(stock, asked)[0]
    year = year_of(query, "year", first.years, first.years[0])
    steps = explained(first, line, year)
    rows = by_year(first, line)
    shown |= {
        "given": first.given.scenario, "question": asked, "year": year, "dialled": bool(asked.dials.turned),
        "scenarios": _scenarios(stock, asked, line, year),
        "years": [_shown_year(each, asked, line, lang) for each in rows],
        "steps": [_shown_step(each, lang) for each in steps],
        "sum": written(sum(each.emissions for each in steps), lang),
        "drawing": drawn(_areas(first, line, rows), lang) if any(each["output_t"] for each in rows) else None,
    }  # fmt: skip
    told |= {
        "scenario": first.key,
        "year": year,
        "by_year": [_told_year(each) for each in rows],
        "steps": [step_told(each) for each in steps],
    }
    return Page("pathway_line.html", shown, told, [_flat(each) for each in rows])


def by_year(found: Pathway, line: Line) -> list[dict[str, Any]]:
    """What a line is, makes, takes and emits in each year of a pathway: t, MWh, t CO2e/MWh, t CO2e; `states` are shares of its capacity."""
    case, made = found.given.case, found.accounts
    p = case.lines.index(line.key)
    rows = []
    for y, year in enumerate(found.years):
        stands = found.plan.standing[p, :, y]
        size = float(stands.sum())
        states = {
            found.given.states[t]: float(stands[t]) / size
            for t in np.flatnonzero(stands > 1e-9 * max(size, 1))
        }
        rows.append(
            {
                "year": year, "capacity_t_per_a": size, "states": states, "output_t": float(made.output[p, y]), "power_MWh": float(made.power[p, y]),
                "factor_tCO2e_per_MWh": float(made.factor[case.supply[p], y]), "direct_tCO2e": float(made.direct[p, y]),
                "of_power_tCO2e": float(made.indirect[p, y]), "emissions_tCO2e": float(made.direct[p, y] + made.indirect[p, y]),
            }
        )  # fmt: skip
    return rows


def _told_year(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "states": {state.key: share for state, share in row["states"].items()}}


def state_parts(state: State) -> list[tuple[Text, str]]:
    """Process and measures of a state, each with its page."""
    return [
        (each.name, f"/pathway/technologies/{quote(each.key)}") for each in (state.process, *state.measures)
    ]


def step_told(step: Step) -> dict[str, Any]:
    """One term of the emissions of a line in a year as JSON, with what it was made of."""
    return {
        "state": step.state.key, "output_t": step.output, "direct_tCO2e_per_t": step.direct, "electricity_MWh_per_t": step.electricity,
        "factor_tCO2e_per_MWh": step.factor, "emissions_tCO2e": step.emissions,
        "stated": [
            {"name": text_of(each.name), "value": each.value, "unit": each.unit, "where": each.where, "source": each.source}
            for each in step.stated
        ],
    }  # fmt: skip


def _scenarios(stock: PathwayStock, asked: Asked, line: Line, year: int) -> list[tuple[str, Any, str, bool]]:
    """Every scenario that can be used, with the address of this line in it."""
    return [
        (
            key,
            name_of(stock, key),
            f"/pathway/line/{quote(line.key)}?s={quote(key)}&year={year}",
            key == asked.first,
        )
        for key, each in stock.usable.items()
        if not isinstance(each, Refusal)
    ]


def _shown_year(row: Mapping[str, Any], asked: Asked, line: Line, lang: str) -> dict[str, Any]:
    numbers = {name: written(value, lang) for name, value in row.items() if isinstance(value, float)}
    states = [(state_parts(state), f"{share:.0%}") for state, share in row["states"].items()]
    address = f"/pathway/line/{quote(line.key)}?{asked.query(year=row['year'])}#sum"
    return {**numbers, "year": row["year"], "states": states, "address": address}


def _shown_step(step: Step, lang: str) -> dict[str, Any]:
    numbers = {
        name: written(getattr(step, name), lang, 6)
        for name in ("output", "direct", "electricity", "factor", "emissions")
    }
    stated = [
        {
            "name": each.name, "value": written(100 * each.value if each.unit == "1" else each.value, lang, 6),
            "unit": "%" if each.unit == "1" else each.unit.replace("CO2", "CO₂"), "where": each.where,
            "address": stated_address(each.where), "page": _page_of(each.where), "source": sourced(each.source),
        }
        for each in step.stated
    ]  # fmt: skip
    return {**numbers, "parts": state_parts(step.state), "stated": stated}


def _page_of(where: str) -> str:
    """The page on which the scenario explains the course of a place; "" for another place."""
    if not where.startswith("pathway/scenarios/"):
        return ""
    file, _, number = where.removeprefix("pathway/scenarios/").partition(".toml:")
    return f"/pathway/scenario/{quote(file)}#{file}-{number}"


def _areas(found: Pathway, line: Line, rows: list[dict[str, Any]]) -> Areas:
    """Direct emissions and those of power, stacked."""
    layers = (
        Layer(both("pathway_shown.scope_direct"), [row["direct_tCO2e"] for row in rows]),
        Layer(both("pathway_shown.scope_power"), [row["of_power_tCO2e"] for row in rows]),
    )
    title = both("pathway_page.line_in", line=line.name, name=found.given.scenario.name)
    return Areas(title, _TONNES, found.years, layers, both("pathway_shown.total"))


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    states = "; ".join(f"{state.key} {share:.6g}" for state, share in row["states"].items())
    return {**row, "states": states}
