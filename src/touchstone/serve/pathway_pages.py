"""Which address shows which page of pathways."""

from collections.abc import Callable

from starlette.requests import Request

from touchstone.serve.language import language
from touchstone.serve.pathway_allocation_page import allocation_page
from touchstone.serve.pathway_budget_page import budget_page
from touchstone.serve.pathway_chances_page import chances_page
from touchstone.serve.pathway_costs_page import costs_page
from touchstone.serve.pathway_document_page import document_page
from touchstone.serve.pathway_known import known_page
from touchstone.serve.pathway_league_page import league_page
from touchstone.serve.pathway_line_page import line_page
from touchstone.serve.pathway_parks_page import parks_page
from touchstone.serve.pathway_plans_page import plans_page
from touchstone.serve.pathway_register_page import register_page
from touchstone.serve.pathway_replaced import replacement_page
from touchstone.serve.pathway_scenario_page import scenario_page
from touchstone.serve.pathway_score_page import score_page
from touchstone.serve.pathway_stated_page import stated_page
from touchstone.serve.pathway_targets_page import targets_page
from touchstone.serve.pathway_technology_pages import technologies_page, technology_page
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
    "/pathway/known": known_page,
    "/pathway/register": lambda r, s: register_page(s, r.query_params, language(r)),
    "/pathway/line/{key:str}": lambda r, s: line_page(
        s, r.path_params["key"], r.query_params.getlist("s"), r.query_params, language(r)
    ),
    "/pathway/technologies": lambda r, s: technologies_page(s, r.query_params, language(r)),
    "/pathway/technologies/{key:str}": lambda r, s: technology_page(s, r.path_params["key"], language(r)),
    "/pathway/scenario/{key:str}": lambda r, s: scenario_page(s, r.path_params["key"], language(r)),
    "/pathway/targets": lambda r, s: targets_page(
        s, r.query_params.getlist("s"), r.query_params, language(r)
    ),
    "/pathway/league": lambda r, s: league_page(s, r.query_params, language(r)),
    "/pathway/replacement": lambda r, s: replacement_page(s, r.query_params, language(r)),
    "/pathway/parks": lambda r, s: parks_page(s, r.query_params, language(r)),
    "/pathway/budget": lambda r, s: budget_page(s, r.query_params.getlist("s"), r.query_params, language(r)),
    "/pathway/allocation": lambda r, s: allocation_page(s, r.query_params, language(r)),
    "/pathway/score": lambda r, s: score_page(s, r.query_params, language(r)),
    "/pathway/document/{key:str}": lambda r, s: document_page(s, r.path_params["key"], language(r)),
    "/pathway/stated": lambda r, s: stated_page(s, r.query_params.get("at", "")),
}
"""Address -> page, as `web` has them."""
