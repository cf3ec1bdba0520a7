"""Printed figures as numbers of a workbook: the value, and the format that shows exactly what was printed."""

import re
from decimal import Decimal

_PRINTED = re.compile(
    r"(?P<sign>[-−－+＋▲▼↑↓]?\s?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<places>\d+))?(?P<percent>\s?%)?$"
)
_BELOW_ZERO = frozenset("-−－▼↓")
_DIGITS_KEPT = 15
"""A workbook keeps no more digits of a number."""


def numeric(text: str, note: str = "") -> tuple[float, str] | None:
    """The value of a printed figure and its number format; None where it is no single number.

    A percentage is a hundredth of what is printed, as workbooks have it. Sign, arrow and the mark of a
    note are part of the format, so that the cell shows them and calculates without them.

    >>> numeric("1,234.50"), numeric("−3.7%"), numeric("90-110")
    ((1234.5, '#,##0.00'), (-0.037, '"−"0.0%;"−"0.0%'), None)
    """
    found = _PRINTED.match(text.strip())
    if not found:
        return None
    whole, places = found["whole"], found["places"] or ""
    plain = whole.replace(",", "")
    if len(plain.lstrip("0")) + len(places) > _DIGITS_KEPT or (len(plain) > 1 and plain[0] == "0"):
        return None
    value = Decimal(f"{plain}.{places}" if places else plain) / (100 if found["percent"] else 1)
    below = found["sign"].strip() in _BELOW_ZERO and found["sign"].strip() != ""
    form = ("#,##0" if "," in whole else "0") + (f".{'0' * len(places)}" if places else "")
    form = _literal(found["sign"]) + form + (found["percent"] or "") + _literal(note)
    # Without a second form a workbook puts a sign of its own before the one that is printed.
    return float(-value if below else value), f"{form};{form}" if below else form


def _literal(text: str) -> str:
    """Text as a number format takes it: in quotes, a quote itself behind a backslash."""
    return "".join(f'"{part}"' if part != '"' else '\\"' for part in re.split('(")', text) if part)
