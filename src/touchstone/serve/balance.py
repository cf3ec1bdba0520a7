"""`touchstone balance`: the balance of a material, at its own frequency or rolled up, with a reason wherever there is no value."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from touchstone.serve import terminal
from touchstone.serve.options import HERE, AsJson, Folder, Lang
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.monitor.balance import Balance, Cell

_LAST = 3
"""Periods printed where no number is asked for."""


def balance(
    material: Annotated[
        str, typer.Argument(help="Code; none lists them. 品种代码；不写则列出。", show_default=False)
    ] = "",
    to: Annotated[
        str, typer.Option("--to", help="Rolled up: M, Q or A. 汇总到月、季或年。", metavar="M|Q|A")
    ] = "",
    last: Annotated[int, typer.Option("--last", help="So many periods. 最近几期。", min=1)] = _LAST,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the results as facts. 存为推算数字。")] = False,
    workspace: Folder = HERE,
    as_json: AsJson = False,
    lang: Lang = "",
) -> None:
    """The balance of a material: output, trade, stocks, use · 供需平衡"""
    from touchstone.publish.words import word

    opened, spoken = terminal.workspace(workspace), terminal.language(lang)
    known = opened.balances()
    for problem in known.problems:
        typer.echo(terminal.told(problem, spoken), err=True)
    if not material:
        for each in known.by_material.values():
            typer.echo(f"{each.material}  {shown(getattr(each.name, spoken))}")
        raise typer.Exit(3 if known.problems else 0)
    try:
        given = opened.balance(material, to)
    except ValueError as error:
        raise terminal.wrong("MONITOR-002", "--to", given=to) from error
    if as_json:
        terminal.print_json(
            {
                "material": material,
                "frequency": given.frequency,
                "source": given.source,
                "rows": balance_rows(given),
            }
        )
    else:
        _print(given, last, spoken)
    if keep:
        typer.echo(word("balance.kept", spoken, n=opened.keep_balance(material, to)), err=True)


def balance_rows(given: "Balance") -> list[dict[str, Any]]:
    """A balance as flat rows, one for each item of each period; `so_far` is what an incomplete period has."""
    from touchstone.calc.monitor.balance_facts import printed

    rows = []
    for row in given.rows:
        for cell in row.cells.values():
            point = cell.point
            rows.append({
                "period": row.period, "item": cell.item, "value": None if cell.value is None else printed(cell.value),
                "unit": cell.unit, "half_width": printed(point.half) if point else None,
                "so_far": printed(point.so_far) if point and point.so_far is not None else None,
                "present": point.present if point else 0, "expected": point.expected if point else None,
                "rule": cell.rule, "verdict": cell.verdict, "facts": list(point.facts) if point else [],
                "why_zh": cell.why.zh if cell.why else None, "why_en": cell.why.en if cell.why else None,
            })  # fmt: skip
    return rows


def _print(given: "Balance", last: int, lang: str) -> None:
    from touchstone.calc.monitor.balance_table import ITEMS, WORKED_OUT
    from touchstone.publish import dates
    from touchstone.publish.words import word

    typer.echo(shown(getattr(given.name, lang)))
    if not given.rows:
        typer.echo(f"  {word('balance.none', lang)}")
    for row in given.rows[-last:]:
        typer.echo(f"\n{dates.period(row.period, lang)}")
        for item, name in (ITEMS | WORKED_OUT).items():
            typer.echo(f"  {getattr(name, lang)}  {_value(row.cells[item], lang)}")


def _value(cell: "Cell", lang: str) -> str:
    """The value of a cell with its unit, or why there is none."""
    from touchstone.calc.monitor.balance_facts import printed
    from touchstone.publish.format import number, with_unit
    from touchstone.publish.template import verdict_name

    if cell.value is None:
        return f"— ({shown(getattr(cell.why, lang))})" if cell.why else "—"
    said = with_unit(number(printed(cell.value), lang), cell.unit, lang)
    return f"{said}  {verdict_name(cell.verdict, lang)}" if cell.verdict else said
