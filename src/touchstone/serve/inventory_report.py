"""The report of an inventory from its page: made in the background on request, shown as far as it is, and then downloaded."""

import threading
from collections.abc import Mapping
from concurrent.futures import Future
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
from touchstone.serve.carbon_stock import Carbon
from touchstone.serve.inventory_asked import Asked, asked_of
from touchstone.serve.inventory_paper import FORMS, checked_report, form_of, paper_name
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}


class Papers:
    """The files of one report, made one after the other in a thread of their own.

    Attributes:
        files: those that are done, by name; name: of all of them, without language and format.
    """

    steps = 1 + len(LANGUAGES) * len(FORMS)

    def __init__(self, workspace: Workspace, account: Account) -> None:
        self.name = paper_name(account)
        self.files: dict[str, bytes] = {}
        self.steps_done = 0
        self._end: Future[None] = Future()
        threading.Thread(target=self._make, args=(workspace, account), daemon=True).start()

    def _make(self, workspace: Workspace, account: Account) -> None:
        try:
            report = checked_report(workspace, account, None)
            self.steps_done += 1
            for lang in LANGUAGES:
                for form in FORMS:
                    self.files[f"{self.name}.{lang}.{form}"] = form_of(report, form, lang)
                    self.steps_done += 1
        except Exception as error:  # whatever it is, it is raised where the page asks
            self._end.set_exception(error)
        else:
            self._end.set_result(None)

    def finished(self) -> bool:
        """Whether all are done. Raises what went wrong, if something did."""
        if not self._end.done():
            return False
        self._end.result()
        return True


def report_page(request: Request, shelf: Shelf) -> Page:
    """How far the report of a group or node is, and its files.

    Raises:
        UnknownSeries: there is no such inventory; whatever the making of the report raised.
    """
    carbon, asked, node = _asked(shelf, request.query_params)
    papers: Papers | None = carbon.held(_key(asked, node))
    whole = papers is not None and papers.finished()
    query = _query(asked, node)
    rows = [
        {"file": name, "language": lang, "format": form, "octets": len(papers.files[name])}
        for lang in LANGUAGES
        for form in FORMS
        if papers and (name := f"{papers.name}.{lang}.{form}") in papers.files
    ]
    shown = {
        "question": asked, "node": node, "name": carbon.organisation.nodes[node or asked.group].name, "papers": papers, "whole": whole,
        "files": rows, "back": f"/inventory/{quote(node, safe='')}?{asked.query()}" if node else f"/inventory?{asked.query()}",
        "address": lambda file: f"/inventory/report/{quote(file, safe='')}?{query}", "token": request.app.state.token.value,
    }  # fmt: skip
    data = {"whole": whole, "steps": papers.steps_done if papers else 0, "of": Papers.steps, "files": rows}
    return Page("inventory_report.html", shown, data, rows)


def report_file(request: Request, shelf: Shelf) -> Response:
    """A file of a report that was made, to be saved. Raises HTTPException: it was not, or the inventory has changed since."""
    carbon, asked, node = _asked(shelf, request.query_params)
    papers: Papers | None = carbon.held(_key(asked, node))
    name = request.path_params["file"]
    if papers is None or name not in papers.files:
        raise HTTPException(404)
    return Response(
        papers.files[name],
        media_type=_TYPES[name.rpartition(".")[2]],
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"},
    )


def _begin(request: Request, workspace: Workspace, form: Mapping[str, str]) -> str:
    """Begin to make a report, unless it is made or being made already."""
    carbon, asked, node = _asked(Shelf(request.app.state.stock), form)
    perimeter: dict[str, Any] = {"node": node} if node else {"group": asked.group, "approach": asked.approach}
    account = Account(
        carbon.inventory, carbon.organisation, carbon.library, carbon.methods, year=asked.year, boundary=asked.boundary,
        asked_set=asked.set, **perimeter,
    )  # fmt: skip
    carbon.view(_key(asked, node), lambda: Papers(workspace, account))
    return f"/inventory/report?{_query(asked, node)}"


def _asked(shelf: Shelf, query: Mapping[str, str]) -> tuple[Carbon, Asked, str]:
    carbon, node = shelf.stock.carbon(), query.get("node", "")
    try:
        asked, nodes = asked_of(query, carbon), carbon.organisation.nodes
    except UnusableDeclaration as problem:
        raise UnknownSeries(str(problem)) from None
    if not asked.year or not (asked.group or node) or (node and node not in nodes):
        raise UnknownSeries(f"no inventory of {node or '-'}\n没有{node}的清单")
    return carbon, asked, node


def _key(asked: Asked, node: str) -> tuple[str, ...]:
    perimeter = (node, "") if node else (asked.group, asked.approach)
    return ("papers", asked.year, asked.boundary, asked.set, *perimeter)


def _query(asked: Asked, node: str) -> str:
    return (urlencode({"node": node}) + "&" if node else "") + asked.query()


REPORT_ACTS = {"/inventory/report": answering(_begin)}
REPORT_FILES = {"/inventory/report/{file:str}": report_file}
