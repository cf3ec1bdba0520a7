"""The workbench: scenarios side by side, dials that answer at once, and what stands against the targets."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from touchstone.calc.pathway.dials import RANGES
from touchstone.calc.pathway.pathway import Pathway
from touchstone.errors import Refusal
from touchstone.facts.text import Text
from touchstone.publish.drawing import Drawing
from touchstone.publish.pathway.pen import alike, figure
from touchstone.publish.pathway.shown import courses, milestones, peak_said, plant_map, stacked, targets
from touchstone.serve.pathway_asked import MOST, Asked, asked_of
from touchstone.serve.pathway_shown import told
from touchstone.serve.pathway_stock import PathwayStock
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

WIDE, SLIM = 760, 350
"""Pixels a drawing is wide on a page and on a phone."""


def workbench(shelf: Shelf, chosen: list[str], query: Mapping[str, str], lang: str, token: str) -> Page:
    """The workbench; where there is no register yet, what to do.

    Those of other years than the first are not laid beside it, and it is said; as data they bear their own years.
    `dial` names the scenario the dials turn, whatever the order of `s`; `part=answer` is what they change, alone.
    """
    stock = shelf.stock.pathways()
    if dialled := query.get("dial", ""):
        chosen = [dialled, *chosen]
    try:
        asked = asked_of(chosen, query, stock)
    except Refusal as problem:
        return nothing(stock, problem)
    worked = found(stock, asked)
    every = [each for each in worked if each.years == worked[0].years]
    answer = answered(stock, asked, every, lang)
    answer["apart"] = [each.given.scenario.name for each in worked if each.years != worked[0].years]
    shown: dict[str, Any] = {"question": asked, "answer": answer}
    template = "pathway_answer.html"
    if query.get("part") != "answer":
        template = "pathway.html"
        shown |= {
            "choices": [(key, name_of(stock, key), key in asked.keys) for key in stock.usable],
            "problems": problems(stock),
            "broken": [key for key, _ in problems(stock)],
            "dials": [(name, low, high, getattr(asked.dials, name)) for name, (low, high) in RANGES.items()],
            "most": MOST,
            "synthetic": stock.synthetic,
            "token": token,
            "map": drawn(
                plant_map(
                    every[0],
                    every[0].years[0],
                    lambda line: f"/pathway/line/{quote(line.key)}?{asked.query()}",
                ),
                lang,
            ),
        }
    return Page(template, shown, lambda: [told(each) for each in worked], lambda: _rows(worked))


def found(stock: PathwayStock, asked: Asked) -> list[Pathway]:
    """The projections of what is asked for, the first with the dials turned."""
    return [stock.projected(key, asked.dials if key == asked.first else None) for key in asked.keys]


def answered(stock: PathwayStock, asked: Asked, every: list[Pathway], lang: str) -> dict[str, Any]:
    """What the dials change: courses, peaks, targets, costs."""
    first = every[0]
    before = stock.projected(asked.first) if asked.dials.turned else None
    return {
        "courses": drawn(courses(every, before), lang),
        "stacked": drawn(stacked(first, "product"), lang),
        "peaks": [(each.key, each.given.scenario.name, peak_said(each)) for each in every],
        "targets": targets(first),
        "table": table(every, lang),
        "told": first.told,
        "gave_way": [each for each in first.told if each not in before.told] if before else [],
        "name": first.given.scenario.name,
    }


def table(every: list[Pathway], lang: str) -> dict[str, Any]:
    """Emissions, output and cost of every scenario in the years that are shown."""
    years = milestones(every[0].years)
    rows = []
    for each in every:
        output = each.output().sum(0)
        rows.append(
            {
                "key": each.key,
                "name": each.given.scenario.name,
                "emissions": [figure(float(each.accounts.emissions[y]), lang) for y in years],
                "output": [figure(float(output[y]), lang) for y in years],
                "cost": alike([float(each.accounts.cost[y]) / 1e8 for y in years], lang),
            }
        )
    return {"years": [every[0].years[y] for y in years], "rows": rows}


def drawn(drawing: Drawing, lang: str) -> tuple[str, str]:
    """A drawing for a page and for a phone."""
    return drawing.svg(lang, WIDE), drawing.svg(lang, SLIM)


def name_of(stock: PathwayStock, key: str) -> Text:
    """What a scenario is called; its key where it cannot be read."""
    scenario = stock.scenarios[key]
    return Text(key, key) if isinstance(scenario, Refusal) else scenario.name


def problems(stock: PathwayStock) -> list[tuple[str, tuple[Refusal, ...]]]:
    """Scenarios that cannot be used, each with everything that is wrong."""
    return [(key, (each, *each.also)) for key, each in stock.usable.items() if isinstance(each, Refusal)]


def nothing(stock: PathwayStock, problem: Refusal) -> Page:
    """No pathway can be shown: why; and what to do first, where there is no register."""
    every, begun = [problem, *problem.also], (stock.files.folder / "register.csv").exists()
    return Page(
        "pathway_nothing.html",
        {"problems": every, "begun": begun},
        {"problems": [each.text("en") for each in every]},
        [],
        404 if begun else 200,
    )


def _rows(every: list[Pathway]) -> list[dict[str, Any]]:
    """One row for each scenario and year."""
    return [
        {
            "scenario": each.key, "year": year, "emissions_t_co2e": float(each.accounts.emissions[y]),
            "output_t": float(each.output().sum(0)[y]), "cost_cny": float(each.accounts.cost[y]),
        }
        for each in every
        for y, year in enumerate(each.years)
    ]  # fmt: skip
