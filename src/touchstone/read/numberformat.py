"""Number formats of spreadsheets: a stored value and its format → the text the sheet shows.

Covers what tables of figures use: digits, thousands, percent, scaling, scientific, sections for negative
and zero, literals, currency marks, days and times (ISO/IEC 29500-1, 18.8.31). Fractions show as General.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from math import isfinite

from touchstone.read.dateformat import is_date, shown_date

BUILT_IN = {
    "0": "General",
    "1": "0",
    "2": "0.00",
    "3": "#,##0",
    "4": "#,##0.00",
    "9": "0%",
    "10": "0.00%",
    "11": "0.00E+00",
    "14": "yyyy-mm-dd",
    "15": "d-mmm-yy",
    "16": "d-mmm",
    "17": "mmm-yy",
    "18": "h:mm AM/PM",
    "19": "h:mm:ss AM/PM",
    "20": "h:mm",
    "21": "h:mm:ss",
    "22": "yyyy-mm-dd h:mm",
    "27": 'yyyy"年"m"月"',
    "28": 'm"月"d"日"',
    "29": 'm"月"d"日"',
    "30": "m-d-yy",
    "31": 'yyyy"年"m"月"d"日"',
    "32": 'h"时"mm"分"',
    "33": 'h"时"mm"分"ss"秒"',
    "36": 'yyyy"年"m"月"',
    "37": "#,##0;-#,##0",
    "38": "#,##0;-#,##0",
    "39": "#,##0.00;-#,##0.00",
    "40": "#,##0.00;-#,##0.00",
    "41": '#,##0;-#,##0;"-"',
    "42": '#,##0;-#,##0;"-"',
    "43": '#,##0.00;-#,##0.00;"-"',
    "44": '#,##0.00;-#,##0.00;"-"',
    "45": "mm:ss",
    "46": "[h]:mm:ss",
    "47": "mm:ss",
    "48": "##0.0E+0",
    "49": "@",
    "50": 'yyyy"年"m"月"',
    "51": 'm"月"d"日"',
    "52": 'yyyy"年"m"月"',
    "53": 'm"月"d"日"',
    "54": 'm"月"d"日"',
    "57": 'yyyy"年"m"月"',
    "58": 'm"月"d"日"',
}
"""Formats that workbooks name by number only. 14, the short day of the region, is shown in ISO form."""

_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|([0#?.,%]+|E[+-]0+|@)|(.)', re.DOTALL
)
_SECTION = re.compile(r'((?:"[^"]*"|\\.|_.|\[[^\]]*\]|[^;"\\_])*)(?:;|$)', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', re.DOTALL)
_MAX_DECIMALS = 30


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One section with digits in it: text before and after, and how the digits are written."""

    before: str
    after: str
    whole: str
    decimals: str
    grouped: bool
    percents: int
    thousands: int
    exponent: str


def shown(stored: str, number_format: str, date1904: bool = False) -> str:
    """The text a sheet shows for a stored number; the stored text where it is no number.

    >>> shown("74", "0.0"), shown("0.123", "0.00%"), shown("-1234.5", "#,##0.00")
    ('74.0', '12.30%', '-1,234.50')
    """
    if number_format == "General" and stored.isascii() and stored.isdigit() and len(stored) <= 11:
        return stored
    value = _number(stored)
    if value is None:
        return stored
    section, negative = _choose(number_format, value)
    bare = _LITERALS.sub("", section)
    if is_date(section):
        return shown_date(float(value), section, date1904) or stored
    if "general" in bare.lower() or "/" in bare:
        return _general(value)
    pattern = _pattern(section)
    if pattern is None:
        return _general(value) if "@" in bare else _only_text(section)
    return _digits(abs(value) if negative else value, pattern)


@lru_cache(maxsize=1024)
def _sections(number_format: str) -> list[str]:
    """The parts of a format between semicolons: positive, negative, zero, text."""
    parts = [found.group(1) for found in _SECTION.finditer(number_format[:255])]
    if len(parts) > 1 and not parts[-1] and not number_format.endswith(";"):
        parts.pop()  # the pattern matches once more, empty, at the end
    return parts or ["General"]


def _number(stored: str) -> Decimal | None:
    """The value with the 15 digits a spreadsheet keeps."""
    try:
        number = float(stored)
        return Decimal(f"{number:.15g}") if isfinite(number) else None
    except (ValueError, InvalidOperation):
        return None


def _choose(number_format: str, value: Decimal) -> tuple[str, bool]:
    """The section for a value, and whether it shows the sign itself."""
    parts = _sections(number_format)
    for number, part in enumerate(parts[:2]):
        if found := _CONDITION.search(part):
            if _holds(value, found.group(1), Decimal(found.group(2))):
                return part, value < 0 and number > 0
            if number == len(parts) - 1:
                return "General", False
    if _CONDITION.search(parts[0]):
        return parts[min(len(parts) - 1, 2 if len(parts) > 2 else 1)], False
    if value < 0 and len(parts) > 1:
        return parts[1], True
    if not value and len(parts) > 2:
        return parts[2], False
    return parts[0], False


def _holds(value: Decimal, relation: str, limit: Decimal) -> bool:
    return {
        "<": value < limit,
        ">": value > limit,
        "=": value == limit,
        "<=": value <= limit,
        ">=": value >= limit,
        "<>": value != limit,
    }[relation]


@lru_cache(maxsize=1024)
def _pattern(section: str) -> _Pattern | None:
    """The digits of a section and the text around them; text between digits moves behind them."""
    before, after, digits, exponent = [], [], "", ""
    percents = 0
    for quoted, escaped, currency, run, other in _TOKEN.findall(section):
        if run.startswith("E"):
            exponent = run
        elif run and run != "@":
            percents += run.count("%")
            digits += run.replace("%", "")
            (after if digits else before).append("%" * run.count("%"))
        else:
            (after if digits else before).append(quoted or escaped or currency or other)
    if not digits.strip(",."):
        return None
    whole, _, decimals = digits.partition(".")
    thousands = (
        len(whole) - len(whole.rstrip(",")) if not decimals else len(decimals) - len(decimals.rstrip(","))
    )
    whole = whole.rstrip(",")
    return _Pattern(
        "".join(before),
        "".join(after),
        whole.replace(",", ""),
        re.sub(r"[.,]", "", decimals)[:_MAX_DECIMALS],
        "," in whole,
        percents,
        thousands,
        exponent,
    )


def _only_text(section: str) -> str:
    return "".join(q or e or c or o for q, e, c, _, o in _TOKEN.findall(section))


def _digits(value: Decimal, pattern: _Pattern) -> str:
    value = value.scaleb(2 * pattern.percents - 3 * pattern.thousands)
    tail = ""
    if pattern.exponent:
        power = value.adjusted() if value else 0
        power -= power % max(len(pattern.whole), 1) if len(pattern.whole) > 1 else 0
        value = value.scaleb(-power)
        mark = "-" if power < 0 else "+" if "+" in pattern.exponent else ""
        tail = f"E{mark}{abs(power):0{len(pattern.exponent) - 2}d}"
    rounded = _rounded(abs(value), len(pattern.decimals))
    whole, _, decimals = f"{rounded:f}".partition(".")
    least = pattern.whole.count("0")
    whole = whole.lstrip("0").rjust(least, "0")
    if pattern.grouped:
        whole = f"{int(whole or 0):,}".rjust(least, "0") if whole else ""
    optional = len(pattern.decimals) - len(pattern.decimals.rstrip("#?"))
    while optional and decimals.endswith("0"):
        decimals, optional = decimals[:-1], optional - 1
    sign = "-" if value < 0 and rounded else ""
    return f"{pattern.before}{sign}{whole}{'.' if decimals else ''}{decimals}{tail}{pattern.after}".strip()


def _rounded(value: Decimal, decimals: int) -> Decimal:
    """Rounded half up, as spreadsheets show it."""
    try:
        return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    except InvalidOperation:  # more digits than a decimal context holds: nothing to round
        return value


def _general(value: Decimal) -> str:
    """At most 11 characters wide; scientific where that cannot hold the value."""
    size = abs(value)
    if size and (size >= Decimal("1e11") or size < Decimal("1e-4")):
        mantissa, _, power = f"{float(value):.5E}".partition("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{power}"
    whole = len(str(int(size)))
    text = f"{value.quantize(Decimal(1).scaleb(-max(10 - whole, 0)), ROUND_HALF_UP):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
