"""Plans made anew for each future of a scenario, in the background: what a planner could reach who knew the future.

It answers another question than the chances of a plan, and is kept apart from them: a page, a title and a mark of its own.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import numpy as np
from starlette.requests import Request

from touchstone.calc.pathway.chance.declared import drivers_of
from touchstone.calc.pathway.chance.outcome import FixedPlan, Reoptimised
from touchstone.calc.pathway.chance.projects import projects
from touchstone.calc.pathway.chance.reoptimised import drawn as future
from touchstone.calc.pathway.chance.reoptimised import reoptimised
from touchstone.calc.pathway.chance.sample import design, sample
from touchstone.calc.pathway.chance.simulate import simulate
from touchstone.calc.pathway.deployment.narrowed import learned
from touchstone.calc.pathway.deployment.result import digest
from touchstone.calc.pathway.deployment.scenarios import unlike
from touchstone.calc.pathway.deployment.solver import Progress, Told
from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.plan import decisions
from touchstone.errors import Refusal
from touchstone.flow import Workspace
from touchstone.publish.pathway.futures import fan_of, histogram_of
from touchstone.publish.pathway.pen import figure, share
from touchstone.publish.pathway.target import both
from touchstone.serve.assessment_acts import answering
from touchstone.serve.language import language
from touchstone.serve.pathway_asked import asked_of
from touchstone.serve.pathway_chances_page import BEFORE, Question, chances_told, rows_of, whole_of
from touchstone.serve.pathway_jobs import Job, Jobs, Work
from touchstone.serve.pathway_stock import PathwayStock
from touchstone.serve.pathway_workbench import drawn, name_of, nothing
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

FUTURES = (20, 50, 50, 1_000)
"""Fewest, usual on the page and on the command line, most."""
UNLIKE = 4
"""Futures solved in full first, from which the others learn."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was found: plans made anew, and the projection's plan in the same futures, which are those that were done."""

    anew: Reoptimised
    fixed: FixedPlan
    asked: int


def known_work(found: Pathway, question: Question) -> Work:
    """The solving of `question.draws` futures, told how far it is; stopped it keeps those that are done."""

    def work(tell: Told, stop: threading.Event) -> Known:
        began = time.perf_counter()
        case, drivers, together = found.given.case, *drivers_of(found.given.scenario)
        of = design(drivers, case.years, together, len(projects(case, found.plan)))
        draws = sample(of, question.draws, question.seed)

        def said(phase: str, done: int) -> bool:
            tell(Progress(phase, time.perf_counter() - began, done))
            return not stop.is_set()

        said("learning", 0)
        chosen = unlike(case, lambda given, row: future(given, draws, row), len(draws), UNLIKE)
        others = [future(case, draws, row) for row in chosen]
        solver = learned(case, others, told=lambda: said("learning", 0), stop=stop)
        anew = reoptimised(
            case, draws, solver, progress=lambda part: said("futures", round(part * len(draws)))
        )
        return Known(anew, simulate(case, found.plan, draws), question.draws)

    return work


def known_page(request: Request, shelf: Shelf) -> Page:
    """What could be reached: not asked yet, in the making, or what came out."""
    lang, stock = language(request), shelf.stock.pathways()
    try:
        asked = asked_of(
            [key for key in request.query_params.getlist("s") if key][:1] or list(stock.usable)[:1], {}, stock
        )
        question = _question(asked.first, request.query_params)
    except Refusal as problem:
        return nothing(stock, problem)
    job = _jobs(request).of(_key(stock, question))
    found: Known | None = job.found if job else None
    shown: dict[str, Any] = {
        "question": question,
        "choices": [(key, name_of(stock, key)) for key in stock.usable],
        "fewest": FUTURES[0],
        "most": FUTURES[-1],
        "job": job if job and not job.done else None,
        "problem": job.problem if job else None,
        "progress": progress_said(job, lang) if job and not job.done else None,
        "token": str(request.app.state.token.value),
        "synthetic": stock.synthetic,
        "found": found,
    }
    if found is None:
        return Page("pathway_known.html", shown, {"kind": "re-optimised", "working": bool(shown["job"])}, [])
    shown |= _said(stock.projected(question.key), question, found, lang)
    return Page("pathway_known.html", shown, lambda: known_told(question, found), lambda: rows_of(found.anew))


def begin(request: Request, workspace: Workspace, form: Mapping[str, str]) -> str:
    """Have the futures solved. Raises UnusablePathway: no such scenario, number or driver; too many wait."""
    stock = Shelf(request.app.state.stock).stock.pathways()
    question = _question(form.get("s", ""), form)
    found = stock.projected(question.key)
    drivers_of(found.given.scenario)
    _jobs(request).ask(_key(stock, question), question.key, known_work(found, question))
    return _address(question)


def end(request: Request, workspace: Workspace, form: Mapping[str, str]) -> str:
    """Stop with the futures that are done."""
    stock = Shelf(request.app.state.stock).stock.pathways()
    question = _question(form.get("s", ""), form)
    if job := _jobs(request).of(_key(stock, question)):
        job.stop.set()
    return _address(question)


def known_told(question: Question, found: Known) -> dict[str, Any]:
    """As JSON: of a kind of its own, and how many futures it stands on."""
    told = chances_told(question, found.anew)
    failed = [{"draw": row, "why": why} for row, why in found.anew.failed]
    return {**told, "plan": "made anew for each future", "futures_asked": found.asked, "failed": failed}


def progress_said(job: Job, lang: str) -> dict[str, Any]:
    """How far it is: the phase, the futures done, and the seconds."""
    at = job.progress
    if at is None:
        return {"phase": "waiting", "done": 0, "seconds": "0"}
    return {"phase": at.phase, "done": at.steps, "seconds": figure(at.seconds, lang, 2)}


def beside(found: Known, before: int) -> float:
    """The share of the futures done in which the projection's plan, which knows nothing, peaks before a year."""
    failed = {row for row, _ in found.anew.failed}
    done = [row for row in range(len(found.anew) + len(failed)) if row not in failed][: len(found.anew)]
    peaks = found.fixed.peaks()
    return float(np.mean((peaks.peaked & (peaks.year < before))[done]))


def _said(found: Pathway, question: Question, known: Known, lang: str) -> dict[str, Any]:
    peaks, name = known.anew.peaks(), found.given.scenario.name
    before = peaks.before(question.before)
    names = {aim.key: aim.name for aim in found.given.scenario.aims}
    mets = [(names[each.rule.key], known.anew.met(each.rule.key)) for each in known.anew.rules]
    said = {"share": figure(100 * before.share, lang, 3), "error": figure(100 * before.error, lang, 2)}
    return {
        "n": len(known.anew), "wanted": known.asked, "kind": known.anew.kind,
        "said": said | {"never": figure(100 * peaks.not_yet.share, lang, 3)},
        "beside": figure(100 * beside(known, question.before), lang, 3),
        "fan": drawn(fan_of(found, known.anew, both("known.fan", name=name)), lang),
        "histogram": drawn(histogram_of(known.anew, question.before, name), lang),
        "rules": [(name, share(each.share, lang), figure(100 * each.error, lang, 2)) for name, each in mets],
    }  # fmt: skip


def _question(key: str, query: Mapping[str, str]) -> Question:
    low, usual, _, high = FUTURES
    return Question(
        key, "anew", whole_of(query, "futures", usual, low, high), whole_of(query, "seed", 1, 0, 2**31 - 1),
        whole_of(query, "before", BEFORE, 1950, 2200),
    )  # fmt: skip


def _address(question: Question) -> str:
    asked = {"s": question.key, "futures": question.draws, "seed": question.seed, "before": question.before}
    return f"/pathway/known?{urlencode(asked)}"


def _key(stock: PathwayStock, question: Question) -> tuple[object, ...]:
    """Of the case, its drivers and the projection's plan, which stands beside what was found; not of the year asked about, which is read from it.

    What a scenario adopts, and how much of a contract or of scrap it uses, is in its projection only: the case does not know of it.
    """
    given = stock.compiled(question.key)
    return (
        "known",
        digest(given.case),
        decisions(stock.projected(question.key).plan),
        repr(given.scenario.drivers),
        repr(given.scenario.together),
        question.draws,
        question.seed,
    )


def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.solves
    return jobs


KNOWN_ACTS: dict[str, Callable[..., Any]] = {
    "/pathway/known": answering(begin),
    "/pathway/known/stop": answering(end),
}
