"""Which market a table speaks of: its row's cells, the words over a column, the headings above it.

Places of figures other than prices are not of a market, and are not looked for here.
"""

import re
from collections.abc import Sequence

from touchstone.facts.document import Block, Document
from touchstone.facts.vocabulary import vocabulary
from touchstone.read.subject import market_of, markets_in, place_of

_HEAD = re.compile(r"(?:报价|交易)?(?:市场|地区|区域)|markets?|regions?|places?|locations?", re.IGNORECASE)
_KINDS = ("market", "place")


def is_market_head(words: Sequence[str]) -> bool:
    """Whether the words over a column say that its cells name markets: 市场, 地区, market, region."""
    return any(_HEAD.fullmatch(each.strip()) for each in words)


def market_of_cell(words: str, headed: bool) -> str | None:
    """Code of the market a cell of a row names; where no head says that it does, only by a market's own word."""
    if not headed:
        return market_of(words) if _resolved(words, _KINDS[:1]) else None
    return _resolved(words, _KINDS) or market_of(words) or place_of(words)


def market_before(words: str) -> str | None:
    """Code of the market of the place that a head begins with: Europe APT → market.europe."""
    mentions = vocabulary().find(words, ("place",))
    if not mentions or mentions[0].start or mentions[0].end < 2:
        return None
    code = mentions[0].code
    return _resolved(f"market.{code.rpartition('.')[2].lower()}", _KINDS[:1]) or code


def market_above(document: Document, text: str, headings: Sequence[Block]) -> str | None:
    """Code of the one market that the nearest heading above a table names.

    Args:
        headings: those the table stands under, outermost first.

    The title of the document counts where it has a single table and no heading names a market.
    """
    for heading in reversed(headings):
        if named := markets_in(text[heading.start : heading.end]):
            return _one(named)
    others = (
        text[block.start : block.end] for block in document.blocks if block.kind in ("heading", "caption")
    )
    alone = sum(block.kind == "table" for block in document.blocks) == 1
    return _one(markets_in(document.source.title)) if alone and not any(map(markets_in, others)) else None


def _one(named: frozenset[str]) -> str | None:
    return next(iter(named)) if len(named) == 1 else None


def _resolved(words: str, kinds: Sequence[str]) -> str | None:
    return next(filter(None, (vocabulary().resolve(words, kind) for kind in kinds)), None)
