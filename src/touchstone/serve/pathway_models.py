"""`touchstone pathway chance | macc`: what the models say, from the command line."""

from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.options import HERE, AsJson, Folder, Lang
from touchstone.serve.pathway import Scenario, stocked
from touchstone.serve.pathway_solve import waited_for
from touchstone.serve.shown import shown
from touchstone.serve.steps import steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchstone.calc.pathway.deployment.sweep import Step
    from touchstone.serve.pathway_stock import PathwayStock

Draws = Annotated[int, typer.Option("--draws", help="How many futures. 模拟次数。", min=20, max=100_000)]
Seed = Annotated[int, typer.Option("--seed", help="Of the draws. 种子。", min=0, max=2**31 - 1)]
ANEW = "Another question: a plan made anew for each of so many futures, as if they were known. 逐情景重新优化（假定预知未来）。"
Year = Annotated[int, typer.Argument(help="2030", show_default=False)]


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

    spoken = terminal.language(lang)
    question = Question(scenario, plan_asked(plan, "--plan"), draws, seed, before)
    with steps(word("pathway_models.drawing", spoken, scenario=scenario, n=draws), 2) as step:
        stock = stocked(workspace)
        found = planned(stock, question)
        step()
        outcome, _ = drawn_of(stock, question, found)
    if found.kind == "optimum":
        print_taken(stock, [scenario], spoken)
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
    if rows:
        typer.echo(word("pathway_models.macc_order", spoken))
    for row in rows:
        where = getattr(row["line"] or row["at"], spoken)
        said = {"avoided": figure(row["avoided"], spoken), "each": figure(row["each"], spoken)}
        typer.echo(
            shown(word("pathway_models.step", spoken, what=getattr(row["what"], spoken), where=where, **said))
        )


def print_taken(stock: "PathwayStock", scenarios: "Sequence[str]", lang: str) -> None:
    """Which least-cost plans are taken of those that are kept, to standard error: of several levels the one that costs least."""
    from touchstone.publish.pathway.pen import alike
    from touchstone.serve.pathway_papers import saved_plan

    for key in dict.fromkeys(scenarios):
        if (kept := saved_plan(stock, key)) is not None:
            [cost] = alike([kept.cost / 1e8], lang, 6)
            said = {
                "level": word(f"plans.level_{kept.level}", lang),
                "status": word(f"plans.status_{kept.status}", lang),
            }
            typer.echo(shown(word("pathway_models.taken", lang, scenario=key, cost=cost, **said)), err=True)


def _integrated(scenario: str, stock: "PathwayStock", y: int, as_json: bool, lang: str) -> None:
    """The curve of optimal plans: what each cut emits in the year, and what its last tonne costs."""
    from touchstone.publish.pathway.pen import alike, figure, share

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
    typer.echo(word("pathway_models.cut_lead", lang, year=int(case.years[y])))
    costs = alike([row["cost_cny"] / 1e8 for row in rows], lang, 6)
    for row, cost in zip(rows, costs, strict=True):
        said = {
            "emissions": figure(row["emissions_t_co2e"], lang),
            "marginal": figure(row["marginal_cny_per_t"], lang),
            "cost": cost,
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


def place_of(year: int | None, years: tuple[int, ...], where: str) -> int:
    """The index of a year. Raises UnusablePathway: PATHWAY-018, it is not one of the plan."""
    from touchstone.calc.pathway.refusal import refusal

    if year not in years:
        raise refusal("PATHWAY-018", where, found=year, known=f"{years[0]} … {years[-1]}")
    return years.index(year)
