"""How a quote moved, as facts: what was worked out goes back to the ledger with its formula and its parents.

Source: "price.mean", "price.change" and "price.percent" in data/methods/price.toml.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from touchstone.calc.price import Move, plain
from touchstone.facts.conversion import rounded
from touchstone.facts.fact import Fact, fact_id
from touchstone.facts.quote import Quote

PERCENT_PLACES = 2
"""Decimals of a percentage change, as price bulletins print it."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The change of one quotation against its base.

    Attributes:
        low, high: of the two ends, in the unit of the quote; None where single prices are quoted.
        mean: of the mean, by the convention of the quotation.
        percent: of the mean in percent of the base.
        means: the two means of a range, which the change of the mean stands on; () for single prices.
    """

    low: Fact | None
    high: Fact | None
    mean: Fact
    percent: Fact
    means: tuple[Fact, ...] = ()

    def facts(self) -> tuple[Fact, ...]:
        """All of them, parents before children."""
        ends = (fact for fact in (self.low, self.high) if fact)
        return (*self.means, *ends, self.mean, self.percent)


def changes(move: Move) -> Changes | None:
    """The change of a quotation as facts; None where there is nothing to compare with.

    Every fact is derived, names its formula, and has facts of the quotes as parents. Its period is that of the
    quote, its `base` that of the quote compared with.
    """
    now, base = move.quote, move.base
    if base is None or move.mean is None or move.percent is None:
        return None
    means = tuple(_mean(quote) for quote in (base, now) if quote.is_range)
    parents = (_one(base), _one(now))
    mean = _derived("price.change", "price.change", now, base, move.mean, now.unit, parents)
    percent = _derived("price.percent", "price.change", now, base, _percent(move.percent), "%", parents)
    low = high = None
    if now.is_range and move.low is not None and move.high is not None:
        low = _derived(
            "price.change", "price.low.change", now, base, move.low, now.unit, (base.facts[0], now.facts[0])
        )
        high = _derived(
            "price.change", "price.high.change", now, base, move.high, now.unit, (base.facts[1], now.facts[1])
        )
    return Changes(low, high, mean, percent, means)


def _one(quote: Quote) -> str:
    """Id of the one fact that is the price of a quote: its mean, or the single price."""
    return _mean(quote).id if quote.is_range else quote.facts[0]


def _mean(quote: Quote) -> Fact:
    return _derived("price.mean", "price.mean", quote, None, quote.mean, quote.unit, quote.facts[:2])


def _percent(exact: Fraction) -> Decimal:
    return rounded(exact, PERCENT_PLACES)


def _derived(
    rule: str,
    measure: str,
    quote: Quote,
    base: Quote | None,
    value: Decimal,
    unit: str,
    parents: tuple[str, ...],
) -> Fact:
    """A derived fact of a quotation; it stands in no document, so it has no source of its own."""
    subject = quote.quotation.code.partition("@")[0]
    against = base.period if base else None
    value = value if unit == "%" else plain(value)
    half = Decimal(5).scaleb(-PERCENT_PLACES - 1) if unit == "%" else Decimal(0)
    return Fact(
        id=fact_id(rule, measure, subject, quote.period, against, value, unit, *parents),
        subject=subject, measure=measure, period=quote.period, value=value, unit=unit, half_width=half,
        source="", locator=None, rule=rule, place=quote.quotation.market or None, status="derived", base=against,
        parents=parents, published=quote.published,
    )  # fmt: skip
