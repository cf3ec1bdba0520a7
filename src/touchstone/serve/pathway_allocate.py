"""`touchstone pathway allocate`: a year's cap among enterprises by every declared rule, as the page shows it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.options import HERE, AsJson, Folder, Lang
from touchstone.serve.pathway import Scenario, pathways
from touchstone.serve.pathway_tables import left_out_of_files
from touchstone.serve.pathway_targets import Speaks
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.target.allocation import Allocation
    from touchstone.facts.text import Text
    from touchstone.serve.pathway_allocated import Allocated

app = typer.Typer(rich_markup_mode=None)
"""Added to the commands of `touchstone pathway`."""


@app.command()
def allocate(
    scenario: Scenario, year: Annotated[int, typer.Argument(help="Year of the cap. 总量的年份。", show_default=False)],
    amount: Annotated[float | None, typer.Option(help="The cap, t CO2e. 总量。", show_default=False)] = None,
    cap: Annotated[str, typer.Option(help="budget:KEY | rule:KEY | scenario", show_default=False)] = "",
    rule: Annotated[str, typer.Option(help="history | equal | benchmark …; all if none 办法", show_default=False)] = "",
    by: Annotated[str, typer.Option(help="enterprise | plant 企业或工厂")] = "enterprise",
    product: Annotated[str, typer.Option(help="aluminium.liquid", show_default=False)] = "",
    since: Annotated[int | None, typer.Option(help="First base year. 基准年份自。", show_default=False)] = None,
    until: Annotated[int | None, typer.Option(help="Last base year. 基准年份至。", show_default=False)] = None,
    reserve: Annotated[float, typer.Option(help="Kept back, t CO2e. 预留。")] = 0,
    out: Annotated[Path | None, typer.Option("--out", help="Write the table. 导出表格。", metavar="FILE.csv", show_default=False)] = None,
    speaks: Speaks = "", workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """A year's cap among enterprises, by each declared rule, exact to the tonne · 预算分配"""
    from touchstone.publish.export import to_csv
    from touchstone.serve.carbon_stock import Carbon
    from touchstone.serve.pathway_allocated import allocated
    from touchstone.serve.pathway_allocation_page import allocation_rows, allocation_told
    from touchstone.serve.pathway_budgeted import budgets_of
    from touchstone.serve.pathway_measured import account_of
    from touchstone.serve.pathway_stock import PathwayStock

    spoken, opened = terminal.language(lang), terminal.workspace(workspace)
    given = {
        "s": scenario, "year": year, "amount": amount, "cap": cap, "rule": rule, "by": by, "product": product, "since": since, "until": until,
        "reserve": reserve,
    }  # fmt: skip
    query = {name: "" if value is None else str(value) for name, value in given.items()}
    demands = opened.demands()
    budgets, wrong = budgets_of(demands, account_of(Carbon(opened), {}) if speaks else None, speaks)
    found = allocated(PathwayStock(pathways(workspace)), demands, budgets, query)
    if out:
        try:
            out.write_text(to_csv(allocation_rows(found)), encoding="utf-8", newline="")
        except OSError as error:
            raise terminal.wrong("COMMAND-021", str(out), reason=error.strerror or str(error)) from error
        typer.echo(str(out), err=as_json)
    if as_json:
        terminal.print_json(allocation_told(found))
    elif not out:
        _print(found, spoken)
    left_out_of_files((*wrong, *found.refused), spoken)


def _print(found: "Allocated", lang: str) -> None:
    from touchstone.errors import Refusal
    from touchstone.serve.pathway_allocation_page import name_of, summary

    names = {each.enterprise.key: name_of(each, found) for each in found.sharers}
    typer.echo(shown(summary(found, lang)))
    if found.cap.scrap:
        typer.echo(word("pathway_page.of_scrap", lang, n=f"{float(found.cap.scrap):,.0f}"))
    for rule, answer in found.found:
        typer.echo(
            shown(word("pathway_page.allocation_rule", lang, name=getattr(rule.name, lang), where=rule.where))
        )
        if isinstance(answer, Refusal):
            typer.echo(terminal.told(answer, lang), err=True)
        else:
            _print_rule(answer, names, lang)
    if not found.usable:
        typer.echo(word("pathway_page.allocation_none", lang))


def _print_rule(answer: "Allocation", names: "dict[str, Text]", lang: str) -> None:
    from touchstone.serve.pathway_allocation_page import change

    for each in sorted(answer.shares, key=lambda share: -share.amount):
        written = " + ".join(part.written for part in each.parts)
        values = {
            "name": getattr(names[each.enterprise.key], lang), "amount": f"{each.amount:,}", "written": written,
            "change": change(each.amount, each.enterprise.figures["emissions"], lang),
        }  # fmt: skip
        bound = f" → {word(f'pathway_page.bound_{each.bound}', lang)}" if each.bound else ""
        typer.echo(shown(word("pathway_page.allocation_share", lang, **values)) + bound)
