"""From quotes to a panel: one currency, one tax basis, one clock.

Prices of two markets that are not brought to one basis seem to lead each other when only the exchange rate or the
tax moved; prices of different days do so by themselves. What cannot be brought along is left out and told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from touchstone.calc.linkage.panel import Panel, panel
from touchstone.errors import NoRate, Refusal, UnitMismatch, UnusableSeries
from touchstone.facts.conversion import Exchange, Tax, converted
from touchstone.facts.exchange import ExchangeRate
from touchstone.facts.period import frequency as frequency_of
from touchstone.facts.period import span
from touchstone.facts.quote import Quote
from touchstone.facts.text import Text

CLOCKS = ("D", "W", "M")
"""Day; week, by its last day on which every series was quoted; month, by its own quote or its last such day."""


_LONGEST = {"D": 11, "W": 13, "M": 31}
"""Days of an ordinary step: a day through the longest holidays, a week whose last common day moves, a month."""
_LISTED = 3


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

    A series that is too short, leaves the others too few common periods, never moves or repeats others is left out and told.

    Raises:
        UnusableSeries: fewer than two series are left, or the two that are left cannot be used.
    """
    if clock not in CLOCKS:
        raise ValueError(f"clock {clock!r}, expected one of {', '.join(CLOCKS)}")
    left_out: list[Refusal] = []
    points: dict[str, dict[str, _Point]] = {}
    for name, quotes in series.items():
        found = _points(quotes, clock, basis, exchange, rate_of, left_out)
        if len(counted := {_within(period, clock) for period in found}) < least:
            left_out.append(_short(name, len(counted), least))
        else:
            points[name] = found
    while True:
        periods = _shared(points, clock, least, left_out)
        if len(points) < 2 or len(periods) < least:
            raise _nothing_common(list(series), len(points), len(periods), least)
        try:
            return _built(points, periods, clock, left_out, _notes(basis, clock))
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
        left_out.append(_apart(worst, len(periods), least))
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
    for quote in quotes:
        every = frequency_of(quote.period)
        if quote.carried_from or every not in ("D", "M") or (every == "M" and clock != "M"):
            continue
        try:
            found[quote.period] = _point(quote, basis, exchange, rate_of)
        except NoRate as problem:
            left_out.append(problem)
        except UnitMismatch as problem:
            left_out.append(_off_unit(quote, problem))
    return found


def _point(quote: Quote, basis: Basis, exchange: Exchange, rate_of: Tax) -> _Point:
    """The mean of a quote by its own convention, on the basis."""
    if quote.off_unit:
        raise UnitMismatch(f"printed in {quote.unit}, the quotation is in {quote.quotation.unit}")
    rates: list[ExchangeRate] = []

    def noted(day: date, base: str, other: str) -> ExchangeRate:
        rates.append(exchange(day, base, other))
        return rates[-1]

    target = f"{basis.currency}/{quote.unit.partition('/')[2]}" if basis.currency else quote.unit
    price = converted(quote, target, basis.tax, noted, rate_of).price
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
    points: Mapping[str, Mapping[str, _Point]], periods: list[str], clock: str, left_out: list[Refusal],
    notes: list[Text],
) -> Aligned:  # fmt: skip
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
    notes += [*_means(periods), *_stand_ins(points, periods), *_gaps(periods, clock)]
    units = tuple(each[periods[-1]].unit for each in points.values())
    return Aligned(built, facts, units, tuple(left_out), tuple(notes))


def _means(periods: list[str]) -> Iterator[Text]:
    """Say that a price for a month is a mean of it: Working (Econometrica 28, 1960) on what averaging does to changes."""
    if any(frequency_of(period) == "M" for period in periods):
        yield Text(
            "价格是月均值而非月末价：取均值本身会使相邻变动相关（约0.25），领先与预测关系因此偏多。",
            "Prices are means of the month, not its end: averaging alone makes neighbouring changes correlate (about 0.25), so "
            "leads and predictions are found too often.",
        )


def _stand_ins(points: Mapping[str, Mapping[str, _Point]], periods: list[str]) -> Iterator[Text]:
    """Say how often a rate of exchange was not that of the day."""
    for name, each in points.items():
        if count := sum(each[period].approximate for period in periods):
            yield Text(
                f"{name}有{count}期的汇率不是当日牌价（取前一牌价、月均值或套算）。",
                f"{name}: in {count} periods the exchange rate is not that of the day (an earlier one, a monthly mean or a cross rate).",
            )


def _gaps(periods: list[str], clock: str) -> Iterator[Text]:
    """Say which steps are longer than the clock: a return over such a step is a return of all of it."""
    steps = [(span(after)[0] - span(before)[0]).days for before, after in pairwise(periods)]
    wide = [
        (before, after)
        for (before, after), days in zip(pairwise(periods), steps, strict=True)
        if days > _LONGEST[clock]
    ]
    if wide:
        listed = ", ".join(f"{before}–{after}" for before, after in wide[:_LISTED])
        yield Text(
            f"{len(wide)}处间隔长于取样周期，其收益率跨越整个间隔：{listed}{'等' if len(wide) > _LISTED else ''}。",
            f"{len(wide)} steps are longer than the clock, and a return spans all of it: {listed}{' and others' if len(wide) > _LISTED else ''}.",
        )


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


def _apart(name: str, shared: int, least: int) -> UnusableSeries:
    return UnusableSeries(
        "LINK-011", name, f"with it the series share {shared} periods", f"at least {least} common periods",
        "the series was left out, the others go on", "import the days it lacks, or leave it out of the recipe",
        zh=(f"计入它则各序列只有{shared}个共同时期", f"共同时期至少{least}个", "去掉这一序列，其余照常", "补充它缺少的日期，或从方案中去掉"),
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
