"""`touchstone pathway solve`: the plan of least cost from the command line, told while it is searched, kept when it is found."""

import threading
import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.options import HERE, AsJson, Folder, Lang
from touchstone.serve.pathway import Scenario, print_pathway, stocked
from touchstone.serve.pathway_notes import print_notes
from touchstone.serve.progress import progress
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.pathway.deployment.result import Deployed
    from touchstone.calc.pathway.pathway import Pathway
    from touchstone.serve.pathway_jobs import Job


def solve(
    scenario: Scenario,
    level: Annotated[str, typer.Option("--level", help="auto | exact | paths | whole 求解方式", metavar="LEVEL")] = "auto",
    seconds: Annotated[float, typer.Option("--seconds", help="Of the search, at most; Ctrl+C ends it earlier. 求解最长秒数。", min=1, max=86_400)] = 300,
    workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """The plan of least cost, its works in order, what each target costs, and what conflicts · 求最低成本方案"""
    from touchstone.calc.pathway.deployment.result import Options
    from touchstone.calc.pathway.refusal import refusal
    from touchstone.flow.pathway_plans import Plans
    from touchstone.serve.pathway_jobs import Job
    from touchstone.serve.pathway_plans_page import LEVELS, optimised, plan_name, plan_told, solved

    spoken, stock = terminal.language(lang), stocked(workspace)
    if level not in LEVELS:
        raise refusal("PATHWAY-018", "--level", found=level, known=", ".join(LEVELS))
    projection = stock.projected(scenario)
    job = Job(
        scenario, lambda tell, stop: solved(projection, Options(level=level, seconds=seconds), tell, stop)
    )
    found: Deployed = waited_for(job, seconds, spoken)
    better = Plans(stock.files.folder / "plans").keep(plan_name(scenario, level), found)
    optimum = optimised(stock, scenario, found)
    if as_json:
        terminal.print_json(plan_told(optimum, found))
        return
    print_pathway(optimum, spoken)
    print_notes([optimum], spoken)
    print_plan(optimum, found, spoken)
    typer.echo(
        word(
            "pathway_models.kept" if better else "pathway_models.stays",
            spoken,
            name=f"pathway/plans/{plan_name(scenario, level)}.npz",
        ),
        err=True,
    )


def waited_for(job: "Job", seconds: float, lang: str) -> Any:
    """What a job finds, told on standard error how far it is; Ctrl+C has it end with the best it has. Raises Refusal: whatever it raised."""
    worker = threading.Thread(target=job.run, daemon=True)
    began = time.monotonic()
    with progress(word("pathway_models.solving", lang, scenario=job.name)) as tell:
        worker.start()
        while not job.done:
            try:
                time.sleep(0.1)
            except KeyboardInterrupt:
                if job.stop.is_set():
                    raise
                job.stop.set()
                typer.echo(word("pathway_models.stopped", lang), err=True)
            tell(min(int(time.monotonic() - began), int(seconds)), int(seconds), _progress(job, lang))
    if job.problem is not None:
        raise job.problem
    return job.found


def _progress(job: "Job", lang: str) -> str:
    """The phase of a solve, and its gap where both ends are known."""
    from touchstone.serve.pathway_plans_page import progress_said

    said = progress_said(job, lang)
    phase = word(f"plans.phase_{said['phase'].replace(' ', '_')}", lang)
    key = "at_work_gap" if said["gap"] else "at_work"
    return word(f"pathway_models.{key}", lang, phase=phase, seconds=said["seconds"], gap=said["gap"])


def print_plan(optimum: "Pathway", found: "Deployed", lang: str) -> None:
    """What is known of a least-cost plan: its cost and gap, what targets cost, what conflicts, its works and what power it buys."""
    import numpy as np

    from touchstone.calc.pathway.deployment.result import Options, cut_short
    from touchstone.publish.pathway.pen import alike, share
    from touchstone.publish.pathway.priced import costs_of
    from touchstone.publish.pathway.proven import provisos

    gap = (
        word("plans.gap", lang, gap=share(found.gap, lang))
        if np.isfinite(found.gap)
        else word("plans.no_gap", lang)
    )
    costs = costs_of(optimum)
    total, *parts = alike([found.cost / 1e8, *(value / 1e8 for value in costs.values())], lang, 6)
    proof = f"{word(f'plans.status_{found.status}', lang)} {gap}"
    typer.echo(word("pathway_models.cost", lang, cost=total, proof=proof))
    for each in provisos(optimum, found):
        typer.echo(f"  {shown(getattr(each, lang))}")
    if (short := cut_short(found, Options().gap, optimum.key)) is not None:
        typer.echo("\n".join(map(shown, short.text(lang).splitlines())))
    for kind, value in zip(costs, parts, strict=True):
        name = word(f"plans.cost_{kind}", lang)
        typer.echo(word("pathway_models.kind", lang, name=name, value=value))
    _print_prices(optimum, found, lang)
    _print_works(optimum, lang)


def _print_prices(optimum: "Pathway", found: "Deployed", lang: str) -> None:
    """What targets cost, or why that is not known; what conflicts where some are missed, or that it was not looked for."""
    from touchstone.calc.pathway.deployment.conflict import explained
    from touchstone.publish.pathway.pen import figure
    from touchstone.publish.pathway.priced import shadows_of
    from touchstone.publish.pathway.short import verdicts_of
    from touchstone.serve.pathway_plans_page import no_prices

    for price in shadows_of(optimum, found):
        said = {
            "name": getattr(price.target, lang),
            "unit": getattr(price.unit, lang),
            "price": figure(price.price, lang),
        }
        typer.echo(shown(word("pathway_models.price", lang, year=price.year, **said)))
    if why := no_prices(found):
        typer.echo(f"  {word(why, lang)}")
    for said in verdicts_of(optimum, found):
        typer.echo(shown(word("pathway_models.verdict", lang, said=getattr(said, lang))))
    if found.wishes:
        told = explained(optimum.given.case, found.wishes, optimum.given.scenario).text(lang)
        typer.echo("\n".join(map(shown, told.splitlines())))


def _print_works(optimum: "Pathway", lang: str) -> None:
    """The works by number, and the power bought of contracts besides the first."""
    from touchstone.serve.pathway_works import purchase_cells, work_cells

    listed = work_cells(optimum, lang)
    if listed:
        typer.echo(word("works.order", lang))
    for each in listed:
        names = {name: getattr(each[name], lang) for name in ("line", "what", "part", "outcome")}
        typer.echo(shown(word("works.line", lang, **{**each, **names})))
    bought = purchase_cells(optimum, lang)
    if bought:
        typer.echo(word("works.bought", lang))
    for each in bought:
        contract = getattr(each["contract"], lang)
        typer.echo(shown(word("works.purchase", lang, **{**each, "contract": contract})))
