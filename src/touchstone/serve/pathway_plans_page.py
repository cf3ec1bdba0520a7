"""The page of least-cost plans: ask for one, watch it, stop it, and read what it does, what it costs and what each target costs."""

import time
from collections.abc import Hashable, Mapping
from dataclasses import replace
from math import isnan
from threading import Event
from typing import Any
from urllib.parse import urlencode

import numpy as np
from starlette.requests import Request

from touchstone.calc.pathway.deployment.alone import out_of_reach
from touchstone.calc.pathway.deployment.conflict import explained, judged
from touchstone.calc.pathway.deployment.result import Deployed, Options, cut_short, digest, misses
from touchstone.calc.pathway.deployment.solve import deploy
from touchstone.calc.pathway.deployment.solver import Told
from touchstone.calc.pathway.pathway import Pathway, bought, pathway
from touchstone.calc.pathway.plan import decisions
from touchstone.calc.pathway.refusal import refusal
from touchstone.errors import Refusal
from touchstone.flow import Workspace
from touchstone.flow.pathway_plans import Plans
from touchstone.publish.pathway.pen import alike, figure, share
from touchstone.publish.pathway.priced import costs_of, shadow_prices, shadows_of
from touchstone.publish.pathway.proven import provisos
from touchstone.publish.pathway.short import verdicts_of
from touchstone.publish.pathway.shown import courses, missed_of, peak_said, targets
from touchstone.serve.assessment_acts import answering
from touchstone.serve.language import language
from touchstone.serve.pathway_asked import Asked, asked_of
from touchstone.serve.pathway_jobs import Job, Jobs
from touchstone.serve.pathway_shown import told
from touchstone.serve.pathway_stock import PathwayStock
from touchstone.serve.pathway_workbench import drawn, name_of, nothing
from touchstone.serve.pathway_works import purchase_cells, purchase_rows, work_cells, work_rows
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

LEVELS = ("auto", "exact", "paths", "whole")
_PARTS = ("exact", "paths", "auto")
"""Levels of which lines may stand in parts."""
_LONGEST = 3600.0


def plans_page(request: Request, shelf: Shelf) -> Page:
    """The plan of one scenario: none yet, in the making, or what it says."""
    lang, stock = language(request), shelf.stock.pathways()
    try:
        asked = asked_of(request.query_params.getlist("s")[:1], {}, stock)
        level = _level(request.query_params.get("level", "auto"))
    except Refusal as problem:
        return nothing(stock, problem)
    job = _jobs(request).of(_key(stock, asked.first, level))
    found = _found(stock, asked.first, level)
    shown: dict[str, Any] = {
        "question": asked,
        "level": level,
        "levels": LEVELS,
        "choices": [(key, name_of(stock, key)) for key in stock.usable],
        "job": job if job and not job.done else None,
        "problem": job.problem if job else None,
        "progress": progress_said(job, lang) if job and not job.done else None,
        "token": str(request.app.state.token.value),
        "synthetic": stock.synthetic,
    }
    if found is None:
        return Page("pathway_plans.html", shown, {"plan": None, "working": bool(shown["job"])}, [])
    optimum = optimised(stock, asked.first, found)
    shown |= _said(stock, asked, optimum, found, lang)
    return Page("pathway_plans.html", shown, lambda: plan_told(optimum, found), lambda: work_rows(optimum))


def begin(request: Request, workspace: Workspace, form: Mapping[str, str]) -> str:
    """Have a plan worked out. Raises UnusablePathway: no such scenario, level or number of seconds; too many wait."""
    stock = Shelf(request.app.state.stock).stock.pathways()
    key, level = form.get("s", ""), _level(form.get("level", "auto"))
    projection, plans = stock.projected(key), Plans(stock.files.folder / "plans")
    options = Options(level=level, seconds=_seconds(form.get("seconds", "")))

    def work(tell: Told, stop: Event) -> Deployed:
        made = solved(projection, options, tell, stop)
        plans.keep(plan_name(key, level), made)
        return made

    _jobs(request).ask(_key(stock, key, level), key, work)
    return _address(key, level)


def solved(projection: Pathway, options: Options, told: Told, stop: Event) -> Deployed:
    """The plan of least cost, with what conflicts in it and what nothing could meet, in the time of the options altogether.

    However little time there is, it is no dearer than what the scenario's own rules give, whole lines apart.
    """
    began, case = time.perf_counter(), projection.given.case
    found = judged(case, deploy(case, options, told, stop, projection.plan), options, told, stop)
    return replace(
        found, beyond=out_of_reach(case, found, options.seconds - (time.perf_counter() - began), stop)
    )


def no_prices(found: Deployed) -> str:
    """The word for why a plan has no prices of its targets, "" where it has."""
    if found.prices is not None:
        return ""
    return "plans.no_prices_whole" if found.level == "whole" else "plans.no_prices_stopped"


def end(request: Request, workspace: Workspace, form: Mapping[str, str]) -> str:
    """Stop a solve with the best plan it has."""
    stock = Shelf(request.app.state.stock).stock.pathways()
    key, level = form.get("s", ""), _level(form.get("level", "auto"))
    if job := _jobs(request).of(_key(stock, key, level)):
        job.stop.set()
    return _address(key, level)


def optimised(stock: PathwayStock, key: str, found: Deployed) -> Pathway:
    """The pathway of a plan that was kept."""
    return stock.made(
        ("optimum", key, decisions(found.plan)),
        lambda: pathway(stock.compiled(key), "optimum", found.plan),
    )


def kept_plan(stock: PathwayStock, key: str) -> Deployed | None:
    """The best plan that was kept of a scenario as it stands now, of any level that does not ask for whole lines."""
    every = [made for level in _PARTS if (made := _found(stock, key, level)) is not None]
    return min(every, key=lambda each: each.cost + each.missed, default=None)


def older_plans(stock: PathwayStock, key: str) -> list[str]:
    """Files of plans of a scenario that `kept_plan` does not take, since they are of another case or cannot be read."""
    names = [f"{plan_name(key, level)}.npz" for level in _PARTS]
    return [f"pathway/plans/{name}" for name in names if (stock.files.folder / "plans" / name).exists()]


def _found(stock: PathwayStock, key: str, level: str) -> Deployed | None:
    return Plans(stock.files.folder / "plans").kept(plan_name(key, level), stock.compiled(key).case)


def plan_name(key: str, level: str) -> str:
    """Under which name the plan of a scenario is kept."""
    return f"{key}.{level}"


def _address(key: str, level: str) -> str:
    return f"/pathway/plans?{urlencode({'s': key, 'level': level})}"


def _key(stock: PathwayStock, key: str, level: str) -> Hashable:
    # The scenario's own name too: of two with one case each has its plan kept under its name.
    return (digest(stock.compiled(key).case), key, level)


def _level(said: str) -> str:
    if said not in LEVELS:
        raise refusal("PATHWAY-018", "level", found=said, known=", ".join(LEVELS))
    return said


def _seconds(said: str) -> float:
    try:
        value = float(said or "300")
    except ValueError:
        value = float("nan")
    if not 1 <= value <= _LONGEST:
        raise refusal("PATHWAY-015", "seconds", found=said, low=1, high=int(_LONGEST))
    return value


def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.solves
    return jobs


def progress_said(job: Job, lang: str) -> dict[str, Any]:
    """How far a solve is; a gap where both ends are known."""
    at = job.progress
    if at is None:
        return {"phase": "waiting", "seconds": "0", "gap": None}
    known = np.isfinite(at.cost) and np.isfinite(at.bound) and at.bound > 0
    gap = share(max(at.cost / at.bound - 1, 0.0), lang) if known else None
    return {"phase": at.phase, "seconds": figure(at.seconds, lang, 2), "gap": gap}


def _said(stock: PathwayStock, asked: Asked, optimum: Pathway, found: Deployed, lang: str) -> dict[str, Any]:
    """What a plan says, for its page."""
    case = optimum.given.case
    projection = stock.projected(asked.first)
    missed, costs = misses(case, found.plan), costs_of(optimum)
    total, *parts = alike([found.cost / 1e8, *(value / 1e8 for value in costs.values())], lang, 6)
    return {
        "found": found,
        "cost": total,
        "gap": share(found.gap, lang) if np.isfinite(found.gap) else None,
        "seconds": figure(found.seconds, lang, 3),
        "provisos": provisos(optimum, found),
        "outside": bought(optimum.given, optimum.plan),
        "short": cut_short(found, Options().gap, asked.first),
        "peak": peak_said(optimum),
        "targets": targets(optimum),
        "courses": drawn(courses([optimum, projection]), lang),
        "misses": [(each.rule.key, each.year, missed_of(each.missed, each.rule.indicator)) for each in missed],
        "conflict": explained(case, found.wishes, optimum.given.scenario) if found.wishes else None,
        "verdicts": verdicts_of(optimum, found),
        "unpriced": no_prices(found),
        "prices": [(each.target, each.year, figure(each.price, lang), getattr(each.unit, lang)) for each in shadows_of(optimum, found)],
        "works": work_cells(optimum, lang),
        "bought": purchase_cells(optimum, lang),
        "costs": list(zip(costs, parts, strict=True)),
    }  # fmt: skip


def plan_told(optimum: Pathway, found: Deployed) -> dict[str, Any]:
    """A least-cost plan as JSON."""
    said = {
        name: getattr(found, name)
        for name in (
            "status",
            "cost",
            "missed",
            "bound",
            "level",
            "method",
            "solver",
            "seed",
            "seconds",
            "digest",
        )
    }
    prices = shadow_prices(optimum, found)
    return {
        **told(optimum),
        "plan": {
            **said,
            "bound": found.bound if np.isfinite(found.bound) else None,
            "gap": found.gap if np.isfinite(found.gap) else None,
            "provisos": [{"zh": each.zh, "en": each.en} for each in provisos(optimum, found)],
        },
        "rule_prices_cny": None
        if prices is None
        else [[None if isnan(each) else float(each) for each in row] for row in prices],
        "missed": [{"zh": each.zh, "en": each.en} for each in verdicts_of(optimum, found)],
        "works": work_rows(optimum),
        "power": purchase_rows(optimum),
    }


PLAN_ACTS = {"/pathway/plans": answering(begin), "/pathway/plans/stop": answering(end)}
