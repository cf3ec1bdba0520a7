"""Which address shows which page of carbon."""

from collections.abc import Callable

from starlette.requests import Request

from touchstone.serve.factor_pages import factor_page, factors_page
from touchstone.serve.factor_proposals_page import proposals_page
from touchstone.serve.inventory_line_page import line_page
from touchstone.serve.inventory_node_page import node_page
from touchstone.serve.inventory_page import inventory_page
from touchstone.serve.inventory_performance import performance_page, records_page
from touchstone.serve.inventory_region_page import region_page, region_records_page
from touchstone.serve.inventory_report import report_page
from touchstone.serve.language import language
from touchstone.serve.method_pages import method_page, methods_page
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf


def _leaf(request: Request) -> int:
    asked = request.query_params.get("leaf", "")
    return max(0, int(asked) - 1) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0


def _token(request: Request) -> str:
    return str(request.app.state.token.value)


CARBON_PAGES: dict[str, Callable[[Request, Shelf], Page]] = {
    "/inventory": lambda r, s: inventory_page(s, r.query_params, language(r), _token(r)),
    "/inventory/performance": lambda r, s: performance_page(s, r.query_params, language(r)),
    "/inventory/performance/{row:str}/{year:str}": lambda r, s: records_page(
        s, r.path_params["row"], r.path_params["year"], r.query_params, _leaf(r), language(r)
    ),
    "/inventory/region": lambda r, s: region_page(s, r.query_params, language(r)),
    "/inventory/region/{row:path}": lambda r, s: region_records_page(
        s, r.path_params["row"], r.query_params, _leaf(r), language(r)
    ),
    "/inventory/report": report_page,
    "/inventory/{node:str}": lambda r, s: node_page(
        s, r.path_params["node"], r.query_params, language(r), _token(r)
    ),
    "/inventory/{unit:str}/{month:str}/{term:str}/{item:str}": lambda r, s: line_page(
        s, r.path_params, r.query_params, language(r)
    ),
    "/factors": lambda r, s: factors_page(s, r.query_params, _leaf(r)),
    "/factors/proposals": proposals_page,
    "/factors/{id:path}": lambda r, s: factor_page(s, r.path_params["id"]),
    "/methods": lambda _r, s: methods_page(s),
    "/methods/{key:str}": lambda r, s: method_page(s, r.path_params["key"], r.query_params, language(r)),
}
"""Address -> page, as `web` has them."""
