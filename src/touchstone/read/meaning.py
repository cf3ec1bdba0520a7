"""What one figure of running text means: its measure, sign, period, place, subject and status."""

import re

from touchstone.read.delivery import delivered, delivery_in, market_of_delivery, warehouse_of
from touchstone.read.measure import (
    Around,
    Rule,
    base_measure,
    is_change,
    is_loss,
    kind_of,
    moved_by,
    rule_for,
    sign_of,
)
from touchstone.read.moment import is_from_abroad, is_of_another_time, is_to_come
from touchstone.read.naming import by_base, grown, is_cumulative, is_of_the_day, named
from touchstone.read.priceday import period_of_price
from touchstone.read.spoken import spoken_of
from touchstone.read.status import is_beyond, set_status
from touchstone.read.subject import is_known, is_subject, market_of, place_of, split_list
from touchstone.read.token import Token
from touchstone.read.walk import (
    AMOUNTS,
    BASE_WORDS,
    Drawn,
    Walk,
    base_of,
    period_of,
    since_january,
)

_MORE_THAN = re.compile(r"[较比][^，。；]{0,14}(?:新增|多用?|少用?)\s?$")
_MEMBERS = 30
_YEARS_IN_TURN = 4
"""A longer span is one period, as that of a five-year plan."""
_DAY_BEFORE = "上周五?|上一?个?交易日|上月|上年同期|去年同期|前一日|昨日|年初|上年|去年"
_FORMER = re.compile(
    rf"(?:[较比由从](?:{_DAY_BEFORE})?\s*的\s*|(?:由|从)(?:{_DAY_BEFORE})?\s*的?\s*|^(?:{_DAY_BEFORE})的?(?:均价|价格|报价|产量)?为?\s*)$"
)
"""Words before the value that a change starts from: it is not of the period told of."""
_FORMER_PRICE = re.compile(r"\bfrom (?:about |around )?$")
_ABROAD = frozenset(("market.lme", "market.international", "market.rotterdam"))
_YUAN = re.compile("[万亿]?元|yuan|CNY|RMB")
_LOWER = re.compile(r"\s(?:lower|higher)\b")
_OF_AN_END = re.compile(
    r"(?P<low>最低价|低端|低幅|\b[Ll]ow(?:est)? (?:end|price)|\blower end)|(?P<high>最高价|高端|高幅|\b[Hh]igh(?:est)? (?:end|price)|\bupper end)"
)
"""Words for one end of a range, whose change is not that of the mean."""
_AN_END = re.compile("(?:(?P<low>最低价)|(?P<high>最高价))(?:格?[为是报约：: ]{0,2})$")
"""最低价45500元/吨，最高价46500元/吨: each end of a range told by its name."""
_SAME_CHANGE = re.compile(r"[，,\s]*(?:[涨跌增降]幅|up|down)[为达\s]*$")
_NEAR_SIZE = 32
"""Characters between the size of a change and its rate: a base may stand there in English."""
_PER_MASS = re.compile(r"(?:[万亿]?元|CNY|yuan|RMB)/(?:标?吨|公斤|千克|克|kg|t|tonne|ton)$")
_SOMEBODYS = re.compile(r"他们|表示|[商家人]称|据[^，。；]{1,8}称|\bsaid\b")
_MONEY = frozenset(("$", "US$", "USD", "yuan", "美元", "元"))
_TO_A_PRICE = re.compile(r"^\s?(?:higher |lower )?(?:to|at)\s$|^[，,]?\s?[报收]于?\s?$")
"""Zinc was up 1.1% to $2,877.5: what a rate led to is a price where no noun says what else."""
_NOW = re.compile(r"目前|现已|如今|迄今|截至目前|currently|so far")
_KIND_OF_RULE = {"Q.rank": "rank", "Q.threshold": "none", "Q.fraction": "percent", "Q.unitless": "price"}


def figure(token: Token, walk: Walk, around: Around, sentence: int, listed: bool) -> Drawn:
    """The figure of a quantity in its clause.

    Args:
        token: the quantity.
        walk: what was said before; it is moved on.
        around: the words around the quantity.
        sentence: the number of its sentence in the block.
        listed: whether only a connective stands between it and the quantity before.
    """
    aside = warehouse_of(around)
    if market := market_of(around.gap) or market_of(aside) or market_of_delivery(around.gap):
        walk.place, walk.delivered = market, not market_of(around.gap)
    elif is_from_abroad(around.clause) and kind_of(token.unit) == "price":
        walk.place = None
    elif delivered(around.gap) or walk.place in _ABROAD and _YUAN.match(token.unit):
        walk.place = None  # delivered elsewhere, or a price in yuan, which goes on about another market
    drawn = (
        _unchanged(token, walk, around)
        if token.form == "implicit"
        else _measured(token, walk, around, sentence, listed)
    )
    if drawn.measure == "price" and is_of_another_time(drawn.period, around, walk):
        drawn.period = None
    if walk.since is None and _is_former(drawn, around):
        base = walk.base or walk.against
        drawn.period = base if base and base[:1].isdigit() else None
    before, told = walk.subject, delivery_in(around.gap) or delivery_in(aside)
    drawn.subject = spoken_of(walk, around, sentence, listed)
    walk.delivery = told or (walk.delivery if drawn.subject == before else "")
    drawn.delivery = walk.delivery if drawn.measure.startswith("price") else ""
    drawn.place = drawn.place or _home_market(drawn, walk, around)
    if (listed or "分别" in around.gap) and len(walk.listed) < 2:
        drawn.period = _dated_in_turn(walk, around) or drawn.period
    if "各" in around.gap[-6:]:
        drawn.shared = tuple(split_list(around.gap[: around.gap.rindex("各")])[:_MEMBERS])
    walk.last = drawn
    if drawn.measure == "price" and token.unit:
        walk.priced = drawn
    if (spoken := drawn.measure.split(".")[0]) in AMOUNTS:
        walk.amount, walk.amount_sentence = spoken, sentence
    if walk.since and walk.period == walk.since:
        walk.period, walk.base, walk.since = walk.resume, walk.since, None
    return drawn


def _home_market(drawn: Drawn, walk: Walk, around: Around) -> str | None:
    """A price in yuan a tonne or kilogram of a known product, where no market is named, is one at home.

    What somebody says to ask or pay is the price of no market. A change told without a number goes on about the
    market of the price before it.
    """
    if drawn.measure.partition(".")[0] != "price" or drawn.measure.startswith(
        ("price.cost", "price.premium")
    ):
        return None
    if drawn.token.form == "implicit":
        return walk.last.place if walk.last and walk.last.measure.startswith("price") else None
    if not _PER_MASS.match(drawn.token.unit) or _SOMEBODYS.search(around.sentence):
        return None
    if is_from_abroad(around.clause):
        return None
    return "market.domestic" if is_known(drawn.subject) else None


def _is_former(drawn: Drawn, around: Around) -> bool:
    """Whether a figure is what a change started from; English says up from $6 of prices only where none is moved by $6."""
    if _FORMER.search(around.gap):
        return True
    is_level = drawn.measure.startswith("price") and not is_change(drawn.measure)
    return is_level and bool(_FORMER_PRICE.search(around.gap))


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
    period = period_of_price(measure, around, walk) if measure.startswith("price") else walk.period
    against = walk.base or (base[1] if base else None)
    return Drawn(token, measure, "M.unchanged", 1, "", period or walk.usual, walk.place, against)


def _measured(token: Token, walk: Walk, around: Around, sentence: int, listed: bool) -> Drawn:
    last = walk.last
    if listed and last and last.token.unit.startswith(f"{token.unit}/") and kind_of(token.unit) == "money":
        token.unit = last.token.unit
    kind = _KIND_OF_RULE.get(token.rule) or kind_of(token.unit)
    if last and walk.last_kind == kind and listed:
        measure, rule, sign = _like_the_last(last, walk, around)
    else:
        measure, rule, sign = _told(token, kind, walk, around, sentence)
    walk.last_kind = kind
    _move_on(kind, measure, walk, around)
    if kind != "time" and (kind == "price" or is_of_the_day(kind, measure, around, walk)):
        period = period_of_price(measure, around, walk)
    else:
        period = period_of(kind, measure, token, walk)
    drawn = Drawn(token, measure, rule, sign or 1, "", None if is_beyond(around) else period, base=walk.base)
    priced = kind == "price" or measure.startswith("price")
    drawn.place = walk.place if priced else place_of(around.gap)
    if is_change(measure):
        drawn.base = (
            drawn.base or base_of(measure, around, drawn.period) or _base_of_size(drawn, walk, around)
        )
    set_status(drawn, kind, around, walk)
    if measure == "price" and drawn.status == "reported" and is_to_come(around):
        drawn.status = "target"
    drawn.measure = _over_time(by_base(measure, kind, drawn.period, drawn.base), drawn.period, around)
    if drawn.measure == "price" and (end := _AN_END.search(around.gap)):
        drawn.measure = "price.low" if end["low"] else "price.high"
    return drawn


def _base_of_size(drawn: Drawn, walk: Walk, around: Around) -> str | None:
    """下跌250元/吨（跌幅2.44%）: a rate right behind the size of a change is against the same day."""
    last = walk.last
    if last is None or not is_change(last.measure) or not _SAME_CHANGE.match(around.gap):
        return None
    near = drawn.token.start - last.token.end <= _NEAR_SIZE
    return last.base if near and last.measure.split(".")[0] == drawn.measure.split(".")[0] else None


def _like_the_last(last: Drawn, walk: Walk, around: Around) -> tuple[str, str, int]:
    """A member of a list measures what the one before does; of 同比和环比分别, the other rate."""
    measure = last.measure
    if walk.rates and measure.endswith(walk.rates[0]):
        measure = f"{measure.removesuffix(walk.rates[0])}{walk.rates[1]}"
    return measure, last.rule, sign_of(around.gap, "") or last.sign


def _told(token: Token, kind: str, walk: Walk, around: Around, sentence: int) -> tuple[str, str, int]:
    """Measure, rule and sign by the words around the quantity."""
    rule = rule_for(kind, around)
    measure = _changed(named(rule, kind, around, walk, sentence), rule, token, kind, walk, around)
    if measure.endswith(".change") and rule.id == "M.change.direction" and kind == "percent":
        measure = grown(measure, walk)
    if kind == "money" and is_loss(around.gap):
        return measure, rule.id, -1
    sign = rule.sign
    if not sign and is_change(measure):
        sign = sign_of(around.gap, around.after) or sign_of(around.clause, "")
    return measure, rule.id, sign


def _changed(measure: str, rule: Rule, token: Token, kind: str, walk: Walk, around: Around) -> str:
    """The measure, made a change where a sign or a verb says so, or a price where a rate led to money."""
    signed = around.gap.endswith("+")
    if rule.id == "M.share.default" and (token.value < 0 or signed):
        measure = f"{base_measure(around.sentence) or 'price'}.change"
    elif signed and kind in ("price", "mass", "money", "count"):
        measure = f"{measure.removesuffix('.change')}.change"
    elif token.unit in _MONEY and _TO_A_PRICE.search(around.gap) and _is_rate(walk.last):
        measure = "price"
    if (
        kind not in ("percent", "none", "time")
        and not is_change(measure)
        and (moved_by(around.gap) or _MORE_THAN.search(around.clause) or _LOWER.match(around.after))
    ):
        measure += ".change"
    told_of_price = walk.last is not None and walk.last.measure.startswith("price")
    if kind == "money" and is_change(measure) and told_of_price:
        measure = "price.change"
    end = _OF_AN_END.search(around.gap) if measure == "price.change" else None
    return f"price.{end.lastgroup}.change" if end else measure


def _is_rate(last: Drawn | None) -> bool:
    return last is not None and is_change(last.measure) and kind_of(last.token.unit) == "percent"


def _move_on(kind: str, measure: str, walk: Walk, around: Around) -> None:
    """目前 goes on to the present, 累计 behind a month to the months since January."""
    if not walk.day and _NOW.search(around.clause):
        walk.period = walk.usual if kind == "price" else str(walk.year) if walk.year else walk.period
    if "累计" in around.gap and walk.last and walk.last.period == walk.period and not is_change(measure):
        walk.period = since_january(walk.period)


def _over_time(measure: str, period: str | None, around: Around) -> str:
    """Output of several months, and its rate, is cumulative output."""
    if measure == "output" and is_cumulative(period, around):
        return "output.cumulative"
    return "output.cumulative.yoy" if measure == "output.yoy" and period and "/" in period else measure
