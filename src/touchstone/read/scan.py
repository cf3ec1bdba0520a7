"""One scan over a text: dates, codes and quantities, left to right, not overlapping.

Where something may begin, what is no figure is tried first, then a date, then a quantity, so
that a standard, a phone number or a year never becomes a figure.
"""

import re
from collections.abc import Iterator

from touchstone.facts.vocabulary import vocabulary
from touchstone.read.dates import DATE, SAME_PERIOD
from touchstone.read.measure import kind_of
from touchstone.read.not_figures import closed_spans, skip
from touchstone.read.numeral import CHARACTERS
from touchstone.read.quantity import digits, fraction
from touchstone.read.spelled import counted, english, rank, spelled, threshold
from touchstone.read.token import Token

_BEGINS = (
    rf"\d|[{CHARACTERS}]|[$€£¥]|US\$|(?:RMB|Rmb|USD|CNY|EUR)(?=\s?\d)"
    r"|[今去前上本当下明](?=年|个?月|半年|个?季)|年(?=[底末初])|同期|全(?=年)|周(?=[一二三四五六日])|[报规](?=[告划]期)"
    r"|第(?=\s?[一二三四五六七八九十\d])|前(?=[三两\d一四五六七八九])|[“\"](?=十[一二三四五六]五)"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Q[1-4]|H[12])"
    r"|\b(?:first|second|third|fourth)\s(?=half|quarter|\w+\smonths)"
    r"|\b[Oo]ne(?=[- ](?:third|quarter|fifth))|\b(?:[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve)(?=\s)"
    r"|\ba year (?=earlier|ago)|the same period"
)
_HOT = re.compile(rf"[\d{CHARACTERS}$€£¥今去前上本当下明年同全第周报规“\"A-Zaefonst](?<=(?={_BEGINS}).)")
"""A place where a figure or a date may begin. The first characters stand in front on their own: over
a single set the engine skips four times as fast as over alternatives."""

_CONTRACT = re.compile(
    r"\s?(?:合约|期货|主力|contract|futures|期[铜铝锌铅镍锡]|(?:份?的?)?(?:交割|到期)|布伦特|WTI)"
)
_YEARS = {"bare": ("bare_y",), "eyy": ("eyy_a", "eyy_b")}
"""Numbers that are years only where nothing says that they are amounts: 1950-2000元/公斤 is a price."""
_PRICE_BEFORE = re.compile(r"(?:报|报?价(?:格|位)?)(?:在|为|至|于|收)?\s?$|\bat\s$")
_AT_THE_PRICES = re.compile(r"\s(?:constant\s)?(?:prices|levels|rates)\b")
"""At 2020 prices names a year."""
_NEAR = 6


def tokens(text: str) -> Iterator[Token]:
    """Dates, codes and quantities of a normalised text; numbers that measure nothing are left out."""
    closed = closed_spans(text)
    at, shut = 0, 0
    while hot := _HOT.search(text, at):
        at = hot.start()
        while shut < len(closed) and closed[shut][1] <= at:
            shut += 1
        if shut < len(closed) and closed[shut][0] <= at:
            at = closed[shut][1]
            continue
        token = _token(text, at)
        if token is None:
            at += 1
            continue
        if token.kind != "none":
            yield token
        at = max(token.end, at + 1)


def _token(text: str, at: int) -> Token | None:
    if end := skip(text, at):
        return Token("skip", at, end)
    c = text[at]
    if c in CHARACTERS and (token := threshold(text, at)):
        return token
    if token := _date(text, at):
        return token
    if c == "第":
        return rank(text, at)
    if c.isascii():
        return english(text, at) if c in "tfsenoTFSENO" else _in_digits(text, at)
    return (fraction(text, at) or spelled(text, at)) if c in CHARACTERS else digits(text, at)


def _in_digits(text: str, at: int) -> Token | None:
    token = digits(text, at)
    if token and token.unit == "%" and _is_grade(text, at, token.end):
        return Token("skip", at, token.end)
    if token and (token.kind == "none" or token.unit.isascii() and kind_of(token.unit) in ("count", "other")):
        named = counted(text, at)
        return named if named and named.end > token.end else token
    return token


def _is_grade(text: str, at: int, end: int) -> bool:
    """65%黑钨精矿: a percentage that opens a clause right before a product is its grade."""
    before, after = text[at - 1 : at], text[end : end + 9].lstrip(" ")
    if before and before not in "，。；、：（(\n \t" or after[:1] in ("", "的"):
        return False
    mentions = vocabulary().find(after, ("product",))
    return bool(mentions) and mentions[0].start == 0


def _date(text: str, at: int) -> Token | None:
    if not text[at].isdigit() and (same := SAME_PERIOD.match(text, at)):
        return Token("same", at, same.end())
    found = DATE.match(text, at)
    if not found or _CONTRACT.match(text, found.end()):
        return None
    kind = found.lastgroup
    if (
        kind in ("m", "md", "bare", "ms", "isom", "iso")
        and at
        and text[at - 1].isascii()
        and (text[at - 1].isalnum() or text[at - 1] in ".,")
    ):
        return None
    if kind in ("bare", "eyy"):
        if any(_is_amount(text, found.start(group)) for group in _YEARS[kind]):
            return None
        if _PRICE_BEFORE.search(text, max(0, at - _NEAR), at) and not _AT_THE_PRICES.match(text, found.end()):
            return Token("none", at, found.end())
    return Token("date", at, found.end(), match=found)


def _is_amount(text: str, at: int) -> bool:
    """Whether a number that may be a year has a unit."""
    amount = digits(text, at)
    return amount is not None and amount.kind == "quantity"
