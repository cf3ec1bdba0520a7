"""The totals of an inventory on a terminal and as JSON: by what is asked for, what is missing, how sure, how it performed."""

from typing import TYPE_CHECKING, Any

import typer

from touchstone.calc.carbon.inventory.account import grouped
from touchstone.calc.carbon.inventory.coverage import missing_for, missing_of
from touchstone.calc.carbon.inventory.doubted import doubted
from touchstone.calc.carbon.inventory.performed import performed
from touchstone.calc.carbon.inventory.yearly import yearly
from touchstone.errors import UnusableDeclaration
from touchstone.publish.carbon.labelled import figure, part, plain
from touchstone.publish.carbon.said import all_missing_said, caution_said, performance_said, range_said
from touchstone.publish.carbon.yearly import no_data, note_of, shown_rows
from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.progress import progress
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from datetime import date

    from touchstone.calc.carbon.inventory.account import Account
    from touchstone.calc.carbon.inventory.coverage import Caution
    from touchstone.calc.carbon.inventory.performed import Performance
    from touchstone.calc.carbon.inventory.yearly import Row
    from touchstone.flow import Workspace


def printed(
    opened: "Workspace",
    account: "Account",
    as_of: "date | None",
    by: tuple[str, ...],
    uncertainty: bool,
    lang: str,
) -> None:
    """The totals in lines; answers to standard output, what is missing to standard error."""
    must_have_lines(account)
    if is_synthetic(opened, account):
        typer.echo(word("inventory.synthetic", lang), err=True)
    typer.echo(shown(head(account, lang)))
    with progress(word("inventory.checking", lang)) as tell:
        cautious = opened.inventory_caution(account, as_of, tell)
    for said in caution_said(account, cautious, lang):
        typer.echo(shown(said))
    for row in account.totals(*by):
        names = " · ".join(part(account, each, key, lang) for each, key in zip(by, row.key, strict=True))
        if lacks := len(missing_of(account, by, row.key)):
            names = word("inventory.row_missing", lang, name=names, n=lacks)
        typer.echo(f"{figure(row.total, lang):>20}  {shown(names)}")
    typer.echo(f"{figure(account.total, lang):>20}  {word('inventory.total', lang)}")
    if account.year:
        for said in performance_said(account, performed(account), lang):
            typer.echo(shown(said))
    if uncertainty:
        with progress(word("inventory.drawing", lang)):
            found = doubted(account)
        for said in range_said(account, found, lang):
            typer.echo(shown(said))
    for said in all_missing_said(account, lang):
        typer.echo(shown(said), err=True)


def told(
    opened: "Workspace",
    account: "Account",
    as_of: "date | None",
    by: tuple[str, ...],
    uncertainty: bool,
    lang: str,
) -> None:
    """The same as JSON; numbers are exact decimals with nine places."""
    must_have_lines(account)
    rows = [
        {
            **dict(zip(by, row.key, strict=True)),
            "tco2e": plain(row.total, 9),
            "gases": {gas: plain(mass, 9) for gas, mass in row.masses.items()},
            "missing": len(missing_of(account, by, row.key)),
        }
        for row in account.totals(*by)
    ]
    data: dict[str, Any] = {
        "node": account.node, "year": account.year, "boundary": account.boundary, "group": account.group,
        "approach": account.approach, "gwp": account.set, "total": plain(account.total, 9), "rows": rows,
        "synthetic": is_synthetic(opened, account), "caution": _caution_data(opened.inventory_caution(account, as_of)),
        "missing": [
            {"method": each.method, "term": each.term, "item": each.item, "why": getattr(each.why, lang), "times": n, "units": units}
            for each, n, units in grouped(account.missing)
        ],
    }  # fmt: skip
    if account.year:
        data["performance"] = _performance_data(account, performed(account))
    if uncertainty:
        found = doubted(account)
        data["uncertainty"] = {
            "approach_1": found.first, "approach_2": found.second, "skewed": found.skewed, "sources": found.sources,
            "exact": [{"parameter": parameter, "why": getattr(why, lang), "inputs": n} for (parameter, why), n in found.exact.items()],
        }  # fmt: skip
    terminal.print_json(data)


def _caution_data(found: "Caution") -> dict[str, Any]:
    return {
        "errors": len(found.suspects), "doubtful_tco2e": plain(found.doubtful, 9), "missing": found.missing,
        "gaps": {each.unit: each.months for each in found.gaps},
    }  # fmt: skip


def performance(account: "Account", as_json: bool, lang: str) -> None:
    """The performance table, year by year; what is empty or incomplete is told below it."""
    must_have_lines(account)
    table = yearly(account)
    rows, notes = shown_rows(table)
    if as_json:
        terminal.print_json(
            {"years": table.years, "gwp": table.set, "rows": [_row_data(each) for each in table.rows]}
        )
        return
    who = getattr(account.name(account.group or account.node), lang) or word("inventory.all", lang)
    typer.echo(shown(word("performance.head", lang, who=who, set=table.set)))
    typer.echo("".join(f"{year:>16}" for year in table.years))
    for row in rows:
        values = (
            f"{getattr(each.text, lang) if each.text else '–'}{f' [{each.mark}]' if each.mark else ''}"
            for each in row.cells
        )
        typer.echo(
            "".join(f"{each:>16}" for each in values)
            + shown(f"  {getattr(row.row.name, lang)} ({getattr(row.unit, lang)})")
        )
    if folded := no_data(table):
        typer.echo(shown(getattr(folded, lang)))
    for mark, said in notes.items():
        typer.echo(shown(f"[{mark}] {getattr(said, lang)}"))


def _row_data(row: "Row") -> dict[str, Any]:
    return {
        "row": row.key, "zh": row.name.zh, "en": row.name.en, "unit": row.unit,
        "values": {year: None if cell.value is None else plain(cell.value, 9) for year, cell in row.cells.items()},
        "notes": {year: note.en for year, cell in row.cells.items() if (note := note_of(cell))},
    }  # fmt: skip


def head(account: "Account", lang: str) -> str:
    """What is counted, by which set and why, by which consolidation."""
    who = getattr(account.name(account.group or account.node), lang) or word("inventory.all", lang)
    how = f"approach_{account.approach or 'control'}" if account.group else "whole"
    return word(
        "inventory.head", lang, who=who, year=account.year or word("inventory.every_year", lang),
        boundary=word(f"inventory_boundary.{account.boundary}", lang), set=account.set,
        why=getattr(account.set_says, lang), how=word(f"inventory.{how}", lang),
    )  # fmt: skip


def is_synthetic(opened: "Workspace", account: "Account") -> bool:
    """Whether activity data of it are made up, by the first value of each unit."""
    first = {entry.unit: entry.fact for entry in reversed(account.entries)}
    return any(opened.fact(id).status == "synthetic" for id in first.values())


def must_have_lines(account: "Account") -> None:
    """Raises UnusableDeclaration: INVENTORY-004, nothing counts; INVENTORY-006, nothing of it is in the trading scheme."""
    from touchstone.calc.carbon.factors.refusal import refusal

    if not account.lines:
        code = "INVENTORY-006" if account.boundary == "trading" and account.every_line else "INVENTORY-004"
        asked = " ".join(filter(None, (account.node or account.group, account.year))) or "–"
        raise refusal(UnusableDeclaration, code, asked, found=asked)


def _performance_data(account: "Account", found: "Performance") -> dict[str, Any]:
    return {
        "intensities": [
            {"item": each.item, "amount": plain(each.amount, 6), "unit": each.unit, "tco2e_per_unit": plain(each.value, 9),
             "tco2e_per_unit_with_transfers": plain(each.full, 9) if each.known else None, "without": each.without,
             "missing": len(missing_for(account, each.item))}
            for each in found.intensities
        ],
        "energy_tce": {
            name: {
                "total": plain(each.total, 6) if each.whole else None, "lacking": sorted(each.lacking),
                "parts": {item: plain(size, 6) for item, size in each.parts.items()},
            }
            for name, each in found.energy.items()
        },
        "levels": [
            {
                "unit": each.unit, "product": each.product, "indicator": each.standing.indicator, "value": plain(each.standing.value, 3),
                "measured_in": each.standing.unit, "reached": each.standing.reached.level if each.standing.reached else None,
                "without": each.without,
            }
            for each in found.levels
        ],
        "notes": found.notes,
    }  # fmt: skip
