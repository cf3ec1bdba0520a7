"""Which address shows which page of pathways."""

from collections.abc import Callable

from starlette.requests import Request

from touchstone.serve.language import language
from touchstone.serve.pathway_chances_page import chances_page
from touchstone.serve.pathway_costs_page import costs_page
from touchstone.serve.pathway_plans_page import plans_page
from touchstone.serve.pathway_why_page import why_page
from touchstone.serve.pathway_workbench import workbench
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf


def _token(request: Request) -> str:
    return str(request.app.state.token.value)


PATHWAY_PAGES: dict[str, Callable[[Request, Shelf], Page]] = {
    "/pathway": lambda r, s: workbench(
        s, r.query_params.getlist("s"), r.query_params, language(r), _token(r)
    ),
    "/pathway/plans": plans_page,
    "/pathway/costs": costs_page,
    "/pathway/why": lambda r, s: why_page(
        s, [k for k in r.query_params.getlist("s") if k], r.query_params, language(r)
    ),
    "/pathway/chances": lambda r, s: chances_page(
        s, r.query_params.getlist("s"), r.query_params, language(r)
    ),
}
"""Address -> page, as `web` has them."""
