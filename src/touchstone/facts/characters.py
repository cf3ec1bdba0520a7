"""Characters folded one to one: traditional to simplified, full-width to half-width.

Every fold keeps the length of the text, so offsets into the folded text are offsets into
the printed one.
"""

import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parents[1] / "data" / "traditional.txt"


class Fold:
    """Characters replaced one to one.

    Few characters of a text change: a scan for them is many times faster than `str.translate`.
    """

    def __init__(self, folds: dict[str, str]) -> None:
        self._folds = folds
        self._changed = re.compile(f"[{re.escape(''.join(folds))}]")

    def __call__(self, text: str) -> str:
        return self._changed.sub(lambda found: self._folds[found[0]], text)


def simplify(text: str) -> str:
    """Text with traditional characters simplified and full-width letters and digits halved.

    The result is as long as the text. Characters that data/traditional.txt does not hold stay
    as they are.

    >>> simplify("１２．５萬噸")
    '12.5万吨'
    """
    return text if text.isascii() else _simplify()(text)


def fold(text: str) -> str:
    """As `simplify`, and Latin capitals made small: the form in which words are compared."""
    return text.lower() if text.isascii() else _fold()(text)


@cache
def simplified() -> dict[str, str]:
    """Each character that `simplify` changes, with what it becomes."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    pairs = [pair for line in lines if not line.startswith("#") for pair in line.split()]
    folds = {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
    wide = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
    folds |= {chr(code): chr(code - 0xFEE0) for code in wide}
    return folds | {"．": ".", "％": "%", "／": "/", "＄": "$"}


@cache
def _simplify() -> Fold:
    return Fold(simplified())


@cache
def _fold() -> Fold:
    small = {letter: plain.lower() for letter, plain in simplified().items()}
    return Fold(small | {chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})
