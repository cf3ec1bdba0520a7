"""Quantities in text: number, range, multiplier, unit and hedge, with exact offsets.

A figure is read in one direction: a number, then its unit, then perhaps 至 or - and a second
number with its unit. Rules: `Q.digit`, `Q.range`, `Q.compound`, `Q.fraction`, `Q.ratio`, `Q.index`.
Chinese and English number words are in `touchstone.read.spelled`.
"""

import re
from decimal import Decimal
from functools import cache

from touchstone.facts.unit import unit_pattern
from touchstone.read.numeral import CHARACTERS, numeral
from touchstone.read.token import Token, hedge

_NUMBER = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:，\d{3})+\.\d+|\d{1,3}(?:[ ]\d{3})+(?![\d.])(?=\s?[^\W\d])|\d+(?:\.\d+)?"
)
_THOUSANDS = str.maketrans("", "", ",， ")
_TIMES = re.compile(
    r"\s?(?:万亿|千万|百万|十万|千亿|百亿|十亿|亿|万|(?:hundred|thousand|million|billion|trillion|mn|bn)\b)"
)
_MORE = re.compile(r"\s{0,3}[余多](?![晶元种方层样])\s?")
_TO = re.compile(r"\s?(?:-{1,2}|—|–|~|至|到|或|to|and)\s?(?=[\d$€£¥UR])")
_CURRENCY = re.compile(r"(?:US\$|HK\$|[$€£¥]|(?:RMB|Rmb|USD|CNY|EUR|GBP))\s?")
_AN = re.compile(r"\s(?:per|an?)\s")
_SPLIT_UNIT = re.compile(r"[（(][^（）()\d]{1,12}[）)]\s?(/(?:吨|公斤|千克|磅|克|桶))")
_BLANK = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_AGO = re.compile(r"\s(?:an?|per)\s(?:day|week|month|quarter|year)\s(?:ago|earlier)")
_PER_WORD = re.compile(r"\s(?:per|an?)\s(?:metric\s)?")
_EACH = re.compile(r"(?:每|单)(吨|公斤|千克|磅|盎司|克|斤|桶|千瓦时|度|平方米|立方米)\s?(?:约|近|逾)?\s?$")
_PER = re.compile(
    r"(?:\s(?:per|an?)\s|/)(?:metric\s)?(?:tonne|ton|t|lb|pound|kg|kilogram|kilo|ounce|oz|mtu|dmtu|dmt|wmt|barrel|bbl|MWh|kWh)s?\b"
)
_SPLIT_PER = re.compile(rf"\s?\([^()]{{0,4}}[\d.,]+[^()]{{0,6}}\)(?P<per>{_PER.pattern})")
"""53,720 yuan ($8,395.06) a tonne."""
_COMPOUND = re.compile(r"(\d{1,4})\s?年零?\s?(\d{1,2})\s?个月")
_RATIO = re.compile(r"(\d+(?:\.\d+)?)\s?[:：]\s?1(?![\d.:：])")
_RATIO_BEFORE = re.compile(r"(?:比例|[配占之换剥采]比|ratio)[^，。；\d]{0,10}$")
_FRACTION = re.compile(
    rf"(?P<d>[{CHARACTERS}]{{1,12}})分之(?P<n>[{CHARACTERS}]{{1,12}}(?:点[{CHARACTERS}]{{1,6}})?|\d{{1,9}}(?:\.\d{{1,9}})?(?![\d.]))|(?P<x>\d)/(?P<z>\d)(?=\s?(?:of|的|以上|左右|[，。；]|$))"
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


@cache
def unit_at() -> re.Pattern[str]:
    """One printed unit at a place, see `touchstone.facts.unit.unit_pattern`."""
    return re.compile(rf"\s{{0,3}}{unit_pattern()}")


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
    unit, end, more = _unit_after(text, number.end())
    if currency:
        unit, end = _after_currency(text, number.end(), unit, end)
    elif not unit:
        unit = _shared_unit(text, number.end())
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


_SHARED = re.compile(r"(?:\s?[和、与及/]\s?-?\d[\d.]*){1,6}")
_NUMBERING = re.compile(r"(?:^|[，。；：:;\n表图])\s?\d{1,2}$")
"""1、3家企业: what opens a clause in front of 、 numbers it."""
_OWN_UNIT = re.compile(r"[月日号年期批线]|%$")
_LETTER_TIMES = re.compile(r"(?:m|mn|bn|b|k|tn)\b")
_TIMES_OF = {
    "m": "million",
    "mn": "million",
    "bn": "billion",
    "b": "billion",
    "k": "thousand",
    "tn": "trillion",
}


def _shared_unit(text: str, at: int) -> str:
    """下降0.4和0.5个百分点: the numbers of a short list share the unit behind the last."""
    if _NUMBERING.search(text, max(0, at - 4), at) and text.startswith("、", at):
        return ""
    rest = _SHARED.match(text, at)
    unit = _unit_after(text, rest.end())[0] if rest else ""
    return "" if _OWN_UNIT.match(unit) else unit


def _after_currency(text: str, at: int, unit: str, end: int) -> tuple[str, int]:
    """Behind $418m and USD 2.85 a multiplier may follow, but no other unit: not `$200 week on week`."""
    if letters := _LETTER_TIMES.match(text, at):
        return _TIMES_OF[letters.group()], letters.end()
    times = _TIMES.match(text, at)
    if unit and not (times and times.group().strip() == unit) and not unit.endswith("元"):
        return (times.group().strip(), times.end()) if times else ("", at)
    return unit, end


def _unit_after(text: str, at: int) -> tuple[str, int, bool]:
    """The unit behind a number: its words, where it ends, whether 余 or 多 stands in between."""
    more = _MORE.match(text, at)
    here = more.end() if more else at
    unit = unit_at().match(text, here)
    if not unit:
        times = _TIMES.match(text, here)
        if not times:
            return "", here if more else at, bool(more)
        between = _MORE.match(text, times.end())
        return times.group().strip(), between.end() if between else times.end(), bool(more or between)
    words = _BLANK.sub("", unit.group().strip())
    if not words.lower().startswith("part"):
        words = _PER_WORD.sub("/", words)
    if words in ("万", "亿", "万亿") and (beyond := unit_at().match(text, unit.end())):
        words, unit = words + beyond.group().strip(), beyond
    if words[0] == "%" and len(words) > 1:
        return "%", unit.start() + unit.group().index("%") + 1, bool(more)
    if ago := _AGO.search(text, unit.start(), unit.end() + 8):
        words = _BLANK.sub("", text[unit.start() : ago.start()].strip())
        return words, ago.start(), bool(more)
    if "余" in words or "多" in words:
        return re.sub(r"\s?[余多]\s?", "", words), unit.end(), True
    if split := _SPLIT_UNIT.match(text, unit.end()):
        return words + split[1], split.end(), bool(more)
    if split := _SPLIT_PER.match(text, unit.end()):
        return words + _AN.sub("/", split["per"]), unit.end(), bool(more)
    tail = _MORE.match(text, unit.end()) if words[-1] in "万亿" else None
    return words, tail.end() if tail else unit.end(), bool(more or tail)


def _second(text: str, token: Token, first: str, priced: bool) -> bool:
    """Take in the upper end of a range; True where it is followed by 余 or 多."""
    to = _TO.match(text, token.end)
    if not to or text[to.start() : to.end()].strip() in ("and", "或") and not _listed_range(text, token):
        return False
    moved = to.group().strip() in ("至", "到", "to") and _MOVED.search(
        text, max(0, token.start - 16), token.start
    )
    if moved and (token.unit or moved.group().startswith(("从", "由", "from"))):
        return False
    currency = _CURRENCY.match(text, to.end())
    number = _NUMBER.match(text, currency.end() if currency else to.end())
    if not number:
        return False
    unit, end, more = _unit_after(text, number.end())
    high = plain(number.group())
    same_unit = not token.unit or token.unit == unit or unit.endswith(token.unit) or token.unit in "万亿千"
    scaled = bool(token.unit) and token.unit != unit and unit.startswith(token.unit)
    if (
        not token.unit
        and _OTHER_THING.match(unit)
        or not (same_unit or scaled)
        or (high < token.value and token.unit in ("", unit))
    ):
        return False
    if not (unit or token.unit or priced) and not _BAND_END.match(text, end):
        return False
    token.high, token.end, token.rule = high, end, "Q.range"
    token.unit = unit or token.unit
    token.half = max(token.half, half(number.group())) if "." in first else half(number.group())
    return more


_MOVED = re.compile(
    r"(?:rose|fell|increased|decreased|declined|dropped|gained|slipped|climbed|up|down)(?: by)?\s[^.;]{0,24}$"
    r"|(?:[增升降涨跌扩减][加至]?|提高|下调|上调|压减|从|由|from)[^，。；\d]{0,3}$"
)


_OTHER_THING = re.compile(r"月份?$|年$")


def _listed_range(text: str, token: Token) -> bool:
    return bool(re.search(r"\bbetween\s\S{0,4}$", text[max(0, token.start - 14) : token.start]))


def _priced(text: str, token: Token, currency: str) -> None:
    """A currency in front of the number becomes the unit: US$1.2 million, $4.30 per lb."""
    token.unit = (
        f"{token.unit} {currency}".strip()
        if token.unit.isascii() or not token.unit
        else token.unit + currency
    )
    if per := _PER.match(text, token.end):
        token.unit, token.end = token.unit + _AN.sub("/", per.group()), per.end()
    elif text.startswith(")", token.end) and (per := _PER.match(text, token.end + 1)):
        token.unit += _AN.sub("/", per.group())


def _is_level(text: str, token: Token) -> bool:
    """A bare number is a figure only as a level of an index, a coefficient or a rate of accidents, or a limit of a band."""
    if not _LEVEL_BEFORE.search(text, max(0, token.start - 60), token.start):
        return False
    token.rule = "Q.index"
    return True


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
