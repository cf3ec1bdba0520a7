"""Shares of indicators that rise: against those of a year before, as one release says them and as another printed them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from touchstone.audit.case import Case
from touchstone.audit.declared import declared
from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding
from touchstone.audit.page import Page
from touchstone.audit.report import SIGNS, report, restated
from touchstone.audit.rule import rule
from touchstone.audit.verdict import compare
from touchstone.facts.period import frequency, year_before
from touchstone.facts.text import Text

_ZH, _EN = r"^的?指标(?:数量|个数)?(?:呈现?|出现|实现|保持|为)?(?:环比)?", r"|^ of (?:the |all )?indicators "
_RISING = re.compile(rf"{_ZH}(?:正增长|上升|上涨|增长|回升){_EN}(?:rose|rising|increased|grew)")
_FALLING = re.compile(rf"{_ZH}(?:负增长|下降|下跌|回落){_EN}(?:fell|falling|declined|decreased)")
_WELL = re.compile(rf"{_ZH}(?:向好|改善){_EN}(?:moved favourably|improved)")
"""Not the same as rising where a fall of an indicator is good news: such shares are held against each other only."""
_COUNTED = {"rising": _RISING, "falling": _FALLING, "favourable": _WELL}
_YEAR_AGO = re.compile(
    r"(?:去年|上年)同[期月][^，。；;%\d]{0,10}$|(?:a year (?:earlier|before|ago)),? [^.;%\d]{0,20}$"
)
_YEAR_AGO_BEHIND = re.compile(r"^[^.;,%\d]{0,24}a year (?:earlier|before|ago)")
_ABOVE, _BELOW = (
    re.compile(r"高于|多于|超过|\babove\b|more than"),
    re.compile(r"低于|少于|不及|\bbelow\b|less than|fewer than"),
)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A share of indicators and the one of a year before that stands beside it; `counted` is rising, falling or favourable."""

    page: Page
    now: Figure
    before: Figure | None
    counted: str


@rule(
    "index_breadth",
    zh="上升指标占比相符",
    en="shares of rising indicators agree",
    zh_meaning="上升（或下降、向好）指标占比与上年同期的比较应属实，与另一份资料所印的同月占比应一致。",
    en_meaning="A comparison with the share of a year before is true, and the share is that printed for the month elsewhere.",
)
def index_breadth(case: Case) -> Iterator[Finding]:
    """For the releases of declared indices: above and below a year before, and the share printed at that time."""
    for words in _names():
        pairs = [pair for page in case.pages if words.search(page.text) for pair in _pairs(page)]
        printed = {(str(p.now.fact.period), p.counted): p for p in reversed(pairs)}
        for pair in pairs:
            if pair.before is None:
                continue
            yield from _compared(pair, pair.before)
            then = printed.get((year_before(str(pair.now.fact.period)), pair.counted))
            if then:
                yield _same(then.now, pair.before)


def _pairs(page: Page) -> Iterator[_Pair]:
    """The shares of a page that count rising, falling or favourable indicators in a month."""
    for share in page.figures:
        if share.fact.unit != "%" or not share.fact.period or frequency(share.fact.period) != "M":
            continue
        after = page.after(share, 48)
        counted = next((what for what, words in _COUNTED.items() if words.search(after)), "")
        if counted and not _is_year_ago(page, share):
            _, end = page.sentence(share)
            behind = [f for f in page.inside(share.end, end) if f.fact.unit == "%" and _is_year_ago(page, f)]
            yield _Pair(page, share, behind[0] if behind else None, counted)


def _is_year_ago(page: Page, share: Figure) -> bool:
    return bool(_YEAR_AGO.search(page.before(share, 32)) or _YEAR_AGO_BEHIND.search(page.after(share, 48)))


def _compared(pair: _Pair, before: Figure) -> Iterator[Finding]:
    """高于上年同期的34%: the words between both shares against the shares."""
    between = pair.page.between(pair.now, before)
    above, below = bool(_ABOVE.search(between)), bool(_BELOW.search(between))
    if above == below:
        return
    relation, sign = (">=", "≥") if above else ("<=", "≤")
    found = compare(lambda x: x, [pair.now.face], [pair.now.span], before.span, relation)
    shown = (
        f"{pair.now.printed} {sign if found.verdict == 'holds' else SIGNS[found.verdict]} {before.printed}"
    )
    title = Text("占比与上年同期的比较", "share against a year before")
    yield report("index_breadth", [pair.now, before], title, Text(shown, shown), found, variant="direction")


def _same(then: Figure, told: Figure) -> Finding:
    """What was printed a year before against what is said of it now."""
    found = restated(compare(lambda x: x, [told.face], [told.span], then.span), [then, told])
    shown = f"{told.printed} {'=' if found.verdict == 'holds' else SIGNS[found.verdict]} {then.printed}"
    period = then.fact.period
    title = Text(f"{period}的指标占比", f"share of indicators in {period}")
    return report("index_breadth", [then, told], title, Text(shown, shown), found, variant="same")


@cache
def _names() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["words"], re.I) for row in declared("index_bands")["index"])
