"""Accepting a finding and taking that back: one way for the findings of an audit and those of activity data."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from touchstone.flow import Workspace
from touchstone.publish.dates import day
from touchstone.publish.words import word
from touchstone.serve.language import language
from touchstone.serve.problem import problem

_Form = Mapping[str, str]
Change = Callable[[Request, Workspace, _Form], Response]
Known = Callable[[Request, Workspace], Collection[str]]
"""The ids of findings that can be accepted."""
After = Callable[[Request, Workspace, str, _Form], str]
"""What to do after a change of a finding, and the address to go back to."""


def accepting(known: Known, after: After) -> Change:
    """Accept a finding: a reason and, if it shall expire, a day. Back to the finding afterwards."""

    def accept(request: Request, workspace: Workspace, form: _Form) -> Response:
        lang, finding = language(request), form.get("finding", "")
        reason, until = form.get("reason", "").strip(), _day(form.get("until", ""))
        if not reason or (form.get("until") and until is None):
            return problem(request, 400, word("accept.incomplete", lang))
        if until and until < date.today():
            return problem(request, 400, word("accept.passed", lang, day=day(until, lang)))
        if finding not in known(request, workspace):
            return problem(request, 404, word("error.absent", lang))
        workspace.accept(finding, reason, until, form.get("by", ""))
        return RedirectResponse(after(request, workspace, finding, form), 303)

    return accept


def withdrawing(after: After, known: Known | None = None) -> Change:
    """Take an acceptance back, so that the finding shows as it was. Args: known: the only findings it is for; None for all."""

    def withdraw(request: Request, workspace: Workspace, form: _Form) -> Response:
        finding = form.get("finding", "")
        mine = known is None or finding in known(request, workspace)
        if not (mine and workspace.withdraw(finding)):
            return problem(request, 404, word("error.absent", language(request)))
        return RedirectResponse(after(request, workspace, finding, form), 303)

    return withdraw


def _audited(_request: Request, workspace: Workspace) -> set[str]:
    return {known.id for known in workspace.findings()}


def _audit(_request: Request, workspace: Workspace, finding: str, _form: _Form) -> str:
    """Audit again: the finding stands under its verdict."""
    verdict = next((found.verdict for found in workspace.audit() if found.id == finding), "")
    return f"/audit?verdict={verdict}#x-{quote(finding, safe='')}"


def _checked(request: Request, _workspace: Workspace) -> set[str]:
    return {known.id for known in request.app.state.stock.carbon().quality.findings}


def _inventory(_request: Request, _workspace: Workspace, finding: str, form: _Form) -> str:
    """The page the form stood on, opened where the finding is."""
    node = form.get("node", "")
    page = f"/inventory/{quote(node, safe='')}" if node else "/inventory"
    return f"{page}?finding={quote(finding, safe='')}#x-{quote(finding, safe='')}"


ACCEPTING: dict[str, Change] = {
    "/audit/accept": accepting(_audited, _audit),
    "/audit/withdraw": withdrawing(_audit),
    "/inventory/accept": accepting(_checked, _inventory),
    "/inventory/withdraw": withdrawing(_inventory, _checked),
}
"""Address -> change, as `web` has them."""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
