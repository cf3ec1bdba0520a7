"""What lies between the prices of two markets on a day: the exchange rate and the tax.

Exact where somebody stated the rate, a wide interval (data/rules/parity.toml) where nobody did.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from touchstone.audit.case import Case
from touchstone.audit.declared import declared
from touchstone.audit.figure import Figure
from touchstone.audit.interval import Interval
from touchstone.errors import NoRate
from touchstone.facts.exchange import ExchangeRates
from touchstone.facts.tax import value_added_tax
from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class Gap:
    """By how much a price abroad is multiplied before it stands beside one at home.

    Attributes:
        factor: from the smallest to the largest multiplier.
        words: the rate and the tax it was made of.
        figures: the figures of the exchange rate, where one was stated.
    """

    factor: Interval
    words: Text
    figures: tuple[Figure, ...] = ()


def gap(case: Case, day: date | None, currency: str, home: str) -> Gap:
    """The gap on a day between a price in `currency` without tax and one in `home`, with tax or without.

    A domestic price may or may not contain the tax: the document seldom says, so both are allowed.
    """
    rate, said, figures = _rate(case, day, currency, home)
    tax, taxed = _tax(day)
    words = Text("，".join(filter(None, (said.zh, taxed.zh))), ", ".join(filter(None, (said.en, taxed.en))))
    return Gap(Interval(rate.low * tax.low, rate.high * tax.high), words, figures)


def window() -> Interval:
    """How far prices of two markets may lie apart behind exchange rate and tax without a question."""
    return _declared("window")


def near() -> Interval:
    """How far they lie apart in an ordinary week: what another unit has to bring a ratio into to explain it."""
    return _declared("near")


def _declared(name: str) -> Interval:
    given = declared("parity")[name]
    return Interval(Decimal(str(given["low"])), Decimal(str(given["high"])))


def home_market() -> str:
    """The market whose prices may contain tax."""
    return declared("parity")["tax"]["place"]


def _rate(
    case: Case, day: date | None, currency: str, home: str
) -> tuple[Interval, Text, tuple[Figure, ...]]:
    if currency == home:
        return Interval(Decimal(1), Decimal(1)), Text("", ""), ()
    rates, figures = case.once("exchange rates", lambda: _stated(case))
    try:
        found = rates.on(day, currency, home) if day else None
    except NoRate:
        found = None
    if found is None:
        low, high = _wide("exchange", currency, home)
        return Interval(low, high), Text(f"汇率取{low}-{high}", f"exchange rate {low}-{high}"), ()
    value = _decimal(found.value)
    note = found.note or Text("", "")
    said = Text(f"汇率{value:.4f}{note.zh}", f"exchange rate {value:.4f} {note.en}".strip())
    return Interval(value, value), said, tuple(figures[id] for id in found.facts)


def _stated(case: Case) -> tuple[ExchangeRates, dict[str, Figure]]:
    figures = {f.fact.id: f for page in case.pages for f in page.figures if f.fact.measure == "exchange_rate"}
    return ExchangeRates(f.fact for f in figures.values()), figures


def _wide(name: str, currency: str, home: str) -> tuple[Decimal, Decimal]:
    """The declared interval of a rate of exchange, either way round."""
    row = declared("parity")[name][0]
    low, high = Decimal(str(row["low"])), Decimal(str(row["high"]))
    return (low, high) if (row["from"], row["to"]) == (currency, home) else (1 / high, 1 / low)


def _tax(day: date | None) -> tuple[Interval, Text]:
    try:
        rate = value_added_tax("CN", day) if day else None
    except NoRate:
        rate = None
    if rate is None:
        given = declared("parity")["tax"]
        low, high = Decimal(str(given["low"])), Decimal(str(given["high"]))
        return Interval(low, high), Text("增值税取宽区间", "VAT as a wide interval")
    said = Text(f"含或不含增值税{rate.percent}%", f"with or without VAT of {rate.percent} %")
    return Interval(Decimal(1), _decimal(rate.factor)), said


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
