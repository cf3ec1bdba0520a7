"""Running text → figures: every quantity gets its measure, sign, period, place and subject.

The text is walked once, left to right. A clause ends at a comma, a sentence at a full stop;
what a clause does not say (subject, period, kind of change) it takes from the one before it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from touchstone.facts.period import frequency
from touchstone.read.measure import (
    Around,
    Rule,
    base_measure,
    is_change,
    kind_of,
    moved_by,
    rule_for,
    sign_of,
)
from touchstone.read.scan import tokens
from touchstone.read.subject import (
    is_measure_only,
    is_subject,
    market_of,
    noun,
    noun_behind,
    place_of,
    split_list,
)
from touchstone.read.token import Token
from touchstone.read.walk import (
    BASE_WORDS,
    Drawn,
    Walk,
    a_year_ago,
    base_of,
    end_of_sentence,
    period_of,
    set_status,
    take_date,
)

_CLAUSE = re.compile(
    r"[，；。！？：:（()）\n]|,(?!\d)|(?<=[^\s\x00-\x7f]),|;|(?<!\d)\.(?=\s)|\?(?!/|，|。|d)"
)
_ASIDE = re.compile(r"（[^（）()\d]{1,12}）|\([^（）()\d]{1,12}\)")
_BEFORE_LAST = re.compile(
    r"\s?(?:year[- ]on[- ]year|month[- ]on[- ]month|y/y|m/m|yoy|from a year (?:earlier|ago)|from (?:the previous|last) (?:month|year))"
)
_MORE_THAN = re.compile(r"[较比][^，。；]{0,14}(?:新增|多用?|少用?)\s?$")
_WINDOW = 240
"""Words further back than this say nothing of a figure; without a bound, one endless sentence costs its square."""
_MEMBERS = 30
_BRACKET = re.compile(r"[（()）]")
_SENTENCE = re.compile(r"[。！？\n]|(?<=[a-z0-9)%])\.\s")
_CONNECT = re.compile(
    r"\s*(?:、|和|及|与|以及|,|and|or|/)?\s*(?:增长|下降|上涨|下跌|增加|减少|上升|回落|提高|降低)?\s*$"
)
_NOW = re.compile(r"目前|现已|如今|迄今|截至目前|currently|so far")
_BOTH_RATES = re.compile(r"(同比|环比)[和、及](同比|环比)分别")
_LISTED = re.compile(r"、|和|及|与")
_KIND_OF_RULE = {"Q.rank": "rank", "Q.threshold": "none", "Q.fraction": "percent"}
_AHEAD = re.compile(r"\s?\(?(?:[a-z]+\s){0,3}(?:in|for|during|on|between|by)\s(?:the\s)?$")
_NO_BASE = frozenset(("count", "duration", "distance", "other", "change", "yoy", "mom", "rank", "rate"))
_FLOWS = frozenset(("output", "import", "export", "sales", "consumption", "money", "energy"))
AMOUNTS = frozenset(("output", "capacity", "sales", "stock", "import", "export", "consumption"))
_UNCHANGED = re.compile(
    r"(?P<what>[铜铝铅锌镍锡金银锂钴铂钯]价|均价|最低价|最高价|价格|报价)?"
    r"(?P<base>较?(?:上周五?|上一?个?交易日|上月|昨日|前一日|上周末)|与(?:上周五?|上一?个?交易日|上月)相?比?)?"
    r"上?(?:[^，。；\d]{0,4})"
    r"(?:保持不变|维持不变|持平|没有变化|未作调整|unchanged)"
)


def draw(text: str, walk: Walk) -> Iterator[Drawn]:
    """Figures of one block of normalised text, in order.

    Args:
        text: a paragraph, heading, list item or cell.
        walk: the state the block begins with; it is changed as the text is read.
    """
    found = list(tokens(text))
    words = _without_dates(text, found)
    ordered = sorted([*found, *_implicit(words)], key=lambda token: token.start)
    if not any(token.kind == "quantity" for token in ordered):
        for token in ordered:
            take_date(text, token, walk, 0)
        return
    clauses, sentences, asides = _Cuts(_CLAUSE, words), _Cuts(_SENTENCE, text), _Asides(words)
    ends: list[int] = []
    for token, following in zip(ordered, [*ordered[1:], None], strict=True):
        if clauses.pass_to(token.start):
            walk.base = None
            walk.subject = clauses.topic(words) or walk.subject
        if sentences.pass_to(token.start):
            end_of_sentence(walk)
        asides.pass_to(token.start, walk)
        if token.kind in ("date", "same"):
            take_date(text, token, walk, clauses.start)
        elif token.kind == "quantity":
            if following and _dated_behind(text, token, following):
                take_date(text, following, walk, clauses.start)
            if following and following.kind == "same" and text[token.end : following.start].isspace():
                a_year_ago(walk)
            around = _around(words, token, ends, clauses, sentences)
            listed = bool(ends) and bool(_CONNECT.match(words[ends[-1] : token.start]))
            ends.append(token.end)
            yield _figure(token, walk, around, sentences.number, listed)


class _Cuts:
    """The pieces a text is cut into, passed through from left to right."""

    def __init__(self, pattern: re.Pattern[str], words: str) -> None:
        self._ends = [*(found.end() for found in pattern.finditer(words)), len(words) + 1]
        self.start, self.number = 0, 0

    @property
    def end(self) -> int:
        """Where the piece ends, without the mark that closes it."""
        return self._ends[self.number] - 1

    def pass_to(self, place: int) -> bool:
        """Go on to the piece that holds a place; True where that is a new one."""
        passed = self.number
        while self._ends[self.number] <= place:
            self.start = self._ends[self.number]
            self.number += 1
        return self.number != passed

    def topic(self, words: str) -> str:
        """What the piece before names, where a colon closes it: 铜：..."""
        if not self.number or words[self.start - 1] not in "：:":
            return ""
        before = words[self._ends[self.number - 2] if self.number > 1 else 0 : self.start - 1].strip()
        return before if len(before) <= 12 and is_subject(before) else ""

    def opening_of(self, place: int) -> int:
        """Start of the piece, passed already, that a place lies in."""
        at = bisect_right(self._ends, place)
        return self._ends[at - 1] if at else 0


class _Asides:
    """Brackets: a date inside dates nothing behind them."""

    def __init__(self, words: str) -> None:
        self._marks = [(found.start(), found.group() in "（(") for found in _BRACKET.finditer(words)]
        self._at = 0
        self._kept: list[str | None] = []

    def pass_to(self, place: int, walk: Walk) -> None:
        """Keep the period at each bracket that opens before a place, restore it where one closes."""
        while self._at < len(self._marks) and self._marks[self._at][0] < place:
            if self._marks[self._at][1]:
                self._kept.append(walk.period)
            elif self._kept:
                walk.period = self._kept.pop()
            self._at += 1


def _around(words: str, token: Token, ends: list[int], clauses: _Cuts, sentences: _Cuts) -> Around:
    """The words around a figure; behind a bracket the clause is the one that the bracket interrupts."""
    begin, outer = clauses.start, ""
    if begin and words[begin - 1] in "）)":
        nearest = max(0, begin - _WINDOW)
        opened = max(words.rfind("（", nearest, begin), words.rfind("(", nearest, begin))
        outer = words[clauses.opening_of(opened) : opened] if opened >= 0 else ""
    gap = max(begin, ends[-1]) if ends else begin
    if said := _BEFORE_LAST.match(words, gap):
        gap = min(said.end(), token.start)
    nearest = token.start - _WINDOW
    inner = words[max(gap, nearest) : token.start]
    unbroken = (
        bool(outer) and gap == begin and not any(begin - len(outer) - 1 < end <= begin for end in ends[-9:])
    )
    return Around(
        outer + inner if unbroken else inner,
        outer + words[max(begin, nearest) : token.start],
        words[max(sentences.start, nearest) : token.start],
        words[token.end : min(clauses.end, token.end + 24)],
    )


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


def _implicit(words: str) -> Iterator[Token]:
    """保持不变, 持平: a change of zero, said without a number."""
    if "不变" in words or "持平" in words or "unchanged" in words:
        for found in _UNCHANGED.finditer(words):
            if found["what"] or found["base"]:
                yield Token(
                    "quantity", found.start(), found.end(), form="implicit", rule="Q.unchanged", match=found
                )


def _figure(token: Token, walk: Walk, around: Around, sentence: int, listed: bool) -> Drawn:
    walk.place = market_of(around.gap) or walk.place
    drawn = (
        _unchanged(token, walk, around)
        if token.form == "implicit"
        else _measured(token, walk, around, sentence, listed)
    )
    drawn.subject = _subject(walk, around, sentence, listed)
    if "各" in around.gap[-6:]:
        drawn.shared = tuple(split_list(around.gap[: around.gap.rindex("各")])[:_MEMBERS])
    walk.last = drawn
    if (spoken := drawn.measure.split(".")[0]) in AMOUNTS:
        walk.amount, walk.amount_sentence = spoken, sentence
    if walk.since and walk.period == walk.since:
        walk.period, walk.base, walk.since = walk.resume, walk.since, None
    return drawn


def _unchanged(token: Token, walk: Walk, around: Around) -> Drawn:
    what = token.match["what"] if token.match else None
    if what and is_subject(what[:-1]) and what[-1] == "价":
        walk.subject = what
    words = (token.match["base"] or "") if token.match else ""
    base = BASE_WORDS.search(words)
    measure = {"最低价": "price.low.change", "最高价": "price.high.change"}.get(what or "", "price.change")
    if what is None and walk.last and not base_measure(around.clause):
        measure = f"{walk.last.measure.split('.')[0]}.change"
    drawn = Drawn(
        token, measure, "M.unchanged", 1, "", walk.period or walk.usual, walk.place, base[1] if base else None
    )
    return drawn


def _measured(token: Token, walk: Walk, around: Around, sentence: int, listed: bool) -> Drawn:
    kind = _KIND_OF_RULE.get(token.rule) or kind_of(token.unit)
    if walk.last and walk.last_kind == kind and listed:
        measure, rule = walk.last.measure, walk.last.rule
        sign = sign_of(around.gap, "") or walk.last.sign
        if walk.rates and measure.endswith(walk.rates[0]):
            measure = f"{measure.removesuffix(walk.rates[0])}{walk.rates[1]}"
    else:
        chosen = rule_for(kind, around)
        measure = _named(chosen, kind, around, walk, sentence)
        rule, sign = chosen.id, chosen.sign
        if chosen.id == "M.share.default" and (token.value < 0 or around.gap.endswith("+")):
            measure = f"{base_measure(around.sentence) or 'price'}.change"
        if (
            (moved_by(around.gap) or _MORE_THAN.search(around.clause))
            and not is_change(measure)
            and kind not in ("percent", "none", "time")
        ):
            measure += ".change"
        if kind == "money" and is_change(measure) and walk.last and walk.last.measure.startswith("price"):
            measure = "price.change"
        if measure.endswith(".change") and chosen.id == "M.change.direction" and kind == "percent":
            measure = _grown(measure, walk)
        if not sign and is_change(measure):
            sign = sign_of(around.gap, around.after) or sign_of(around.clause, "")
    walk.last_kind = kind
    if not walk.day and _NOW.search(around.clause):
        walk.period = walk.usual if kind == "price" else str(walk.year) if walk.year else walk.period
    elif walk.default and "报告期" in around.clause:
        walk.period = walk.default
    drawn = Drawn(
        token,
        measure,
        rule,
        sign or 1,
        "",
        period_of(kind, token, walk, _is_of_the_day(kind, measure, walk)),
        base=walk.base,
    )
    if kind == "price" or measure.startswith("price"):
        drawn.place = walk.place
    else:
        drawn.place = place_of(around.gap)
    if is_change(measure):
        drawn.base = drawn.base or base_of(measure, around, drawn.period)
    set_status(drawn, kind, around, walk)
    if measure == "output" and _is_cumulative(drawn.period, around):
        drawn.measure = "output.cumulative"
    elif (
        measure in ("output.yoy", "money.yoy")
        and drawn.period
        and "/" in drawn.period
        and measure == "output.yoy"
    ):
        drawn.measure = "output.cumulative.yoy"
    return drawn


def _is_of_the_day(kind: str, measure: str, walk: Walk) -> bool:
    """A change of a price, and an amount told between prices, is of the day of the prices."""
    if measure.startswith("price"):
        return True
    return kind in ("mass", "percent") and walk.last is not None and walk.last.measure.startswith("price")


def _named(rule: Rule, kind: str, around: Around, walk: Walk, sentence: int) -> str:
    """Fill the * of a rule with what the change is a change of; a later clause keeps the year before."""
    if not rule.measure.startswith("*"):
        if walk.last and not rule.words.pattern and not noun(around.gap):
            return _continued(rule.measure, kind, walk)
        if rule.measure == "mass" and (named := base_measure(around.sentence)) in AMOUNTS:
            return named or "mass"
        of_which = around.sentence.lstrip().startswith("其中")
        if rule.measure == "mass" and walk.amount and (of_which or walk.amount_sentence == sentence):
            return walk.amount
        return rule.measure
    tail = rule.measure[2:]
    if kind == "points":
        tail = "change"
    if both := _BOTH_RATES.search(around.gap):
        walk.rates = ["yoy" if word == "同比" else "mom" for word in both.groups()]
        tail = walk.rates[0]
    if tail == "yoy":
        walk.yoy_sentence = sentence
    elif tail == "change" and walk.yoy_sentence >= 0 and walk.base is None and kind == "percent":
        tail = "yoy"
    base = (
        base_measure(around.clause)
        or (walk.last and walk.last.measure.split(".")[0])
        or base_measure(around.sentence)
    )
    return f"{base}.{tail}" if base and base not in _NO_BASE else tail


def _grown(measure: str, walk: Walk) -> str:
    """A sum from January on that grows without a base named grows against the year before."""
    whole = _is_sum(walk.period) or bool(walk.period and walk.period == walk.default)
    if walk.base is None and walk.since is None and whole and measure.split(".")[0] in _FLOWS:
        return measure.removesuffix("change") + "yoy"
    return measure


def _continued(measure: str, kind: str, walk: Walk) -> str:
    """A clause without a noun of its own (至93.2万吨) goes on about what the last figure measured."""
    assert walk.last is not None
    spoken = walk.last.measure.removesuffix(".change").removesuffix(".yoy").removesuffix(".mom")
    if walk.last_kind == kind and not is_change(walk.last.measure):
        return spoken
    return spoken if measure == "mass" and spoken.split(".")[0] in AMOUNTS else measure


def _is_cumulative(period: str | None, around: Around) -> bool:
    return bool(re.search("累计|现已|迄今", around.clause)) or _is_sum(period)


def _is_sum(period: str | None) -> bool:
    """Whether a period runs from January over several months."""
    return bool(
        period and "/" in period and frequency(period.partition("/")[0]) == "M" and period[5:7] == "01"
    )


def _subject(walk: Walk, around: Around, sentence: int, listed: bool) -> str:
    """The noun of this clause, or of a list before 分别, or what was spoken of last."""
    if "分别" in around.gap:
        head = around.clause[: around.clause.rindex("分别")]
        names = split_list(head.strip() if _LISTED.search(head) else noun(head))
        if names and not is_measure_only(noun(names[-1])):
            walk.listed = names
        walk.listed_at, walk.listed_in = 0, sentence
    elif listed and walk.listed:
        walk.listed_at += 1
    elif _goes_round(walk, around, sentence):
        walk.listed_at = 0
    else:
        walk.listed = []
    if walk.listed and walk.listed_at < len(walk.listed):
        return noun(walk.listed[walk.listed_at]) or walk.subject
    walk.listed = []
    said = noun_behind(around.after) or noun(around.clause if around.gap == around.clause else around.gap)
    if is_subject(said):
        walk.subject = said
    return walk.subject


def _goes_round(walk: Walk, around: Around, sentence: int) -> bool:
    """A list whose every member has its value starts again: 环比上涨a、b和c，同比上涨d、e和f."""
    complete = len(walk.listed) > 1 and walk.listed_at == len(walk.listed) - 1
    return complete and walk.listed_in == sentence and is_measure_only(noun(around.gap))
