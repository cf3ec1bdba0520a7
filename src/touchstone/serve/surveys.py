"""What the command `linkage` does: computes surveys, says them in sentences, and writes the weekly report."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from touchstone.errors import UnknownSeries, UnusableSeries
from touchstone.publish.words import LANGUAGES, word
from touchstone.serve import terminal
from touchstone.serve.progress import progress
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.linkage.kept import KeptSurvey
    from touchstone.flow import Workspace

_LOUD = ("spillover", "change", "alert")


def computed(opened: "Workspace", keys: Sequence[str], lang: str) -> "list[KeptSurvey]":
    """The surveys of these recipes; of all that have data where none is named.

    Raises:
        UnknownSeries: a recipe that does not exist.
        UnusableSeries: a recipe named has too little data; where none is named, no recipe has enough.
    """
    from touchstone.calc.linkage.recipe import recipes

    found: list[KeptSurvey] = []
    refused: list[UnusableSeries] = []
    known = recipes(opened.folder / "linkage")
    if strange := [key for key in keys if key not in known]:
        raise UnknownSeries(f"no recipe {', '.join(strange)}; there are {', '.join(known)}")
    for key in keys or known:
        try:
            with progress(word("linkage.computing", lang)) as tell:
                found.append(opened.survey(key, tell))
        except UnusableSeries as why:
            if keys:
                raise
            refused.append(why)
    if not found and refused:
        raise refused[0]
    return found


def print_survey(survey: "KeptSurvey", as_json: bool, grounds: bool, lang: str) -> None:
    """The sentences of a survey, one a line; with `grounds`, under each its method, sample and choices."""
    from touchstone.publish.linkage.naming import in_names
    from touchstone.publish.linkage.paper import grounds_of
    from touchstone.serve.linkage import survey_data

    if as_json:
        terminal.print_json(survey_data(survey))
        return
    typer.echo(shown(survey.name.zh if lang == "zh" else survey.name.en))
    for question, statement in survey.said:
        sentence = in_names(statement.sentence, survey.names)
        label = "" if question in _LOUD else word(f"linkage_question.{question}", lang) + " · "
        typer.echo(shown(f"  {label}{sentence.zh if lang == 'zh' else sentence.en}"))
        if grounds:
            stood = in_names(grounds_of(statement), survey.names)
            typer.echo(shown(f"      {stood.zh if lang == 'zh' else stood.en}"))
    for line in _left_out(survey, lang):
        typer.echo(shown("  " + line), err=True)


def _left_out(survey: "KeptSurvey", lang: str) -> Iterator[str]:
    """What was left out, and which questions have no answer, each with what was found, once: a line for each."""
    from touchstone.publish.linkage.naming import in_names

    said = [(word("linkage.series_out", lang), why) for why in survey.left_out]
    said += [
        (f"{word('linkage.without', lang)} · {word(f'linkage_question.{each.question}', lang)}", each.why)
        for each in survey.missing
    ]
    lines: list[str] = []
    for label, why in said:
        named = in_names(why, survey.names)
        head, found, *_ = (named.zh if lang == "zh" else named.en).split("\n")
        lines.append(f"{label} · {' '.join(head.split())} · {found.split(maxsplit=1)[1]}")
    for line, count in Counter(lines).items():
        yield line if count == 1 else word("linkage.times", lang, said=line, n=count)


def write_report(survey: "KeptSurvey", out: Path) -> list[Path]:
    """The report in Word, Excel, PDF and as a web page, in both languages, in one folder."""
    from touchstone.publish.linkage.paper import linkage_report
    from touchstone.publish.report.page import page
    from touchstone.publish.report.pdf import pdf
    from touchstone.publish.report.word import word as docx
    from touchstone.publish.report.workbook import workbook

    report = linkage_report(survey, survey.computed.date())
    written = []
    out.mkdir(parents=True, exist_ok=True)
    for lang in LANGUAGES:
        made = {
            "docx": docx(report, lang), "xlsx": workbook(report, lang), "pdf": pdf(report, lang),
            "html": page(report, lang).encode(),
        }  # fmt: skip
        for form, data in made.items():
            path = out / f"{survey.recipe}-{survey.rows[-1].period}.{lang}.{form}"
            path.write_bytes(data)
            written.append(path)
    return written
