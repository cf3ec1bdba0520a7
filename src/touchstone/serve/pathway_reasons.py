"""`touchstone pathway why | robust`: why emissions change or differ, and which plan to take when nobody knows the future."""

from typing import Annotated

import typer

from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.options import HERE, AsJson, Folder, Lang
from touchstone.serve.pathway import Scenario, stocked
from touchstone.serve.pathway_models import Draws, Seed, Year, place_of
from touchstone.serve.shown import shown


def why(
    scenario: Scenario, first: Year,
    last: Annotated[int | None, typer.Argument(help="2035", show_default=False)] = None,
    against: Annotated[str, typer.Option("--against", help="Another scenario, in the same year. 与另一情景比较。", show_default=False)] = "",
    workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """Why emissions change between two years, or differ between two scenarios in one, without a rest · 变化原因"""
    from touchstone.calc.pathway.lmdi import EFFECTS, between, decomposed, of_plan
    from touchstone.calc.pathway.refusal import refusal
    from touchstone.publish.pathway.pen import figure
    from touchstone.serve.pathway_why_page import shown_effects, split_told

    spoken, stock = terminal.language(lang), stocked(workspace)
    found = stock.projected(scenario)
    place_of(first, found.years, "YEAR")
    own = of_plan(found.given.case, found.plan, "product")
    if against:
        other = stock.projected(against)
        place_of(first, other.years, f"--against {against}")
        made = between(own, of_plan(other.given.case, other.plan, "product"), first)
        ends = f"{scenario} {first}", f"{against} {first}"
    elif last is None:
        known = f"{found.years[0]} … {found.years[-1]}"
        raise refusal("PATHWAY-024", "YEAR", scenario=scenario, first=first, known=known)
    else:
        until = found.years[place_of(last, found.years, "YEAR")]
        made, ends = decomposed(own, first, until), (str(first), str(until))
    if as_json:
        terminal.print_json(split_told(made, *ends))
        return
    values = {"before": figure(made.before, spoken), "after": figure(made.after, spoken)}
    typer.echo(shown(word("pathway_models.why", spoken, first=ends[0], last=ends[1], **values)))
    ratios = made.ratios if made.before > 0 and made.after > 0 else {}
    for name, value in zip(EFFECTS, shown_effects(made)[1].sum(0), strict=True):
        ratio = (
            word("pathway_models.times", spoken, ratio=figure(ratios[name], spoken))
            if ratios
            else word("pathway_models.no_ratio", spoken)
        )
        typer.echo(
            word(
                "pathway_models.effect",
                spoken,
                name=word(f"why.effect_{name}", spoken),
                value=figure(float(value), spoken, signed=True),
                ratio=ratio,
            )
        )


def robust(
    scenarios: Annotated[list[str], typer.Argument(help="Keys of two scenarios or more. 至少两个情景。", show_default=False)],
    draws: Draws = 2000, seed: Seed = 1, workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """Plans of scenarios in the same futures: mean, worst tenth, regret · 稳健选择"""
    from dataclasses import asdict

    from touchstone.calc.pathway.chance.robust import robust as compared
    from touchstone.calc.pathway.naming import keyed
    from touchstone.publish.pathway.pen import share
    from touchstone.serve.pathway_robust import alike_money, drawn_alike

    spoken, stock = terminal.language(lang), stocked(workspace)
    outcomes = drawn_alike([stock.projected(key) for key in dict.fromkeys(scenarios)], draws, seed)
    found = compared(outcomes)
    if as_json:
        terminal.print_json([asdict(each) for each in found.standings])
        return
    typer.echo(word("pathway_models.robust", spoken, n=draws, seed=seed))
    named = {key: getattr(keyed(stock.compiled(key).scenario.name, key), spoken) for key in outcomes}
    money = alike_money(found, ("expected", "tail", "regret", "regret_most"), spoken)
    for each, row in zip(found.standings, money, strict=True):
        values = dict(zip(("expected", "tail", "regret", "most"), row, strict=True))
        key = "meets" if outcomes[each.plan].rules else "no_targets"
        meets = word(f"pathway_models.{key}", spoken, share=share(each.meets.share, spoken))
        said = word(
            "pathway_models.standing",
            spoken,
            plan=named[each.plan],
            best=share(each.best.share, spoken),
            meets=meets,
            **values,
        )
        typer.echo(shown(said))
    for measure in ("expected", "tail", "regret_most"):
        said = word(f"pathway_models.measure_{measure}", spoken)
        typer.echo(
            shown(word("pathway_models.choice", spoken, measure=said, plan=named[found.choice(measure)]))
        )
    typer.echo(word("robust.warning", spoken))
