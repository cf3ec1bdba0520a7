"""One text for the eye, one for the rules: same length, so that every offset stays true.

Full-width digits, letters and signs become plain ones, every kind of blank becomes a space,
Markdown stars and tags become blanks, traditional characters become simplified ones.
"""

import re
from functools import cache

from touchstone.facts.characters import simplify

_SINGLES = {
    "．": ".", "％": "%", "﹪": "%", "＋": "+", "－": "-", "−": "-", "﹣": "-", "‑": "-", "‐": "-",
    "～": "~", "〜": "~", "∼": "~", "／": "/", "∕": "/", "＄": "$", "￥": "¥", "＝": "=",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2002": " ", "\u2003": " ", "\u3000": " ", "\u200b": " ",
    "*": " ", "＜": "<", "＞": ">",
}  # fmt: skip


_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>")


@cache
def _table() -> dict[int, str]:
    wide = {0xFF10 + i: chr(0x30 + i) for i in range(10)}
    wide |= {0xFF21 + i: chr(0x41 + i) for i in range(26)}
    wide |= {0xFF41 + i: chr(0x61 + i) for i in range(26)}
    return wide | {ord(k): v for k, v in _SINGLES.items()}


def normal(text: str) -> str:
    """The text the rules read; `len(normal(t)) == len(t)` always."""
    plain = simplify(text.translate(_table()))
    return _TAG.sub(lambda m: " " * len(m[0]), plain) if "<" in plain else plain
