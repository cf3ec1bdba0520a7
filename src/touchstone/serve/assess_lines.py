"""An assessment on a terminal: in a line, and with its inputs and the tests that fail."""

from collections.abc import Iterable
from datetime import date

import typer

from touchstone.desk.assessment import STATES, Assessment
from touchstone.desk.declared import kinds
from touchstone.desk.desk import Desk
from touchstone.desk.detectors.detectors import declarations
from touchstone.desk.result import Result
from touchstone.desk.wording import span_text
from touchstone.publish.words import word
from touchstone.serve.assessment import treatments
from touchstone.serve.shown import shown
from touchstone.serve.terminal import language


def failing(results: Iterable[Result]) -> list[Result]:
    """The results that fail."""
    return [each for each in results if each.verdict == "fails"]


def line(given: Assessment, lang: str) -> str:
    """An assessment in one line: id, value, state, people."""
    value = getattr(span_text(*given.value, given.method.unit), lang) if given.value else "—"
    people = " · ".join([*given.assessors, *([given.approved.by] if given.approved else [])])
    return "  ".join(filter(None, (given.id, value, getattr(STATES[given.state], lang), shown(people))))


def print_assessment(desk: Desk, given: Assessment, lang: str) -> None:
    """The assessment in a line, what the method gives, its inputs by id, and the tests that fail."""
    spoken, known = language(lang), desk.reported(given)
    proposal = desk.proposal(given, known)
    typer.echo(line(given, spoken))
    for step in getattr(proposal.arithmetic, spoken).split("\n"):
        typer.echo(f"  {step}")
    for each in treatments(given, proposal, known):
        given_as = getattr(span_text(each.input.low, each.input.high, each.input.unit), spoken)
        said = (
            each.input.id,
            word(f"treatment.{each.treatment}", spoken),
            getattr(kinds()[each.input.kind], spoken),
        )
        why = shown(getattr(each.why, spoken)) if each.why else ""
        typer.echo("  " + "  ".join((*said, given_as, str(each.input.day), why)).rstrip())
    if given.state in ("draft", "submitted", "approved") or given.pending:
        tested = given.as_corrected if given.pending else given
        second = given.approved.by if given.approved and not given.pending else ""
        for each in failing(desk.results(tested, date.today(), second)):
            name = getattr(declarations()[each.test].name, spoken)
            arithmetic = shown(getattr(each.arithmetic, spoken))
            typer.echo(f"  {word('verdict.fails', spoken)}  {each.test} {name}: {arithmetic}")
