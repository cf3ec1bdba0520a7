"""Running text → figures, walked once from left to right.

A clause ends at a comma, a sentence at a full stop; what a clause does not say (subject, period,
kind of change) it takes from the one before it. `touchstone.read.meaning` says what each figure means.
"""

import re
from collections.abc import Iterator

from touchstone.read.clauses import CLAUSE, SENTENCE, Asides, Cuts, around
from touchstone.read.delivery import unbracketed
from touchstone.read.meaning import figure
from touchstone.read.moved import is_completed
from touchstone.read.scan import tokens
from touchstone.read.token import Token
from touchstone.read.walk import (
    BASE_BEHIND,
    Drawn,
    Walk,
    a_year_ago,
    end_of_sentence,
    names_a_base,
    take_date,
)

_ASIDE = re.compile(r"（[^（）()\d]{1,12}）|\([^（）()\d]{1,12}\)")
_CONNECT = re.compile(
    r"\s*(?:(?:、|/|和|及|与|以及|,|and|or|/)\s*(?:增长|下降|上涨|下跌|增加|减少|上升|回落|提高|降低)?)?\s*\+?$"
)
_AHEAD = re.compile(r"\s?\(?(?:[a-z]+\s){0,3}(?:in|for|during|on|between|by)\s(?:the\s)?$")
_UNCHANGED = re.compile(
    r"(?P<what>[铜铝铅锌镍锡金银锂钴铂钯]价|均价|最低价|最高价|价格|报价)?"
    r"(?P<base>较?(?:上周五?|上一?个?交易日|上月|昨日|前一日|上周末|(?:春|国庆|端午|中秋|清明|劳动)?节前|假期前)|[较比]\s{3,}|与\s{3,}相比|与(?:上周五?|上一?个?交易日|上月|(?:春|国庆|端午|中秋|清明|劳动)?节前)相?比?)?"
    r"\s*(?:相比)?上?(?:[^，。；\d]{0,4})"
    r"(?:保持不变|维持不变|持平|没有变化|未作调整|unchanged)"
)

_UNCHANGED_SINCE = re.compile(
    r"(?P<what>\bprice )?\bunchanged (?:from|on|against) (?P<base>last Friday|the previous (?:Friday|trading day))"
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
            if following and _is_dated_by(text, token, following):
                take_date(text, following, walk, clauses.start)
            if following and following.kind == "same" and text[token.end : following.start].isspace():
                a_year_ago(walk)
            near = around(words, token, ends, clauses, sentences)
            if token.rule == "Q.moved" and not is_completed(token, walk, near):
                continue
            listed = bool(ends) and bool(_CONNECT.match(words[ends[-1] : token.start]))
            ends.append(token.end)
            yield figure(token, walk, near, sentences.number, listed)


def _is_dated_by(text: str, token: Token, following: Token) -> bool:
    """Whether a date that begins behind the start of a figure says when it is of, or which day it is against.

    English puts the date behind: 932,000 tonnes in June, USD 6/lb on 7 October, up by $1/lb from last Friday (9 October).
    """
    if following.kind != "date" or following.start < token.end:
        return following.kind == "date"
    based = names_a_base(text, following) and BASE_BEHIND.match(text, token.end, following.start)
    return bool(based or _AHEAD.fullmatch(text, token.end, following.start))


def _without_dates(text: str, found: list[Token]) -> str:
    """The text with its dates blanked, so that words are read without them."""
    pieces, at = [], 0
    for token in found:
        if token.match and token.match.lastgroup not in ("now", "rel"):
            pieces += [text[at : token.start], " " * (token.end - token.start)]
            at = token.end
    return _ASIDE.sub(unbracketed, "".join(pieces) + text[at:])


def _implicit(words: str) -> Iterator[Token]:
    """保持不变, 持平, unchanged: a change of zero, said without a number."""
    if any(sign in words for sign in ("不变", "持平", "unchanged")):
        for found in (*_UNCHANGED.finditer(words), *_UNCHANGED_SINCE.finditer(words)):
            if found["what"] or found["base"]:
                yield Token(
                    "quantity", found.start(), found.end(), form="implicit", rule="Q.unchanged", match=found
                )
