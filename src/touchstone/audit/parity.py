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
from touchstone.facts.exchange import ExchangeRate, ExchangeRates
from touchstone.facts.tax import Rate, value_added_tax
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
    found = dated_rate(rates, day, currency, home)
    if found is None:
        band = rate_band(currency, home)
        return band, Text(f"汇率取{band.low}-{band.high}", f"exchange rate {band.low}-{band.high}"), ()
    value = _decimal(found.value)
    note = found.note or Text("", "")
    said = Text(f"汇率{value:.4f}{note.zh}", f"exchange rate {value:.4f} {note.en}".strip())
    return Interval(value, value), said, tuple(figures[id] for id in found.facts)


def dated_rate(rates: ExchangeRates, day: date | None, currency: str, home: str) -> ExchangeRate | None:
    """The rate that somebody stated for a day; None where nobody did."""
    try:
        return rates.on(day, currency, home) if day else None
    except NoRate:
        return None


def _stated(case: Case) -> tuple[ExchangeRates, dict[str, Figure]]:
    figures = {f.fact.id: f for page in case.pages for f in page.figures if f.fact.measure == "exchange_rate"}
    return ExchangeRates(f.fact for f in figures.values()), figures


def rate_band(currency: str, home: str) -> Interval:
    """The declared interval of a rate of exchange, either way round."""
    row = declared("parity")["exchange"][0]
    low, high = Decimal(str(row["low"])), Decimal(str(row["high"]))
    return (
        Interval(low, high) if (row["from"], row["to"]) == (currency, home) else Interval(1 / high, 1 / low)
    )


def dated_tax(day: date | None) -> Rate | None:
    """The rate of the tax at home on a day; None where none is stated."""
    try:
        return value_added_tax("CN", day) if day else None
    except NoRate:
        return None


def tax_band() -> Interval:
    """The declared interval of the tax at home: from none to the highest ever, as factors."""
    given = declared("parity")["tax"]
    return Interval(Decimal(str(given["low"])), Decimal(str(given["high"])))


def _tax(day: date | None) -> tuple[Interval, Text]:
    rate = dated_tax(day)
    if rate is None:
        return tax_band(), Text("增值税取宽区间", "VAT as a wide interval")
    said = Text(f"含或不含增值税{rate.percent}%", f"with or without VAT of {rate.percent} %")
    return Interval(Decimal(1), _decimal(rate.factor)), said


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
