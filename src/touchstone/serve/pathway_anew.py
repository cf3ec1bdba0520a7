"""`touchstone pathway chance … --reoptimised N`: what a planner could reach who knew the future, from the command line."""

from typing import TYPE_CHECKING

import typer

from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.serve.pathway_stock import PathwayStock


def print_known(
    stock: "PathwayStock", scenario: str, asked: tuple[int, int, int], as_json: bool, lang: str
) -> None:
    """Solve the futures, told how far it is, and print what came out; Ctrl+C keeps what is done.

    Args:
        asked: futures, seed, and the year before which the peak shall be.
    """
    from touchstone.calc.pathway.refusal import refusal
    from touchstone.publish.pathway.pen import figure, share
    from touchstone.serve.pathway_chances_page import Question
    from touchstone.serve.pathway_jobs import Job
    from touchstone.serve.pathway_known import FUTURES, Known, beside, known_told, known_work
    from touchstone.serve.pathway_solve import waited_for

    futures, seed, before = asked
    if not FUTURES[0] <= futures <= FUTURES[-1]:
        raise refusal("PATHWAY-015", "--reoptimised", found=futures, low=FUTURES[0], high=FUTURES[-1])
    question = Question(scenario, "anew", futures, seed, before)
    pathway = stock.projected(scenario)
    job = Job(scenario, known_work(pathway, question))
    found: Known = waited_for(job, 86_400, lang)
    if as_json:
        terminal.print_json(known_told(question, found))
        return
    peaks = found.anew.peaks()
    asked_for = peaks.before(before)
    typer.echo(word("known.title", lang))
    values = {
        "share": figure(100 * asked_for.share, lang, 3),
        "error": figure(100 * asked_for.error, lang, 2),
        "never": figure(100 * peaks.not_yet.share, lang, 3),
    }
    typer.echo(
        word("known.sentence", lang, n=len(found.anew), asked=futures, seed=seed, year=before, **values)
    )
    typer.echo(word("known.beside", lang, share=figure(100 * beside(found, before), lang, 3)))
    names = {aim.key: aim.name for aim in pathway.given.scenario.aims}
    for rule in found.anew.rules:
        met = found.anew.met(rule.rule.key)
        said = {"share": share(met.share, lang), "error": figure(100 * met.error, lang, 2)}
        typer.echo(shown(word("known.met", lang, name=getattr(names[rule.rule.key], lang), **said)))
    for row, why in found.anew.failed:
        typer.echo(shown(f"{row}: {why}"), err=True)
    typer.echo(word("known.not_this", lang))
