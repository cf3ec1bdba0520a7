"""`touchstone pathway targets|budget|score`: what is demanded and how it is kept, from the command line, as the pages show it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.options import HERE, AsJson, Folder, Lang
from touchstone.serve.pathway import Scenarios, pathways
from touchstone.serve.pathway_tables import left_out_of_files
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.pathway.pathway import Pathway
    from touchstone.calc.target.light import Rule as Light
    from touchstone.facts.text import Text
    from touchstone.serve.pathway_budgeted import Budgeted
    from touchstone.serve.pathway_measured import Judged
    from touchstone.serve.pathway_score_page import Sheeted

app = typer.Typer(rich_markup_mode=None)
"""Added to the commands of `touchstone pathway`."""

Speaks = Annotated[
    str,
    typer.Option(
        "--speaks-for",
        help="Place that inventory and documents of the workspace speak for. 清单与文件代表的地区。",
        metavar="CN-35",
        show_default=False,
    ),
]


@app.command()
def targets(
    scenarios: Scenarios = None, place: Annotated[str, typer.Option(help="CN-35", show_default=False)] = "", speaks: Speaks = "",
    workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """Targets of policies: where stated, how far reached, and what scenarios make of them · 目标与进度"""
    from touchstone.publish.pathway.shown import place_name
    from touchstone.serve.carbon_stock import Carbon
    from touchstone.serve.pathway_budget_page import names_of
    from touchstone.serve.pathway_guarded import one_of
    from touchstone.serve.pathway_measured import Sentence, account_of, judged
    from touchstone.serve.pathway_stock import PathwayStock
    from touchstone.serve.pathway_targets_page import judged_told, places_of

    spoken, found = terminal.language(lang), terminal.workspace(workspace)
    demands = found.demands()
    if place:
        one_of(places_of(demands.targets(), PathwayStock(found.pathways())), place, "place")
    account = account_of(Carbon(found), {}) if speaks else None
    kept = judged(
        demands,
        account,
        speaks,
        found.facts() if speaks else (),
        Sentence(found),
        pathways := _projected(workspace, scenarios),
    )
    rows = [each for each in kept.judged if place in ("", each.target.place)]
    if as_json:
        terminal.print_json([judged_told(each) for each in rows])
    names = names_of(pathways)
    for each in () if as_json else rows:
        _print_target(each, names, spoken)
    if place and not rows and not as_json:
        name = getattr(place_name(place), spoken)
        typer.echo(shown(word("pathway_page.targets_none", spoken, place=name)))
    left_out_of_files(kept.refused, spoken)


@app.command(name="budget")
def budget_command(
    scenarios: Scenarios = None, speaks: Speaks = "", workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = ""
) -> None:  # fmt: skip
    """Budgets of dual control year by year, and the outlook of the running year · 预算与预警"""
    from touchstone.serve.carbon_stock import Carbon
    from touchstone.serve.pathway_budget_page import budget_told, names_of
    from touchstone.serve.pathway_budgeted import budgeted
    from touchstone.serve.pathway_measured import account_of

    spoken, found = terminal.language(lang), terminal.workspace(workspace)
    demands = found.demands()
    (paths, refused), (series, wrong), lights = demands.budgets(), demands.measured(), demands.lights()
    account = account_of(Carbon(found), {}) if speaks else None
    every = _projected(workspace, scenarios)
    rows = [budgeted(each, series, account, speaks, every, lights) for each in paths]
    if as_json:
        terminal.print_json([budget_told(each, lights) for each in rows])
    for each in () if as_json else rows:
        _print_budget(each, names_of(every), spoken)
    if not rows and not as_json:
        typer.echo(word("pathway_page.budget_none", spoken))
    left_out_of_files((*refused, *wrong), spoken)


@app.command()
def score(
    values: Annotated[list[str] | None, typer.Argument(help="emissions=99 …", show_default=False)] = None,
    year: Annotated[int | None, typer.Option(help="Year it is filled for. 年份。", show_default=False)] = None,
    scenario: Annotated[str, typer.Option(help="Key of a scenario. 情景的键。", show_default=False)] = "",
    speaks: Speaks = "", workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """A score sheet filled from what is known and with values; what is missing makes the total a range · 评分表"""
    from touchstone.serve.carbon_stock import Carbon
    from touchstone.serve.pathway_guarded import one_of
    from touchstone.serve.pathway_measured import account_of
    from touchstone.serve.pathway_score_page import score_told, sheeted
    from touchstone.serve.pathway_stock import PathwayStock

    spoken, opened = terminal.language(lang), terminal.workspace(workspace)
    parts = [each.partition("=") for each in values or ()]
    given = {key: value or "?" for key, _, value in parts}
    for key in given:
        one_of({each.key: each for each in opened.demands().sheet().items}, key, "item")
    query = given | {"year": "" if year is None else str(year), "s": scenario, "speaks": speaks}
    account = account_of(Carbon(opened), {}) if speaks else None
    found = sheeted(opened, PathwayStock(opened.pathways()), account, query)
    if as_json:
        terminal.print_json(score_told(found))
    else:
        _print_score(found, spoken)


def _print_score(found: "Sheeted", lang: str) -> None:
    from touchstone.serve.pathway_guarded import written

    score, sheet = found.score, found.score.sheet
    for line in score.lines:
        said = line.written or (getattr(line.why, lang) if line.why else "")
        kind = found.source(line.item.key)
        own = found.filled.get(line.item.key)
        how = (
            f" {getattr(own.how, lang)} {found.year} {own.where}".rstrip()
            if own and own.how and kind != "typed"
            else ""
        )
        values = {
            "name": getattr(line.item.name, lang), "value": "—" if line.value is None else f"{written(float(line.value), lang)} {line.item.unit}",
            "source": word(f"pathway_page.score_{kind}", lang) + how if kind else "", "said": said,
        }  # fmt: skip
        typer.echo(shown(word("pathway_page.score_line", lang, **values)))
    ends = {"low": written(float(score.low), lang), "high": written(float(score.high), lang)}
    grades = (
        " – ".join(dict.fromkeys(getattr(each.name, lang) for each in score.grades)) if score.grades else ""
    )
    key = "score_total" if score.low != score.high else "score_total_one"
    total = word(f"pathway_page.{key}", lang, **ends, weight=written(float(sheet.weight), lang))
    typer.echo(f"{total} {grades}".rstrip())


def _projected(workspace: Path, scenarios: list[str] | None) -> "list[Pathway]":
    """The scenarios that are named; all that can be used where none is."""
    from touchstone.calc.pathway.pathway import projected
    from touchstone.errors import Refusal
    from touchstone.serve.pathway_stock import PathwayStock

    stock = PathwayStock(pathways(workspace))
    keys = scenarios or [key for key, each in stock.usable.items() if not isinstance(each, Refusal)]
    return [projected(stock.compiled(key)) for key in keys]


def _print_target(each: "Judged", names: "dict[str, Text]", lang: str) -> None:
    from touchstone.calc.target.course import VERDICTS
    from touchstone.serve.pathway_targets_page import asked_said, scenario_said

    target = each.target
    verdict = getattr(VERDICTS[each.progress.verdict], lang)
    typer.echo(
        shown(
            word(
                "pathway_page.target_line",
                lang,
                name=getattr(target.name, lang),
                asked=asked_said(target, lang),
                verdict=verdict,
                where=f"{target.cited.document} {target.cited.clause}".strip(),
            )
        )
    )
    for one in each.scenarios:
        key = "unknown" if one.holds is None else "met" if one.holds else "missed"
        said = scenario_said(one, lang) or (getattr(one.why, lang) if one.why else "")
        typer.echo(
            shown(f"  {getattr(names[one.scenario], lang)}  {word(f'pathway_target.{key}', lang)}  {said}")
        )


def _print_budget(each: "Budgeted", names: "dict[str, Text]", lang: str) -> None:
    from touchstone.serve.pathway_guarded import written
    from touchstone.serve.pathway_kept import base_told, courses_told, rounded, signed

    typer.echo(shown(f"{getattr(each.path.name, lang)} ({each.path.about.unit.replace('CO2', 'CO₂')})"))
    if each.why:
        typer.echo(terminal.told(each.why, lang), err=True)
    if said := base_told(each, lang):
        typer.echo(shown(f"  {said}"))
    if each.years:
        typer.echo(word(f"pathway_page.budget_heads{'' if each.scenarios else '_alone'}", lang))
    for year in each.years:
        parts = [str(year.year), rounded(year.limit.value, lang)]
        parts.append(f"{rounded(year.used.value, lang)} ({signed(year, lang)})" if year.used else "—")
        for key, one in each.scenarios.items():
            if (own := one.of(year.year)) and own.used:
                parts.append(
                    f"{getattr(names[key], lang)} {rounded(own.used.value, lang)} ({signed(own, lang)}){_light(one.lights[year.year], lang)}"
                )
        typer.echo(shown("  " + "  ".join(parts)))
    for course in courses_told(each, names, lang):
        light = _light(course.light, lang).strip() or word("pathway_page.budget_light_none", lang)
        said = word(
            "pathway_page.budget_course", lang, light=light, name=getattr(course.name, lang), said=course.said
        )
        typer.echo(shown(said))
    if (found := each.outlook) and found.middle is not None:
        ends = {name: getattr(found, name) for name in ("low", "high", "limit")}
        numbers = {
            name: "—" if value is None else written(float(value), lang) for name, value in ends.items()
        }
        share = "—" if found.share is None else f"{float(found.share):.1%}"
        said = word("pathway_page.expected_year", lang, n=written(float(found.middle), lang), share=share, **numbers)  # fmt: skip
        light = getattr(found.light.name, lang) if found.light else word("pathway_page.no_light", lang)
        typer.echo(f"  {found.year}: {light}  {said}")


def _light(rule: "Light | None", lang: str) -> str:
    return f" {getattr(rule.name, lang)}" if rule else ""
