"""A page that says what is wrong; its five parts one by one, where the problem has them."""

from starlette.requests import Request
from starlette.responses import Response

from touchstone.errors import Refusal
from touchstone.serve.reply import Page, reply


def problem(request: Request, status: int, message: str, refusal: Refusal | None = None) -> Response:
    """Answer with what is wrong, in the form the address asks for."""
    rows = [{"status": status, "message": message}]
    shown = {"message": message, "status": status, "problem": refusal}
    return reply(request, Page("problem.html", shown, rows[0], rows, status))
