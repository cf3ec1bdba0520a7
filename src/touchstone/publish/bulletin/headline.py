"""Headings of the review: how a metal moved in each market, in a few words."""

from touchstone.facts.quotation import Quotation
from touchstone.facts.text import Text, capital
from touchstone.facts.vocabulary import vocabulary
from touchstone.publish.bulletin.commentary import FILE
from touchstone.publish.bulletin.layout import Metal
from touchstone.publish.bulletin.template import fitting, said
from touchstone.publish.bulletin.week import Week

_WAYS = {1: "up", -1: "down", 0: "kept"}


def headline(metal: Metal, week: Week) -> Text:
    """The metal and the direction of each of its markets, in the order of its quotations.

    A market of which no change is known is left out; where there is none at all the heading is the metal alone. A
    quotation of another metal that the paragraph tells too (manganese, beside selenium) does not count.
    """
    ways: dict[str, set[str]] = {}
    for code in metal.quotations:
        if (
            code in week.told
            and _is_of(week.told[code].quote.quotation, metal)
            and (direction := week.told[code].direction) is not None
        ):
            ways.setdefault(week.told[code].quote.quotation.market, set()).add(_WAYS[direction])
    name, words = capital(metal.name), {market: week.layout.market(market) for market in ways}
    if len(ways) > 1 and len({frozenset(way) for way in ways.values()}) == 1:
        ways, words = {"": next(iter(ways.values()))}, {"": said(FILE, "everywhere")}
    moved = [fitting(FILE, "heading", way).filled({"market": words[market]}) for market, way in ways.items()]
    if not moved:
        return name
    return Text(
        f"{name.zh}：{'，'.join(text.zh for text in moved)}",
        f"{name.en}: {', '.join(text.en for text in moved)}",
    )


def _is_of(quotation: Quotation, metal: Metal) -> bool:
    """Whether a quotation is a price of the metal: the vocabulary leads from what is quoted up to the metal."""
    code: str | None = quotation.commodity
    while code and code != metal.code:
        code = vocabulary().parent(code)
    return bool(code)
