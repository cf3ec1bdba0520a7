"""From quotes to a panel: one currency, one tax basis, one clock.

Prices of two markets that are not brought to one basis seem to lead each other when only the exchange rate or the
tax moved; prices of different days do so by themselves. What cannot be brought along is left out and told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from touchstone.calc.linkage.alignment_notes import gaps, means, sampled, stand_ins, still
from touchstone.calc.linkage.allowed import at_least, one_of
from touchstone.calc.linkage.panel import Panel, panel
from touchstone.calc.linkage.refused_series import apart, nothing_common, off_unit, short
from touchstone.errors import NoRate, Refusal, UnitMismatch, UnusableSeries
from touchstone.facts.conversion import Exchange, Tax, converted
from touchstone.facts.exchange import ExchangeRate
from touchstone.facts.period import frequency as frequency_of
from touchstone.facts.quotation import TAXES
from touchstone.facts.quote import Quote
from touchstone.facts.text import Text
from touchstone.facts.unit import unit

CLOCKS = ("D", "W", "M")
"""Day; week, by its last day on which every series was quoted; month, by its own quote or its last such day."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What prices are brought to: ISO 4217 code of a currency, and included or excluded tax; "" keeps what is printed."""

    currency: str = ""
    tax: str = ""

    def __post_init__(self) -> None:
        one_of("tax", self.tax, TAXES)


@dataclass(frozen=True, slots=True, eq=False)
class Aligned:
    """A panel of log prices and what became of the rest.

    Attributes:
        prices: (T, N) natural logs of the means of the quotes.
        facts: for each series the facts behind each row, in the order of `prices.periods`.
        units: code of the unit of each series' prices.
        left_out: series and days that could not be used, and why.
        notes: what was done to every series, and what a reader should know of the data.
    """

    prices: Panel
    facts: Mapping[str, tuple[tuple[str, ...], ...]]
    units: tuple[str, ...]
    left_out: tuple[Refusal, ...]
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Point:
    """One price: the facts of its quote and of its rates, and whether a rate was of another day, a mean or a cross."""

    value: float
    facts: tuple[str, ...]
    approximate: bool
    unit: str


def aligned(
    series: Mapping[str, Sequence[Quote]], clock: str, basis: Basis, exchange: Exchange, rate_of: Tax, least: int = 30
) -> Aligned:  # fmt: skip
    """Bring series of quotes to one basis and one clock.

    Args:
        series: quotes by the name of their series. A quote carried over from an earlier day is no news and not taken.
        clock: one of `CLOCKS`.
        basis: currency and tax basis wanted.
        exchange, rate_of: rates by day, see `touchstone.facts.conversion`.
        least: fewest periods of the clock that a series, and all of them together, must have.

    All quotes of a series are brought to the unit of its quotation, or of its last quote where the quotation has none; a
    quote that cannot be is left out and told. So is a series that is too short, leaves the others too few common periods,
    never moves or repeats others.

    Raises:
        UnusableSeries: fewer than two series are left, or the two that are left cannot be used.
    """
    one_of("clock", clock, CLOCKS)
    at_least("least", least, 1)
    left_out: list[Refusal] = []
    points: dict[str, dict[str, _Point]] = {}
    for name, quotes in series.items():
        found = _points(quotes, clock, basis, exchange, rate_of, left_out)
        if len(counted := {_within(period, clock) for period in found}) < least:
            left_out.append(short(name, len(counted), least))
        else:
            points[name] = found
    while True:
        periods = _shared(points, clock, least, left_out)
        if len(points) < 2 or len(periods) < least:
            raise nothing_common(list(series), len(points), len(periods), least)
        try:
            return _built(points, periods, clock, basis, left_out)
        except UnusableSeries as problem:
            named = problem.where.split()[0]
            if named not in points or len(points) == 2:
                raise
            left_out.append(problem)
            del points[named]


def _shared(
    points: dict[str, dict[str, _Point]], clock: str, least: int, left_out: list[Refusal]
) -> list[str]:
    """The periods all series have; a series that leaves the others too few is taken out and told."""
    while len(periods := _common(points, clock)) < least and len(points) > 2:
        without = {
            name: len(_common({n: p for n, p in points.items() if n != name}, clock)) for name in points
        }
        worst = max(without, key=lambda name: without[name])
        left_out.append(apart(worst, len(periods), least))
        del points[worst]
    return periods


def returns(prices: Panel) -> Panel:
    """Log returns of a panel of log prices; one row fewer, each dated by its end."""
    import numpy as np

    return panel(prices.names, prices.periods[1:], np.diff(prices.values, axis=0))


def _points(
    quotes: Sequence[Quote], clock: str, basis: Basis, exchange: Exchange, rate_of: Tax, left_out: list[Refusal]
) -> dict[str, _Point]:  # fmt: skip
    """Prices by period: day codes, or month codes where quotes are for months."""
    found: dict[str, _Point] = {}
    wanted = _unit_of(quotes, basis)
    for quote in quotes:
        every = frequency_of(quote.period)
        if quote.carried_from or every not in ("D", "M") or (every == "M" and clock != "M"):
            continue
        try:
            found[quote.period] = _point(quote, wanted, basis, exchange, rate_of)
        except NoRate as problem:
            left_out.append(problem)
        except UnitMismatch as problem:
            left_out.append(off_unit(quote, problem))
    return found


def _unit_of(quotes: Sequence[Quote], basis: Basis) -> str:
    """The one unit of a series: a document that goes over from tonnes to kilograms moves no price."""
    if not quotes:
        return ""
    own = quotes[-1].quotation.unit or quotes[-1].unit
    return f"{basis.currency}/{own.partition('/')[2]}" if basis.currency else own


def _point(quote: Quote, wanted: str, basis: Basis, exchange: Exchange, rate_of: Tax) -> _Point:
    """The mean of a quote by its own convention, in the unit wanted and on the basis."""
    if quote.quotation.unit and quote.off_unit:
        raise UnitMismatch(f"printed in {quote.unit}, the quotation is in {quote.quotation.unit}")
    if not basis.currency and unit(quote.unit).dimension != unit(wanted).dimension:
        raise UnitMismatch(f"printed in {quote.unit}, the series is in {wanted}")
    rates: list[ExchangeRate] = []

    def noted(day: date, base: str, other: str) -> ExchangeRate:
        rates.append(exchange(day, base, other))
        return rates[-1]

    price = converted(quote, wanted, basis.tax, noted, rate_of).price
    mean = {"midpoint": (price.low + price.high) / 2, "low": price.low, "high": price.high}[
        quote.quotation.mean
    ]
    facts = (*quote.facts, *(id for rate in rates for id in rate.facts))
    return _Point(float(mean), facts, any(rate.note for rate in rates), price.unit)


def _common(points: Mapping[str, Mapping[str, _Point]], clock: str) -> list[str]:
    """Periods every series has; of days of one week or month the last."""
    if not points:
        return []
    shared = sorted(set.intersection(*(set(each) for each in points.values())))
    if clock == "D":
        return [code for code in shared if frequency_of(code) == "D"]
    last = {_within(code, clock): code for code in shared}
    return sorted(last.values())


def _within(code: str, clock: str) -> str:
    """The period of the clock a code lies in."""
    if clock == "D":
        return code
    if clock == "M" or frequency_of(code) == "M":
        return code[:7]
    year, week, _ = date.fromisoformat(code).isocalendar()
    return f"{year}-W{week:02d}"


def _built(
    points: Mapping[str, Mapping[str, _Point]], periods: list[str], clock: str, basis: Basis, left_out: list[Refusal]
) -> Aligned:  # fmt: skip
    import numpy as np

    values = np.log([[each[period].value for each in points.values()] for period in periods])
    facts = {name: tuple(each[period].facts for period in periods) for name, each in points.items()}
    built = panel(list(points), periods, values)
    approximate = {name: sum(each[period].approximate for period in periods) for name, each in points.items()}
    notes = (
        *sampled(clock, basis.currency, basis.tax), *still(built.names, values), *means(periods),
        *stand_ins(approximate), *gaps(periods, clock),
    )  # fmt: skip
    units = tuple(each[periods[-1]].unit for each in points.values())
    return Aligned(built, facts, units, tuple(left_out), notes)
