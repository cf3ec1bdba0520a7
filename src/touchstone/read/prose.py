"""Running text → figures: every quantity gets its measure, sign, period, place and subject.

The text is walked once, left to right. A clause ends at a comma, a sentence at a full stop;
what a clause does not say (subject, period, kind of change) it takes from the one before it.
"""

import re
from collections.abc import Iterator

from touchstone.read.clauses import CLAUSE, SENTENCE, Asides, Cuts, around
from touchstone.read.measure import (
    Around,
    base_measure,
    is_change,
    is_loss,
    kind_of,
    moved_by,
    rule_for,
    sign_of,
)
from touchstone.read.naming import by_base, grown, is_cumulative, is_of_the_day, named
from touchstone.read.scan import tokens
from touchstone.read.spoken import spoken_of
from touchstone.read.subject import is_subject, market_of, place_of, split_list
from touchstone.read.token import Token
from touchstone.read.walk import (
    AMOUNTS,
    BASE_WORDS,
    Drawn,
    Walk,
    a_year_ago,
    base_of,
    end_of_sentence,
    is_beyond,
    period_of,
    set_status,
    since_january,
    take_date,
)

_ASIDE = re.compile(r"（[^（）()\d]{1,12}）|\([^（）()\d]{1,12}\)")
_MORE_THAN = re.compile(r"[较比][^，。；]{0,14}(?:新增|多用?|少用?)\s?$")
_MEMBERS = 30
_YEARS_IN_TURN = 4
"""A longer span is one period, as that of a five-year plan."""
_CONNECT = re.compile(
    r"\s*(?:(?:、|/|和|及|与|以及|,|and|or|/)\s*(?:增长|下降|上涨|下跌|增加|减少|上升|回落|提高|降低)?)?\s*\+?$"
)
_DAY_BEFORE = "上周五?|上一?个?交易日|上月|上年同期|去年同期|前一日|昨日|年初|上年|去年"
_FORMER = re.compile(
    rf"(?:[较比由从](?:{_DAY_BEFORE})?\s*的\s*|(?:由|从)(?:{_DAY_BEFORE})?\s*的?\s*|^(?:{_DAY_BEFORE})的?(?:均价|价格|报价|产量)?为?\s*)$"
)
"""Words before the value that a change starts from: it is not of the period told of."""
_MONEY = frozenset(("$", "US$", "USD", "yuan", "美元", "元"))
_TO_A_PRICE = re.compile(r"^\s?(?:higher |lower )?(?:to|at)\s$|^[，,]?\s?[报收]于?\s?$")
"""Zinc was up 1.1% to $2,877.5: what a rate led to is a price where no noun says what else."""
_NOW = re.compile(r"目前|现已|如今|迄今|截至目前|currently|so far")
_KIND_OF_RULE = {"Q.rank": "rank", "Q.threshold": "none", "Q.fraction": "percent"}
_AHEAD = re.compile(r"\s?\(?(?:[a-z]+\s){0,3}(?:in|for|during|on|between|by)\s(?:the\s)?$")
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
    ordered = list(tokens(text))
    words = _without_dates(text, ordered)
    if implicit := list(_implicit(words)):
        ordered = sorted([*ordered, *implicit], key=lambda token: token.start)
    if not any(token.kind == "quantity" for token in ordered):
        for token in ordered:
            take_date(text, token, walk, 0)
        return
    clauses, sentences, asides = Cuts(CLAUSE, words), Cuts(SENTENCE, text), Asides(words)
    ends: list[int] = []
    for token, following in zip(ordered, [*ordered[1:], None], strict=True):
        if clauses.pass_to(token.start):
            walk.base = None
            walk.dates.clear()
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
            near = around(words, token, ends, clauses, sentences)
            listed = bool(ends) and bool(_CONNECT.match(words[ends[-1] : token.start]))
            ends.append(token.end)
            yield _figure(token, walk, near, sentences.number, listed)


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
    if market := market_of(around.gap):
        walk.place = market
    elif walk.place and place_of(around.gap):
        walk.place = None
    drawn = (
        _unchanged(token, walk, around)
        if token.form == "implicit"
        else _measured(token, walk, around, sentence, listed)
    )
    if walk.since is None and _FORMER.search(around.gap):
        base = walk.base or walk.against
        drawn.period = base if base and base[:1].isdigit() else None
    drawn.subject = spoken_of(walk, around, sentence, listed)
    if (listed or "分别" in around.gap) and len(walk.listed) < 2:
        drawn.period = _dated_in_turn(walk, around) or drawn.period
    if "各" in around.gap[-6:]:
        drawn.shared = tuple(split_list(around.gap[: around.gap.rindex("各")])[:_MEMBERS])
    walk.last = drawn
    if (spoken := drawn.measure.split(".")[0]) in AMOUNTS:
        walk.amount, walk.amount_sentence = spoken, sentence
    if walk.since and walk.period == walk.since:
        walk.period, walk.base, walk.since = walk.resume, walk.since, None
    return drawn


def _dated_in_turn(walk: Walk, around: Around) -> str | None:
    """1月、2月和3月产量分别为a、b和c: each value has its own month."""
    if "分别" in around.gap:
        walk.dated = list(walk.dates) if len(walk.dates) > 1 else _years(walk.period)
    return walk.dated.pop(0) if walk.dated else None


def _years(period: str | None) -> list[str]:
    """2024-2026年均价分别为a、b和c: each value has its own year."""
    first, _, last = (period or "").partition("/")
    years = range(int(first), int(last) + 1) if len(first) == len(last) == 4 else range(0)
    return [str(year) for year in years] if len(years) <= _YEARS_IN_TURN else []


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


def _is_rate(last: Drawn | None) -> bool:
    return last is not None and is_change(last.measure) and kind_of(last.token.unit) == "percent"


def _measured(token: Token, walk: Walk, around: Around, sentence: int, listed: bool) -> Drawn:
    if (
        listed
        and walk.last
        and walk.last.token.unit.startswith(f"{token.unit}/")
        and kind_of(token.unit) == "money"
    ):
        token.unit = walk.last.token.unit
    kind = _KIND_OF_RULE.get(token.rule) or kind_of(token.unit)
    if walk.last and walk.last_kind == kind and listed:
        measure, rule = walk.last.measure, walk.last.rule
        sign = sign_of(around.gap, "") or walk.last.sign
        if walk.rates and measure.endswith(walk.rates[0]):
            measure = f"{measure.removesuffix(walk.rates[0])}{walk.rates[1]}"
    else:
        chosen = rule_for(kind, around)
        measure = named(chosen, kind, around, walk, sentence)
        rule, sign = chosen.id, chosen.sign
        if chosen.id == "M.share.default" and (token.value < 0 or around.gap.endswith("+")):
            measure = f"{base_measure(around.sentence) or 'price'}.change"
        elif kind in ("price", "mass", "money", "count") and around.gap.endswith("+"):
            measure = f"{measure.removesuffix('.change')}.change"
        elif (
            kind == "money"
            and _TO_A_PRICE.search(around.gap)
            and token.unit in _MONEY
            and _is_rate(walk.last)
        ):
            measure = "price"
        if (
            kind not in ("percent", "none", "time")
            and not is_change(measure)
            and (moved_by(around.gap) or _MORE_THAN.search(around.clause))
        ):
            measure += ".change"
        if kind == "money" and is_loss(around.gap):
            sign = -1
        if kind == "money" and is_change(measure) and walk.last and walk.last.measure.startswith("price"):
            measure = "price.change"
        if measure.endswith(".change") and chosen.id == "M.change.direction" and kind == "percent":
            measure = grown(measure, walk)
        if not sign and is_change(measure):
            sign = sign_of(around.gap, around.after) or sign_of(around.clause, "")
    walk.last_kind = kind
    if not walk.day and _NOW.search(around.clause):
        walk.period = walk.usual if kind == "price" else str(walk.year) if walk.year else walk.period
    if "累计" in around.gap and walk.last and walk.last.period == walk.period and not is_change(measure):
        walk.period = since_january(walk.period)
    drawn = Drawn(
        token,
        measure,
        rule,
        sign or 1,
        "",
        period_of(kind, measure, token, walk, is_of_the_day(kind, measure, around, walk)),
        base=walk.base,
    )
    if is_beyond(around):
        drawn.period = None
    if kind == "price" or measure.startswith("price"):
        drawn.place = walk.place
    else:
        drawn.place = place_of(around.gap)
    if is_change(measure):
        drawn.base = drawn.base or base_of(measure, around, drawn.period)
    set_status(drawn, kind, around, walk)
    drawn.measure = by_base(drawn.measure, kind, drawn.period, drawn.base)
    if drawn.measure == "output" and is_cumulative(drawn.period, around):
        drawn.measure = "output.cumulative"
    elif drawn.measure == "output.yoy" and drawn.period and "/" in drawn.period:
        drawn.measure = "output.cumulative.yoy"
    return drawn
