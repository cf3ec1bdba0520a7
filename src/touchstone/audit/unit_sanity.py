"""Unit sanity: the price of one metal in two markets, in one unit, lies within a wide window."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from touchstone.audit.abroad import Quote, Reading, as_printed, other_readings
from touchstone.audit.case import Case
from touchstone.audit.declared import declared
from touchstone.audit.figure import Figure, number, rough
from touchstone.audit.finding import Finding
from touchstone.audit.page import Page
from touchstone.audit.parity import home_market, near, window
from touchstone.audit.report import report
from touchstone.audit.rule import rule
from touchstone.audit.subject import metal_form
from touchstone.facts.text import Text
from touchstone.facts.vocabulary import vocabulary

_VERDICTS = ("holds", "warning", "fails")
_DIVERGES = Text(
    "也可能是两地价格确实背离（如出口管制之后），请核对原始报价。",
    "The markets may also truly have drifted apart (after export controls, say): compare with the source of the quote.",
)
_UNEXPLAINED = Text(
    "换成另一种货币或单位也不能使比值回到范围之内：可能是数字有误，也可能是两地价格确实背离。",
    "No other currency or unit brings the ratio back: the figure may be wrong, or the markets truly drifted apart.",
)
_BESIDE = Text(
    "同一市场的其他价格也以此货币计，所以很可能是单位有误；另一种可能是两地价格确实背离。",
    "Most other prices of this market are in it too, so the unit is very likely wrong; that the markets truly drifted "
    "apart is the other reading.",
)

Column = tuple[Quote, ...]
"""The days of one column, newest first."""


@dataclass(frozen=True, slots=True)
class Tested:
    """A foreign quote beside the home quote of the nearest day: how it reads, and the verdict."""

    quote: Quote
    home: Quote
    printed: Reading
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
    pages = [(page, _columns(case, page)) for page in case.pages]
    everywhere: dict[str, list[Quote]] = defaultdict(list)
    for _, columns in pages:
        for form, several in columns.items():
            everywhere[form] += _at_home(several)
    for page, columns in pages:
        for form, several in columns.items():
            home = _at_home(several)
            for column in several:
                if column[0].place == home_market():
                    continue
                beside = _beside(page, column, [each for found in columns.values() for each in found])
                tested = [
                    _tested(case, quote, nearest, beside)
                    for quote in column
                    if (nearest := _nearest(quote, home or _of_the_time(quote, everywhere[form])))
                ]
                if tested:
                    yield _finding(tested)


def _beside(page: Page, column: Column, columns: list[Column]) -> str:
    """The currency that most other columns of the market are in: of its table, else of its document; "" for none."""
    others = [each for each in columns if each is not column and each[0].place == column[0].place]
    first = column[0].figures[0]
    if page.in_table(first):
        table = page.block_number(first)
        others = [each for each in others if page.block_number(each[0].figures[0]) == table] or others
    counted = Counter(each[0].currency for each in others)
    return next((name for name, times in counted.items() if times * 2 > len(others)), "")


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


def _tested(case: Case, quote: Quote, home: Quote, beside: str) -> Tested:
    """Outside the window it fails only where the other currency makes an ordinary ratio and stands beside the quote."""
    printed = as_printed(case, quote, home)
    if printed.ratio.meets(window()):
        return Tested(quote, home, printed, "holds", None)
    likeliest = next(iter(other_readings(case, quote, home)), None)
    if likeliest is None:
        return Tested(quote, home, printed, "warning", _UNEXPLAINED)
    fails = likeliest.same_quantity and likeliest.currency == beside and likeliest.ratio.meets(near())
    note = _note(quote, home, likeliest, fails)
    return Tested(quote, home, printed, "fails" if fails else "warning", note)


def _finding(tested: list[Tested]) -> Finding:
    """The finding of a column: of its worst day, the newest of several, with the figures of all that are as bad."""
    worst = max(tested, key=lambda each: _VERDICTS.index(each.verdict))
    alike = [worst, *(each for each in tested if each.verdict == worst.verdict and each is not worst)]
    quote, home, ratio = worst.quote, worst.home, worst.printed.ratio
    first, base, allowed = quote.figures[0], home.figures[0], window()
    sum_ = f"{_range(quote)} / {_range(home)} = {rough(ratio.low)}–{rough(ratio.high)}"
    sign = "∈" if worst.verdict == "holds" else "∉"
    limits = f"[{allowed.low}, {allowed.high}]"
    said = worst.printed.between.words
    figures = [
        *(f for each in alike for f in each.quote.figures),
        *(f for each in alike for f in each.home.figures),
        *(f for each in alike for f in each.printed.between.figures),
    ]
    return report(
        "unit_sanity",
        list(dict.fromkeys(figures)),
        Text(
            f"{_where(first, quote, 'zh')} {_range(quote)}，{_where(base, home, 'zh')} {_range(home)}",
            f"{_where(first, quote, 'en')} {_range(quote)} against {_where(base, home, 'en')} {_range(home)}",
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


def _note(quote: Quote, home: Quote, other: Reading, fails: bool) -> Text:
    """The unit that would make the ratio an ordinary one, what else speaks for it, and the other explanation."""
    low, high = number(home.low), number(home.high)
    printed, ends = _range(quote), f"{rough(other.ratio.low)}–{rough(other.ratio.high)}"
    said = other.between.words
    by = Text(*(f"{mark}{words}" if words else "" for mark, words in (("；", said.zh), ("; ", said.en))))
    told = _BESIDE if fails else _DIVERGES
    what = "货币" if other.same_quantity else "单位"
    return Text(
        f"{printed} 的{what}可能是{other.name.zh}：按此计则与国内价（{low}-{high} 元/公斤）相称（比值 {ends}{by.zh}）。{told.zh}",
        f"{printed} may be in {other.name.en}: read so it agrees with the home price ({low}-{high} CNY/kg; ratio "
        f"{ends}{by.en}). {told.en}",
    )
