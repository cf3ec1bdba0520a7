"""An assessment on a terminal: in a line, and with its inputs, corrections and tests."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import typer

from touchstone.desk.assessment import STATES, Assessment, Correction
from touchstone.desk.declared import causes, kinds
from touchstone.desk.desk import Desk
from touchstone.desk.detectors.detectors import declarations
from touchstone.desk.result import Result
from touchstone.desk.wording import span_text
from touchstone.facts.text import Text
from touchstone.publish.words import word
from touchstone.serve.assessment import treatments
from touchstone.serve.shown import shown
from touchstone.serve.terminal import language


def failing(results: Iterable[Result]) -> list[Result]:
    """The results that fail."""
    return [each for each in results if each.verdict == "fails"]


def line(given: Assessment, lang: str) -> str:
    """An assessment in one line: id, value, state, people, and whether it was corrected or a correction waits."""
    people = " · ".join([*given.assessors, *([given.approved.by] if given.approved else [])])
    notes = [word("assessment.corrected_times", lang, n=len(given.corrections))] if given.corrections else []
    notes += [word("assessment.correction_waits", lang)] if given.pending else []
    value, state = _price(given, given.value, lang), getattr(STATES[given.state], lang)
    return "  ".join(filter(None, (given.id, value, state, shown(people), *notes)))


def print_assessment(desk: Desk, given: Assessment, lang: str, every: bool = False) -> None:
    """The assessment in a line, its corrections, what the method gives, its inputs by id, and the tests.

    Args:
        every: every test with what it says; else those that fail in full, and the names of those that could not be run.
    """
    spoken, known = language(lang), desk.reported(given)
    proposal = desk.proposal(given, known)
    typer.echo(line(given, spoken))
    for notice in (*given.corrections, *([given.pending] if given.pending else ())):
        typer.echo(f"  {_notice(given, notice, spoken)}")
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
    for heading, results in tested(desk, given, every):
        if heading:
            typer.echo(f"  {getattr(heading, spoken)}")
        _print_tests(results, spoken, every)


def tested(desk: Desk, given: Assessment, every: bool) -> list[tuple[Text | None, tuple[Result, ...]]]:
    """The results to print, those of each figure under its heading where there are several figures.

    What was published is told as it was tested then; with `every` only, for nothing can be done about it any more.
    """
    found: list[tuple[Text | None, tuple[Result, ...]]] = []
    if given.state in ("draft", "submitted", "approved"):
        second = given.approved.by if given.approved else ""
        found.append((None, desk.results(given, date.today(), second)))
    elif every:
        found.append((_figure(given, given.judged_value), given.results))
        found += [
            (_figure(given, notice.right), notice.results) for notice in given.corrections if notice.right
        ]
    if given.pending and given.pending.right:
        results = desk.results(given.as_corrected, date.today(), "")
        found.append((_figure(given, given.pending.right), results))
    return found


def _print_tests(results: Iterable[Result], lang: str, every: bool) -> None:
    """Failures first; then what could not be run, by name, or every other result with what it says."""
    said = list(results)
    others = [each for each in said if each.verdict != "fails"]
    for each in [*failing(said), *(others if every else ())]:
        name = getattr(declarations()[each.test].name, lang)
        arithmetic = shown(getattr(each.arithmetic, lang))
        typer.echo(f"  {word(f'verdict.{each.verdict}', lang)}  {each.test} {name}: {arithmetic}")
    untested = list(dict.fromkeys(each.test for each in others if each.verdict == "untested"))
    if untested and not every:
        typer.echo(f"  {word('assess.untested', lang, tests=', '.join(untested))}")


def _notice(given: Assessment, notice: Correction, lang: str) -> str:
    """A correction in one line: from which figure to which, why, by whom, and whether it still waits."""
    right = _price(given, notice.right, lang) if notice.right else word("assessment.taken_back", lang)
    names = {
        "wrong": _price(given, notice.wrong, lang), "right": right, "cause": getattr(causes()[notice.cause], lang),
        "words": shown(notice.drafted.words), "by": shown(notice.drafted.by),
    }  # fmt: skip
    if notice.issued is None:
        return word("assess.correction_waits", lang, **names)
    return word("assess.corrected", lang, **names, day=notice.published, second=shown(notice.issued.by))


def _figure(given: Assessment, value: tuple[Decimal, Decimal] | None) -> Text:
    """The heading over the tests of a figure: 1595-1610 元/公斤."""
    return Text(*(_price(given, value, lang) + end for lang, end in (("zh", "："), ("en", ":"))))


def _price(given: Assessment, value: tuple[Decimal, Decimal] | None, lang: str) -> str:
    return getattr(span_text(*value, given.method.unit), lang) if value else "—"
