"""Running text → figures: every quantity gets its measure, sign, period, place and subject.

The text is walked once, left to right. A clause ends at a comma, a sentence at a full stop;
what a clause does not say (subject, period, kind of change) it takes from the one before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from touchstone.facts.period import frequency, period_after, period_before, span, year_before
from touchstone.read.measure import Around, Rule, base_measure, is_change, kind_of, rule_for, sign_of
from touchstone.read.scan import tokens
from touchstone.read.subject import is_measure_only, noun, noun_behind, place_of, split_list
from touchstone.read.token import Token
from touchstone.read.when import Reference, resolve

_CLAUSE = re.compile(r"[，；。！？：:（()）\n]|,(?!\d)|(?<=[^\s\x00-\x7f]),|;|(?<!\d)\.(?=\s)|\?(?!/|，|。|d)")
_ASIDE = re.compile(r"（[^（）()\d]{1,12}）|\([^（）()\d]{1,12}\)")
_BEFORE_LAST = re.compile(
    r"\s?(?:year[- ]on[- ]year|month[- ]on[- ]month|y/y|m/m|yoy|from a year (?:earlier|ago)|from (?:the previous|last) (?:month|year))"
)
_MOVED_BY = re.compile(
    r"(?:增加|减少|上升|下降|增长|下跌|上涨|回升|降低|提高|(?:rose|fell|increased|decreased|declined|dropped|gained|up|down) by)"
    r"(?:了|约|近|逾)?\s?$"
)
_SENTENCE = re.compile(r"[。！？\n]|(?<=[a-z)%])\.\s")
_CONNECT = re.compile(r"\s*(?:、|和|及|与|以及|,|and|or|/)?\s*$")
_BASE_BEFORE = re.compile(
    r"(?:[较比]|相[较比]于|[高低优]于|超过?|不及|与|同|from|than(?: in)?|compared with|vs\.?|versus|against)\s?$"
)
_SINCE = re.compile(r"(?:从|由|from)\s?$")
_AS_OF = re.compile(r"(?:截至|截止|截止到|截至到|as of|at the end of)\s?$")
_FUTURE = re.compile(r"预计|有望|力争|目标|承诺|将达|将在|将实现|制修订|expected|forecast|target|will\b|by 20[3-9]\d")
_PLANNED = re.compile(r"要|将|力争|制修订|建设|建成|培育|打造|新增|达到|will\b")
_PAST = re.compile(r"已(?!成|经成)|现有|目前|截至|截止|总投资")
_NOW = re.compile(r"目前|现已|如今|迄今|截至目前|currently|so far")
_ONWARDS = re.compile(r"\s?(?:起(?!步)|以来|开始|onwards?)")
_KIND_OF_RULE = {"Q.rank": "rank", "Q.threshold": "none"}
_AHEAD = re.compile(r"\s?\(?(?:[a-z]+\s){0,3}(?:in|for|during|on|between)\s(?:the\s)?$")
_AMOUNTS = frozenset(("output", "capacity", "sales", "stock", "import", "export", "consumption"))
_PEOPLE = frozenset(("部委", "部门", "家", "次", "人", "人次", "名", "companies", "departments"))
PLACES = re.compile(
    r"(?P<rotterdam>鹿特丹|Rotterdam)|(?P<export>出口(?:市场|报?价)|FOB)|(?P<international>国际(?:市场|报?价|价格)|海外|international)"
    r"|(?P<domestic>国内|domestic|Chinese market)|(?P<lme>LME|伦敦金属交易所|伦[铜铝锌铅镍锡])|(?P<shfe>上期所|SHFE|沪[铜铝锌铅镍锡])"
)
_UNCHANGED = re.compile(
    r"(?P<what>均价|最低价|最高价|价格|报价)?(?P<base>较?(?:上周五?|上一?个?交易日|上月|昨日|前一日|上周末)|与(?:上周五?|上一?个?交易日|上月)相?比?)?上?(?:[^，。；\d]{0,4})"
    r"(?:保持不变|维持不变|持平|没有变化|未作调整|unchanged)"
)
_BASE_WORDS = re.compile(r"(上周五|上周末|上一?个?交易日|上月|上季度?|上年末|年初|去年同期|上年同期|去年|上年|昨日|前一日)")


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
    subject: str = ""
    period: str | None = None
    base: str | None = None
    since: str | None = None
    day: bool = False
    last: "Drawn | None" = None
    last_kind: str = ""
    last_sentence: int = -1
    yoy_sentence: int = -1
    listed: list[str] = field(default_factory=list)
    listed_at: int = 0


def draw(text: str, walk: Walk) -> Iterator[Drawn]:
    """Figures of one block of normalised text, in order.

    Args:
        text: a paragraph, heading, list item or cell.
        walk: the state the block begins with; it is changed as the text is read.
    """
    found = list(tokens(text))
    if not any(token.kind == "quantity" for token in found) and "不变" not in text and "持平" not in text:
        for token in found:
            if token.kind == "date":
                _take_date(text, token, walk, 0)
        return
    words = _without_dates(text, found)
    cuts = [0, *(m.end() for m in _CLAUSE.finditer(words)), len(text) + 1]
    stops = [0, *(m.end() for m in _SENTENCE.finditer(words)), len(text) + 1]
    pending = _implicit(words, found)
    clause = sentence = 0
    before = 0
    ordered = sorted([*found, *pending], key=lambda t: t.start)
    for at, token in enumerate(ordered):
        while cuts[clause + 1] <= token.start:
            clause += 1
            walk.base = None
        while stops[sentence + 1] <= token.start:
            sentence += 1
            walk.since = None
        if token.kind in ("date", "same"):
            _take_date(text, token, walk, cuts[clause])
        elif token.kind == "quantity":
            bounds = (cuts[clause], min(cuts[clause + 1] - 1, len(text)), stops[sentence])
            if at + 1 < len(ordered) and _dated_behind(text, token, ordered[at + 1]):
                _take_date(text, ordered[at + 1], walk, cuts[clause])
            between, before = words[before : token.start] if before else None, token.end
            yield _figure(words, token, walk, between, bounds)


def _dated_behind(text: str, token: Token, following: Token) -> bool:
    """English puts the date behind: 932,000 tonnes in June, USD 6/lb on 7 October."""
    return following.kind == "date" and bool(_AHEAD.fullmatch(text, token.end, following.start))


def _without_dates(text: str, found: list[Token]) -> str:
    """The text with its dates blanked, so that words are read without them."""
    pieces, at = [], 0
    for token in found:
        if token.match and token.match.lastgroup not in ("now", "rel"):
            pieces += [text[at : token.start], " " * (token.end - token.start)]
            at = token.end
    return _ASIDE.sub(lambda m: " " * len(m[0]), "".join(pieces) + text[at:])


def _implicit(words: str, found: list[Token]) -> list[Token]:
    """保持不变, 持平: a change of zero, said without a number."""
    if "不变" not in words and "持平" not in words and "unchanged" not in words:
        return []
    return [
        Token("quantity", m.start(), m.end(), form="implicit", rule="Q.unchanged", match=m)
        for m in _UNCHANGED.finditer(words)
        if m["what"] or m["base"]
    ]


def _take_date(text: str, token: Token, walk: Walk, clause: int) -> None:
    """A date is the period of what follows, unless it is what a change is measured against."""
    lead = text[max(clause, token.start - 15) : token.start]
    compared = _BASE_BEFORE.search(lead)
    if token.kind == "same":
        past = walk.period and year_before(walk.period)
        if compared or not past:
            walk.base = past or "去年同期"
        else:
            walk.period, walk.base = past, None
            walk.reference.fixed = False
        return
    if token.match is None:
        return
    kept = (walk.reference.year, walk.reference.fixed)
    code = resolve(token.match, walk.reference)
    if code is None or _ONWARDS.match(text, token.end):
        return
    if "下" in token.match.group() and walk.period and frequency(walk.period) == "Q":
        code = period_after(walk.period)
    if compared and not (compared.group().strip() in ("与", "同", "from") and "相" not in text[token.end : token.end + 6]):
        walk.base = code
        walk.reference.year, walk.reference.fixed = kept
        return
    if _SINCE.search(lead):
        walk.since = code
    elif walk.since and walk.since != code:
        walk.base = walk.since
    walk.period = code[:4] if token.match.lastgroup == "ye" and lead.rstrip().endswith(("到", "至", "于")) else code
    walk.day = bool(_AS_OF.search(lead))


def _figure(words: str, token: Token, walk: Walk, between: str | None, bounds: tuple[int, int, int]) -> Drawn:
    clause, stop, sentence = bounds
    gap = max(clause, token.start - len(between)) if between is not None else clause
    if said := _BEFORE_LAST.match(words, gap):
        gap = min(said.end(), token.start)
    around = Around(
        words[gap : token.start],
        words[clause : token.start],
        words[sentence : token.start],
        words[token.end : min(stop, token.end + 24)],
    )
    listed = between is not None and bool(_CONNECT.match(between))
    for found in PLACES.finditer(around.gap):
        walk.place = f"market.{found.lastgroup}"
    drawn = _unchanged(token, walk, around) if token.form == "implicit" else _measured(token, walk, around, sentence, listed)
    drawn.subject = _subject(walk, around, listed)
    if "各" in around.gap[-6:]:
        drawn.shared = tuple(split_list(around.clause[: around.clause.rindex("各")]))
    walk.last = drawn
    return drawn


def _unchanged(token: Token, walk: Walk, around: Around) -> Drawn:
    what = token.match["what"] if token.match else None
    words = (token.match["base"] or "") if token.match else ""
    base = _BASE_WORDS.search(words)
    measure = {"最低价": "price.low.change", "最高价": "price.high.change"}.get(what or "", "price.change")
    if what is None and walk.last and not base_measure(around.clause):
        measure = f"{walk.last.measure.split('.')[0]}.change"
    drawn = Drawn(token, measure, "M.unchanged", 1, "", walk.period or walk.usual, walk.place, base[1] if base else None)
    return drawn


def _measured(token: Token, walk: Walk, around: Around, sentence: int, listed: bool) -> Drawn:
    kind = _KIND_OF_RULE.get(token.rule) or kind_of(token.unit)
    if walk.last and walk.last_kind == kind and listed:
        measure, rule, sign = walk.last.measure, walk.last.rule, walk.last.sign
    else:
        chosen = rule_for(kind, around)
        measure = _named(chosen, kind, around, walk, sentence)
        rule, sign = chosen.id, chosen.sign
        if _MOVED_BY.search(around.gap) and not is_change(measure) and kind not in ("percent", "none", "time"):
            measure += ".change"
        if not sign and is_change(measure):
            sign = sign_of(around.gap, around.after) or sign_of(around.clause, "")
    walk.last_kind, walk.last_sentence = kind, sentence
    if kind != "price" and walk.year and not walk.day and _NOW.search(around.clause):
        walk.period = str(walk.year)
    drawn = Drawn(token, measure, rule, sign or 1, "", _period(kind, token, walk), base=walk.base)
    if kind == "price" or measure.startswith("price"):
        drawn.place = walk.place
    else:
        drawn.place = place_of(around.gap)
    if is_change(measure):
        drawn.base = drawn.base or _base(measure, around, drawn.period)
    _status(drawn, kind, around, walk)
    if measure == "output" and _is_cumulative(drawn.period, around):
        drawn.measure = "output.cumulative"
    elif measure in ("output.yoy", "money.yoy") and drawn.period and "/" in drawn.period and measure == "output.yoy":
        drawn.measure = "output.cumulative.yoy"
    return drawn


def _named(rule: Rule, kind: str, around: Around, walk: Walk, sentence: int) -> str:
    """Fill the * of a rule with what the change is a change of; a later clause keeps the year before."""
    if not rule.measure.startswith("*"):
        if walk.last and not rule.words.pattern and not noun(around.gap):
            return _continued(rule.measure, kind, walk)
        if walk.last and rule.measure == "mass" and walk.last_sentence == sentence:
            spoken = walk.last.measure.split(".")[0]
            return spoken if spoken in _AMOUNTS else "mass"
        return rule.measure
    tail = rule.measure[2:]
    if tail == "yoy":
        walk.yoy_sentence = sentence
    elif tail == "change" and walk.yoy_sentence == sentence and walk.base is None and kind == "percent":
        tail = "yoy"
    base = base_measure(around.clause) or (walk.last and walk.last.measure.split(".")[0]) or base_measure(around.sentence)
    return f"{base}.{tail}" if base and base not in ("count", "duration", "distance", "other", "change") else tail


def _continued(measure: str, kind: str, walk: Walk) -> str:
    """A clause without a noun of its own (至93.2万吨) goes on about what the last figure measured."""
    assert walk.last is not None
    spoken = walk.last.measure.removesuffix(".change").removesuffix(".yoy").removesuffix(".mom")
    if walk.last_kind == kind and not is_change(walk.last.measure):
        return spoken
    return spoken if measure == "mass" and spoken.split(".")[0] in _AMOUNTS else measure


def _base(measure: str, around: Around, period: str | None) -> str | None:
    tail = measure.rpartition(".")[2]
    if period and tail == "yoy":
        return year_before(period)
    if period and tail == "mom" and frequency(period) != "I":
        return period_before(period)
    found = _BASE_WORDS.search(around.clause)
    return found[1] if found else None


def _is_cumulative(period: str | None, around: Around) -> bool:
    if re.search("累计|现已|迄今", around.clause):
        return True
    return bool(period and "/" in period and frequency(period.partition("/")[0]) == "M" and period[5:7] == "01")


def _period(kind: str, token: Token, walk: Walk) -> str | None:
    """Prices are of their day; what is told of a day in passing is of its month."""
    period = walk.period
    if kind == "time":
        return None
    if kind == "price":
        return period or walk.usual
    if period and frequency(period) == "D" and not walk.day:
        return None if kind == "count" and token.unit not in _PEOPLE else period[:7]
    return period or walk.default


def _status(drawn: Drawn, kind: str, around: Around, walk: Walk) -> None:
    """A plan, a forecast or guidance is no reported figure."""
    marks = list(_FUTURE.finditer(around.sentence))
    past = list(_PAST.finditer(around.sentence))
    said = bool(marks) and (not past or past[-1].start() < marks[-1].start())
    ahead = bool(drawn.period and walk.year and span(drawn.period)[1].year > walk.year)
    if kind in ("time", "money", "none"):
        drawn.status = "estimated" if said and kind == "money" else "reported"
        return
    if kind == "count" and not _PLANNED.search(around.clause):
        return
    if kind == "count" and not (ahead or _FUTURE.search(around.clause)):
        return
    if said or ahead:
        drawn.status = "target"


def _subject(walk: Walk, around: Around, listed: bool) -> str:
    """The noun of this clause, or of a list before 分别, or what was spoken of last."""
    if "分别" in around.gap:
        head = around.clause[: around.clause.rindex("分别")]
        walk.listed, walk.listed_at = split_list(noun(head) if "、" not in head and "和" not in head else head.strip()), 0
    elif walk.listed and listed:
        walk.listed_at += 1
    else:
        walk.listed = []
    if walk.listed:
        if walk.listed_at < len(walk.listed):
            return noun(walk.listed[walk.listed_at]) or walk.subject
        walk.listed = []
    said = noun_behind(around.after) or noun(around.clause if around.gap == around.clause else around.gap)
    if len(said) >= 2 and any(c.isalpha() for c in said) and not is_measure_only(said):
        walk.subject = said
    return walk.subject
