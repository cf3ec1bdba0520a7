"""`touchstone inventory import`: filled-in templates and tables, one or many, each whole or not at all, and what they changed."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from touchstone.facts.unit import format_unit
from touchstone.publish.carbon.labelled import item
from touchstone.publish.format import quantity
from touchstone.publish.words import counted, word
from touchstone.serve import terminal
from touchstone.serve.progress import progress
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.carbon.activity import Entry
    from touchstone.flow import Workspace
    from touchstone.flow.carbon_activity import ActivityReport

_KINDS = (".xlsx", ".csv")
_LISTED = 20
"""Changes that are told one by one."""


def import_files(opened: "Workspace", words: Sequence[str], as_json: bool, lang: str) -> None:
    """Import files, and all those of folders; one that is wrong does not keep the others out. Ends with 3 then.

    Raises:
        UnreadableFile: a file is not there, or cannot be read as such; COMMAND-033, a folder has none.
    """
    paths = list(dict.fromkeys(path for each in words for path in _files(Path(each))))
    reports = []
    with progress(word("inventory.importing", lang)) as tell:
        for done, path in enumerate(paths):
            tell(done, len(paths), path.name)
            reports.append(opened.import_activity(path))
            if not as_json:
                _say(reports[-1], lang)
    if as_json:
        said = [_data(each, lang) for each in reports]
        terminal.print_json(said[0] if len(words) == 1 and Path(words[0]).is_file() else {"files": said})
    raise typer.Exit(3 if any(each.problems for each in reports) else 0)


def _files(path: Path) -> Iterator[Path]:
    """A file, or the tables of a folder by name; those that a spreadsheet keeps while it is open are none."""
    terminal.must_exist(path)
    if not path.is_dir():
        yield path
        return
    found = sorted(
        each for each in path.iterdir() if each.suffix.lower() in _KINDS and each.name[0] not in ".~"
    )
    if not found:
        raise terminal.wrong("COMMAND-033", "import", given=str(path), known=", ".join(_KINDS))
    yield from found


def _say(report: "ActivityReport", lang: str) -> None:
    for problem in (*report.problems, *report.warnings):
        typer.echo(terminal.told(problem, lang), err=True)
    name = shown(report.name.removeprefix("activity/"))
    if report.problems:
        typer.echo(
            word(
                "inventory.not_imported",
                lang,
                name=name,
                problems=counted("places_to_correct", lang, len(report.problems)),
            )
        )
        return
    if report.withdrawn:
        typer.echo(
            word("inventory.taken_back", lang, name=name, n=counted("values", lang, len(report.withdrawn)))
        )
    if report.values:
        typer.echo(
            word(
                "inventory.imported", lang, name=name, n=counted("values", lang, report.values), added=report.added, changed=len(report.changed),
                same=report.same, gone=len(report.gone), units=counted("units", lang, len(report.units)), first=report.first, last=report.last,
            )
        )  # fmt: skip
    lines = [
        *(
            word(
                "inventory.changed", lang, what=_what(each.after, lang), before=_value(each.before, lang), after=_value(each.after, lang)
            )
            for each in report.changed
        ),
        *(
            word("inventory.gone", lang, what=_what(each, lang), before=_value(each, lang))
            for each in report.gone
        ),
        *(
            word("inventory.withdrawn", lang, what=_what(each, lang), before=_value(each, lang))
            for each in report.withdrawn
        ),
    ]  # fmt: skip
    for line in lines[:_LISTED]:
        typer.echo(shown(line))
    if len(lines) > _LISTED:
        typer.echo(word("inventory.more", lang, n=len(lines) - _LISTED))


def _what(entry: "Entry", lang: str) -> str:
    parameter = "" if entry.parameter == "amount" else entry.parameter
    return " ".join(filter(None, (entry.unit, entry.month, item(entry.item, lang), parameter)))


def _value(entry: "Entry", lang: str) -> str:
    return f"{quantity(entry.value, lang)} {format_unit(entry.unit_of, lang)}"


def _data(report: "ActivityReport", lang: str) -> dict[str, Any]:
    plain = ("name", "hash", "values", "added", "same", "units", "first", "last")
    return {
        **{each: getattr(report, each) for each in plain},
        "changed": [
            {**_named(each.after), "before": each.before.value, "before_unit": each.before.unit_of, "value": each.after.value}
            for each in report.changed
        ],
        **{
            name: [{**_named(each), "value": each.value} for each in getattr(report, name)]
            for name in ("gone", "withdrawn")
        },
        **{
            name: [terminal.problem_data(each, lang) for each in getattr(report, name)]
            for name in ("problems", "warnings")
        },
    }  # fmt: skip


def _named(entry: "Entry") -> dict[str, str]:
    return {
        "unit": entry.unit, "month": entry.month, "item": entry.item, "parameter": entry.parameter,
        "evidence": entry.evidence, "measured_in": entry.unit_of,
    }  # fmt: skip
