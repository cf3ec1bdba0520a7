"""`touchstone inventory national`: the sums of a whole country from three tables, by sector, province, group, enterprise or month."""

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from touchstone.calc.carbon.scale.unweighed import GRAMS
from touchstone.publish.carbon.labelled import figure
from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.progress import progress
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.carbon.scale.national import Sum

_TWO_SIDED = 1.959964
"""Standard deviations to each side of the mean of a normal distribution that hold 95 %."""


def national(folder: str, by: str, as_json: bool, lang: str) -> None:
    """The sums of a folder of tables. Raises UnreadableFile: COMMAND-033, one cannot ask by that; else as `scale.national`."""
    from touchstone.calc.carbon.scale.national import BY
    from touchstone.calc.carbon.scale.national import national as added

    if by not in BY:
        raise terminal.wrong("COMMAND-033", "national", given=by, known=", ".join(BY))
    with progress(word("inventory.computing", lang)) as tell:
        found = added(Path(folder), tell=tell)
    if as_json:
        rows = [{by: name, **_data(each)} for name, each in found.by[by].items()]
        terminal.print_json({"lines": found.lines, "total": _data(found.total), "rows": rows})
        return
    for name, each in found.by[by].items():
        typer.echo(shown(f"{_said(each, lang)}  {name}"))
    typer.echo(shown(f"{_said(found.total, lang)}  {word('inventory.total', lang)}"))
    key = "inventory_national.ranged" if found.total.deviation is not None else "inventory_national.lines"
    typer.echo(shown(word(key, lang, n=figure(found.lines, lang, 0))))


def _said(given: "Sum", lang: str) -> str:
    said = f"{figure(given.tonnes, lang):>22}"
    if given.deviation is None:
        return said
    return f"{said} ± {figure(_TWO_SIDED * given.deviation, lang):>18}"


def _data(given: "Sum") -> dict[str, object]:
    """Tonnes to the gram; the standard deviation in tonnes, as far as its model is right."""
    tonnes = figure(Fraction(given.grams, GRAMS), "zh", 6)
    return {"tco2e": tonnes, "deviation": given.deviation}
