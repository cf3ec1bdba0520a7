"""`touchstone pathway solve | chance | macc | why | robust`: what the models say, from the command line."""

import threading
import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.options import HERE, AsJson, Folder, Lang
from touchstone.serve.pathway import Scenario, pathways, print_pathway
from touchstone.serve.progress import progress
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.pathway.deployment.result import Deployed
    from touchstone.calc.pathway.deployment.sweep import Step
    from touchstone.calc.pathway.pathway import Pathway
    from touchstone.serve.pathway_jobs import Job
    from touchstone.serve.pathway_stock import PathwayStock

Draws = Annotated[int, typer.Option("--draws", help="How many futures. 模拟次数。", min=20, max=100_000)]
Seed = Annotated[int, typer.Option("--seed", help="Of the draws. 种子。", min=0, max=2**31 - 1)]
ANEW = "Another question: a plan made anew for each of so many futures, as if they were known. 逐情景重新优化（假定预知未来）。"
Year = Annotated[int, typer.Argument(help="2030", show_default=False)]


def solve(
    scenario: Scenario,
    level: Annotated[str, typer.Option("--level", help="auto | exact | paths | whole 求解方式", metavar="LEVEL")] = "auto",
    seconds: Annotated[float, typer.Option("--seconds", help="At most; Ctrl+C ends it earlier. 最长秒数。", min=1, max=86_400)] = 300,
    workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """The plan of least cost, what each target costs, and what conflicts · 求最低成本方案"""
    from touchstone.calc.pathway.deployment.result import Options
    from touchstone.calc.pathway.deployment.solve import deploy
    from touchstone.calc.pathway.refusal import refusal
    from touchstone.flow.pathway_plans import Plans
    from touchstone.serve.pathway_jobs import Job
    from touchstone.serve.pathway_plans_page import LEVELS, optimised, plan_name, plan_told

    spoken, stock = terminal.language(lang), stocked(workspace)
    if level not in LEVELS:
        raise refusal("PATHWAY-018", "--level", found=level, known=", ".join(LEVELS))
    case = stock.compiled(scenario).case
    job = Job(scenario, lambda tell, stop: deploy(case, Options(level=level, seconds=seconds), tell, stop))
    found: Deployed = waited_for(job, seconds, spoken)
    Plans(stock.files.folder / "plans").keep(plan_name(scenario, level), found)
    optimum = optimised(stock, scenario, found)
    if as_json:
        terminal.print_json(plan_told(optimum, found))
        return
    print_pathway(optimum, spoken)
    print_plan(optimum, found, spoken)
    typer.echo(
        word("pathway_models.kept", spoken, name=f"pathway/plans/{plan_name(scenario, level)}.npz"), err=True
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
    """What is known of a least-cost plan: its cost and gap, what targets cost, what conflicts, its works."""
    import numpy as np

    from touchstone.calc.pathway.deployment.conflict import conflict, explained
    from touchstone.calc.pathway.deployment.result import Options, cut_short, misses
    from touchstone.calc.pathway.deployment.rules import mix_of
    from touchstone.calc.pathway.works import works
    from touchstone.publish.pathway.pen import figure, share
    from touchstone.publish.pathway.priced import costs_of, shadows_of
    from touchstone.publish.pathway.shown import state_name

    case = optimum.given.case
    gap = (
        word("plans.gap", lang, gap=share(found.gap, lang))
        if np.isfinite(found.gap)
        else word("plans.no_gap", lang)
    )
    proof = f"{word(f'plans.status_{found.status}', lang)} {gap}"
    typer.echo(word("pathway_models.cost", lang, cost=figure(found.cost / 1e8, lang, 6), proof=proof))
    if (short := cut_short(found, Options().gap, optimum.key)) is not None:
        typer.echo("\n".join(map(shown, short.text(lang).splitlines())))
    for kind, value in costs_of(optimum).items():
        typer.echo(
            word(
                "pathway_models.kind",
                lang,
                name=word(f"plans.cost_{kind}", lang),
                value=figure(value / 1e8, lang),
            )
        )
    for price in shadows_of(optimum, found):
        said = {
            "name": getattr(price.target, lang),
            "unit": getattr(price.unit, lang),
            "price": figure(price.price, lang),
        }
        typer.echo(shown(word("pathway_models.price", lang, year=price.year, **said)))
    if misses(case, found.plan) and (wishes := conflict(case, mix_of(case, found.plan))):
        typer.echo("\n".join(map(shown, explained(case, wishes).text(lang).splitlines())))
    for work in works(optimum):
        before, after = (getattr(state_name(optimum.given, key), lang) for key in (work.before, work.after))
        values = {
            "line": getattr(work.line.name, lang),
            "capacity": figure(work.capacity, lang),
            "share": share(work.share, lang),
        }
        typer.echo(
            shown(word("pathway_models.work", lang, year=work.year, before=before, after=after, **values))
        )


def chance(
    scenario: Scenario, draws: Draws = 2000, seed: Seed = 1,
    plan: Annotated[str, typer.Option("--plan", help="projection | optimum 推演或最低成本方案", metavar="PLAN")] = "projection",
    before: Annotated[int, typer.Option("--before", help="Year of the question. 在此年之前达峰。", min=1950, max=2200)] = 2030,
    reoptimised: Annotated[int, typer.Option("--reoptimised", help=ANEW, max=1_000, show_default=False)] = 0,
    workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """When a plan peaks if things turn out otherwise, and how likely each target is met · 概率"""
    if reoptimised:
        from touchstone.serve.pathway_anew import print_known

        print_known(
            stocked(workspace), scenario, (reoptimised, seed, before), as_json, terminal.language(lang)
        )
        return
    from touchstone.publish.pathway.pen import figure, share
    from touchstone.publish.pathway.shown import milestones
    from touchstone.serve.pathway_chances_page import Question, chances_told, drawn_of, plan_asked, planned

    spoken, stock = terminal.language(lang), stocked(workspace)
    question = Question(scenario, plan_asked(plan, "--plan"), draws, seed, before)
    found = planned(stock, question)
    outcome, _ = drawn_of(stock, question, found)
    if as_json:
        terminal.print_json(chances_told(question, outcome))
        return
    peaks = outcome.peaks()
    asked = peaks.before(before)
    said = {"share": asked.share, "never": peaks.not_yet.share, "already": peaks.already.share}
    parts = {name: share(value, spoken) for name, value in said.items()}
    typer.echo(
        word(
            "pathway_models.chance", spoken, year=before, error=figure(100 * asked.error, spoken, 2), **parts
        )
    )
    for year, each in peaks.distribution:
        if each.share >= 0.005:
            typer.echo(word("pathway_models.peak_year", spoken, year=year, share=share(each.share, spoken)))
    fan = outcome.fan("emissions", (0.1, 0.5, 0.9))
    for y in milestones(found.years):
        low, median, high = (figure(float(value), spoken) for value in fan[:, y])
        typer.echo(
            word("pathway_models.range", spoken, year=found.years[y], low=low, median=median, high=high)
        )
    names = {aim.key: aim.name for aim in found.given.scenario.aims}
    for rule in outcome.rules:
        met = outcome.met(rule.rule.key)
        values = {
            "name": getattr(names[rule.rule.key], spoken),
            "share": share(met.share, spoken),
            "error": figure(100 * met.error, spoken, 2),
        }
        typer.echo(shown(word("pathway_models.rule", spoken, **values)))
    kind = getattr(outcome.kind, spoken)
    typer.echo(word("pathway_models.drawn", spoken, kind=kind, n=len(outcome), seed=seed))


def macc(
    scenario: Scenario, year: Annotated[int, typer.Option("--year", help="2030", show_default=False)],
    optimal: Annotated[bool, typer.Option("--integrated", help="From optimal plans under ever tighter caps. 由最优方案读出。")] = False,
    workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """Measures of a year by what a tonne avoided costs, interactions counted · 减排成本曲线"""
    from touchstone.calc.pathway.deployment.macc import macc as curve
    from touchstone.publish.pathway.pen import figure
    from touchstone.serve.pathway_costs_page import measures, measures_told

    spoken, stock = terminal.language(lang), stocked(workspace)
    given = stock.compiled(scenario)
    y = place_of(year, given.scenario.years, "--year")
    if optimal:
        _integrated(scenario, stock, y, as_json, spoken)
        return
    found = curve(given.case, y)
    rows = measures(given, found)
    if as_json:
        terminal.print_json(
            {
                "year": year,
                "begun_t_co2e": found.begun,
                "left_t_co2e": found.left,
                "measures": measures_told(rows),
            }
        )
        return
    values = {"begun": figure(found.begun, spoken), "left": figure(found.left, spoken)}
    typer.echo(word("pathway_models.macc", spoken, year=year, **values))
    for row in rows:
        where = getattr(row["line"], spoken) if row["line"] else " ".join(row["supply"])
        said = {"avoided": figure(row["avoided"], spoken), "each": figure(row["each"], spoken)}
        typer.echo(
            shown(word("pathway_models.step", spoken, what=getattr(row["what"], spoken), where=where, **said))
        )


def _integrated(scenario: str, stock: "PathwayStock", y: int, as_json: bool, lang: str) -> None:
    """The curve of optimal plans: what each cut emits in the year, and what its last tonne costs."""
    from touchstone.publish.pathway.pen import figure, share

    case = stock.compiled(scenario).case
    steps = cuts_of(stock, scenario, lang)
    rows = [
        {
            "cut": each.cut, "year": int(case.years[y]), "emissions_t_co2e": float(each.emissions[y]), "marginal_cny_per_t": float(each.marginal[y]),
            "cost_cny": each.cost,
        }
        for each in steps
    ]  # fmt: skip
    if as_json:
        terminal.print_json(rows)
        return
    for row in rows:
        said = {
            "emissions": figure(row["emissions_t_co2e"], lang),
            "marginal": figure(row["marginal_cny_per_t"], lang),
            "cost": figure(row["cost_cny"] / 1e8, lang, 6),
        }
        typer.echo(word("pathway_models.cut", lang, cut=share(row["cut"], lang), year=row["year"], **said))


def cuts_of(stock: "PathwayStock", scenario: str, lang: str) -> "list[Step]":
    """Optimal plans of a scenario under ever tighter caps, told how far they are. Raises UnusablePathway: what is wrong with the scenario."""
    from touchstone.calc.pathway.deployment.sweep import caps
    from touchstone.serve.pathway_costs_page import CUTS
    from touchstone.serve.pathway_jobs import Job

    case = stock.compiled(scenario).case
    job = Job(scenario, lambda tell, stop: list(caps(case, CUTS, told=tell, stop=stop)))
    found: list[Step] = waited_for(job, 86_400, lang)
    return found


def stocked(folder: Any) -> "PathwayStock":
    """What is worked out of the pathways of a workspace. Raises UnreadableFile: there is no workspace."""
    from touchstone.serve.pathway_stock import PathwayStock

    return PathwayStock(pathways(folder))


def place_of(year: int | None, years: tuple[int, ...], where: str) -> int:
    """The index of a year. Raises UnusablePathway: PATHWAY-018, it is not one of the plan."""
    from touchstone.calc.pathway.refusal import refusal

    if year not in years:
        raise refusal("PATHWAY-018", where, found=year, known=f"{years[0]} … {years[-1]}")
    return years.index(year)
