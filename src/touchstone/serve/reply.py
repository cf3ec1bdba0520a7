"""A page, and the three ways it is answered: HTML to read, JSON and CSV to work on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from touchstone.publish.export import to_csv, to_json
from touchstone.publish.template import environment
from touchstone.serve.language import COOKIE, language
from touchstone.serve.shown import shown_page

Rows = Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says.

    Attributes:
        template: the file in `serve/templates`.
        shown: what the template needs.
        data: the JSON twin, or what makes it, where that takes long and is seldom asked for.
        rows: the CSV twin, or what makes it; every row has the same columns.
        status: the HTTP status.
    """

    template: str
    shown: Mapping[str, Any]
    data: Any
    rows: Rows | Callable[[], Rows]
    status: int = field(default=200)


def reply(request: Request, page: Page) -> Response:
    """Answer in the form the end of the address asks for (.json, .csv, else HTML)."""
    if request.url.path.endswith(".json"):
        data = page.data() if callable(page.data) else page.data
        return Response(to_json(data), page.status, media_type="application/json")
    if request.url.path.endswith(".csv"):
        rows = page.rows() if callable(page.rows) else page.rows
        return Response(to_csv(rows), page.status, media_type="text/csv; charset=utf-8")
    return _html(request, page)


def _html(request: Request, page: Page) -> HTMLResponse:
    lang = language(request)
    html = (
        environment("touchstone.serve")
        .get_template(page.template)
        .render(
            page.shown,
            lang=lang,
            path=request.url.path,
            here=_address(request),
            other=_address(request, lang="en" if lang == "zh" else "zh"),
            twin=lambda form: _twin(request, form),
            sourced=_sourced,
            asked=request.query_params.get("q", "") if request.url.path == "/search" else "",
        )
    )
    answer = HTMLResponse(
        shown_page(html),
        page.status,
        headers={"Cache-Control": "no-store", "Vary": "Cookie, Accept-Language"},
    )
    if request.query_params.get("lang") == lang:
        answer.set_cookie(COOKIE, lang, max_age=31536000, httponly=True, samesite="lax")
    return answer


def _sourced(source: str) -> Any:
    """A source as titles of documents with their addresses; read by pages of pathways alone, which are loaded when one is asked for."""
    from touchstone.serve.pathway_guarded import sourced

    return sourced(source)


def _address(request: Request, **changed: str) -> str:
    """The address of this page with some of its parameters changed; always a path of ours."""
    kept = {name: value for name, value in request.query_params.multi_items() if name != "lang"} | changed
    return request.url.path + ("?" + urlencode(kept) if kept else "")


def _twin(request: Request, form: str) -> str:
    path = "/documents" if request.url.path == "/" else request.url.path
    query = urlencode([(k, v) for k, v in request.query_params.multi_items() if k not in ("lang", "figure")])
    return f"{path}.{form}" + ("?" + query if query else "")
