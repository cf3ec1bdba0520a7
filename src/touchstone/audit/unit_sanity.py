"""Unit sanity: the price of one metal in two markets, in one unit, lies within a wide window."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from touchstone.audit.case import Case
from touchstone.audit.declared import declared
from touchstone.audit.figure import Figure, number, rough
from touchstone.audit.finding import Finding
from touchstone.audit.interval import Interval
from touchstone.audit.page import Page
from touchstone.audit.parity import Gap, gap, home_market, window
from touchstone.audit.report import report
from touchstone.audit.rule import rule
from touchstone.audit.subject import metal_form
from touchstone.facts.text import Text
from touchstone.facts.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Quote:
    """The prices of one product in one market in one currency: one column of a table, or one sentence."""

    place: str
    currency: str
    low: Decimal
    high: Decimal
    figures: tuple[Figure, ...]


@rule(
    "unit_sanity",
    zh="单位合理",
    en="unit sanity",
    zh_meaning="同一金属在两个市场的价格，折成同一单位后应在一个宽松的范围之内。",
    en_meaning="The price of one metal in two markets, in one unit, lies within a wide window.",
)
def unit_sanity(case: Case) -> Iterator[Finding]:
    """One finding for each metal quoted per mass in the home market and in another one."""
    everywhere: dict[str, list[Quote]] = defaultdict(list)
    for page in case.pages:
        for form, quotes in _quotes(page).items():
            everywhere[form] += [q for q in quotes if q.place == home_market()]
    for page in case.pages:
        for form, quotes in _quotes(page).items():
            home = [q for q in quotes if q.place == home_market()]
            for away in (q for q in quotes if q.place != home_market()):
                if near := home or _of_the_time(case, away, everywhere[form]):
                    yield _finding(case, away, _nearest(away, near))


def _of_the_time(case: Case, quote: Quote, home: list[Quote]) -> list[Quote]:
    """Home quotes of other documents that are at most so many days older or newer."""
    day, apart = _day(case, quote), declared("parity")["apart"]["days"]
    return [h for h in home if day and (other := _day(case, h)) and abs((day - other).days) <= apart]


def _day(case: Case, quote: Quote) -> date | None:
    return case.last_day(quote.figures[0])


def _quotes(page: Page) -> dict[str, list[Quote]]:
    """Quotes by metal and form (metal, oxide ...)."""
    columns: dict[tuple[str, str, str, str], list[Figure]] = defaultdict(list)
    for f in page.figures:
        form = metal_form(f.fact.subject, f.fact.subject_words)
        if form and f.is_price and f.is_positive and f.dimension.endswith("/mass") and f.fact.place:
            columns[form, f.fact.place, f.dimension[:3], f.stem].append(f)
    found: dict[str, list[Quote]] = defaultdict(list)
    for (form, place, currency, _), figures in sorted(columns.items()):
        if currency in ("CNY", "USD"):
            faces = [f.face for f in figures]
            found[form].append(Quote(place, currency, min(faces), max(faces), _newest_first(figures)))
    return found


def _newest_first(figures: list[Figure]) -> tuple[Figure, ...]:
    return tuple(sorted(figures, key=lambda f: f.fact.period or "", reverse=True))


def _nearest(quote: Quote, home: list[Quote]) -> Quote:
    return min(home, key=lambda h: abs((h.low + h.high).ln() - (quote.low + quote.high).ln()))


def _ratio(case: Case, quote: Quote, home: Quote, currency: str) -> tuple[Interval, Gap]:
    """Ratio of a foreign quote, read in `currency`, to the home price."""
    between = gap(case, _day(case, quote), currency, home.currency)
    low, high = quote.low * between.factor.low / home.high, quote.high * between.factor.high / home.low
    return Interval(low, high), between


def _finding(case: Case, quote: Quote, home: Quote) -> Finding:
    ratio, between = _ratio(case, quote, home, quote.currency)
    allowed = window()
    verdict, note = "holds", None
    if not ratio.meets(allowed):
        other = "USD" if quote.currency == "CNY" else "CNY"
        would, _ = _ratio(case, quote, home, other)
        fits = would.meets(allowed)
        verdict = "fails" if fits else "warning"
        note = _note(quote, home, other, would) if fits else None
    first, base = quote.figures[0], home.figures[0]
    sum_ = f"{first.printed} / {_range(home)} = {rough(ratio.low)}–{rough(ratio.high)}"
    sign = "∈" if verdict == "holds" else "∉"
    limits = f"[{allowed.low}, {allowed.high}]"
    return report(
        "unit_sanity",
        [*quote.figures, *home.figures, *between.figures],
        Text(
            f"{_where(first, quote, 'zh')} {first.printed}，{_where(base, home, 'zh')} {_range(home)}",
            f"{_where(first, quote, 'en')} {first.printed} against {_where(base, home, 'en')} {_range(home)}",
        ),
        Text(f"{sum_} {sign} {limits}（{between.words.zh}）", f"{sum_} {sign} {limits} ({between.words.en})"),
        verdict,
        note=note,
    )


def _where(figure: Figure, quote: Quote, language: str) -> str:
    """The market and the metal of a price: 鹿特丹 锗."""
    words = vocabulary()
    return f"{words.name(quote.place, language)} {words.name(figure.fact.subject, language)}"


def _range(quote: Quote) -> str:
    low, high = (min(quote.figures, key=lambda f: f.face), max(quote.figures, key=lambda f: f.face))
    return low.printed if low.face == high.face else f"{low.fact.value}-{high.printed}"


def _note(quote: Quote, home: Quote, other: str, ratio: Interval) -> Text:
    low, high = home.low, home.high
    words = {"USD": ("美元", "US dollars"), "CNY": ("人民币", "yuan")}[other]
    first = quote.figures[0]
    return Text(
        f"单位有误：按{words[0]}计则与国内价（{number(low)}-{number(high)} 元/公斤）相称（比值 "
        f"{rough(ratio.low)}–{rough(ratio.high)}），{first.printed} 的货币应为{words[0]}。",
        f"Wrong unit: read in {words[1]} it agrees with the home price ({number(low)}-{number(high)} CNY/kg; ratio "
        f"{rough(ratio.low)}–{rough(ratio.high)}); {first.printed} can only be {words[1]}.",
    )
