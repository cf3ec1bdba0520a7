"""The page of own factors: a form to propose one with its evidence, and those that wait for review, are in use, or no longer are."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from touchstone.calc.carbon.factors.reference import families, items, kinds
from touchstone.desk.factor_proposals import BASES, STATES, Proposal
from touchstone.desk.refusal import UnknownProposal
from touchstone.errors import Refusal, UnusableDeclaration
from touchstone.flow import Workspace
from touchstone.serve.assessment_acts import answering
from touchstone.serve.assessment_pages import leaf_of, person
from touchstone.serve.carbon_shown import item_name
from touchstone.serve.factor_form import FIELDS, draft_of, evidence_of
from touchstone.serve.factor_pages import place_of
from touchstone.serve.reply import Page, reply
from touchstone.serve.shelf import Shelf

_LEAF = 20
_OFFERED = 200
"""Names of documents that the field of evidence suggests; any other may be written."""
BADGES = {"proposed": "edge", "accepted": "holds", "rejected": "fails", "withdrawn": "revised"}
DECISIONS = {"proposed": ("accept", "reject"), "accepted": ("withdraw",)}
"""What may be done with a proposal in its state."""


def proposals_page(request: Request, shelf: Shelf) -> Page:
    """The proposals in a state of the address, or all; the form is filled with what the address says."""
    return _page(request, shelf, dict(request.query_params), None)


def _page(request: Request, shelf: Shelf, given: Mapping[str, str], problem: Refusal | None) -> Page:
    every = shelf.workspace.factor_proposals().proposals()
    state = request.query_params.get("state", "")
    chosen = [each for each in every if state not in STATES or each.state == state]
    leaves = max(1, -(-len(chosen) // _LEAF))
    leaf = min(leaf_of(request), leaves - 1)
    carbon = shelf.stock.carbon()
    try:
        nodes, unorganised = carbon.organisation.nodes, None
    except UnusableDeclaration as error:
        nodes, unorganised = {}, error
    shown = {
        "form": {name: given.get(name, "") for name in FIELDS} | ({} if given.get("by") else {"by": person(request)}), "problem": problem,
        "proposals": chosen[leaf * _LEAF : (leaf + 1) * _LEAF], "count": {key: sum(each.state == key for each in every) for key in STATES},
        "state": state if state in STATES else "", "states": STATES, "badges": BADGES, "decisions": DECISIONS, "bases": BASES,
        "kinds": kinds(), "items": items(), "families": families(), "nodes": nodes, "unorganised": unorganised,
        "gases": sorted({each.gas for each in carbon.library.factors if each.gas}), "item": item_name,
        "place": lambda region: place_of(shelf, region), "names": sorted(set(shelf.names.values()))[:_OFFERED], "documents": shelf.names,
        "library": carbon.library, "token": request.app.state.token.value, "leaf": leaf, "leaves": leaves,
        "address": lambda n: f"/factors/proposals?state={state if state in STATES else ''}&leaf={n}",
    }  # fmt: skip
    rows = [_row(each) for each in chosen]
    return Page("factor_proposals.html", shown, rows, rows, 409 if problem else 200)


def _propose(request: Request, workspace: Workspace, form: Mapping[str, str]) -> Response:
    """Propose what the form says; a refusal stands above the form, in which everything is kept."""
    try:
        evidence, hash = evidence_of(form, workspace)
        made = workspace.factor_proposals().propose(
            draft_of(form), workspace.factors(), workspace.organisation().nodes, form.get("by", ""), evidence, hash
        )  # fmt: skip
    except Refusal as problem:
        return reply(request, _page(request, Shelf(request.app.state.stock), form, problem))
    return answering(lambda *_: f"/factors/proposals#{made.id}")(request, workspace, form)


def _decide(request: Request, workspace: Workspace, form: Mapping[str, str]) -> str:
    """Accept, reject or withdraw a proposal; the name of who does it and the reason are asked for."""
    desk, id = workspace.factor_proposals(), request.path_params["id"]
    acts = {"accept": desk.accept, "reject": desk.reject, "withdraw": desk.withdraw}
    if (act := acts.get(request.path_params["act"])) is None:
        raise HTTPException(404)
    try:
        act(id, form.get("words", ""), form.get("by", ""))
    except UnknownProposal as problem:
        raise HTTPException(404) from problem
    return f"/factors/proposals#{quote(id, safe='')}"


def _row(each: Proposal) -> dict[str, Any]:
    own = each.factor
    return {
        "proposal": each.id, "state": each.state, "factor": own.id, "kind": own.kind, "of": own.of, "value": own.value, "unit": own.unit,
        "gas": own.gas, "family": own.family, "region": own.region, "basis": own.clause, "data_year": own.data_year,
        "valid_from": own.valid_from, "valid_to": own.valid_to, "low": own.low, "high": own.high, "supersedes": own.supersedes,
        "evidence": each.evidence, "document": each.hash, "proposed_by": each.proposed.by, "proposed_at": each.proposed.at,
        **{
            f"{name}_{part}": getattr(act, part) if act else None
            for name, act in (("reviewed", each.reviewed), ("withdrawn", each.withdrawn))
            for part in ("by", "at", "words")
        },
    }  # fmt: skip


PROPOSAL_ACTS = {
    "/factors/proposals": _propose,
    "/factors/proposals/{id:str}/{act:str}": answering(_decide),
}
