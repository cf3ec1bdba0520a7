"""What `touchstone inventory` does besides totals: the sample, templates, imports, explanations and comparisons."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from touchstone.facts.text import Text
from touchstone.publish.carbon.labelled import figure, item, line_said, term_name
from touchstone.publish.carbon.said import gaps_said
from touchstone.publish.words import LANGUAGES, word
from touchstone.read.carbon.month import YEARS
from touchstone.serve import terminal
from touchstone.serve.progress import progress
from touchstone.serve.shown import shown

_RANGE = re.compile(r"(?P<sheet>(?:.*!)?)(?P<column>[A-Z]+)(?P<row>\d+)(?::[A-Z]+\d+)?")

if TYPE_CHECKING:
    from touchstone.calc.carbon.inventory.account import Account
    from touchstone.facts.fact import Locator
    from touchstone.flow import Workspace


def take_sample(opened: "Workspace", lang: str) -> None:
    """The made-up group into an empty workspace, said loudly. Raises UnreadableFile: COMMAND-034, there is an organisation."""
    target = opened.folder / "carbon" / "organisation.toml"
    source = files("touchstone") / "data" / "carbon" / "sample"
    text = (source / "organisation.toml").read_text("utf-8")
    if target.exists() and target.read_text("utf-8") != text:
        raise terminal.wrong("COMMAND-034", str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    with as_file(source / "activity.csv") as path, progress(word("inventory.importing", lang)) as tell:
        report = opened.import_activity(path, "synthetic", tell)
    typer.echo(word("inventory.sample", lang, n=report.added), err=True)


def write_template(opened: "Workspace", words: Sequence[str], out: Path | None, lang: str) -> None:
    """The workbook in which an enterprise states a year."""
    enterprise, year = words
    if out is None or not is_year(year):
        given = " ".join(("template", *words, *(() if out else ("--out ?",))))
        raise terminal.wrong(
            "COMMAND-033", "template", given=given, known=f"template ENTERPRISE YEAR --out FILE.xlsx, YEAR {YEARS[0]} … {YEARS[-1]}"
        )  # fmt: skip
    nodes = opened.organisation().nodes
    if enterprise in nodes and nodes[enterprise].kind == "group":
        every = [each for each in nodes.values() if each.kind == "enterprise"]
        zh, en = (
            word("list.comma", each).join(f"{getattr(x.name, each)} ({x.key})" for x in every)
            for each in LANGUAGES
        )
        raise terminal.wrong("COMMAND-033", "template", given=enterprise, known=Text(zh, en))
    try:
        path = opened.write_template(enterprise, int(year), out, lang)
    except OSError as error:
        raise terminal.wrong("COMMAND-021", str(out), reason=error.strerror or str(error)) from error
    typer.echo(str(path))


def explain(opened: "Workspace", account: "Account", words: Sequence[str], as_json: bool, lang: str) -> None:
    """Every line of a unit and month: formula, numbers, cells, factors; and what is missing there."""
    from touchstone.calc.carbon.consolidation import node
    from touchstone.publish.explained import evidence_said
    from touchstone.publish.format import where

    unit, month, *of = words
    node(account.organisation, unit)

    def here(at: str, when: str, what: str) -> bool:
        return at == unit and when == month and (not of or what in (*of, *(_called(of[0]))))

    lines = [each for each in account.inventory.lines if here(each.unit, each.month, each.item)]
    missing = [each for each in account.inventory.missing if here(each.unit, each.month, each.item)]
    if as_json:
        terminal.print_json(
            {"lines": [asdict(each) for each in lines], "missing": [asdict(each) for each in missing]}
        )
        return
    if not lines and not missing:
        raise terminal.wrong(
            "COMMAND-033", " ".join(words), given=" ".join(words), known=_known(account, unit, month)
        )

    def cell(id: str) -> str:
        fact, tree = opened.fact(id), opened.explain(id)
        found = _cell(tree.where, fact.locator)
        named = evidence_said(tree.evidence, lang)
        evidence = word("inventory.evidence", lang, named=named) if named else ""
        return " ".join(filter(None, (tree.document, where(found, lang) if found else "", evidence)))

    for line in lines:
        for said in line_said(account, line, cell, lang):
            typer.echo(shown(said))
    for each in missing:
        what = " · ".join(
            filter(None, (term_name(account, each.term, lang) if each.term else "", item(each.item, lang)))
        )
        typer.echo(shown(word("inventory.missing_line", lang, what=what, why=getattr(each.why, lang))))


def _cell(table: str, at: "Locator | None") -> str:
    """The address of a cell of a table that starts where its own address says; that of the table where it has none.

    >>> from touchstone.facts.fact import Locator
    >>> _cell("data!B4:F9", Locator(0, 0, 1, 2, 1)), _cell("page 3", None)
    ('data!C6', 'page 3')
    """
    from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

    found = _RANGE.fullmatch(table)
    if found is None or at is None or at.row is None or at.column is None:
        return table
    row, column = xl_cell_to_rowcol(f"{found['column']}{found['row']}")
    return found["sheet"] + xl_rowcol_to_cell(row + at.row, column + at.column)


def compare(account: "Account", words: Sequence[str], as_json: bool, lang: str) -> None:
    """Two years told apart: perimeter, gaps, method, activity, intensity, factor, GWP; and the comparable basis."""
    from touchstone.calc.carbon.inventory.compared import compared
    from touchstone.serve.inventory_views import must_have_lines

    if years := [each for each in words[:2] if not is_year(each)]:
        raise terminal.wrong(
            "COMMAND-033", "compare", given=" ".join(years), known=f"YYYY YYYY, {YEARS[0]} … {YEARS[-1]}"
        )
    with progress(word("inventory.computing", lang)):
        found, before, after = compared(account, words[0], words[1])
    for each in (before, after):
        if _is_there(each):
            must_have_lines(each)
    if as_json:
        terminal.print_json({**asdict(found), "sets": [before.set, after.set]})
        return
    rows = [
        (words[0], found.before),
        *((word(f"inventory_effect.{name}", lang), size) for name, size in found.steps),
    ]
    for number, (name, value) in enumerate((*rows, (words[1], found.after))):
        signed = 0 < number < len(rows)
        typer.echo(f"{figure(value, lang, signed=signed):>20}  {shown(name)}")
    typer.echo(
        word(
            "inventory.comparable", lang, before=figure(found.comparable_before, lang), after=figure(found.comparable_after, lang),
            change=_percent(found.comparable_before, found.comparable_after, lang), sets=" → ".join(dict.fromkeys((before.set, after.set))),
        )
    )  # fmt: skip
    years = words[0], words[1]
    for said in gaps_said(found, years, lambda key: str(getattr(account.title(key), lang)), lang):
        typer.echo(shown(said))


def _is_there(account: "Account") -> bool:
    """Whether any of its units is part of the organisation in its year; before it is bought a works has no data to lack."""
    from touchstone.calc.carbon.consolidation import life

    year = int(account.year)
    lives = (life(account.organisation, unit) for unit in account.units)
    return any(since.year <= year <= until.year for since, until in lives)


def is_year(words: str) -> bool:
    """Whether words are a year that activity data may be about."""
    return words.isascii() and words.isdigit() and int(words) in YEARS


def _percent(before: float, after: float, lang: str) -> str:
    return f"{figure(100 * (after / before - 1), lang, signed=True)}%" if before else "–"


def _called(name: str) -> list[str]:
    from touchstone.calc.carbon.factors.reference import items

    return [key for key, each in items().items() if name in (each.name.zh, each.name.en, *each.aliases)]


def _known(account: "Account", unit: str, month: str) -> Text:
    """What can be explained of a unit: the items of the month, or its months where it has nothing in that one."""
    every = [each for each in (*account.inventory.lines, *account.inventory.missing) if each.unit == unit]
    months = sorted({each.month for each in every if each.month})
    items = sorted({each.item for each in every if each.month == month and each.item})

    def said(lang: str) -> str:
        if items:
            named = word("list.comma", lang).join(f"{item(key, lang)} ({key})" for key in items)
            return word("inventory.known_items", lang, unit=unit, month=month, items=named)
        return word("inventory.known_months", lang, unit=unit, months=", ".join(months) or "–")

    return Text(said("zh"), said("en"))
