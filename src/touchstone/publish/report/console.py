"""Links from a paper to a console that has its facts."""

import re

from touchstone.publish.report import refused
from touchstone.publish.report.report import Cell

_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(?:/[A-Za-z0-9._~/-]*)?")


def address_of(given: str | None) -> str:
    """The address of a console without its last slash, "" where none is given.

    Raises:
        UnwritableReport: REPORT-005, it is no address.
    """
    if given is not None and not _ADDRESS.fullmatch(given):
        raise refused.no_address(given)
    return given.rstrip("/") if given else ""


def to_figure(address: str, facts: tuple[str, ...]) -> str:
    """Where the first of some facts is shown; "" without a console or without facts."""
    return f"{address}/figure/{facts[0]}" if address and facts else ""


def to_cell(address: str, cell: Cell) -> str:
    """Where a cell leads: to the first of its facts, else to the page of a console it names; "" without a console or without either."""
    return to_figure(address, cell.facts) or (
        f"{address}{cell.leads}" if address and cell.leads[:1] == "/" else ""
    )
