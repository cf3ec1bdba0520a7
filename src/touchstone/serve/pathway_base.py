"""`touchstone pathway base`: the base year from the inventory, beside what the register says of each line."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.options import HERE, AsJson, Folder, Lang
from touchstone.serve.pathway_tables import left_out_of_files
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.carbon.quality.declared import Finding
    from touchstone.calc.pathway.base_year import Base
    from touchstone.flow import Workspace

_APART = 0.05
"""Share by which register and inventory may differ before it is said aloud."""


def base(
    year: Annotated[str, typer.Argument(help="Year of the inventory. 清单年份。", show_default=False)],
    out: Annotated[Path | None, typer.Option("--out", help="Write the register with its empty cells filled. 填补空格后的登记表。", metavar="FILE.csv")] = None,
    workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """Lines of the register beside their units of the carbon inventory · 与碳排放清单核对基准年"""
    from touchstone.calc.pathway.base_year import bases, filled, strangers
    from touchstone.calc.pathway.refusal import refusal
    from touchstone.flow.pathways import text_of

    spoken = terminal.language(lang)
    if not (len(year) == 4 and year.isascii() and year.isdecimal()):
        raise refusal("PATHWAY-018", "YEAR", found=year, known="YYYY")
    opened = terminal.workspace(workspace)
    files = opened.pathways()
    register, account = files.register(), opened.account(year=year)
    found, unknown = list(bases(register, account)), tuple(strangers(register, account))
    doubts = _doubts(opened, found, year) if found else {}
    if as_json:
        told = [
            {"line": each.line.key, "unit": each.line.inventory, "months": each.months, "registered": each.registered, "measured": each.measured,
             "errors": [{"id": one.id, "month": one.month, "said": one.said.en, "said_zh": one.said.zh} for one in doubts.get(each.line.inventory, ())]}
            for each in found
        ]  # fmt: skip
        terminal.print_json(told)
    silent = not as_json and any(not any(each.measured.values()) for each in found)
    years = _years(opened) if silent else {}
    for each in () if as_json else found:
        _print(each, spoken)
        if not any(each.measured.values()):
            known = ", ".join(sorted(years.get(each.line.inventory, ()))) or "—"
            typer.echo(shown(word("base.silent", spoken, year=year, years=known)))
        for one in doubts.get(each.line.inventory, ()):
            said = {name: getattr(getattr(one, name), spoken) for name in ("said", "expected")}
            typer.echo(shown(word("base.doubted", spoken, month=one.month or "—", **said)))
    if doubts:
        typer.echo(word("base.doubted_fix", spoken), err=True)
    if not found and not unknown and not as_json:
        typer.echo(word("base.none", spoken, year=year))
    if out:
        out.write_text(
            filled(
                text_of(files.folder / "register.csv"),
                [each for each in found if each.line.inventory not in doubts],
            ),
            encoding="utf-8",
        )
        typer.echo(str(out), err=as_json)
    left_out_of_files(unknown, spoken)


def _doubts(opened: "Workspace", found: "list[Base]", year: str) -> "dict[str, list[Finding]]":
    """Errors of the year, of the units of lines, that the checks of data find and nobody accepted."""
    units, accepted = {each.line.inventory for each in found}, opened.acceptances()
    doubts: dict[str, list[Finding]] = {}
    for each in opened.quality().findings:
        if (
            each.severity == "error"
            and each.unit in units
            and each.month[:4] in ("", year)
            and each.id not in accepted
        ):
            doubts.setdefault(each.unit, []).append(each)
    return doubts


def _years(opened: "Workspace") -> dict[str, set[str]]:
    """The years in which each unit states anything."""
    years: dict[str, set[str]] = {}
    for each in opened.activity():
        years.setdefault(each.unit, set()).add(each.month[:4])
    return years


def _print(each: "Base", spoken: str) -> None:
    """A line and its unit, what lies far apart marked."""
    from touchstone.calc.pathway.base_year import PARTS, UNITS
    from touchstone.publish.pathway.pen import figure, share

    typer.echo(
        shown(
            word(
                "base.line",
                spoken,
                name=getattr(each.line.name, spoken),
                unit=each.line.inventory,
                months=each.months,
            )
        )
    )
    for part in PARTS:
        values = [
            figure(value, spoken) if value is not None else "—"
            for value in (each.registered[part], each.measured[part])
        ]
        apart = each.apart(part)
        mark = (
            word("base.apart", spoken, share=share(apart, spoken, signed=True))
            if apart is not None and abs(apart) > _APART
            else ""
        )
        typer.echo(
            word(
                "base.part",
                spoken,
                part=word(f"base.{part}", spoken),
                unit=UNITS[part],
                registered=values[0],
                measured=values[1],
            )
            + mark
        )
