"""Files of pathways from the console: results of scenarios at once, and the report of the first against the others, made in the background."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from touchstone.calc.pathway.refusal import refusal
from touchstone.errors import Refusal
from touchstone.serve.inventory_paper import FORMS, Paper, form_of
from touchstone.serve.inventory_report import TYPES
from touchstone.serve.language import language
from touchstone.serve.pathway_asked import MOST, Asked, asked_of
from touchstone.serve.pathway_chances_page import BEFORE, DRAWS, plan_asked
from touchstone.serve.pathway_costs_page import cuts_found
from touchstone.serve.pathway_jobs import Job, Jobs
from touchstone.serve.pathway_papers import EXPORTS, Wanted, export_of, report_of, saved_plan
from touchstone.serve.pathway_stock import PathwayStock
from touchstone.serve.pathway_workbench import name_of, nothing
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

PATIENCE = 2.0
"""Seconds for which a file is waited for; after that a page says that it is being made."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file that is asked for: of which scenarios, in which form and language, and what shall be in it."""

    kind: str
    asked: Asked
    form: str
    lang: str
    wanted: Wanted

    @property
    def name(self) -> str:
        """What it is called when it is saved."""
        tongue = f".{self.lang}" if self.kind == "report" else ""
        return f"pathway-{'-'.join(self.asked.keys)}{tongue}.{self.form}"


def export_file(request: Request, shelf: Shelf) -> Page | Response:
    """The projections of scenarios, and the least-cost plans that are kept of them, as IAMC table, workbook or JSON."""
    return _file(request, shelf, "export", request.path_params["form"], EXPORTS, _exported)


def report_file(request: Request, shelf: Shelf) -> Page | Response:
    """The report in one format and language; the form to ask for one where no format is named."""
    form = request.query_params.get("form", "")
    return _file(request, shelf, "report", form, FORMS, _reported) if form else _report_form(request, shelf)


def _file(
    request: Request, shelf: Shelf, kind: str, form: str, forms: tuple[str, ...], make: Callable[[Request, Shelf, PathwayStock, _File], bytes]
) -> Page | Response:  # fmt: skip
    """A file that is there, that is made in no time, or a page that says that it is being made; why not, where it cannot be."""
    stock, query = shelf.stock.pathways(), request.query_params
    try:
        if form not in forms:
            raise refusal("PATHWAY-018", "form", found=form, known=", ".join(forms))
        # A file that leaves has no dials turned.
        given = _File(kind, asked_of(query.getlist("s"), {}, stock), form, language(request), _wanted(query))
        job = _asked(request, stock, given, lambda: make(request, shelf, stock, given))
        if not job.ended.wait(PATIENCE):
            return _waiting(request, stock, given)
        if job.problem is not None:
            raise job.problem
    except Refusal as problem:
        return nothing(stock, problem)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(given.name, safe='')}"}
    return Response(job.found, media_type=TYPES[form], headers=headers)


def _wanted(query: Mapping[str, str]) -> Wanted:
    plan = plan_asked(query.get("plan", "projection"), "plan")
    return Wanted(plan, BEFORE, DRAWS[0] if query.get("chances") else 0)


def _asked(request: Request, stock: PathwayStock, given: _File, make: Callable[[], bytes]) -> Job:
    """The job that makes a file, which is kept until a file of the workspace or a plan changes."""
    plans = tuple(
        (key, (kept.digest, kept.seconds))
        for key in given.asked.keys
        if (kept := saved_plan(stock, key)) is not None
    )
    cuts = len(cuts_found(request, stock, given.asked.first))
    key: Hashable = (given, stock.files.version(), plans, cuts, str(request.base_url))
    jobs: Jobs = request.app.state.papers
    return jobs.of(key) or jobs.ask(key, given.name, lambda tell, stop: make())


def _exported(request: Request, shelf: Shelf, stock: PathwayStock, given: _File) -> bytes:
    return export_of(stock, given.asked.keys, given.wanted, given.form, shelf.workspace.today(), given.lang)[
        0
    ]


def _reported(request: Request, shelf: Shelf, stock: PathwayStock, given: _File) -> bytes:
    made = report_of(
        stock,
        given.asked.keys,
        given.wanted,
        shelf.workspace.today(),
        cuts_found(request, stock, given.asked.first),
    )
    return form_of(Paper(made, made), given.form, given.lang, str(request.base_url).rstrip("/"))


def _waiting(request: Request, stock: PathwayStock, given: _File) -> Page:
    shown = {
        "address": f"{request.url.path}?{request.url.query}",
        "file": given.name,
        "synthetic": stock.synthetic,
    }
    return Page("pathway_file.html", shown, {"file": given.name, "working": True}, [])


def _report_form(request: Request, shelf: Shelf) -> Page:
    """What a report can be asked for."""
    stock = shelf.stock.pathways()
    try:
        asked = asked_of(request.query_params.getlist("s"), {}, stock)
    except Refusal as problem:
        return nothing(stock, problem)
    kept = saved_plan(stock, asked.first) is not None
    shown: dict[str, Any] = {
        "choices": [(key, name_of(stock, key), key in asked.keys) for key in stock.usable],
        "first": asked.first,
        "most": MOST - 1,
        "forms": FORMS,
        "draws": DRAWS[0],
        "has_optimum": kept,
        "synthetic": stock.synthetic,
    }
    return Page("pathway_report.html", shown, [], [])


PATHWAY_FILES: dict[str, Callable[[Request, Shelf], Page | Response]] = {
    "/pathway/export/{form:str}": export_file,
    "/pathway/report": report_file,
}
"""Address -> file, as `web` has them."""
