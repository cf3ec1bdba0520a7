"""Characters folded one to one: traditional to simplified, full-width to half-width.

Every fold keeps the length of the text, so offsets into the folded text are offsets into
the printed one.
"""

from functools import cache
from pathlib import Path

_FILE = Path(__file__).parents[1] / "data" / "traditional.txt"


def simplify(text: str) -> str:
    """Text with traditional characters simplified and full-width letters and digits halved.

    The result is as long as the text. Characters that data/traditional.txt does not hold stay
    as they are.

    >>> simplify("１２．５萬噸")
    '12.5万吨'
    """
    return text if text.isascii() else text.translate(_table())


def fold(text: str) -> str:
    """As `simplify`, and Latin capitals made small: the form in which words are compared."""
    return text.lower() if text.isascii() else text.translate(_lower_table())


@cache
def _table() -> dict[int, str]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    pairs = [pair for line in lines if not line.startswith("#") for pair in line.split()]
    folds = {ord(pair[0]): pair[1] for pair in pairs if len(pair) == 2}
    wide = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
    folds.update({code: chr(code - 0xFEE0) for code in wide})
    return folds | {ord("．"): ".", ord("％"): "%", ord("／"): "/", ord("＄"): "$"}


@cache
def _lower_table() -> dict[int, str]:
    folds = {code: letter.lower() for code, letter in _table().items()}
    return folds | {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
