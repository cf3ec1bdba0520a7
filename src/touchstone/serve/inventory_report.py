"""The report of an inventory from its page: made in the background on request, shown as far as it is, and then downloaded."""

from collections.abc import Hashable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from touchstone.calc.carbon.inventory.account import Account
from touchstone.errors import UnknownSeries, UnusableDeclaration
from touchstone.flow import Workspace
from touchstone.publish.words import LANGUAGES
from touchstone.serve.assessment_acts import answering
from touchstone.serve.carbon_stock import Carbon, version_of
from touchstone.serve.inventory_asked import Asked, asked_of
from touchstone.serve.inventory_paper import FORMS
from touchstone.serve.inventory_queue import Papers, Queue
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
"""What a file is said to be, by its form."""


def report_page(request: Request, shelf: Shelf) -> Page:
    """How far the report of a group or node is, and its files.

    Raises:
        UnknownSeries, NotOffered: there is no such inventory.
    """
    carbon, asked, node = _asked(shelf, request.query_params)
    queue = _queue(request)
    papers = queue.held(_key(carbon, asked, node))
    whole, problem = papers is not None and papers.done, papers and papers.problem
    before = queue.before(papers) if papers else 0
    query = _query(asked, node)
    rows = [
        {"file": name, "language": lang, "format": form, "octets": len(papers.files[name])}
        for lang in LANGUAGES
        for form in FORMS
        if papers and (name := f"{papers.name}.{lang}.{form}") in papers.files
    ]
    shown = {
        "question": asked, "node": node, "name": carbon.organisation.nodes[node or asked.group].name, "papers": papers, "whole": whole,
        "problem": problem, "before": before, "files": rows,
        "back": f"/inventory/{quote(node, safe='')}?{asked.query()}" if node else f"/inventory?{asked.query()}",
        "address": lambda file: f"/inventory/report/{quote(file, safe='')}?{query}", "token": request.app.state.token.value,
    }  # fmt: skip
    data = {
        "whole": whole, "steps": papers.steps_done if papers else 0, "of": Papers.steps, "before": before,
        "problem": problem and problem.code, "files": rows,
    }  # fmt: skip
    return Page("inventory_report.html", shown, data, rows)


def report_file(request: Request, shelf: Shelf) -> Response:
    """A file of a report that was made, to be saved. Raises HTTPException: it was not, or the inventory has changed since."""
    carbon, asked, node = _asked(shelf, request.query_params)
    papers = _queue(request).held(_key(carbon, asked, node))
    name = request.path_params["file"]
    if papers is None or name not in papers.files:
        raise HTTPException(404)
    return Response(
        papers.files[name],
        media_type=TYPES[name.rpartition(".")[2]],
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"},
    )


def _begin(request: Request, workspace: Workspace, form: Mapping[str, str]) -> str:
    """Have a report made, unless it is made or waits already.

    Raises:
        NotOffered: INVENTORY-020, nothing lies inside the boundary in that year; UnusableDeclaration: INVENTORY-002, its methods
            prescribe several GWP sets, and none was chosen; ReportNotMade: INVENTORY-022, too many wait.
    """
    carbon, asked, node = _asked(Shelf(request.app.state.stock), form)
    perimeter: dict[str, Any] = {"node": node} if node else {"group": asked.group, "approach": asked.approach}
    account = Account(
        carbon.inventory, carbon.organisation, carbon.library, carbon.methods, year=asked.year, boundary=asked.boundary,
        asked_set=asked.asked_set, **perimeter,
    )  # fmt: skip
    _ = account.set  # raises where the methods do not agree on one
    _queue(request).ask(_key(carbon, asked, node), workspace, account)
    return f"/inventory/report?{_query(asked, node)}"


def _asked(shelf: Shelf, query: Mapping[str, str]) -> tuple[Carbon, Asked, str]:
    carbon, node = shelf.stock.carbon(), query.get("node", "")
    try:
        asked, nodes = asked_of(query, carbon), carbon.organisation.nodes
    except UnusableDeclaration as problem:
        raise UnknownSeries(str(problem)) from None
    asked.must_be_offered()
    if not asked.year or not (asked.group or node) or (node and node not in nodes):
        raise UnknownSeries(f"no inventory of {node or '-'}\n没有{node}的清单")
    return carbon, asked, node


def _queue(request: Request) -> Queue:
    queue: Queue = request.app.state.reports
    return queue


def _key(carbon: Carbon, asked: Asked, node: str) -> Hashable:
    """What a report is of: the same question to the same data."""
    perimeter = (node, "") if node else (asked.group, asked.approach)
    return (version_of(carbon.workspace), asked.year, asked.boundary, asked.asked_set, *perimeter)


def _query(asked: Asked, node: str) -> str:
    return (urlencode({"node": node}) + "&" if node else "") + asked.query()


REPORT_ACTS = {"/inventory/report": answering(_begin)}
REPORT_FILES = {"/inventory/report/{file:str}": report_file}
