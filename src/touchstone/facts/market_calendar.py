"""The trading calendar of a quotation: the one it names, else that of its market.

Source: data/market_calendars.toml.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from touchstone.facts.quotation import Quotation
from touchstone.facts.vocabulary import vocabulary


def calendar_code(quotation: Quotation) -> str:
    """Code of the trading calendar of a quotation; whoever shows it says where it is not the quotation's own.

    >>> calendar_code(Quotation("cu@market.shfe", "cu.cathode", "market.shfe", "CNY/t"))
    'CN.exchange'
    """
    return quotation.calendar or of_market(quotation.market)


@cache
def of_market(market: str) -> str:
    """The calendar of a market by its code or its country; that of London where neither is stated."""
    *rows, rest = _rows()
    country = (vocabulary().parent(market) or "").partition("-")[0]
    named = (row for row in rows if market in row["codes"])
    of_country = (row for row in rows if country and row.get("country") == country)
    return next(named, next(of_country, rest))["calendar"]


@cache
def _rows() -> list[dict[str, Any]]:
    text = files("touchstone").joinpath("data/market_calendars.toml").read_text("utf-8")
    return tomllib.loads(text)["market"]
