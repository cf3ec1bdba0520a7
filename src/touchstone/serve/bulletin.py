"""The command `bulletin`: write the weekly bulletin, say which files there are and what the editor should know."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from touchstone.errors import Refusal, UnreadableFile
from touchstone.publish.words import LANGUAGES, word
from touchstone.serve import terminal
from touchstone.serve.options import HERE, Console, Folder
from touchstone.serve.progress import progress
from touchstone.serve.shown import shown

_WEEK = re.compile(r"(\d{4})-W(\d{1,2})$")
_FRIDAY = 5
_FAILS, _USAGE = 1, 2


def bulletin(
    week: Annotated[
        str,
        typer.Option(
            help="Day of the issue, or its week. 日期或周。",
            metavar="2020-10-09|2020-W41",
            show_default=False,
        ),
    ],
    workspace: Folder = HERE,
    out: Annotated[
        Path, typer.Option(help="Where the folder of the issue goes. 写到何处。", metavar="DIR")
    ] = Path("."),
    judgement: Annotated[
        Path | None,
        typer.Option(
            help="The editor's own sentences. 编者撰写的评述。", metavar="FILE.toml", show_default=False
        ),
    ] = None,
    formats: Annotated[
        str, typer.Option("--format", help="Formats, by commas. 格式，以逗号分隔。", metavar="LIST")
    ] = "docx,xlsx,pdf,html",
    lang: Annotated[
        str, typer.Option("--lang", help="Languages, by commas. 语言，以逗号分隔。", metavar="LIST")
    ] = ",".join(LANGUAGES),
    as_of: Annotated[
        str, typer.Option("--as-of", help="A day, as the ledger stood at its end (UTC). 截至某日的账本。")
    ] = "",
    console: Console = None,
) -> None:
    """Write the weekly bulletin of a week · 编制价格周报"""
    languages = _list(lang)
    spoken = languages[0] if len(languages) == 1 and languages[0] in LANGUAGES else terminal.language("")
    opened = terminal.workspace(workspace)
    if judgement:
        terminal.must_exist(judgement)
    try:
        with progress(word("bulletin.writing", spoken)) as tell:
            until = day_of(as_of) if as_of else None
            made = opened.bulletin(
                day_of(week), out, languages, _list(formats), judgement, tell, until, console
            )
    except UnreadableFile:
        raise
    except Refusal as refusal:
        typer.echo(terminal.told(refusal, spoken), err=True)
        raise typer.Exit(_exit_code(refusal)) from refusal
    except OSError as error:
        raise terminal.wrong("COMMAND-021", str(out), reason=error.strerror or str(error)) from error
    for file in made.files:
        typer.echo(shown(str(file)))
    if made.notices:
        typer.echo("\n" + word("bulletin.notices", spoken, n=len(made.notices)), err=True)
    for notice in made.notices:
        typer.echo(terminal.told(notice, spoken), err=True)


def day_of(week: str) -> date:
    """The day of an issue: the day given, or the Friday of the week given.

    Raises:
        UnreadableFile: it is neither.
    """
    try:
        if found := _WEEK.match(week):
            return date.fromisocalendar(int(found[1]), int(found[2]), _FRIDAY)
        return date.fromisoformat(week)
    except ValueError as error:
        raise terminal.wrong("COMMAND-020", "--week", given=week) from error


def _exit_code(refusal: Refusal) -> int:
    """1 where the bulletin failed its own test, 2 where the call asks for what there is not."""
    from touchstone.publish.bulletin.recheck import UnsoundBulletin

    return _FAILS if isinstance(refusal, UnsoundBulletin) else _USAGE


def _list(given: str) -> list[str]:
    return [each.strip() for each in given.split(",") if each.strip()]
