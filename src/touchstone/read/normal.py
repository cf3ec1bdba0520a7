"""One text for the eye, one for the rules: same length, so that every offset stays true.

Full-width digits, letters and signs become plain ones, every kind of blank becomes a space,
Markdown stars, tags and what is left of bookmarks become blanks, traditional characters become simplified ones.
"""

import re
from functools import cache

from touchstone.facts.characters import Fold, simplified

_SIGNS = {
    "﹪": "%", "＋": "+", "－": "-", "−": "-", "﹣": "-", "‑": "-", "‐": "-",
    "～": "~", "〜": "~", "∼": "~", "∕": "/", "￥": "¥", "＝": "=",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2002": " ", "\u2003": " ", "\u3000": " ", "\u200b": " ",
    "*": " ", "＜": "<", "＞": ">",
}  # fmt: skip
"""What `simplify` leaves as it is."""
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>")
_BOOKMARK = re.compile(r"\[bookmark: \w+\]")


def normal(text: str) -> str:
    """The text the rules read; `len(normal(t)) == len(t)` always."""
    plain = _plain()(text)
    for mark, residue in (("<", _TAG), ("[bookmark", _BOOKMARK)):
        plain = residue.sub(lambda m: " " * len(m[0]), plain) if mark in plain else plain
    return plain


@cache
def _plain() -> Fold:
    return Fold(simplified() | _SIGNS)
