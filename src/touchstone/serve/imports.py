"""What the command `import` does: lists sources, shows a declaration, imports a file, and prints what became of it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.progress import progress
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.facts.text import Text
    from touchstone.flow import Workspace
    from touchstone.read.sources.declaration import Declaration
    from touchstone.read.sources.importing import ImportReport


def list_sources(as_json: bool, lang: str) -> None:
    """Every source that comes with Touchstone: its id, what it is, who issues it, how its data are had."""
    from touchstone.read.sources.declaration import declaration, shipped

    known = [declaration(id) for id in shipped()]
    if as_json:
        terminal.print_json({"sources": [_source(each, lang) for each in known]})
        return
    for each in known:
        typer.echo(f"{each.id}\n  {_in(each.name, lang)}\n  {_issued(each, lang)}\n  {_had(each, lang)}")
        if note := _in(each.note, lang):
            typer.echo(f"  {note}")


def show_source(id: str) -> None:
    """The YAML of a declaration that comes with Touchstone."""
    from touchstone.read.sources.declaration import shipped_text

    typer.echo(shipped_text(id), nl=False)


def chosen(source: str, own: Path | None) -> "Declaration":
    """The declaration to read by: a shipped one by its id, or one's own by its file.

    Raises:
        UnreadableFile: COMMAND-009, neither is given, or both.
        UnusableDeclaration: there is none, or it says something that is not understood.
    """
    from touchstone.read.sources.declaration import declaration

    if bool(source) == (own is not None):
        raise terminal.wrong("COMMAND-009", "import")
    return declaration(own if own is not None else source)


def day(given: str) -> date | None:
    """A day of the command line; None for none. Raises UnreadableFile: COMMAND-010, there is no such day."""
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise terminal.wrong("COMMAND-010", "--published", given=given) from error


def import_into(
    opened: "Workspace", file: Path | None, by: "Declaration", published: date | None, lang: str
) -> "ImportReport":
    """Import with a progress bar; the report."""
    with progress(word("import.reading", lang)) as tell:
        return opened.import_series(file, by, published, tell)


def print_import(report: "ImportReport", by: "Declaration", as_json: bool, lang: str) -> None:
    """What was imported, and what was left out."""
    if as_json:
        parts = [name for name in report.__slots__ if name != "problems"]
        told = [terminal.problem_data(problem, lang) for problem in report.problems]
        terminal.print_json({**{name: getattr(report, name) for name in parts}, "problems": told})
        return
    typer.echo(f"{_in(by.name, lang)} · {_issued(by, lang)}")
    for line in _said(report, lang):
        typer.echo(f"  {line}")
    if report.problems:
        typer.echo("\n" + word("import.problems", lang, n=len(report.problems)), err=True)
        for problem in report.problems:
            typer.echo(terminal.told(problem, lang), err=True)


def _said(report: "ImportReport", lang: str) -> Iterator[str]:
    from touchstone.publish.dates import period

    rows = terminal.count("rows", report.rows, lang)
    if report.figures:
        yield word(
            "import.read", lang, rows=rows, series=terminal.count("series", report.series, lang),
            figures=terminal.count("figures", report.figures, lang), added=report.added, missing=report.missing,
            first=period(report.first, lang), last=period(report.last, lang),
        )  # fmt: skip
    else:
        yield word("import.nothing", lang, rows=rows)
    if report.unchanged:
        yield word("import.unchanged", lang)
    if report.dropped:
        yield word("import.dropped", lang, n=report.dropped)
    comma = word("list.comma", lang)
    if report.absent:
        yield word("import.absent", lang, heads=comma.join(map(shown, report.absent)))
    if report.unread:
        yield word("import.unread", lang, heads=comma.join(map(shown, report.unread)))


def _source(each: "Declaration", lang: str) -> dict[str, object]:
    texts = {
        name: _in(getattr(each, name), lang) for name in ("name", "issuer", "licence", "address", "note")
    }
    return {"id": each.id, **texts, "data": _had(each, lang)}


def _issued(each: "Declaration", lang: str) -> str:
    return word("import.issued", lang, issuer=_in(each.issuer, lang), licence=_in(each.licence, lang))


def _had(each: "Declaration", lang: str) -> str:
    """How the data of a source are had."""
    if each.history:
        return word("import.history", lang)
    return (
        word("import.connector", lang, library=each.call.library) if each.call else word("import.file", lang)
    )


def _in(text: "Text", lang: str) -> str:
    return text.zh if lang == "zh" else text.en
