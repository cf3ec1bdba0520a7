"""The fonts of printed reports, which come with the package: where they are, and what they can draw.

Both weights have the same characters; tools/make_fonts.py cuts them.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path
from struct import iter_unpack, unpack_from

FAMILY = "Touchstone Sans SC"
_REGULAR = "TouchstoneSansSC-Regular.otf"
_UNICODE_FULL = 12
"""The form of character map that goes beyond the first 65,536 code points (OpenType, cmap, format 12)."""


def folder() -> Path:
    """Where the font files are."""
    return Path(str(files("touchstone") / "data" / "fonts"))


@cache
def drawn() -> frozenset[int]:
    """The code points that the fonts have an outline for."""
    font = (folder() / _REGULAR).read_bytes()
    start = _table(font, b"cmap")
    (count,) = unpack_from(">H", font, start + 2)
    for _, _, offset in iter_unpack(">HHL", font[start + 4 : start + 4 + 8 * count]):
        at = start + offset
        if unpack_from(">H", font, at) == (_UNICODE_FULL,):
            (groups,) = unpack_from(">L", font, at + 12)
            spans = iter_unpack(">LLL", font[at + 16 : at + 16 + 12 * groups])
            return frozenset(point for first, last, _ in spans for point in range(first, last + 1))
    raise ValueError(f"{_REGULAR} has no character map of format {_UNICODE_FULL}")


def _table(font: bytes, tag: bytes) -> int:
    """Where a table of a font file begins."""
    (count,) = unpack_from(">H", font, 4)
    return next(o for t, _, o, _ in iter_unpack(">4sLLL", font[12 : 12 + 16 * count]) if t == tag)
