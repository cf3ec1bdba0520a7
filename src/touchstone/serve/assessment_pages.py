"""Which address shows which page of the desk."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import unquote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from touchstone.desk.desk import Desk
from touchstone.serve import downloads
from touchstone.serve.assessment import assessment
from touchstone.serve.assessments import assessments
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf
from touchstone.serve.trail import trail

PERSON = "touchstone_person"
"""The cookie that remembers the name last given, to be put into forms; it proves nothing."""


def person(request: Request) -> str:
    """The name last given by this browser."""
    return unquote(request.cookies.get(PERSON, ""))[:80]


def _listed(request: Request, shelf: Shelf) -> Page:
    token = request.app.state.token.value
    return assessments(_desk(shelf), request.query_params, leaf_of(request), token, person(request))


def _one(request: Request, shelf: Shelf) -> Page:
    id, asked = (
        f"{request.path_params['quotation']}/{request.path_params['day']}",
        request.query_params.get("as_of", ""),
    )
    return assessment(_desk(shelf), id, moment_of(asked), request.app.state.token.value, person(request))


def _trail(request: Request, shelf: Shelf) -> Page:
    return trail(_desk(shelf), leaf_of(request))


def _file(request: Request, shelf: Shelf) -> Response:
    """The file that inputs of a quotation were imported from, to be saved; no other file is given out here."""
    hash = request.path_params["hash"]
    known = _desk(shelf).inputs(request.path_params["quotation"]).values()
    if hash not in {each.origin.hash for each in known if each.origin.hash}:
        raise HTTPException(404)
    return downloads.raw(shelf, hash)


def _desk(shelf: Shelf) -> Desk:
    return shelf.workspace.desk()


def leaf_of(request: Request) -> int:
    """The leaf asked for, from 1 in addresses and from 0 inside."""
    asked = request.query_params.get("leaf", "")
    return max(0, int(asked) - 1) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0


def moment_of(text: str) -> datetime | None:
    """A moment of an address, with its zone; None where none is asked for. Raises HTTPException: it is none."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
        if moment.tzinfo is None:
            raise HTTPException(404)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:  # a zone may carry it past the last year there is
        raise HTTPException(404) from error


DESK_PAGES: dict[str, Callable[[Request, Shelf], Page | Response]] = {
    "/assessments": _listed,
    "/assessments/trail": _trail,
    "/assessments/{quotation:str}/{day:str}": _one,
}
DESK_FILES: dict[str, Callable[[Request, Shelf], Page | Response]] = {
    "/assessments/{quotation:str}/file/{hash:str}": _file
}
