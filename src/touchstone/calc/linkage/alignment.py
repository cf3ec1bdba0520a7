"""From quotes to a panel: one currency, one tax basis, one clock.

Prices of two markets that are not brought to one basis seem to lead each other when only the exchange rate or the
tax moved; prices of different days do so by themselves. What cannot be brought along is left out and told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from touchstone.calc.linkage.panel import Panel, panel
from touchstone.errors import NoRate, Refusal, UnitMismatch, UnusableSeries
from touchstone.facts.conversion import Exchange, Tax, converted
from touchstone.facts.period import frequency as frequency_of
from touchstone.facts.quote import Quote
from touchstone.facts.text import Text

CLOCKS = ("D", "W", "M")
"""Day; week, by its last day on which every series was quoted; month, by its own quote or its last such day."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What prices are brought to: ISO 4217 code of a currency, and included or excluded tax; "" keeps what is printed."""

    currency: str = ""
    tax: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Aligned:
    """A panel of log prices and what became of the rest.

    Attributes:
        prices: (T, N) natural logs of the means of the quotes.
        facts: for each series the facts behind each row, in the order of `prices.periods`.
        left_out: series and days that could not be used, and why.
        notes: what was done to every series, and what a reader should know of the data.
    """

    prices: Panel
    facts: Mapping[str, tuple[tuple[str, ...], ...]]
    left_out: tuple[Refusal, ...]
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Point:
    value: float
    facts: tuple[str, ...]


def aligned(
    series: Mapping[str, Sequence[Quote]], clock: str, basis: Basis, exchange: Exchange, rate_of: Tax, least: int = 30
) -> Aligned:  # fmt: skip
    """Bring series of quotes to one basis and one clock.

    Args:
        series: quotes by the name of their series. A quote carried over from an earlier day is no news and not taken.
        clock: one of `CLOCKS`.
        basis: currency and tax basis wanted.
        exchange, rate_of: rates by day, see `touchstone.facts.conversion`.
        least: fewest periods of a series worth keeping; a shorter one is left out, or it would shorten all others.

    Raises:
        UnusableSeries: fewer than two series are left, they share no `least` periods, or one of them never moves.
    """
    if clock not in CLOCKS:
        raise ValueError(f"clock {clock!r}, expected one of {', '.join(CLOCKS)}")
    left_out: list[Refusal] = []
    points: dict[str, dict[str, _Point]] = {}
    for name, quotes in series.items():
        found = _points(quotes, clock, basis, exchange, rate_of, left_out)
        if len(found) < least:
            left_out.append(_short(name, len(found), least))
        else:
            points[name] = found
    periods = _common(points, clock)
    if len(points) < 2 or len(periods) < least:
        raise _nothing_common(list(series), len(points), len(periods), least)
    return _built(points, periods, left_out, _notes(basis, clock))


def returns(prices: Panel) -> Panel:
    """Log returns of a panel of log prices; one row fewer, each dated by its end."""
    import numpy as np

    return panel(prices.names, prices.periods[1:], np.diff(prices.values, axis=0))


def _points(
    quotes: Sequence[Quote], clock: str, basis: Basis, exchange: Exchange, rate_of: Tax, left_out: list[Refusal]
) -> dict[str, _Point]:  # fmt: skip
    """Prices by period: day codes, or month codes where quotes are for months."""
    found: dict[str, _Point] = {}
    for quote in quotes:
        every = frequency_of(quote.period)
        if quote.carried_from or every not in ("D", "M") or (every == "M" and clock != "M"):
            continue
        try:
            found[quote.period] = _Point(_price(quote, basis, exchange, rate_of), quote.facts)
        except NoRate as problem:
            left_out.append(problem)
        except UnitMismatch as problem:
            left_out.append(_off_unit(quote, problem))
    return found


def _price(quote: Quote, basis: Basis, exchange: Exchange, rate_of: Tax) -> float:
    if quote.off_unit:
        raise UnitMismatch(f"printed in {quote.unit}, the quotation is in {quote.quotation.unit}")
    target = f"{basis.currency}/{quote.unit.partition('/')[2]}" if basis.currency else quote.unit
    price = converted(quote, target, basis.tax, exchange, rate_of).price
    return float((price.low + price.high) / 2)


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
    if clock == "M" or frequency_of(code) == "M":
        return code[:7]
    year, week, _ = date.fromisoformat(code).isocalendar()
    return f"{year}-W{week:02d}"


def _built(
    points: Mapping[str, Mapping[str, _Point]], periods: list[str], left_out: list[Refusal], notes: list[Text]
) -> Aligned:
    import numpy as np

    values = np.log([[each[period].value for each in points.values()] for period in periods])
    facts = {name: tuple(each[period].facts for period in periods) for name, each in points.items()}
    built = panel(list(points), periods, values)
    still = (np.diff(values, axis=0) == 0).mean(axis=0)
    quiet = [f"{name} {share:.0%}" for name, share in zip(points, still, strict=True) if share > 0.5]
    if quiet:
        listed = ", ".join(quiet)
        notes.append(
            Text(f"多数时期报价未动的序列：{listed}", f"Series that stood still in most periods: {listed}.")
        )
    return Aligned(built, facts, tuple(left_out), tuple(notes))


def _notes(basis: Basis, clock: str) -> list[Text]:
    zh = {"D": "各序列均有报价的日子", "W": "每周最后一个各序列均有报价的日子", "M": "每月一个值"}[clock]
    en = {"D": "days on which every series was quoted", "W": "the last day of each week on which every series was quoted",
          "M": "one value a month"}[clock]  # fmt: skip
    notes = [Text(f"取{zh}。", f"Sampled on {en}.")]
    if basis.currency or basis.tax:
        tax = {
            "included": ("含税", "VAT included"),
            "excluded": ("不含税", "VAT excluded"),
            "": ("税基不变", "tax as printed"),
        }
        words = tax[basis.tax]
        notes.append(
            Text(
                f"折成{basis.currency or '原币种'}，{words[0]}。",
                f"In {basis.currency or 'the printed currency'}, {words[1]}.",
            )
        )
    return notes


def _short(name: str, found: int, least: int) -> UnusableSeries:
    return UnusableSeries(
        "LINK-006", name, f"{found} usable quotes", f"at least {least}", "the series was left out, the others go on",
        "take a longer history, or ask for fewer periods",
        zh=(f"可用报价{found}个", f"至少{least}个", "去掉这一序列，其余照常", "加长历史，或降低最少期数"),
    )  # fmt: skip


def _off_unit(quote: Quote, problem: UnitMismatch) -> UnusableSeries:
    return UnusableSeries(
        "LINK-007", f"{quote.quotation.code} {quote.period}", str(problem).splitlines()[0],
        f"a unit like {quote.quotation.unit}", "this day of the series was left out", "correct the unit in the source",
        zh=(str(problem).splitlines()[-1], f"与{quote.quotation.unit}同类的单位", "这一天未采用", "改正原始资料中的单位"),
    )  # fmt: skip


def _nothing_common(names: list[str], usable: int, shared: int, least: int) -> UnusableSeries:
    return UnusableSeries(
        "LINK-008", ", ".join(names), f"{usable} usable series with {shared} common periods",
        f"two or more series with {least} common periods", "no linkage was computed",
        "choose series that were quoted on the same days, or sample by week or month",
        zh=(f"可用序列{usable}个，共同时期{shared}个", f"两个以上序列，共同时期至少{least}个", "没有计算联动",
            "选择同日有报价的序列，或改为按周、按月取样"),
    )  # fmt: skip
