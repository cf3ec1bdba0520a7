"""Chinese numerals to numbers: 十二, 两百三十, 一百二十万, 二〇二二.

Only for a span that is already known to be a numeral; running text is never rewritten.
"""

from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2, "○": 0}
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

CHARACTERS = "".join(_DIGITS) + "".join(_SMALL) + "".join(_LARGE)


def numeral(text: str) -> Decimal | None:
    """The value of a Chinese numeral, or None if the characters do not form one.

    三点五 has its decimals. 几 counts as nothing known (十几 is at least 10). A row of digits is read in places
    (二〇二二).

    >>> numeral("十二"), numeral("两百三十"), numeral("十几万"), numeral("二〇二二")
    (Decimal('12'), Decimal('230'), Decimal('100000'), Decimal('2022'))
    >>> numeral("五六") is None
    True
    """
    whole, point, places = text.partition("点")
    if point:
        above = numeral(whole)
        digits = "".join(str(_DIGITS[c]) for c in places if c in _DIGITS)
        return Decimal(f"{above}.{digits}") if above is not None and len(digits) == len(places) > 0 else None
    text = text.replace("几", "")
    if not text:
        return None
    if all(c in _DIGITS for c in text):
        if len(text) > 1 and len(text) < 4:
            return None
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    return _places(text)


def _places(text: str) -> Decimal | None:
    total = section = digit = 0
    fresh = True
    for c in text:
        if c in _DIGITS:
            if digit and c not in "零〇":
                return None
            digit, fresh = _DIGITS[c], False
        elif c in _SMALL:
            section += (digit or 1) * _SMALL[c]
            digit, fresh = 0, False
        elif c in _LARGE:
            section = (section + digit) or (1 if fresh else 0)
            total = (total + section) * _LARGE[c] if c in "亿億" else total + section * _LARGE[c]
            section, digit, fresh = 0, 0, False
        else:
            return None
    return Decimal(total + section + digit)
