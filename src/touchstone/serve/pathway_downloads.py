"""Files of pathways from the console: results of scenarios, and the report of the first against the others, made when they are asked for."""

from collections.abc import Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from touchstone.calc.pathway.refusal import refusal
from touchstone.errors import Refusal
from touchstone.serve.inventory_paper import FORMS, Paper, form_of
from touchstone.serve.inventory_report import TYPES
from touchstone.serve.language import language
from touchstone.serve.pathway_asked import Asked, asked_of
from touchstone.serve.pathway_chances_page import BEFORE
from touchstone.serve.pathway_papers import EXPORTS, exported, report_of
from touchstone.serve.pathway_stock import PathwayStock
from touchstone.serve.pathway_workbench import nothing
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf


def export_file(request: Request, shelf: Shelf) -> Page | Response:
    """The projections of scenarios as IAMC table, workbook or JSON; why not, where that cannot be."""
    stock, lang = shelf.stock.pathways(), language(request)
    form = request.path_params["form"]
    try:
        asked = _asked(request, stock)
        if form not in EXPORTS:
            raise refusal("PATHWAY-018", "export", found=form, known=", ".join(EXPORTS))
        made = stock.made(
            ("export", asked.keys, form, lang), lambda: _exported(shelf, stock, asked, form, lang)
        )
    except Refusal as problem:
        return nothing(stock, problem)
    return _saved(made, f"pathway-{'-'.join(asked.keys)}.{form}", form)


def report_file(request: Request, shelf: Shelf) -> Page | Response:
    """The report of the first scenario's projection against the others, in one format and language; why not, where that cannot be."""
    stock, lang = shelf.stock.pathways(), language(request)
    form = request.query_params.get("form", "docx")
    try:
        asked = _asked(request, stock)
        if form not in FORMS:
            raise refusal("PATHWAY-018", "form", found=form, known=", ".join(FORMS))
        made = stock.made(
            ("report", asked.keys, form, lang), lambda: _reported(shelf, stock, asked, form, lang)
        )
    except Refusal as problem:
        return nothing(stock, problem)
    return _saved(made, f"pathway-{'-'.join(asked.keys)}.{lang}.{form}", form)


def _asked(request: Request, stock: PathwayStock) -> Asked:
    """The scenarios as they are: a file that leaves has no dials turned."""
    return asked_of(request.query_params.getlist("s"), {}, stock)


def _exported(shelf: Shelf, stock: PathwayStock, asked: Asked, form: str, lang: str) -> bytes:
    every = [stock.projected(key) for key in asked.keys]
    return exported(every, {}, {}, form, shelf.workspace.today(), lang)[0]


def _reported(shelf: Shelf, stock: PathwayStock, asked: Asked, form: str, lang: str) -> bytes:
    first, *against = (stock.projected(key) for key in asked.keys)
    made = report_of(first, shelf.workspace.today(), BEFORE, against=against)
    return form_of(Paper(made, made), form, lang)


def _saved(content: bytes, name: str, form: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(content, media_type=TYPES[form], headers=headers)


PATHWAY_FILES: dict[str, Callable[[Request, Shelf], Page | Response]] = {
    "/pathway/export/{form:str}": export_file,
    "/pathway/report": report_file,
}
"""Address -> file, as `web` has them."""
