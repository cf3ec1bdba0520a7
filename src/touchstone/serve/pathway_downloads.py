"""Files of pathways from the console: results of scenarios at once; the report of the first against the others, begun, stopped and fetched."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from threading import Event
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from touchstone.calc.pathway.plan import decisions
from touchstone.calc.pathway.refusal import refusal
from touchstone.errors import Refusal
from touchstone.flow import Workspace
from touchstone.publish.words import LANGUAGES
from touchstone.serve.assessment_acts import answering
from touchstone.serve.inventory_paper import FORMS, Paper, form_of
from touchstone.serve.inventory_report import TYPES
from touchstone.serve.language import language
from touchstone.serve.pathway_asked import MOST, Asked, asked_of
from touchstone.serve.pathway_chances_page import BEFORE, DRAWS, plan_asked
from touchstone.serve.pathway_costs_page import cuts_found
from touchstone.serve.pathway_jobs import Jobs
from touchstone.serve.pathway_papers import EXPORTS, Wanted, export_of, report_of, saved_plan
from touchstone.serve.pathway_stock import PathwayStock
from touchstone.serve.pathway_workbench import name_of, nothing
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

PATIENCE = 2.0
"""Seconds for which a report is waited for; after that a page says that it is being made."""
AGAINST = "against."
"""What the fields of a form begin with that name scenarios to compare with."""


@dataclass(frozen=True, slots=True)
class _File:
    """A report that is asked for: of which scenarios, in which form and language, and what shall be in it."""

    asked: Asked
    form: str
    lang: str
    wanted: Wanted

    @property
    def name(self) -> str:
        """What it is called when it is saved."""
        return f"pathway-{'-'.join(self.asked.keys)}.{self.lang}.{self.form}"

    @property
    def fields(self) -> dict[str, str]:
        """What a form says of it."""
        first, *others = self.asked.keys
        chances = {"chances": "1"} if self.wanted.draws else {}
        return {
            "s": first, **{AGAINST + key: "1" for key in others}, "plan": self.wanted.plan, **chances, "form": self.form, "lang": self.lang,
        }  # fmt: skip

    @property
    def address(self) -> str:
        """Where it is fetched."""
        pairs = (
            ("s", name[len(AGAINST) :]) if name.startswith(AGAINST) else (name, value)
            for name, value in self.fields.items()
        )
        return f"/pathway/report?{urlencode(list(pairs))}"


def export_file(request: Request, shelf: Shelf) -> Page | Response:
    """The projections of scenarios, and the least-cost plans that are kept of them, as IAMC table, workbook or JSON."""
    stock, query, form = shelf.stock.pathways(), request.query_params, request.path_params["form"]
    try:
        _among("form", form, EXPORTS)
        # A file that leaves has no dials turned.
        asked, lang = asked_of(query.getlist("s"), {}, stock), language(request)
        made, _ = export_of(stock, asked.keys, _wanted(query), form, shelf.workspace.today(), lang)
    except Refusal as problem:
        return nothing(stock, problem)
    return _download(made, f"pathway-{'-'.join(asked.keys)}.{form}", form)


def report_file(request: Request, shelf: Shelf) -> Page | Response:
    """The report in one format and language once it is made, and till then how that stands; what can be asked for where no format is named.

    A page that waited is `watched`: a file takes no page's place, so it says itself that the report is made, and fetches it.
    """
    stock, query = shelf.stock.pathways(), request.query_params
    try:
        asked = asked_of(query.getlist("s"), {}, stock)
        if not query.get("form"):
            return _report_form(request, stock, asked)
        given = _file(asked, query, language(request))
        job = _jobs(request).of(_key(request, stock, given))
    except Refusal as problem:
        return nothing(stock, problem)
    made = job is not None and job.ended.wait(PATIENCE) and job.problem is None
    if job is not None and made and not query.get("watched"):
        return _download(job.found, given.name, given.form)
    shown: dict[str, Any] = {
        "fields": given.fields,
        "address": given.address,
        "file": given.name,
        "made": made,
        "working": job is not None and not job.done,
        "problems": [job.problem] if job is not None and job.problem is not None else [],
        "token": str(request.app.state.token.value),
        "synthetic": stock.synthetic,
    }
    return Page(
        "pathway_file.html", shown, {"file": given.name, "working": shown["working"], "made": made}, []
    )


def begin(request: Request, workspace: Workspace, form: Mapping[str, str]) -> str:
    """Have a report made, anew where it failed before. Raises UnusablePathway: what is asked for is none; too many wait."""
    shelf = Shelf(request.app.state.stock)
    stock = shelf.stock.pathways()
    given = _posted(request, stock, form)
    key, held = _key(request, stock, given), _jobs(request).of(_key(request, stock, given))
    if held is None or held.problem is not None:
        _jobs(request).ask(key, given.name, lambda tell, stop: _reported(request, shelf, stock, given, stop))
    return given.address


def end(request: Request, workspace: Workspace, form: Mapping[str, str]) -> str:
    """Stop a report before it is made."""
    stock = Shelf(request.app.state.stock).stock.pathways()
    given = _posted(request, stock, form)
    if job := _jobs(request).of(_key(request, stock, given)):
        job.stop.set()
    return given.address


def _posted(request: Request, stock: PathwayStock, form: Mapping[str, str]) -> _File:
    against = [name[len(AGAINST) :] for name in form if name.startswith(AGAINST)]
    lang = form.get("lang", "")
    asked = asked_of([form.get("s", ""), *against], {}, stock)
    return _file(asked, form, lang if lang in LANGUAGES else language(request))


def _file(asked: Asked, query: Mapping[str, str], lang: str) -> _File:
    _among("form", query.get("form", ""), FORMS)
    return _File(asked, query.get("form", ""), lang, _wanted(query))


def _among(where: str, said: str, known: tuple[str, ...]) -> None:
    if said not in known:
        raise refusal("PATHWAY-018", where, found=said, known=", ".join(known))


def _wanted(query: Mapping[str, str]) -> Wanted:
    plan = plan_asked(query.get("plan", "projection"), "plan")
    return Wanted(plan, BEFORE, DRAWS[0] if query.get("chances") else 0)


def _key(request: Request, stock: PathwayStock, given: _File) -> Hashable:
    """What a report is kept under, until a file of the workspace or a plan changes."""
    plans = tuple(
        (key, (kept.digest, kept.seconds, decisions(kept.plan)))
        for key in given.asked.keys
        if (kept := saved_plan(stock, key)) is not None
    )
    cuts = len(cuts_found(request, stock, given.asked.first))
    return (given, stock.files.version(), plans, cuts, str(request.base_url))


def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.papers
    return jobs


def _reported(request: Request, shelf: Shelf, stock: PathwayStock, given: _File, stop: Event) -> bytes:
    def between() -> None:
        if stop.is_set():
            raise refusal("PATHWAY-020", given.name)

    cuts = cuts_found(request, stock, given.asked.first)
    made = report_of(stock, given.asked.keys, given.wanted, shelf.workspace.today(), cuts, between)
    between()
    return form_of(Paper(made, made), given.form, given.lang, str(request.base_url).rstrip("/"))


def _download(made: bytes, name: str, form: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(made, media_type=TYPES[form], headers=headers)


def _report_form(request: Request, stock: PathwayStock, asked: Asked) -> Page:
    """What a report can be asked for."""
    kept = saved_plan(stock, asked.first) is not None
    shown: dict[str, Any] = {
        "choices": [(key, name_of(stock, key), key in asked.keys) for key in stock.usable],
        "first": asked.first,
        "most": MOST - 1,
        "forms": FORMS,
        "draws": DRAWS[0],
        "has_optimum": kept,
        "token": str(request.app.state.token.value),
        "synthetic": stock.synthetic,
    }
    return Page("pathway_report.html", shown, [], [])


PATHWAY_FILES: dict[str, Callable[[Request, Shelf], Page | Response]] = {
    "/pathway/export/{form:str}": export_file,
    "/pathway/report": report_file,
}
"""Address -> file, as `web` has them."""
REPORTING = {"/pathway/report": answering(begin), "/pathway/report/stop": answering(end)}
"""Address -> what a form does."""
