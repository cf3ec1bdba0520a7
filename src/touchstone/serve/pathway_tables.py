"""`touchstone pathway league|replace|parks`: tables of the plant register from the command line, as the pages show them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.options import HERE, AsJson, Folder, Lang
from touchstone.serve.pathway import pathways
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.pathway.register import Register
    from touchstone.errors import Refusal

app = typer.Typer(rich_markup_mode=None)
"""Added to the commands of `touchstone pathway`."""

Product = Annotated[str, typer.Option(help="aluminium.liquid", show_default=False)]


@app.command(name="league")
def league_command(
    named: Annotated[str, typer.Argument(metavar="PRODUCT", help="aluminium.liquid", show_default=False)] = "", product: Product = "",
    indicator: Annotated[str, typer.Option(help="ac-electricity | comprehensive-energy", show_default=False)] = "",
    day: Annotated[str, typer.Option(help="2026-01-01", show_default=False)] = "", workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """The lines of a product by what a tonne takes · 能效排名"""
    from touchstone.serve.pathway_guarded import written
    from touchstone.serve.pathway_league_page import absent, league_told, table_of

    spoken = terminal.language(lang)
    register = _register(workspace)
    table = table_of(register, product or named, indicator, day)
    if as_json:
        terminal.print_json(league_told(table, register))
        return
    for each in table.places:
        value = written(None if each.value is None else float(each.value), spoken) or "—"
        why = each.why or each.entry.why
        unknown = getattr(why, spoken) if why and each.value is None else ""
        state = word(f"pathway_page.state_of_{each.state}", spoken) if each.state else unknown
        name = getattr(each.entry.name, spoken)
        typer.echo(shown(f"{each.rank or '—':>4}  {value:>12} {table.unit}  {name}  {state}".rstrip()))
    for line, why in absent(register, table):
        said = word(
            "pathway_page.league_absent",
            spoken,
            name=getattr(line.name, spoken),
            code=line.key,
            why=getattr(why, spoken),
        )
        typer.echo(shown(said))
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
        left_out(each.findings, spoken)
    left_out(refused, spoken)


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

    spoken, demands = terminal.language(lang), terminal.workspace(workspace).demands()
    register, systems = _register(workspace), demands.systems()
    stated, refused = demands.park_figures([line.key for line in register.lines])
    every, _ = accounts_of(register, systems, system or next(iter(systems.systems)), factor, year, stated)
    if as_json:
        terminal.print_json([park_told(each) for each in every])
    for park in () if as_json else every:
        typer.echo(shown(getattr(register.grounds(park.key), spoken)))
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
    left_out_of_files(refused, spoken)


def _register(workspace: Path) -> "Register":
    return pathways(workspace).register()


def left_out_of_files(problems: "tuple[Refusal, ...]", lang: str) -> None:
    """Rows of files that could not be used, as `left_out`; the command ends as `check` does that finds them, so that nobody misses them."""
    left_out(problems, lang)
    if problems:
        raise typer.Exit(1)


def left_out(problems: "tuple[Refusal, ...]", lang: str) -> None:
    """What could not be used, to standard error."""
    for each in problems:
        typer.echo(terminal.told(each, lang), err=True)
