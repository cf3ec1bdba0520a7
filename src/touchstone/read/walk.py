"""What has been said so far in a text: the period, the place and the base that a later clause takes over."""

import re
from dataclasses import dataclass, field

from touchstone.facts.period import frequency, period_after, period_before, span, year_before
from touchstone.read.measure import Around
from touchstone.read.token import Token
from touchstone.read.when import Reference, resolve

_BASE_BEFORE = re.compile(
    r"(?:[较比](?:基准年|基期)?|相[较比]于|[高低优]于|超过?|不及|与|同|(?:from|than|compared (?:with|to)|vs\.?|versus|against)(?: in| that (?:in|of))?(?: the)?)\s?$"
)
_ANNOUNCED = re.compile(r",\s[^.]{0,60}?\b(?:published|announced|released|said|held a press)")
_FOUNDED = re.compile(r"(?:成立于|始于|始建于|创立于|创建于|投产于|(?:first time )?since|founded in)\s?$")
_UNTIL = re.compile(r"\s?(?:底前|末前|以前|之前|前(?!三|两|[\d一二四五六七八九]))")
_SINCE = re.compile(r"(?:从|由|from)\s?$")
_AS_OF = re.compile(r"(?:截至|截止|截止到|截至到|as of|at the end of)\s?$")
_ONWARDS = re.compile(r"\s?(?:起(?!步)|至今|[^，。；、\d]{0,10}以来|开始|onwards?)")
_COMPARED_WITH = re.compile(r"(?:与|同|和|较|比)\s?$")
_FIGURE_BESIDE = re.compile(r"[^，。；\d]{0,14}\d[^，。；]{0,20}相比")
"""与十一五期间年均增幅13.8%相比: the date is of the one figure in between, not of what follows."""
_STATES = ("stock", "index")
_PEOPLE = frozenset(("部委", "部门", "家", "次", "人", "人次", "名", "companies", "departments"))
BASE_WORDS = re.compile(
    r"(上周五|上周末|上周(?![一二三四六日])|(?:春节|国庆节?|五一|元旦|长假|假期|节)前|上一?个?交易日|上月|上季度?|上年末|年初|去年同期|上年同期|去年|上年|昨日|前一日"
    r"|last Friday|the previous (?:Friday|trading day)|(?:a|one) week (?:ago|earlier)|before the (?:\w+ ){0,2}holidays?)"
)
_NAMED_BASE = re.compile(rf"{BASE_WORDS.pattern}\s?[（(]\s?$")
"""较节前（9月30日）: the document says itself which day it compares with."""
_LONGEST_BASE = 30
BASE_BEHIND = re.compile(rf"\s(?:from|on|against)\s{BASE_WORDS.pattern}")
"""English says behind a change what it is against: fell by 100 yuan/t from last Friday."""

AMOUNTS = frozenset(("output", "capacity", "sales", "stock", "import", "export", "consumption"))
"""Measures of mass that a bare amount may go on about."""


@dataclass(slots=True)
class Drawn:
    """A figure drawn from text: the token and what the words around it say of it."""

    token: Token
    measure: str
    rule: str
    sign: int
    subject: str
    period: str | None
    place: str | None = None
    base: str | None = None
    status: str = "reported"
    delivery: str = ""
    """The term of delivery a price is told with, and its tax where that stands in it."""
    shared: tuple[str, ...] = ()
    """Subjects that each have this value: A、B和C各占一席."""


@dataclass(slots=True)
class Walk:
    """What has been said so far, for the clauses that do not repeat it.

    `year` is the document's own year, `usual` the day of its prices, `default` the period of a
    document about one year.
    """

    reference: Reference
    year: int | None = None
    usual: str | None = None
    default: str | None = None
    place: str | None = None
    delivered: bool = False
    """Whether a term of delivery named the place, for this sentence."""
    delivery: str = ""
    """The term of delivery of what the sentence speaks of."""
    subject: str = ""
    period: str | None = None
    base: str | None = None
    against: str | None = None
    """What the sentence compares with: 2010年与2005年相比."""
    since: str | None = None
    resume: str | None = None
    """The period that goes on after the one figure that 从, 由 or 去年同期 dates."""
    previous: str | None = None
    """The last period of the block before, which 同期 may mean."""
    said: bool = False
    """Whether this block has named a period of its own."""
    fresh: bool = False
    """Whether this sentence has named the period."""
    dates_prices: bool = False
    """Whether the sentence that named the period told prices of it."""
    of_the_issue: bool = False
    """Whether prices since then are of the day of the issue."""
    plan: bool = False
    day: bool = False
    last: "Drawn | None" = None
    priced: "Drawn | None" = None
    """The last price told with a unit."""
    headed: str = ""
    """The unit of price that the heading above prints."""
    last_kind: str = ""
    amount: str | None = None
    amount_sentence: int = -1
    yoy_sentence: int = -1
    dates: list[str] = field(default_factory=list)
    """The dates of this clause, in order."""
    dated: list[str] = field(default_factory=list)
    rates: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    listed_at: int = 0
    listed_in: int = -1


def take_date(text: str, token: Token, walk: Walk, clause: int) -> None:
    """A date is the period of what follows, unless it is what a change is measured against."""
    lead = text[max(clause, token.start - 15) : token.start]
    compared = _BASE_BEFORE.search(lead)
    if token.kind == "same":
        past = walk.period and year_before(walk.period)
        if compared or not past:
            walk.base = past or "去年同期"
        elif text[token.start] in "去上前":
            walk.since, walk.resume = past, walk.period
            walk.period, walk.base = past, None
        elif walk.previous and text[token.start] == "同" and not walk.said:
            walk.period = walk.previous
        return
    if token.match is None or _ANNOUNCED.match(text, token.end) or _FOUNDED.search(lead):
        return
    kept = (walk.reference.year, walk.reference.fixed)
    code = resolve(token.match, walk.reference)
    if code and names_a_base(text, token):
        walk.base = walk.against = code
        walk.reference.year, walk.reference.fixed = kept
        return
    if code is None or _ONWARDS.match(text, token.end):
        walk.reference.year, walk.reference.fixed = kept
        return
    if walk.year and int(code[:4]) > walk.year:
        walk.reference.year, walk.reference.fixed = kept
    if token.match.group() == "当月" and walk.period and frequency(walk.period) == "M":
        return
    code = _deadline(code, text, token, walk)
    if "下" in token.match.group() and walk.period and frequency(walk.period) == "Q":
        code = period_after(walk.period)
    alone = bool(_COMPARED_WITH.search(lead) and _FIGURE_BESIDE.match(text, token.end))
    if compared and not (
        compared.group().strip() in ("与", "同", "from")
        and "相" not in text[token.end : token.end + 6]
        or alone
    ):
        walk.base = walk.against = _before_the_period(token.match.group(), walk) or code
        walk.reference.year, walk.reference.fixed = kept
        return
    if alone or _SINCE.search(lead):
        walk.since, walk.resume = code, walk.period
    elif walk.since and walk.since != code:
        walk.base = walk.since
    walk.period = (
        code[:4] if token.match.lastgroup == "ye" and lead.rstrip().endswith(("到", "至", "于")) else code
    )
    walk.said = walk.fresh = True
    walk.dates_prices = walk.of_the_issue = False
    walk.dates.append(code)
    walk.day = bool(_AS_OF.search(lead))


def names_a_base(text: str, date: Token) -> bool:
    """Whether a date in brackets says which day the words before them compare with."""
    near = text[max(0, date.start - _LONGEST_BASE) : date.start]
    return text.startswith(("）", ")"), date.end) and bool(_NAMED_BASE.search(near))


def a_year_ago(walk: Walk) -> None:
    """compared with $1.51/lb a year ago: the words behind the figure date it, and it alone."""
    if walk.period:
        walk.since, walk.resume, walk.period = year_before(walk.period), walk.period, year_before(walk.period)


def end_of_sentence(walk: Walk) -> None:
    """What dated one figure of a sentence is over, and so is a market told by a term of delivery.

    A report is about its own quarter, or past its aims, again.
    """
    if walk.since and walk.period == walk.since:
        walk.period = walk.resume
    elif walk.default and (frequency(walk.default) == "Q" or _is_ahead(walk) and not walk.plan):
        walk.period = walk.default
    walk.since = walk.against = None
    walk.fresh = False
    if walk.delivered or walk.place == "market.export":
        walk.place, walk.delivered = None, False
    walk.delivery = ""
    walk.dated, walk.rates = [], []


def _is_ahead(walk: Walk) -> bool:
    return bool(walk.period and walk.year and span(walk.period)[1].year > walk.year)


def _deadline(code: str, text: str, token: Token, walk: Walk) -> str:
    """10月底前 in a notice of September is the October to come, not the one past."""
    day = walk.reference.day
    printed = token.match and token.match.lastgroup in ("m", "md", "zm", "now")
    if day and printed and _UNTIL.match(text, token.end) and span(code)[1] < day:
        return f"{int(code[:4]) + 1}{code[4:]}"
    return code


def _before_the_period(words: str, walk: Walk) -> str | None:
    """上月 beside 8月 is July, whenever the document was published."""
    if words.startswith("上") and walk.period and frequency(walk.period) in ("M", "Q"):
        return period_before(walk.period)
    return None


def since_january(period: str | None) -> str | None:
    """The months up to and including the month spoken of: 8月进口38万吨、累计330万吨."""
    return (
        f"{period[:4]}-01/{period}" if period and frequency(period) == "M" and period[5:] != "01" else period
    )


def base_of(measure: str, around: Around, period: str | None) -> str | None:
    """What a change is against: the period before or a year before, else the words that say it."""
    tail = measure.rpartition(".")[2]
    if period and tail == "yoy":
        return year_before(period)
    if period and tail == "mom" and frequency(period) != "I":
        return period_before(period)
    found = BASE_BEHIND.match(around.after) or BASE_WORDS.search(around.clause)
    return found[1] if found else None


def period_of(kind: str, measure: str, token: Token, walk: Walk) -> str | None:
    """Stocks and indices are of their day; what else is told of a day in passing is of its month."""
    period = walk.period
    if kind == "time":
        return None
    if period and frequency(period) == "D" and not (walk.day or measure.startswith(_STATES)):
        return None if kind == "count" and token.unit not in _PEOPLE else period[:7]
    return period or walk.default
