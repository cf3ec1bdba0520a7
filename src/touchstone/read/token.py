"""A token: one date, code or quantity found in a text, and the words that hedge it."""

import re
from dataclasses import dataclass
from decimal import Decimal

_BEFORE = re.compile(
    r"(?:(?P<about>约|大约|约为|约占|大概|about|around|approximately|roughly|some|circa)"
    r"|(?P<near>近|将近|接近|nearly|almost|close to)"
    r"|(?P<under>跌破|降破|失守)|(?P<over>逾|超|超过|突破|破|高于|不低于|不少于|至少|多于|over|more than|above|exceeding|at least|exceeded)"
    r"|(?P<under2>不到|不足|低于|少于|不超过|不高于|未到|至多|最多|less than|under|below|fewer than|up to|at most))\s{0,3}$",
    re.IGNORECASE,
)
_MAY_HEDGE = re.compile(r"[约为占概近破守逾超过于少到足多A-Za-z]\s{0,3}$")
"""The last characters of the words above: a cheap look before the long one."""
_AFTER = re.compile(
    r"\s?(?:(?P<over>(?:及|或)?以上|有余|or more|or above)|(?P<under>(?:及|或)?以下|以内|之内|or less)"
    r"|(?P<about>左右|上下|or so))"
)


@dataclass(slots=True)
class Token:
    """A thing found at a place of a text.

    `kind` is `quantity`, `date`, `same` (去年同期), `skip` (a code, an ordinal, a name) or `none`
    (a number that measures nothing). For a quantity, `value` (and `high` for a range) are as
    written, with the multiplier left in `unit`; `half` is half a unit of the last printed place.
    """

    kind: str
    start: int
    end: int
    value: Decimal = Decimal(0)
    high: Decimal | None = None
    half: Decimal = Decimal(0)
    unit: str = ""
    approx: str | None = None
    form: str = "digit"
    rule: str = ""
    match: re.Match[str] | None = None


def hedge(text: str, token: Token, more: bool) -> None:
    """Set `approx` from 余 and 多 inside the figure, or from the words beside it (近, 以上)."""
    if more:
        token.approx = "over"
    elif after := _AFTER.match(text, token.end):
        token.approx, token.end = after.lastgroup, after.end()
    elif _MAY_HEDGE.search(text, max(0, token.start - 4), token.start) and (
        before := _BEFORE.search(text, max(0, token.start - 14), token.start)
    ):
        token.approx = (before.lastgroup or "").rstrip("2")
