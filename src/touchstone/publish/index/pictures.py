"""What an index looks like: gauge, levels with limits and turns, waterfall of sectors, breadth, and the fan of vintages."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from touchstone.calc.index.kept import KeptIndex, KeptIndicator, Numbers
from touchstone.calc.index.third import ThirdView
from touchstone.calc.index.vintage import Vintages
from touchstone.facts.text import Text
from touchstone.publish.chart import Chart, Trace
from touchstone.publish.dates import period
from touchstone.publish.format import number
from touchstone.publish.gauge import Gauge
from touchstone.publish.heatmap import decimal
from touchstone.publish.waterfall import Waterfall
from touchstone.publish.words import word

SHOWN, FEW = 72, 61
"""Periods of a chart, and of one on a narrow screen, still too many for a mark at each; the twins of the page have all."""
_STEP, _BEYOND = 5, 3
"""The ends of a gauge are multiples of so many points, and lie so many widths of an inner band beyond the outer limits."""
_SHARE = (Decimal(0), Decimal(100))


def spoken(text: Text, lang: str) -> str:
    """The words of a language."""
    return text.zh if lang == "zh" else text.en


def named(kept: KeptIndex, lang: str) -> str:
    """The name of an index as a title; one that stands on made-up figures says so."""
    return titled(spoken(kept.name, lang)) + _mark(kept, lang)


def titled(words: str) -> str:
    """Words as a title: English ones begin with a capital.

    >>> titled("copper demand index"), titled("铜需求景气指数")
    ('Copper demand index', '铜需求景气指数')
    """
    return words[:1].upper() + words[1:]


def gauge_of(kept: KeptIndex, lang: str) -> Gauge:
    """The newest level on the scale of its bands; one beyond the scale rests at its end."""
    told = kept.attribution
    low, high = _scale(kept)
    alt = word(
        "index.gauge_alt", lang, name=named(kept, lang), period=period(told.period, lang), level=number(told.level, lang),
        band=spoken(told.band.name, lang),
    )  # fmt: skip
    names = tuple(spoken(band.name, lang) for band in kept.bands)
    now = [band.key for band in kept.bands].index(told.band.key)
    limits = tuple(Decimal(repr(v)) for v in kept.limits)
    return Gauge(named(kept, lang), told.level, low, high, names, limits, alt, now)


def waterfall_of(kept: KeptIndex, lang: str) -> Waterfall:
    """What each sector adds, from the base to the level."""
    told = kept.attribution
    chained = kept.form in ("level", "composite")
    start = decimal(_base(kept), kept.decimals)
    base = period(told.before, lang) if chained else word("index.base", lang)
    steps = [(spoken(kept.sector(key), lang), decimal(points)) for key, points in told.sectors]
    if told.trend:
        steps.append((word("index.trend", lang), decimal(told.trend)))
    alt = word("index.waterfall_alt", lang, start=number(start, lang), level=number(told.level, lang))
    title = word("index.waterfall", lang, period=period(told.period, lang)) + _mark(kept, lang)
    return Waterfall(title, (base, start), tuple(steps), (period(told.period, lang), told.level), alt)


def levels_chart(kept: KeptIndex, lang: str, shown: int = SHOWN) -> Chart:
    """The newest levels, the limits of the bands, turning points, and what the issuer of the real index printed."""
    first = max(0, kept.row + 1 - shown)
    x = kept.periods[first : kept.row + 1]
    levels = tuple(_shown(level, kept.decimals) for level in kept.levels[first : kept.row + 1])
    traces = [Trace(word("index.trace", lang), levels)]
    for limit in kept.limits:
        value = Decimal(repr(limit))
        traces.append(
            Trace(word("index.limit_low", lang, value=number(value, lang)), (value,) * len(x), limit=True)
        )
    turned = {turn.period: decimal(turn.level, kept.decimals) for turn in kept.turns}
    marked = tuple(turned.get(each) for each in x)
    if any(marked):
        traces.append(Trace(word("index.turns", lang), marked, mark="fails"))
    printed = {each.period: each.value for each in kept.compared}
    beside = tuple(printed.get(each) for each in x)
    if any(beside):
        traces.append(Trace(word("index.compared_mark", lang), beside, mark="other"))
    note = (
        word("index.levels_note", lang)
        if any(beside)
        else word("index.turns_note", lang)
        if any(marked)
        else ""
    )
    return Chart(
        "line",
        word("index.levels", lang, name=titled(spoken(kept.name, lang))) + _mark(kept, lang),
        x,
        tuple(traces),
        note=note,
    )


def breadth_chart(kept: KeptIndex, lang: str, shown: int = SHOWN) -> Chart:
    """The share of indicators rising, in the two conventions; favourable, where any counts against the index."""
    first = max(0, kept.row + 1 - shown)
    rows = slice(first, kept.row + 1)
    traces = tuple(
        Trace(word(key, lang), tuple(_shown(share, 0) for share in shares[rows]))
        for key, shares in (
            ("index.favourable" if kept.mixed else "index.rising", kept.rising),
            ("index.halves", kept.six),
        )
    )
    title = breadth_said(kept, lang) + _mark(kept, lang)
    return Chart("line", title, kept.periods[rows], traces, "%", ends=_SHARE)


def breadth_said(kept: KeptIndex, lang: str) -> str:
    """What the shares of indicators count."""
    return word("index.breadth_favourable" if kept.mixed else "index.breadth_alt", lang)


def fan_chart(kept: KeptIndex, found: Vintages, lang: str) -> Chart:
    """The newest levels as they were known on each day, and as they are known now."""
    paths = [dict(vintage.path) for vintage in found.days if vintage.path]
    periods = sorted({each for path in paths for each in path})
    now = dict(zip(kept.periods, kept.levels, strict=True))
    latest = tuple(_shown(now.get(each), kept.decimals) for each in periods)
    older = tuple(
        Trace(
            vintage.day.isoformat(),
            tuple(_shown(dict(vintage.path).get(each), kept.decimals) for each in periods),
            vintage=True,
        )
        for vintage in found.days
        if vintage.path
    )
    return Chart(
        "line",
        word("index.fan_title", lang) + _mark(kept, lang),
        tuple(periods),
        (*older, Trace(word("index.newest", lang), latest)),
    )


def factor_chart(kept: KeptIndex, third: ThirdView, lang: str, shown: int = SHOWN) -> Chart:
    """The dynamic factor beside the index, in points."""
    part = slice(max(0, len(third.periods) - shown), None)
    traces = tuple(
        Trace(word(key, lang), tuple(_shown(value, kept.decimals) for value in values[part]))
        for key, values in (("index.trace", third.index), ("index.factor_trace", third.factor))
    )
    return Chart("line", word("index.factor_title", lang) + _mark(kept, lang), third.periods[part], traces)


def indicator_chart(kept: KeptIndex, each: KeptIndicator, lang: str, shown: int = SHOWN) -> Chart:
    """One indicator before and after adjustment."""
    part = slice(max(0, len(each.periods) - shown), None)
    traces = tuple(
        Trace(word(key, lang), sized(values)[part])
        for key, values in (("index.prepared", each.prepared), ("index.adjusted", each.adjusted))
    )
    return Chart(
        "line",
        word("index.values_alt", lang, name=titled(spoken(each.name, lang))) + _mark(kept, lang),
        each.periods[part],
        traces,
        each.unit,
    )


def sized(values: Numbers, least: int = 0) -> tuple[Decimal | None, ...]:
    """Values of one series with the decimals that their size asks for: four digits of the largest, and `least` decimals or more."""
    largest = max((abs(value) for value in values if value is not None), default=1.0)
    places = max(least, 4 - len(str(int(largest)))) if largest >= 1 else max(least, 4)
    return tuple(_shown(value, places) for value in values)


def _scale(kept: KeptIndex) -> tuple[Decimal, Decimal]:
    """Ends of the scale: three widths of an inner band beyond the outer limits, and at least the level; where there is but one band, the history."""
    known = kept.limits or tuple(level for level in kept.levels if level is not None)
    inner = len(kept.limits) - 1
    room = (
        _BEYOND * (max(known) - min(known)) / inner
        if inner > 0
        else float(_STEP * _BEYOND)
        if kept.limits
        else 0.0
    )
    low, high = _round(min(known) - room, ROUND_FLOOR), _round(max(known) + room, ROUND_CEILING)
    return low, high if high > low else low + _STEP


def _base(kept: KeptIndex) -> float:
    """The level that contributions add up from."""
    level = kept.levels[kept.row]
    assert level is not None
    return level - kept.attribution.trend - sum(points for _, points in kept.attribution.sectors)


def _mark(kept: KeptIndex, lang: str) -> str:
    if not kept.synthetic:
        return ""
    return (
        f"（{word('index.synthetic', lang)}）"
        if lang == "zh"
        else f" ({word('index.synthetic', lang).lower()})"
    )


def _shown(value: float | None, places: int) -> Decimal | None:
    return None if value is None else decimal(value, places)


def _round(value: float, way: str) -> Decimal:
    return (Decimal(repr(value)) / _STEP).to_integral_value(way) * _STEP
