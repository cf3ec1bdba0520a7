"""Charts of a bulletin: the low-high band of each metal's quotes in its home market.

A band is not drawn over a stretch of days on which the market was closed, nor over a quote that was refused.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from touchstone.facts.quote import Quote
from touchstone.facts.text import Text, capital
from touchstone.publish.bulletin.breaks import Break, breaks, note
from touchstone.publish.bulletin.layout import Metal
from touchstone.publish.bulletin.week import Week
from touchstone.publish.chart import Chart, Trace, alt
from touchstone.publish.report.report import Figure

_BACK = timedelta(days=182)
"""How far back a chart reaches: half a year."""
_HOME = "market.domestic"


def charts(metal: Metal, week: Week, numbers: Mapping[str, int]) -> Iterator[Figure]:
    """A chart for each unit in which the metal is quoted at home on two days at least, the week among them.

    Args:
        metal: of the layout.
        week: its quotes and those before.
        numbers: of the sources, by hash.
    """
    yield from (_figure(metal, unit, quotes, week, numbers) for unit, quotes in _drawn(metal, week))


def drawn_quotes(metal: Metal, week: Week) -> Iterator[Quote]:
    """The quotes that the charts of a metal show."""
    for _, quotes in _drawn(metal, week):
        yield from (quote for several in quotes.values() for quote in several)


def _drawn(metal: Metal, week: Week) -> Iterator[tuple[str, dict[str, tuple[Quote, ...]]]]:
    by_unit: dict[str, dict[str, tuple[Quote, ...]]] = {}
    for code in metal.quotations:
        told = week.told.get(code)
        if told and told.quote.quotation.market == _HOME:
            recent = tuple(
                q for q in week.history[code] if week.day - q.day <= _BACK and q.unit == told.quote.unit
            )
            by_unit.setdefault(told.quote.unit, {})[code] = recent
    for unit, quotes in by_unit.items():
        if len({quote.day for several in quotes.values() for quote in several}) > 1:
            yield unit, quotes


def _figure(
    metal: Metal, unit: str, quotes: dict[str, tuple[Quote, ...]], week: Week, numbers: Mapping[str, int]
) -> Figure:
    cited = sorted({numbers[quote.source] for several in quotes.values() for quote in several})
    zh, en = (_chart(metal, unit, quotes, week, cited, lang) for lang in ("zh", "en"))
    return Figure(zh, en, Text(alt(zh, "zh"), alt(en, "en")))


def _chart(
    metal: Metal, unit: str, quotes: dict[str, tuple[Quote, ...]], week: Week, cited: list[int], lang: str
) -> Chart:
    broken = {code: breaks(several, week) for code, several in quotes.items()}
    gaps = {each.first.isoformat() for found in broken.values() for each in found}
    days = sorted({quote.period for several in quotes.values() for quote in several} | gaps)
    said = note((each for found in broken.values() for each in found), week.day)
    names = {code: _name(several[-1], week, lang) for code, several in quotes.items()}
    title = Text(f"国内{metal.name.zh}报价", f"{capital(metal.name).en}: domestic quotes")
    return Chart(
        "range",
        getattr(title, lang),
        tuple(days),
        tuple(_trace(names[code], several, broken[code], days) for code, several in quotes.items()),
        getattr(week.layout.unit(unit), lang),
        getattr(said, lang),
        sources=tuple(map(str, cited)),
    )


def _name(quote: Quote, week: Week, lang: str) -> str:
    return getattr(week.layout.product(quote.quotation), lang)


def _trace(name: str, quotes: tuple[Quote, ...], broken: tuple[Break, ...], days: list[str]) -> Trace:
    of_day = {quote.period: quote for quote in quotes}
    lows = tuple(of_day[each].low if each in of_day else None for each in days)
    highs = tuple(of_day[each].high if each in of_day else None for each in days)
    return Trace(name, lows, highs, broken=frozenset(days.index(each.first.isoformat()) for each in broken))
