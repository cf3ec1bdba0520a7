"""The page of abatement costs: the quick curve of one year at once, and the curve of optimal plans when somebody asks for it."""

from collections.abc import Hashable, Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from touchstone.calc.pathway.compiled import Compiled
from touchstone.calc.pathway.deployment.macc import Macc, macc
from touchstone.calc.pathway.deployment.result import digest
from touchstone.calc.pathway.deployment.sweep import Step, caps
from touchstone.calc.pathway.refusal import refusal
from touchstone.errors import Refusal
from touchstone.facts.text import Text
from touchstone.flow import Workspace
from touchstone.publish.pathway.costed import integrated, retrospective, taken_of
from touchstone.publish.pathway.pen import figure, share
from touchstone.publish.pathway.shown import place_name, product_name
from touchstone.publish.words import word
from touchstone.serve.assessment_acts import answering
from touchstone.serve.language import language
from touchstone.serve.pathway_asked import asked_of
from touchstone.serve.pathway_jobs import Jobs
from touchstone.serve.pathway_stock import PathwayStock
from touchstone.serve.pathway_workbench import drawn, name_of, nothing
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

CUTS = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)
"""Shares by which the emissions of the optimum are lowered, step by step."""


def costs_page(request: Request, shelf: Shelf) -> Page:
    """The curve of one year of a scenario."""
    lang, stock, query = language(request), shelf.stock.pathways(), request.query_params
    try:
        asked = asked_of(query.getlist("s")[:1], {}, stock)
        given = stock.compiled(asked.first)
        year = _year(query, given.scenario.years)
    except Refusal as problem:
        return nothing(stock, problem)
    y = given.scenario.years.index(year)
    found = stock.made(("macc", asked.first, year), lambda: macc(given.case, y))
    price = float(given.case.carbon_price[y])
    job = _jobs(request).of(_key(stock, asked.first))
    rows = measures(given, found)
    shown = {
        "question": asked,
        "year": year,
        "years": given.scenario.years,
        "choices": [(key, name_of(stock, key)) for key in stock.usable],
        "curve": drawn(retrospective(given, found, price), lang) if rows else None,
        "begun": figure(found.begun, lang),
        "left": figure(found.left, lang),
        "rows": [
            {**row, **{part: figure(float(row[part]), lang) for part in ("avoided", "cost", "each", "alone")}}
            for row in rows
        ],
        "job": job if job and not job.done else None,
        "problem": job.problem if job else None,
        "integrated": drawn(integrated(given, job.found, y, price), lang)
        if job and job.found and len(job.found) > 1
        else None,
        "token": str(request.app.state.token.value),
        "synthetic": stock.synthetic,
    }
    return Page("pathway_costs.html", shown, lambda: measures_told(rows), lambda: measures_told(rows))


def begin(request: Request, workspace: Workspace, form: Mapping[str, str]) -> str:
    """Have the curve of optimal plans worked out."""
    stock = Shelf(request.app.state.stock).stock.pathways()
    key = form.get("s", "")
    case = stock.compiled(key).case
    _jobs(request).ask(_key(stock, key), key, lambda tell, stop: list(caps(case, CUTS, told=tell, stop=stop)))
    return f"/pathway/costs?{urlencode({'s': key, 'year': form.get('year', '')})}"


def measures(given: Compiled, found: Macc) -> list[dict[str, Any]]:
    """The steps of a curve: what is taken up, by which line or supply, what it avoids and costs."""
    lines = given.register.lines
    return [
        {
            "name": taken_of(given, each), "share": each.share,
            "what": taken_of(given, each) if each.share == 1 else _partly(taken_of(given, each), each.share),
            "line": lines[each.line].name if each.line is not None else None,
            "supply": given.case.supplies[each.supply] if each.supply is not None else None,
            "at": _at(*given.case.supplies[each.supply]) if each.supply is not None else None,
            "avoided": each.avoided, "cost": each.cost, "each": each.each, "alone": each.alone,
        }
        for each in found.measures
    ]  # fmt: skip


def _at(product: str, place: str) -> Text:
    """A product in a place, whose lines share their power."""
    made, there = product_name(product), place_name(place)
    return Text(f"{there.zh}{made.zh}", f"{made.en}, {there.en}")


def _partly(contract: Text, part: float) -> Text:
    """A contract whose limit ends before the power it is taken for."""
    return Text(
        *(
            word("pathway_models.partly", lang, name=getattr(contract, lang), share=share(part, lang))
            for lang in ("zh", "en")
        )
    )


def measures_told(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Steps as JSON."""
    return [
        {
            "measure": row["name"].en, "line": row["line"].en if row["line"] else "",
            "product": row["supply"][0] if row["supply"] else "", "place": row["supply"][1] if row["supply"] else "",
            "share_of_power": row["share"] if row["supply"] else "", "avoided_t_co2e_a": row["avoided"], "cost_cny_a": row["cost"],
            "cny_per_t": row["each"], "alone_t_co2e_a": row["alone"],
        }
        for row in rows
    ]  # fmt: skip


def _year(query: Mapping[str, str], years: tuple[int, ...]) -> int:
    said = query.get("year", "") or str(next((year for year in years if year >= 2030), years[-1]))
    if not said.isdecimal() or int(said) not in years:
        raise refusal("PATHWAY-018", "year", found=said, known=f"{years[0]} … {years[-1]}")
    return int(said)


def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.solves
    return jobs


def _key(stock: PathwayStock, key: str) -> Hashable:
    return (digest(stock.compiled(key).case), "macc")


def cuts_found(request: Request, stock: PathwayStock, key: str) -> list[Step]:
    """The curve of optimal plans of a scenario, where somebody had it worked out; else nothing."""
    job = _jobs(request).of(_key(stock, key))
    return list(job.found) if job is not None and job.found else []


COST_ACTS = {"/pathway/costs": answering(begin)}
