"""What the forms of the desk do. Each posts one act, and leads back to the page that shows it done or refused."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from touchstone.desk.desk import Desk
from touchstone.desk.input import Origin
from touchstone.desk.refusal import UnknownAssessment, UnknownMatter
from touchstone.desk.stated import day_of, input_of, number_of
from touchstone.errors import Refusal
from touchstone.flow import Workspace
from touchstone.serve.assessment_pages import PERSON
from touchstone.serve.language import language
from touchstone.serve.problem import problem

_Form = Mapping[str, str]
_Act = Callable[[Desk, str, _Form, str], object]
_YEAR = 31536000
_FIELDS = (
    "kind", "low", "high", "unit", "day", "time", "quantity", "quantity_unit", "delivery", "tax", "parties", "note",
)  # fmt: skip


def answering(
    act: Callable[[Request, Workspace, _Form], str],
) -> Callable[[Request, Workspace, _Form], Response]:
    """A refusal is a page in five parts; an act that is done leads to the address it gives."""

    def answer(request: Request, workspace: Workspace, form: _Form) -> Response:
        try:
            address = act(request, workspace, form)
        except Refusal as refusal:
            status = 404 if isinstance(refusal, UnknownAssessment | UnknownMatter) else 409
            return problem(request, status, refusal.text(language(request)), refusal)
        response = RedirectResponse(address, 303)
        if by := form.get("by", "").strip():
            response.set_cookie(PERSON, quote(by[:80]), max_age=_YEAR, httponly=True, samesite="lax")
        return response

    return answer


def _open(_request: Request, workspace: Workspace, form: _Form) -> str:
    """Open the draft of a quotation and day."""
    day = day_of(form.get("day", ""), form.get("quotation", ""))
    return _address(workspace.desk().open(form.get("quotation", ""), day, form.get("by", "")).id)


def _input(_request: Request, workspace: Workspace, form: _Form) -> str:
    """Take in an input that was typed; back to the assessment it was typed at, or to the list."""
    quotation, id = form.get("quotation", ""), form.get("assessment", "")
    fields = {name: form[name] for name in _FIELDS if form.get(name)}
    typed = Origin(place=datetime.now(UTC).isoformat(), quote=" │ ".join(fields.values()))
    desk = workspace.desk()
    desk.type_in(input_of(fields, quotation, quotation, typed), form.get("by", ""))
    return _address(id) + "#inputs" if id else "/assessments"


def _act(request: Request, workspace: Workspace, form: _Form) -> str:
    """Any act on one assessment, by the last part of the address."""
    parts = request.path_params
    id, act = f"{parts['quotation']}/{parts['day']}", _ON_ONE.get(parts["act"])
    desk = workspace.desk()
    if act is None:
        desk.assessment(f"{id}/{parts['act']}")  # raises: there is no such thing
    else:
        act(desk, id, form, form.get("by", ""))
    return _address(id)


def _exclude(desk: Desk, id: str, form: _Form, by: str) -> None:
    desk.exclude(id, form.get("input", ""), form.get("criterion", ""), form.get("words", ""), by)


def _readmit(desk: Desk, id: str, form: _Form, by: str) -> None:
    desk.readmit(id, form.get("input", ""), form.get("words", ""), by)


def _judge(desk: Desk, id: str, form: _Form, by: str) -> None:
    """Set the value, unless it stands so already, and submit it where the other button was pressed."""
    given, value, words = desk.assessment(id), _ends(form, id), form.get("words", "").strip()
    if given.value != value or given.judged is None or given.judged.words != words:
        desk.judge(id, *value, words, by)
    if form.get("then") == "submit":
        desk.submit(id, by)


def _passed(form: _Form) -> dict[str, str]:
    """Reasons to let failing tests pass, by id of the result."""
    return {name.removeprefix("pass-"): words for name, words in form.items() if name.startswith("pass-")}


def _correct(desk: Desk, id: str, form: _Form, by: str) -> None:
    right = None if form.get("take_back") else _ends(form, id)
    desk.correct(id, right, form.get("cause", ""), form.get("words", ""), by)


def _ends(form: _Form, where: str) -> tuple[Decimal, Decimal]:
    return number_of(form.get("low", ""), where), number_of(form.get("high", ""), where)


def _address(id: str) -> str:
    return f"/assessments/{quote(id, safe='/@')}"


_ON_ONE: dict[str, _Act] = {
    "exclude": _exclude,
    "readmit": _readmit,
    "judge": _judge,
    "send-back": lambda desk, id, form, by: desk.send_back(id, form.get("words", ""), by),
    "approve": lambda desk, id, form, by: desk.approve(id, _passed(form), by),
    "publish": lambda desk, id, _form, by: desk.publish(id, by),
    "correct": _correct,
    "drop": lambda desk, id, form, by: desk.drop(id, form.get("words", ""), by),
    "issue": lambda desk, id, form, by: desk.issue(id, by, passed=_passed(form)),
    "discard": lambda desk, id, form, by: desk.discard(id, form.get("words", ""), by),
    "reopen": lambda desk, id, form, by: desk.reopen(id, form.get("words", ""), by),
}
ACTS = {
    "/assessments/open": answering(_open),
    "/assessments/input": answering(_input),
    "/assessments/{quotation:str}/{day:str}/{act:str}": answering(_act),
}
