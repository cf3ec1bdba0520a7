"""A printed unit taken apart: a multiplier and an atom, in front and behind each slash."""

import re
from dataclasses import dataclass
from functools import cache

from touchstone.facts.alternation import alternation
from touchstone.facts.unit_table import Row, key, table

_SPLIT = re.compile(r"\s*/\s*|\s*每\s*|(?<!parts)\s+per\s+(?!cent|mille)|\s+an?\s+", re.IGNORECASE)

_GAP = " -\u00a0\u2009\u202f\u3000"


@dataclass(frozen=True, slots=True)
class Part:
    """`power` is the power of ten in front of the unit; `row` is None for a bare multiplier (亿)."""

    power: int
    row: Row | None


def parts(text: str) -> tuple[Part, ...] | None:
    """Numerator and denominators of a printed unit, or None where one is not known."""
    whole = _part(text)
    found = [whole] if whole else [_part(piece) for piece in _pieces(text.replace("／", "/"))]
    known = tuple(part for part in found if part is not None)
    return known if len(known) == len(found) else None


def _pieces(text: str) -> list[str]:
    """Numerator and denominators; a shorthand in front (tpa) is written out."""
    above, *below = _SPLIT.split(text)
    if known := _shorthand().search(above):
        above, *more = _SPLIT.split(above[: known.start()] + table().shorthand[known[0]])
        below = more + below
    return [above, *below]


@cache
def _shorthand() -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z]){alternation(dict.fromkeys(table().shorthand, '$'))}")


def _part(text: str) -> Part | None:
    """A multiplier and an atom, either of which may be missing."""
    if (row := _row(text)) or not text:
        return Part(0, row)
    power = _power_regex().match(text)
    exponent = None if not power else int(power[1]) if power[1] else table().powers[power[0].lower()]
    if not power or exponent not in table().power_names:
        return None
    rest = text[power.end() :].lstrip(_GAP).removeprefix("余").removeprefix("多").strip()
    row = _row(rest)
    return Part(exponent, row) if row or not rest else None


def _row(text: str) -> Row | None:
    found = table().exact.get(form := key(text))
    return found or (table().folded.get(form.casefold()) if len(form) > 1 else None)


@cache
def _power_regex() -> re.Pattern[str]:
    return re.compile(r"1e(\d+)|" + multipliers(), re.IGNORECASE)


@cache
def multipliers() -> str:
    """Regex source of one multiplier: 万, 百万, million, bn."""
    return alternation({form: "(?![A-Za-z0-9])" if form.isascii() else "" for form in table().powers})
