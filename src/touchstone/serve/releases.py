"""`touchstone releases`: what is due, late, revised and missing, on a terminal."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.serve import terminal
from touchstone.serve.options import HERE, AsJson, Folder, Lang
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.monitor.expected import Expected
    from touchstone.calc.monitor.release import Release


_SHOWN = 4
"""Series named in a line; the rest is counted."""


def releases(
    day: Annotated[
        str, typer.Option("--day", help="As of a day; today if none. 截至某日。", metavar="YYYY-MM-DD")
    ] = "",
    state: Annotated[str, typer.Option(help="on_time late undated partial missing due awaited never")] = "",
    workspace: Folder = HERE,
    as_json: AsJson = False,
    lang: Lang = "",
) -> None:
    """Releases due, late, revised and missing · 发布日历"""
    from touchstone.calc.monitor.dueday import FIRST, LAST
    from touchstone.calc.monitor.expected import STATES
    from touchstone.desk.stated import day_of
    from touchstone.serve.releases_page import row

    if state not in ("", *STATES):
        raise terminal.wrong("MONITOR-004", "--state", given=state, known=", ".join(STATES))
    asked = day_of(day, "--day") if day else date.today()
    if not FIRST <= asked <= LAST:
        raise terminal.wrong("MONITOR-005", "--day", given=day, first=FIRST, last=LAST)
    opened, spoken = terminal.workspace(workspace), terminal.language(lang)
    known = opened.releases()
    by_key = {each.key: each for each in known.rows}
    found = [each for each in opened.expected(asked) if state in ("", each.state)]
    for problem in known.problems:
        typer.echo(terminal.told(problem, spoken), err=True)
    if as_json:
        terminal.print_json({"releases": [row(each, by_key[each.release]) for each in found]})
    else:
        for each in found:
            typer.echo(_line(each, by_key[each.release], spoken))
    raise typer.Exit(3 if known.problems else 0)


def _line(given: "Expected", release: "Release", lang: str) -> str:
    """One period of a release in a line: name, period, due day and what it stands on, state, what is missing or revised."""
    from touchstone.calc.monitor.expected import STATES
    from touchstone.publish import dates
    from touchstone.publish.format import name
    from touchstone.publish.words import word

    due = dates.day(given.due, lang) or word("releases.no_day", lang)
    parts = [
        shown(getattr(release.name, lang)), dates.period(given.period, lang), f"{due} ({word('basis.' + given.basis, lang)})",
        getattr(STATES[given.state], lang),
    ]  # fmt: skip
    if given.late:
        parts.append(
            word("releases.late_by_one" if given.late == 1 else "releases.late_by", lang, n=given.late)
        )
    if given.missing:
        names = word("list.comma", lang).join(name(series[0], lang) for series in given.missing[:_SHOWN])
        more = " …" if len(given.missing) > _SHOWN else ""
        there = f"({given.series - len(given.missing)}/{given.series})"
        parts.append(f"{word('releases.lacks', lang, series=shown(names))}{more} {there}")
    if given.revised:
        said = word("releases.one_value" if given.revised == 1 else "releases.values", lang, n=given.revised)
        parts.append(f"{word('releases.revised', lang)} {said}")
    return "  ".join(parts)
