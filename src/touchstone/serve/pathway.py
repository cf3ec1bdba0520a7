"""`touchstone pathway …`: scenarios checked, projected, compared and explained from the command line."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.errors import Refusal
from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.options import HERE, AsJson, Folder, Lang
from touchstone.serve.pathway_notes import print_notes, print_replacements
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.pathway.pathway import Pathway
    from touchstone.flow.pathways import Pathways
    from touchstone.serve.pathway_stock import PathwayStock

app = typer.Typer(
    help="When emissions peak, at what cost, how sure · 达峰路径", no_args_is_help=True, rich_markup_mode=None
)

Scenarios = Annotated[
    list[str] | None,
    typer.Argument(help="Keys of scenarios; all if none. 情景的键，不写则为全部。", show_default=False),
]
Scenario = Annotated[str, typer.Argument(help="Key of a scenario. 情景的键。", show_default=False)]


@app.command()
def sample(
    name: Annotated[str, typer.Argument(help="province | group 省级、集团示例")] = "province", workspace: Folder = HERE, lang: Lang = "",
) -> None:  # fmt: skip
    """Take a sample in: a province or a group, made up and marked so · 载入示例"""
    from touchstone.calc.pathway.refusal import refusal
    from touchstone.flow.pathways import SAMPLES

    spoken = terminal.language(lang)
    if name not in SAMPLES:
        raise refusal("PATHWAY-018", "sample", found=name, known=", ".join(SAMPLES))
    found = terminal.workspace(workspace, make=True).pathways()
    found.take_sample(name)
    typer.echo(
        word(
            "pathway.sample",
            spoken,
            name=name,
            n=len(found.register().lines),
            scenarios=len(found.scenarios()),
        )
    )


@app.command()
def check(workspace: Folder = HERE, lang: Lang = "") -> None:
    """Everything that is wrong with the files of pathways, at once · 检查全部输入"""
    from touchstone.calc.pathway.pathway import projected

    spoken = terminal.language(lang)
    found = pathways(workspace)
    register, catalogue = found.register(), found.catalogue()
    told_already: dict[str, str] = {}
    usable: list[Pathway] = []
    for key in found.scenarios():
        try:
            usable.append(projected(found.compiled(key)))
        except Refusal as problem:
            typer.echo(word("pathway.unusable", spoken, name=shown(key)))
            every = [each.text(spoken) for each in (problem, *problem.also)]
            if before := ", ".join(
                dict.fromkeys(told_already[said] for said in every if said in told_already)
            ):
                typer.echo(shown(word("pathway.unusable_as", spoken, names=before)))
            for said in every:
                if said not in told_already:
                    typer.echo("\n".join(map(shown, said.splitlines())))
                told_already.setdefault(said, key)
    demands = terminal.workspace(workspace).demands()
    wrong = demands.wrong([line.key for line in register.lines])
    for problem in wrong:
        typer.echo(terminal.told(problem, spoken))
    lacking = print_replacements(register, [each.given.scenario for each in usable], demands, spoken)
    print_notes(usable, spoken, named=True)
    if told_already or wrong or lacking:
        raise typer.Exit(1)
    typer.echo(
        word(
            "pathway.right",
            spoken,
            n=len(register.lines),
            technologies=len(catalogue),
            scenarios=len(found.scenarios()),
        )
    )


@app.command()
def project(
    scenarios: Scenarios = None, workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = ""
) -> None:
    """What follows from the scenarios' own rules: emissions, peak, cost, targets · 推演"""
    from touchstone.calc.pathway.pathway import projected
    from touchstone.serve.pathway_shown import told

    spoken = terminal.language(lang)
    found = pathways(workspace)
    every = [projected(found.compiled(key)) for key in scenarios or found.scenarios()]
    if as_json:
        terminal.print_json([told(each) for each in every])
        return
    for each in every:
        print_pathway(each, spoken)
        _print_total(each, spoken)
    print_notes(every, spoken)


@app.command()
def explain(
    scenario: Scenario, line: Annotated[str, typer.Argument(help="Key of a line. 产线的键。", show_default=False)],
    year: Annotated[int, typer.Argument(help="2030", show_default=False)], workspace: Folder = HERE, lang: Lang = "",
) -> None:  # fmt: skip
    """The emissions of a line in a year, down to where each number was stated · 数字的来历"""
    from touchstone.calc.pathway.explained import explained
    from touchstone.calc.pathway.naming import keyed, state_name
    from touchstone.calc.pathway.pathway import projected
    from touchstone.publish.pathway.pen import figure
    from touchstone.serve.pathway_guarded import one_of, one_year
    from touchstone.serve.pathway_shown import stated_value

    spoken = terminal.language(lang)
    found = projected(pathways(workspace).compiled(scenario))
    lines = {each.key: each for each in found.given.register.lines}
    known, _ = one_of(lines, line, "line"), one_year(found.years, str(year))
    steps = explained(found, known, year)
    for each in steps:
        values = {
            name: figure(getattr(each, name), spoken)
            for name in ("output", "direct", "electricity", "factor", "emissions")
        }
        state = getattr(keyed(state_name(each.state), each.state.key), spoken)
        typer.echo(shown(word("pathway.step", spoken, state=state, **values)))
        for one in each.stated:
            told = {"name": getattr(one.name, spoken), "value": stated_value(one, spoken), "where": one.where}
            typer.echo(shown(word("pathway.stated", spoken, source=one.source, **told)).rstrip())
    if not steps:
        typer.echo(word("pathway.idle", spoken))


def pathways(folder: Path) -> "Pathways":
    """The pathways of a workspace. Raises UnreadableFile: there is no workspace."""
    return terminal.workspace(folder).pathways()


def stocked(folder: Path) -> "PathwayStock":
    """What is worked out of the pathways of a workspace. Raises UnreadableFile: there is no workspace."""
    from touchstone.serve.pathway_stock import PathwayStock

    return PathwayStock(pathways(folder))


def _print_total(found: "Pathway", lang: str) -> None:
    """What a pathway costs in all, as `solve` tells it of the plan of least cost."""
    from touchstone.publish.pathway.pen import alike
    from touchstone.publish.pathway.priced import costs_of

    [cost] = alike([sum(costs_of(found).values()) / 1e8], lang, 6)
    typer.echo(word("pathway.total", lang, year=found.years[0], cost=cost))


def print_pathway(found: "Pathway", lang: str) -> None:
    """A pathway in lines: its peak, some years, its rules."""
    from touchstone.publish.pathway.pen import alike, figure
    from touchstone.publish.pathway.shown import milestones, peak_said, targets

    name = getattr(found.given.scenario.name, lang)
    typer.echo(
        shown(word("pathway.row", lang, name=name, code=found.key, kind=word(f"pathway.{found.kind}", lang)))
    )
    typer.echo(f"  {getattr(peak_said(found), lang)}")
    output, cost = found.output().sum(0), found.accounts.cost
    shown_years = milestones(found.years)
    costs = alike([cost[y] / 1e8 for y in shown_years], lang)
    for y, said in zip(shown_years, costs, strict=True):
        values = {
            "emissions": figure(found.accounts.emissions[y], lang),
            "output": figure(output[y], lang),
            "cost": said,
        }
        typer.echo(word("pathway.years", lang, year=found.years[y], **values))
    for each in targets(found):
        values = {part: getattr(getattr(each, part), lang) for part in ("name", "plan", "limit", "slack")}
        typer.echo(shown(word("pathway.met" if each.met else "pathway.missed", lang, **values)))
