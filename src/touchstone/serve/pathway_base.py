"""`touchstone pathway base`: the base year from the inventory, beside what the register says of each line."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.options import HERE, AsJson, Folder, Lang
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.pathway.base_year import Base

_APART = 0.05
"""Share by which register and inventory may differ before it is said aloud."""


def base(
    year: Annotated[str, typer.Argument(help="Year of the inventory. 清单年份。", show_default=False)],
    out: Annotated[Path | None, typer.Option("--out", help="Write the register with its empty cells filled. 填补空格后的登记表。", metavar="FILE.csv")] = None,
    workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """Lines of the register beside their units of the carbon inventory · 与碳排放清单核对基准年"""
    from touchstone.calc.pathway.base_year import bases, filled
    from touchstone.calc.pathway.refusal import refusal

    spoken = terminal.language(lang)
    if not (len(year) == 4 and year.isascii() and year.isdecimal()):
        raise refusal("PATHWAY-018", "YEAR", found=year, known="YYYY")
    opened = terminal.workspace(workspace)
    files = opened.pathways()
    found = list(bases(files.register(), opened.account(year=year)))
    if as_json:
        told = [
            {"line": each.line.key, "unit": each.line.inventory, "months": each.months, "registered": each.registered, "measured": each.measured}
            for each in found
        ]  # fmt: skip
        terminal.print_json(told)
    for each in () if as_json else found:
        _print(each, spoken)
    if not found and not as_json:
        typer.echo(word("base.none", spoken, year=year))
    if out:
        out.write_text(
            filled((files.folder / "register.csv").read_text(encoding="utf-8-sig"), found), encoding="utf-8"
        )
        typer.echo(str(out), err=as_json)


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
