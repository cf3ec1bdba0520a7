"""The console: which address shows which page.

Every page is a function from the workspace to a `Page`; it is answered as HTML, JSON or CSV by
the end of its address. Nothing changes anything but an acceptance, taking it back, the editor's sentences and the acts of the desk.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from touchstone.desk.refusal import UnknownAssessment, UnknownMatter
from touchstone.errors import (
    LedgerError,
    Refusal,
    TouchstoneError,
    UnknownFact,
    UnknownSeries,
    UnreadableFile,
)
from touchstone.flow import Workspace
from touchstone.publish.words import word
from touchstone.serve import bulletin_page, downloads
from touchstone.serve.accepting import ACCEPTING, Change
from touchstone.serve.assessment_acts import ACTS
from touchstone.serve.assessment_pages import DESK_FILES, DESK_PAGES
from touchstone.serve.assets_pages import ASSET_ACTS, ASSET_PAGES
from touchstone.serve.board import board
from touchstone.serve.carbon_pages import CARBON_PAGES
from touchstone.serve.dispatch_pages import DISPATCH_ACTS, DISPATCH_PAGES
from touchstone.serve.factor_proposals_page import PROPOSAL_ACTS
from touchstone.serve.figure import figure, fragment
from touchstone.serve.findings import audit
from touchstone.serve.guard import Guard, Token
from touchstone.serve.home import home
from touchstone.serve.index_page import index_page, index_pages, indicator_page
from touchstone.serve.inventory_asked import NotOffered
from touchstone.serve.inventory_queue import Queue
from touchstone.serve.inventory_report import REPORT_ACTS, REPORT_FILES
from touchstone.serve.language import language
from touchstone.serve.linkage import linkage, linkage_part, linkages
from touchstone.serve.metal import metal
from touchstone.serve.pathway_costs_page import COST_ACTS
from touchstone.serve.pathway_downloads import PATHWAY_FILES, REPORTING
from touchstone.serve.pathway_jobs import Jobs
from touchstone.serve.pathway_known import KNOWN_ACTS
from touchstone.serve.pathway_pages import PATHWAY_PAGES
from touchstone.serve.pathway_plans_page import PLAN_ACTS
from touchstone.serve.problem import problem as _problem
from touchstone.serve.reading import reading
from touchstone.serve.releases_page import releases_page
from touchstone.serve.reply import Page, reply
from touchstone.serve.search import search
from touchstone.serve.series import series, series_list
from touchstone.serve.shelf import Shelf, Stock
from touchstone.serve.warning_pages import WARNING_ACTS, WARNING_PAGES

_LONGEST_FORM = 20_000
Answer = Callable[[Request, Shelf], Page | Response]


def console(
    workspace: Workspace, problems: Iterable[UnreadableFile] = (), allowed_hosts: Iterable[str] = ()
) -> Starlette:
    """The web application of one workspace.

    Args:
        workspace: an open workspace.
        problems: files its last reading refused.
        allowed_hosts: host names it answers for besides this machine's own.
    """
    app = Starlette(
        routes=[*_pages(), *_changes(), _static()],
        middleware=[Middleware(Guard, allowed_hosts=tuple(allowed_hosts)), Middleware(GZipMiddleware)],
        exception_handlers={
            404: _absent,
            UnknownFact: _absent,
            UnknownSeries: _absent,
            UnknownAssessment: _absent,
            UnknownMatter: _absent,
            LedgerError: _damaged,
            TouchstoneError: _failed,
        },
    )
    app.state.stock = Stock(workspace, problems)
    app.state.token = Token()
    app.state.reports = Queue()
    app.state.solves, app.state.papers = Jobs(), Jobs()
    return app


def _pages() -> list[Route]:
    answers: dict[str, Answer] = {
        "/documents": lambda r, s: home(s, _leaf(r) or 0),
        "/document/{hash:str}": lambda r, s: reading(
            s, _read_once(r, s), r.query_params.get("figure"), _leaf(r)
        ),
        "/figure/{id:str}": lambda r, s: (fragment if r.query_params.get("panel") else figure)(
            s, _own(r, "id")
        ),
        "/audit": lambda r, s: audit(s, r.query_params, _leaf(r) or 0, r.app.state.token.value),
        "/series": lambda r, s: series_list(s, r.query_params.get("q", ""), _leaf(r) or 0, language(r)),
        "/series/{key:path}": lambda r, s: series(s, _own(r, "key"), language(r)),
        "/prices": lambda r, s: board(s, r.query_params, language(r)),
        "/linkage": lambda r, s: linkages(s, language(r)),
        "/linkage/{recipe:str}": lambda r, s: linkage(s, _own(r, "recipe"), language(r)),
        "/linkage/{recipe:str}/{part:str}": lambda r, s: linkage_part(
            s,
            _own(r, "recipe"),
            _own(r, "part"),
            r.query_params,
            r.query_params.getlist("series"),
            _leaf(r) or 0,
            language(r),
        ),
        "/index": lambda r, s: index_pages(s, language(r)),
        "/index/{recipe:str}": lambda r, s: index_page(
            s, _own(r, "recipe"), language(r), r.query_params.get("period", "")
        ),
        "/index/{recipe:str}/{key:str}": lambda r, s: indicator_page(
            s, _own(r, "recipe"), _own(r, "key"), language(r)
        ),
        "/metal/{code:path}": lambda r, s: metal(
            s, _own(r, "code"), r.query_params, _leaf(r) or 0, language(r)
        ),
        "/search": lambda r, s: search(s, r.query_params.get("q", "")),
        "/bulletin": bulletin_page.bulletin_page,
        "/releases": releases_page,
        **DESK_PAGES,
        **DISPATCH_PAGES,
        **ASSET_PAGES,
        **WARNING_PAGES,
        **CARBON_PAGES,
        **PATHWAY_PAGES,
    }
    single: dict[str, Answer] = {
        "/": lambda r, s: home(s, _leaf(r) or 0),
        "/briefing.html": lambda r, s: downloads.mailed(s, language(r)),
        "/raw/{hash:str}": lambda r, s: downloads.raw(s, _read_once(r, s)),
        "/bulletin/preview": bulletin_page.preview,
        **DESK_FILES,
        **REPORT_FILES,
        **PATHWAY_FILES,
    }
    twins = {path + form: answer for path, answer in answers.items() for form in (".json", ".csv", "")}
    return [Route(path, _endpoint(answer)) for path, answer in (single | twins).items()]


def _endpoint(answer: Answer) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        def made() -> Response:
            found = answer(request, Shelf(request.app.state.stock))
            return reply(request, found) if isinstance(found, Page) else found

        return await run_in_threadpool(made)

    return endpoint


def _changes() -> list[Route]:
    """What a reader may change: accept a finding, take that back, and work at the desk."""
    doing: dict[str, Change] = {
        **ACCEPTING,
        "/bulletin/judgement": bulletin_page.write,
        **ACTS,
        **DISPATCH_ACTS,
        **ASSET_ACTS,
        **WARNING_ACTS,
        **REPORT_ACTS,
        **PROPOSAL_ACTS,
        **PLAN_ACTS,
        **REPORTING,
        **KNOWN_ACTS,
        **COST_ACTS,
    }
    return [Route(path, _changing(does), methods=["POST"]) for path, does in doing.items()]


def _changing(does: Change) -> Callable[[Request], Any]:
    """A change comes from a form of the console itself, or is refused."""

    async def endpoint(request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return _problem(request, 413, word("accept.too_long", language(request)))
        form = {k: v[-1] for k, v in parse_qs(body.decode("utf-8", "replace")).items()}
        if not request.app.state.token.fits(form.get("token", "")):
            return _problem(request, 403, word("accept.stale", language(request)))
        return await run_in_threadpool(does, request, request.app.state.stock.workspace, form)

    return endpoint


async def _body(request: Request) -> bytes | None:
    """What was posted; None, and the rest unread, if it is longer than any form of ours, whatever it announces."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:9]) > _LONGEST_FORM:
        return None
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_FORM:
            return None
    return body


async def _absent(request: Request, _error: Exception) -> Response:
    return _problem(request, 404, word("error.absent", language(request)))


async def _damaged(request: Request, error: Exception) -> Response:
    return _problem(request, 500, word("error.damaged", language(request), found=error))


async def _failed(request: Request, error: Exception) -> Response:
    if isinstance(error, Refusal):
        return _problem(
            request, 404 if isinstance(error, NotOffered) else 500, error.text(language(request)), error
        )
    return _problem(request, 500, str(error))


def _own(request: Request, name: str) -> str:
    return request.path_params[name]


def _read_once(request: Request, shelf: Shelf) -> str:
    """The hash of a document that was read; one that was not is no address, one that is lost is damage."""
    if not shelf.knows(hash := _own(request, "hash")):
        raise HTTPException(404)
    return hash


def _leaf(request: Request) -> int | None:
    """The leaf of a long text asked for, counted from 1 in addresses and from 0 inside."""
    asked = request.query_params.get("leaf", "")
    return max(0, int(asked) - 1) if asked.isascii() and asked.isdigit() and len(asked) < 7 else None


def _static() -> Mount:
    folder = Path(__file__).parent / "static"
    files = StaticFiles(directory=folder, packages=[("touchstone.publish", "style")])
    return Mount("/static", files)
