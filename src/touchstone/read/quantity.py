"""Quantities in text: number, range, multiplier, unit and hedge, with exact offsets.

A figure is read in one direction: a number, then its unit, then perhaps 至 or - and a second
number with its unit. Rules: `Q.digit`, `Q.range`, `Q.compound`, `Q.fraction`, `Q.ratio`, `Q.index`, `Q.unitless`.
Chinese and English number words are in `touchstone.read.spelled`.
"""

import re
from decimal import Decimal

from touchstone.read.measure import kind_of
from touchstone.read.numeral import CHARACTERS, numeral
from touchstone.read.printed_unit import (
    AN,
    PER,
    after_currency,
    move_of,
    shared_unit,
    unit_after,
    unit_of_move,
)
from touchstone.read.token import Token, hedge

_NUMBER = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:，\d{3})+\.\d+|\d{1,3}(?:[ ]\d{3})+(?![\d.])(?=\s?[^\W\d])|\d+(?:\.\d+)?"
)
_THOUSANDS = str.maketrans("", "", ",， ")
_TO = re.compile(r"\s?(?:-{1,2}|—|–|~|至|到|或|to|and)\s?(?=[\d$€£¥UR])")
_CURRENCY = re.compile(r"(?:US\$|HK\$|[$€£¥]|(?:RMB|Rmb|USD|CNY|EUR|GBP))\s?")
_EACH = re.compile(r"(?:每|单)(吨|公斤|千克|磅|盎司|克|斤|桶|千瓦时|度|平方米|立方米)\s?(?:约|近|逾)?\s?$")
_COMPOUND = re.compile(r"(\d{1,4})\s?年零?\s?(\d{1,2})\s?个月")
_RATIO = re.compile(r"(\d+(?:\.\d+)?)\s?[:：]\s?1(?![\d.:：])")
_RATIO_BEFORE = re.compile(r"(?:比例|[配占之换剥采]比|ratio)[^，。；\d]{0,10}$")
_FRACTION = re.compile(
    rf"(?P<d>[{CHARACTERS}]{{1,12}})分之"
    rf"(?P<n>[{CHARACTERS}]{{1,12}}(?:点[{CHARACTERS}]{{1,6}})?|\d{{1,9}}(?:\.\d{{1,9}})?(?![\d.]))"
    r"|(?P<x>\d)/(?P<z>\d)(?=\s?(?:of|的|以上|左右|[，。；]|$))"
)
_LEVEL_BEFORE = re.compile(
    r"(?:指数|景气度|PMI|点位)[^，。；、\d]{0,14}?(?:为|至|在|到|报|达|录得)\s?$"
    r"|(?:指数|景气度|PMI)[^。；]{1,40}(?:预期|前值|预估|预测)(?:值|的|为|是){0,2}\s?$"
    r"|(?:PMI|[Ii]ndex)[^.;,\d]{0,40}?\s(?:of|at|to|was|is)\s?$|(?:跌破|升破)\s?$"
    r"|(?:指数|PMI|景气度)\s?$|(?:points?|个?点)\s?(?:to|至|到)\s?$"
    r"|(?:系数|指数)[^，。；]{0,16}(?:由|从|[降升]至|[降升高]到)[^，。；\d]{0,8}$"
    r"|(?:伤害率|事故率|伤亡率|频率|系数)[^，。；\d]{0,3}$"
    r"|(?:界限|区间|临界|荣枯|警戒|阈值|[Bb]and|threshold)[^，。；\d]{0,8}[（(“\s]+$"
)
_BAND_END = re.compile(r"\s?[）)点]")
_MOVED = re.compile(
    r"(?:rose|fell|increased|decreased|declined|dropped|gained|slipped|climbed|up|down)(?: by)?\s[^.;]{0,24}$"
    r"|(?:[增升降涨跌扩减][加至]?|提高|下调|上调|压减|从|由|from)[^，。；\d]{0,3}$"
)


_RATES = re.compile(r"(?:同比|预[计增减]|[增降]幅)[^，。；从由\d]{0,14}$")
"""同比下降51%至59% is a range of rates, where 产量增加5万吨至20万吨 is a change and a level."""
_PRICED_AT = re.compile(
    r"(?:(?:报价?|价格|均价|现货价|售价)(?:为|在|于|至|到|约)?"
    r"|\b(?:quoted|priced|trading|traded) (?:at|in)|\bprices? (?:is|are|was|were|of|at))\s?$"
)
_NOTHING_BEHIND = re.compile(r"\s*(?:$|[，。；、,;！!)）\n]|\.(?!\d))")
_OTHER_THING = re.compile(r"月份?$|年$")


def digits(text: str, at: int) -> Token | None:
    """The quantity written in digits at `at`.

    Returns:
        A quantity; a token of kind `none` for a number that measures nothing; None where no
        number begins.
    """
    return _compound(text, at) or fraction(text, at) or _ratio(text, at) or _amount(text, at)


def _amount(text: str, at: int) -> Token | None:
    currency = _CURRENCY.match(text, at)
    number = _NUMBER.match(text, currency.end() if currency else at)
    if not number:
        return None
    unit, end, more = unit_after(text, number.end())
    if currency:
        unit, end = after_currency(text, number.end(), unit, end)
    elif not unit:
        unit = shared_unit(text, number.end()) or unit_of_move(text, at)
    token = Token(
        "quantity", at, end, plain(number.group()), half=half(number.group()), unit=unit, rule="Q.digit"
    )
    more |= _second(text, token, number.group(), bool(currency))
    if not currency and (per := _EACH.search(text, max(0, at - 6), at)) and token.unit.endswith("元"):
        token.unit += "/" + per[1]
    if currency:
        _priced(text, token, currency.group().strip())
    if token.unit in ("月", "月份") or not token.unit and not _is_level(text, token):
        return Token("none", at, number.end())
    _sign(text, token)
    hedge(text, token, more)
    return token


def _second(text: str, token: Token, first: str, priced: bool) -> bool:
    """Take in the upper end of a range; True where it is followed by 余 or 多."""
    to = _TO.match(text, token.end)
    if not to or text[to.start() : to.end()].strip() in ("and", "或") and not _listed_range(text, token):
        return False
    moved = to.group().strip() in ("至", "到", "to") and _MOVED.search(
        text, max(0, token.start - 16), token.start
    )
    if moved and (token.unit or moved.group().startswith(("从", "由", "from"))):
        rates = token.unit == "%" and _RATES.search(text, max(0, token.start - 24), token.start)
        if not rates:
            return False
    currency = _CURRENCY.match(text, to.end())
    number = _NUMBER.match(text, currency.end() if currency else to.end())
    if not number:
        return False
    unit, end, more = unit_after(text, number.end())
    high = plain(number.group())
    same_unit = not token.unit or token.unit == unit or unit.endswith(token.unit) or token.unit in "万亿千"
    scaled = bool(token.unit) and token.unit != unit and unit.startswith(token.unit)
    if (
        not token.unit
        and _OTHER_THING.match(unit)
        or not (same_unit or scaled)
        or (high < token.value and token.unit in ("", unit) and not _may_be_reversed(text, token, unit))
    ):
        return False
    if (
        not (unit or token.unit or priced)
        and not _BAND_END.match(text, end)
        and not _lacks_its_unit(text, token, end)
    ):
        return False
    token.high, token.end, token.rule = high, end, "Q.range"
    token.unit = unit or token.unit
    token.half = max(token.half, half(number.group())) if "." in first else half(number.group())
    return more


def _may_be_reversed(text: str, token: Token, unit: str) -> bool:
    """1500-1400元/公斤 is a price range whose ends stand the wrong way round; behind a verb it is a move."""
    return kind_of(unit) == "price" and not _MOVED.search(text, max(0, token.start - 28), token.start)


def _listed_range(text: str, token: Token) -> bool:
    return bool(re.search(r"\bbetween\s\S{0,4}$", text[max(0, token.start - 14) : token.start]))


def _priced(text: str, token: Token, currency: str) -> None:
    """A currency in front of the number becomes the unit: US$1.2 million, $4.30 per lb."""
    token.unit = (
        f"{token.unit} {currency}".strip()
        if token.unit.isascii() or not token.unit
        else token.unit + currency
    )
    if per := PER.match(text, token.end):
        token.unit, token.end = token.unit + AN.sub("/", per.group()), per.end()
    elif text.startswith(")", token.end) and (per := PER.match(text, token.end + 1)):
        token.unit += AN.sub("/", per.group())


def _is_level(text: str, token: Token) -> bool:
    """A bare number is a figure only as a level of an index, a coefficient or a rate of accidents, a limit of a band, or a
    price that lacks its unit."""
    if _LEVEL_BEFORE.search(text, max(0, token.start - 60), token.start):
        token.rule = "Q.index"
        return True
    if (move := move_of(text, token.start)) and _NOTHING_BEHIND.match(text, move.end()):
        token.rule = "Q.moved"
        return True
    if not _lacks_its_unit(text, token, token.end):
        return False
    token.rule = "Q.unitless"
    return True


def _lacks_its_unit(text: str, token: Token, end: int) -> bool:
    """国内镉锭报16000: a price with nothing behind it, to be told rather than passed over."""
    return bool(
        _NOTHING_BEHIND.match(text, end) and _PRICED_AT.search(text, max(0, token.start - 24), token.start)
    )


def _sign(text: str, token: Token) -> None:
    """负 1000 米 and -3.2% are below zero; the hyphen of a range or a date is no sign."""
    before = text[max(0, token.start - 3) : token.start]
    bare = before.rstrip()
    if bare.endswith("负") or (
        bare.endswith("-") and len(bare) == len(before) and not re.match(r"[0-9A-Za-z%]", bare[-2:-1])
    ):
        token.value = -token.value
        token.start -= len(before) - len(bare) + 1


def _compound(text: str, at: int) -> Token | None:
    found = _COMPOUND.match(text, at)
    if not found:
        return None
    years = (Decimal(found[1]) + Decimal(found[2]) / 12).quantize(Decimal("0.000001"))
    return Token("quantity", at, found.end(), years, half=Decimal("0.05"), unit="年", rule="Q.compound")


def _ratio(text: str, at: int) -> Token | None:
    """1.25:1 behind 比例 or 比: how much stands against one."""
    found = _RATIO.match(text, at)
    if not found or not _RATIO_BEFORE.search(text, max(0, at - 20), at):
        return None
    token = Token("quantity", at, found.end(), plain(found[1]), half=half(found[1]), rule="Q.ratio")
    hedge(text, token, False)
    return token


def fraction(text: str, at: int) -> Token | None:
    """三分之二, 百分之十, 2/3 of: the value is the fraction, or the percentage."""
    found = _FRACTION.match(text, at)
    if not found:
        return None
    if found["x"]:
        below, above = Decimal(found["z"]), Decimal(found["x"])
    else:
        below = numeral(found["d"]) or Decimal(0)
        above = Decimal(found["n"]) if found["n"][0].isdigit() else numeral(found["n"]) or Decimal(0)
    if not below:
        return None
    percent = below == 100
    value = above if percent else (above / below).quantize(Decimal("0.000001"))
    token = Token("quantity", at, found.end(), value, unit="%" if percent else "", rule="Q.fraction")
    token.half = half(str(above)) if percent else Decimal(0)
    token.form = "digit" if found["x"] else "zh"
    hedge(text, token, False)
    return token


def plain(number: str) -> Decimal:
    """The number without its thousands marks; its printed places are kept."""
    return Decimal(number.translate(_THOUSANDS))


def half(number: str) -> Decimal:
    """Half a unit in the last printed place: 620.2 → 0.05, 41500 → 0.5."""
    places = len(number) - number.index(".") - 1 if "." in number else 0
    return Decimal(5).scaleb(-places - 1)
