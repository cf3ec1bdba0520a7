"""`touchstone pathway targets|league|replace|parks|budget|score`: targets, tables and accounts from the command line, as the pages show them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.options import HERE, AsJson, Folder, Lang
from touchstone.serve.pathway import Scenarios, pathways
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.pathway.pathway import Pathway
    from touchstone.calc.pathway.register import Register
    from touchstone.errors import Refusal
    from touchstone.serve.pathway_measured import Budgeted, Judged

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
Product = Annotated[str, typer.Option(help="aluminium.liquid", show_default=False)]


@app.command()
def targets(
    scenarios: Scenarios = None, place: Annotated[str, typer.Option(help="CN-35", show_default=False)] = "", speaks: Speaks = "",
    workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """Targets of policies: where stated, how far reached, and what scenarios make of them · 目标与进度"""
    from touchstone.serve.carbon_stock import Carbon
    from touchstone.serve.pathway_measured import Sentence, account_of, judged
    from touchstone.serve.pathway_targets_page import judged_told

    spoken, found = terminal.language(lang), terminal.workspace(workspace)
    account = account_of(Carbon(found), {}) if speaks else None
    kept = judged(
        found.demands(),
        account,
        speaks,
        found.facts() if speaks else (),
        Sentence(found),
        _projected(workspace, scenarios),
    )
    rows = [each for each in kept.judged if place in ("", each.target.place)]
    if as_json:
        terminal.print_json([judged_told(each) for each in rows])
    for each in () if as_json else rows:
        _print_target(each, spoken)
    _left_out(kept.refused, spoken)


@app.command(name="league")
def league_command(
    product: Product = "", indicator: Annotated[str, typer.Option(help="ac-electricity | comprehensive-energy", show_default=False)] = "",
    day: Annotated[str, typer.Option(help="2026-01-01", show_default=False)] = "", workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """The lines of a product by what a tonne takes · 能效排名"""
    from touchstone.serve.pathway_guarded import written
    from touchstone.serve.pathway_league_page import league_told, table_of

    spoken = terminal.language(lang)
    table = table_of(_register(workspace), product, indicator, day)
    if as_json:
        terminal.print_json(league_told(table))
        return
    for each in table.places:
        value = written(None if each.value is None else float(each.value), spoken) or "—"
        state = word(f"pathway_page.state_of_{each.state}", spoken) if each.state else ""
        name = getattr(each.entry.name, spoken)
        typer.echo(shown(f"{each.rank or '—':>4}  {value:>12} {table.unit}  {name}  {state}".rstrip()))
    if table.why:
        typer.echo(
            shown(word("pathway_page.classifies_nothing", spoken) + getattr(table.why, spoken)), err=True
        )


@app.command()
def replace(
    capacity: Annotated[float | None, typer.Argument(help="Capacity that retires, t/a. 退出产能。", show_default=False, min=0)] = None,
    product: Product = "aluminium.liquid", area: Annotated[str, typer.Option(help="any | key", show_default=False)] = "any",
    ratio: Annotated[float | None, typer.Option(help="1.25", show_default=False, min=0.001)] = None,
    start: Annotated[str, typer.Option(help="2026-01-01", show_default=False)] = "", workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """What may be built for capacity that retires; without a capacity, what the lines of the register were built by · 产能置换"""
    from touchstone.calc.target.ratios import AREAS
    from touchstone.calc.target.registered import exact
    from touchstone.serve.pathway_guarded import one_of
    from touchstone.serve.pathway_replaced import built, calculated, day_of, products, replaced_told

    spoken, rules = terminal.language(lang), terminal.workspace(workspace).demands().ratios()
    register = _register(workspace)
    done, refused = built(register, rules) if capacity is None else ((), ())
    if capacity is not None:
        one_of({key: key for key in products(register, rules)}, product, "product")
        one_of(AREAS, area, "area")
        stated = None if ratio is None else exact(ratio)
        done = (calculated(rules, exact(capacity), product, area, stated, day_of(start)),)
    if as_json:
        terminal.print_json([replaced_told(each) for each in done])
    elif not done:
        typer.echo(word("pathway_page.replaced_none", spoken))
    for each in () if as_json else done:
        key = "pathway_page.no_ratio" if each.ratio is None else "pathway_page.replaced_line"
        size, ratio_said = (
            float(each.project.capacity),
            "" if each.ratio is None else f"{float(each.ratio):g}",
        )
        rule = f"{each.rule.cited.document} {each.rule.cited.clause}" if each.rule else ""
        values = {
            "line": each.project.key,
            "capacity": f"{size:,.10g}",
            "ratio": ratio_said,
            "given": f"{float(each.given):,.10g}",
            "rule": rule,
        }
        typer.echo(shown(word(key, spoken, **values)).rstrip())
        _left_out(each.findings, spoken)
    _left_out(refused, spoken)


@app.command(name="parks")
def parks_command(
    system: Annotated[str, typer.Option(help="cn-zero-carbon-2025", show_default=False)] = "",
    factor: Annotated[float | None, typer.Option(help="t CO2e/MWh", show_default=False, min=0)] = None,
    year: Annotated[int | None, typer.Option(help="2030", show_default=False)] = None, workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """Accounts of the parks of the register against a system of indicators · 园区账"""
    from touchstone.calc.target.park import VERDICTS
    from touchstone.serve.pathway_guarded import written
    from touchstone.serve.pathway_parks_page import accounts_of, park_told

    spoken, systems = terminal.language(lang), terminal.workspace(workspace).demands().systems()
    every, _ = accounts_of(_register(workspace), systems, system or next(iter(systems.systems)), factor, year)
    if as_json:
        terminal.print_json([park_told(each) for each in every])
        return
    for park in every:
        typer.echo(shown(park.key))
        for item in park.items:
            value = (
                "—"
                if item.value is None
                else f"{written(float(item.value), spoken)} {item.ratio.unit.replace('CO2', 'CO₂')}"
            )
            why = f"  {getattr(item.why, spoken)}" if item.why else ""
            typer.echo(
                shown(
                    f"  {getattr(item.ratio.name, spoken)}  {value}  {getattr(VERDICTS[item.verdict], spoken)}{why}"
                )
            )


@app.command(name="budget")
def budget_command(
    scenarios: Scenarios = None, speaks: Speaks = "", workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = ""
) -> None:  # fmt: skip
    """Budgets of dual control year by year, and the outlook of the running year · 预算与预警"""
    from touchstone.serve.carbon_stock import Carbon
    from touchstone.serve.pathway_budget_page import budget_told
    from touchstone.serve.pathway_measured import account_of, budgeted

    spoken, found = terminal.language(lang), terminal.workspace(workspace)
    demands = found.demands()
    (paths, refused), (series, wrong), lights = demands.budgets(), demands.measured(), demands.lights()
    account = account_of(Carbon(found), {}) if speaks else None
    every = _projected(workspace, scenarios)
    rows = [budgeted(each, series, account, speaks, every, lights) for each in paths]
    if as_json:
        terminal.print_json([budget_told(each, lights) for each in rows])
    for each in () if as_json else rows:
        _print_budget(each, spoken)
    if not rows and not as_json:
        typer.echo(word("pathway_page.budget_none", spoken))
    _left_out((*refused, *wrong), spoken)


@app.command()
def score(
    values: Annotated[list[str] | None, typer.Argument(help="emissions=99 …", show_default=False)] = None,
    workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """A score sheet filled with values; what is missing makes the total a range · 评分表"""
    from touchstone.calc.target.score import scored
    from touchstone.serve.pathway_guarded import one_of, written
    from touchstone.serve.pathway_score_page import score_told, values_of

    spoken = terminal.language(lang)
    sheet = terminal.workspace(workspace).demands().sheet()
    parts = [each.partition("=") for each in values or ()]
    given = {key: value or "?" for key, _, value in parts}
    for key in given:
        one_of({each.key: each for each in sheet.items}, key, "item")
    found = scored(sheet, values_of(sheet, given))
    if as_json:
        terminal.print_json(score_told(found))
        return
    for line in found.lines:
        said = line.written or (getattr(line.why, spoken) if line.why else "")
        typer.echo(shown(f"  {getattr(line.item.name, spoken)}  {said}"))
    ends = {"low": written(float(found.low), spoken), "high": written(float(found.high), spoken)}
    grades = (
        " – ".join(dict.fromkeys(getattr(each.name, spoken) for each in found.grades)) if found.grades else ""
    )
    total = word("pathway_page.score_total", spoken, **ends, weight=written(float(sheet.weight), spoken))
    typer.echo(f"{total} {grades}".rstrip())


def _register(workspace: Path) -> "Register":
    return pathways(workspace).register()


def _projected(workspace: Path, scenarios: list[str] | None) -> "list[Pathway]":
    """The scenarios that are named; all that can be used where none is."""
    from touchstone.calc.pathway.pathway import projected
    from touchstone.errors import Refusal
    from touchstone.serve.pathway_stock import PathwayStock

    stock = PathwayStock(pathways(workspace))
    keys = scenarios or [key for key, each in stock.usable.items() if not isinstance(each, Refusal)]
    return [projected(stock.compiled(key)) for key in keys]


def _print_target(each: "Judged", lang: str) -> None:
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
        typer.echo(shown(f"  {one.scenario}  {word(f'pathway_target.{key}', lang)}  {said}"))


def _print_budget(each: "Budgeted", lang: str) -> None:
    from touchstone.serve.pathway_guarded import written

    typer.echo(shown(getattr(each.path.name, lang)))
    if each.why:
        typer.echo(terminal.told(each.why, lang), err=True)
    for year in each.years:
        used = "—" if year.used is None else written(float(year.used.value), lang)
        known = {key: values[year.year] for key, values in each.scenarios.items() if year.year in values}
        rest = "  ".join(f"{key} {written(value, lang)}" for key, value in known.items())
        typer.echo(shown(f"  {year.year}  {written(float(year.limit.value), lang)}  {used}  {rest}".rstrip()))
    if (found := each.outlook) and found.middle is not None:
        ends = {name: getattr(found, name) for name in ("low", "high", "limit")}
        numbers = {
            name: "—" if value is None else written(float(value), lang) for name, value in ends.items()
        }
        share = "—" if found.share is None else f"{float(found.share):.1%}"
        said = word("pathway_page.expected_year", lang, n=written(float(found.middle), lang), share=share, **numbers)  # fmt: skip
        light = getattr(found.light.name, lang) if found.light else word("pathway_page.no_light", lang)
        typer.echo(f"  {found.year}: {light}  {said}")


def _left_out(problems: "tuple[Refusal, ...]", lang: str) -> None:
    """What could not be used, to standard error."""
    for each in problems:
        typer.echo(terminal.told(each, lang), err=True)
