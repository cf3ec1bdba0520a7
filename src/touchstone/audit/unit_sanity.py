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

_VERDICTS = ("holds", "warning", "fails")


@dataclass(frozen=True, slots=True)
class Quote:
    """The prices of one product in one market in one currency on one day: of a column of a table, or of one sentence."""

    place: str
    currency: str
    day: date | None
    low: Decimal
    high: Decimal
    figures: tuple[Figure, ...]


Column = tuple[Quote, ...]
"""The days of one column, newest first."""


@dataclass(frozen=True, slots=True)
class Tested:
    """A foreign quote beside the home quote of the nearest day: their ratio, what lies between, and the verdict."""

    quote: Quote
    home: Quote
    ratio: Interval
    between: Gap
    verdict: str
    note: Text | None


@rule(
    "unit_sanity",
    zh="单位合理",
    en="unit sanity",
    zh_meaning="同一金属在两个市场的价格，折成同一单位后应在一个宽松的范围之内。",
    en_meaning="The price of one metal in two markets, in one unit, lies within a wide window.",
)
def unit_sanity(case: Case) -> Iterator[Finding]:
    """One finding for each column quoted per mass abroad whose metal is quoted in the home market too."""
    pages = [_columns(case, page) for page in case.pages]
    everywhere: dict[str, list[Quote]] = defaultdict(list)
    for columns in pages:
        for form, several in columns.items():
            everywhere[form] += _at_home(several)
    for columns in pages:
        for form, several in columns.items():
            home = _at_home(several)
            for column in several:
                if column[0].place != home_market() and (
                    tested := [
                        _tested(case, quote, near)
                        for quote in column
                        if (near := _nearest(quote, home or _of_the_time(quote, everywhere[form])))
                    ]
                ):
                    yield _finding(tested)


def _at_home(columns: list[Column]) -> list[Quote]:
    return [quote for column in columns for quote in column if quote.place == home_market()]


def _of_the_time(quote: Quote, home: list[Quote]) -> list[Quote]:
    """Home quotes of other documents that are at most so many days older or newer."""
    apart = declared("parity")["apart"]["days"]
    return [h for h in home if quote.day and h.day and abs((quote.day - h.day).days) <= apart]


def _columns(case: Case, page: Page) -> dict[str, list[Column]]:
    """Columns by metal and form (metal, oxide ...)."""
    columns: dict[tuple[str, str, str, str], list[Figure]] = defaultdict(list)
    for f in page.figures:
        form = metal_form(f.fact.subject, f.fact.subject_words)
        if form and f.is_price and f.is_positive and f.dimension.endswith("/mass") and f.fact.place:
            columns[form, f.fact.place, f.dimension[:3], f.stem].append(f)
    found: dict[str, list[Column]] = defaultdict(list)
    for (form, place, currency, _), figures in sorted(columns.items()):
        if currency in ("CNY", "USD"):
            found[form].append(_days(case, place, currency, figures))
    return found


def _days(case: Case, place: str, currency: str, figures: list[Figure]) -> Column:
    by_day: dict[date | None, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_day[case.last_day(figure)].append(figure)
    days = sorted(by_day, key=lambda day: day or date.min, reverse=True)
    return tuple(
        Quote(
            place, currency, day, min(f.face for f in by_day[day]), max(f.face for f in by_day[day]),
            tuple(by_day[day]),
        )
        for day in days
    )  # fmt: skip


def _nearest(quote: Quote, home: list[Quote]) -> Quote | None:
    """The home quote of the nearest day; of several, the one nearest in price."""

    def apart(h: Quote) -> tuple[int, Decimal]:
        days = abs((quote.day - h.day).days) if quote.day and h.day else 0
        return days, abs((h.low + h.high).ln() - (quote.low + quote.high).ln())

    return min(home, key=apart, default=None)


def _ratio(case: Case, quote: Quote, home: Quote, currency: str) -> tuple[Interval, Gap]:
    """Ratio of a foreign quote, read in `currency`, to the home price."""
    between = gap(case, quote.day, currency, home.currency)
    low, high = quote.low * between.factor.low / home.high, quote.high * between.factor.high / home.low
    return Interval(low, high), between


def _tested(case: Case, quote: Quote, home: Quote) -> Tested:
    ratio, between = _ratio(case, quote, home, quote.currency)
    if ratio.meets(window()):
        return Tested(quote, home, ratio, between, "holds", None)
    other = "USD" if quote.currency == "CNY" else "CNY"
    would, by = _ratio(case, quote, home, other)
    if not would.meets(window()):
        return Tested(quote, home, ratio, between, "warning", None)
    return Tested(quote, home, ratio, between, "fails", _note(quote, home, other, would, by))


def _finding(tested: list[Tested]) -> Finding:
    """The finding of a column: of its worst day, the newest of several, with the figures of all that are as bad."""
    worst = max(tested, key=lambda each: _VERDICTS.index(each.verdict))
    alike = [worst, *(each for each in tested if each.verdict == worst.verdict and each is not worst)]
    quote, home, ratio = worst.quote, worst.home, worst.ratio
    first, base, allowed = quote.figures[0], home.figures[0], window()
    sum_ = f"{first.printed} / {_range(home)} = {rough(ratio.low)}–{rough(ratio.high)}"
    sign = "∈" if worst.verdict == "holds" else "∉"
    limits = f"[{allowed.low}, {allowed.high}]"
    said = worst.between.words
    figures = [
        *(f for each in alike for f in each.quote.figures),
        *(f for each in alike for f in each.home.figures),
        *(f for each in alike for f in each.between.figures),
    ]
    return report(
        "unit_sanity",
        list(dict.fromkeys(figures)),
        Text(
            f"{_where(first, quote, 'zh')} {first.printed}，{_where(base, home, 'zh')} {_range(home)}",
            f"{_where(first, quote, 'en')} {first.printed} against {_where(base, home, 'en')} {_range(home)}",
        ),
        Text(f"{sum_} {sign} {limits}（{said.zh}）", f"{sum_} {sign} {limits} ({said.en})"),
        worst.verdict,
        note=worst.note,
    )


def _where(figure: Figure, quote: Quote, language: str) -> str:
    """The market and the metal of a price: 鹿特丹 锗."""
    words = vocabulary()
    return f"{words.name(quote.place, language)} {words.name(figure.fact.subject, language)}"


def _range(quote: Quote) -> str:
    low, high = (min(quote.figures, key=lambda f: f.face), max(quote.figures, key=lambda f: f.face))
    return low.printed if low.face == high.face else f"{low.fact.value}-{high.printed}"


def _note(quote: Quote, home: Quote, other: str, ratio: Interval, by: Gap) -> Text:
    low, high = home.low, home.high
    words = {"USD": ("美元", "US dollars"), "CNY": ("人民币", "yuan")}[other]
    first = quote.figures[0]
    return Text(
        f"单位有误：按{words[0]}计则与国内价（{number(low)}-{number(high)} 元/公斤）相称（比值 "
        f"{rough(ratio.low)}–{rough(ratio.high)}；{by.words.zh}），{first.printed} 的货币应为{words[0]}。",
        f"Wrong unit: read in {words[1]} it agrees with the home price ({number(low)}-{number(high)} CNY/kg; ratio "
        f"{rough(ratio.low)}–{rough(ratio.high)}; {by.words.en}); {first.printed} can only be {words[1]}.",
    )
