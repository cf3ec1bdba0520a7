"""The ledger's rates of exchange beside a bulletin that is read back, so that it is tested with what the audit knew."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from hashlib import sha256

from touchstone.facts.document import Block, Document, Source
from touchstone.facts.exchange import REACH
from touchstone.facts.fact import Fact
from touchstone.facts.period import span

MEASURE = "exchange_rate"
"""What a rate of exchange is a fact of."""
_NAME = "exchange rates of the ledger"


def with_rates(
    bulletin: Document, own: list[Fact], rates: Iterable[Fact], first: date, last: date
) -> list[tuple[Document, list[Fact]]]:
    """What the audit is given: the bulletin as read back, and the rates for its days where there are any.

    Args:
        bulletin, own: the document and the facts it states itself.
        rates: facts of rates; those that may be used for a day from `first` to `last` are taken.

    The rates stand in documents of their own, whose words say nothing of the bulletin; only their values are taken.
    """
    near = list(_near(rates, first, last))
    if not near:
        return [(bulletin, own)]
    source = Source(sha256(_NAME.encode()).hexdigest(), _NAME, "text/plain", 0, _NAME)
    return [(bulletin, own), (Document(source, "", (Block("paragraph", 0, 0),)), near)]


def _near(rates: Iterable[Fact], first: date, last: date) -> Iterator[Fact]:
    for rate in rates:
        if rate.period:
            begins, ends = span(rate.period)
            if begins <= last and ends >= first - timedelta(days=REACH):
                yield rate
