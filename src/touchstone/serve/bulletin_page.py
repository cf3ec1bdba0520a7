"""The page of an issue: the editor's sentences in a form, and what will be printed."""

from collections.abc import Iterator, Mapping
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from touchstone.errors import Refusal, UnreadableFile
from touchstone.facts.text import Text
from touchstone.flow import Workspace
from touchstone.publish.bulletin.issue import issue_of, known_of
from touchstone.publish.bulletin.judgement import Judgement, judgement
from touchstone.publish.bulletin.judgement_file import judgement_path, save_judgement
from touchstone.publish.bulletin.layout import Layout, layout
from touchstone.publish.report.page import page
from touchstone.serve.bulletin import day_of
from touchstone.serve.language import language
from touchstone.serve.problem import problem
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"


def bulletin_page(request: Request, shelf: Shelf) -> Page:
    """The form of a week, with what stands in its file.

    Raises:
        HTTPException: the week is none.
        UnreadableFile: the file that stands there cannot be used.
    """
    workspace = shelf.workspace
    try:
        day = _day(request.query_params.get("week", ""))
    except UnreadableFile as error:
        raise HTTPException(404) from error
    design = _layout(workspace)
    path = judgement_path(workspace.folder, day)
    known = judgement(path, day, design) if path.exists() else Judgement("")
    rows = list(_rows(known, design))
    shown = {"day": day, "by": known.by, "rows": rows, "token": request.app.state.token.value}
    return Page("bulletin.html", shown, {"week": day.isoformat(), "by": known.by, "texts": rows}, rows)


def preview(request: Request, shelf: Shelf) -> Response:
    """The issue as it will be printed, in the language of the reader; a refusal is a page in five parts."""
    lang = language(request)
    try:
        day = _day(request.query_params.get("week", ""))
        path = judgement_path(shelf.workspace.folder, day)
        issue = issue_of(day, known_of(shelf.workspace, day), (lang,), path if path.exists() else None)
        return HTMLResponse(page(issue.report, lang), headers={"Content-Security-Policy": _POLICY})
    except Refusal as refusal:
        return problem(request, 409, refusal.text(lang), refusal)


def write(request: Request, workspace: Workspace, form: Mapping[str, str]) -> Response:
    """Write the file of the week; back to the form afterwards."""
    try:
        day, design = _day(form.get("week", "")), _layout(workspace)
        texts = {metal.code: _text(form, metal.code) for metal in design.metals}
        said = {code: text for code, text in texts.items() if text}
        written = Judgement(form.get("by", ""), said, _text(form, "outlook"), day)
        save_judgement(workspace.folder, day, written, design)
    except Refusal as refusal:
        return problem(request, 409, refusal.text(language(request)), refusal)
    return RedirectResponse(f"/bulletin?week={day}", 303)


def _day(week: str) -> date:
    return day_of(week) if week else date.today()


def _layout(workspace: Workspace) -> Layout:
    return layout(workspace.folder / "bulletin.toml", workspace.quotations())


def _rows(known: Judgement, design: Layout) -> Iterator[dict[str, str]]:
    """What the form has: each metal of the layout, then the market as a whole (without a name)."""
    for metal in design.metals:
        text = known.metals.get(metal.code, Text("", ""))
        yield {
            "code": metal.code,
            "name_zh": metal.name.zh,
            "name_en": metal.name.en,
            "zh": text.zh,
            "en": text.en,
        }
    text = known.outlook or Text("", "")
    yield {"code": "outlook", "name_zh": "", "name_en": "", "zh": text.zh, "en": text.en}


def _text(form: Mapping[str, str], code: str) -> Text | None:
    zh, en = (form.get(f"{code}.{lang}", "").strip() for lang in ("zh", "en"))
    return Text(zh, en) if zh or en else None
