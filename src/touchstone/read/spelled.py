"""Quantities in words: 三个, 近亿元, 十几万个, 第十二位, six departments.

A Chinese numeral is a figure only in front of a unit or a counting word (`Q.numeral`), an
ordinal only as a rank (`Q.rank`). 一个 and 一种 are articles unless something counts with them.
"""

import re
from decimal import Decimal
from functools import cache

from touchstone.read.numeral import CHARACTERS, numeral
from touchstone.read.printed_unit import unit_at
from touchstone.read.quantity import half
from touchstone.read.token import Token, hedge

_NUMERAL = re.compile(rf"[{CHARACTERS}几]{{1,24}}(?:点[零〇一二三四五六七八九]{{1,6}})?")
_TENTHS = re.compile(rf"成(半|[一二三四五六七八九])(?![{CHARACTERS}个])")
_SECOND = re.compile(rf"[到至、]([{CHARACTERS}]{{1,24}})")
_VAGUE_UNIT = re.compile(r"(?:余|多)?\s?(个)多?(月|星期|小时|百分点)")
_NOT_COUNTED = frozenset("种元点线方手体级期路面头边段环步时处栋类口条根分度站季月号")
"""Words that a small numeral forms a compound with (三元, 一线, 三级, 两手), not a count."""
_TIER = re.compile(r"政府|行政|党委|财政|联动|管理|机构|体系")
_COUNTED_BEFORE = re.compile(
    r"(?:共|共有|合计|总计|达|约|近|逾|超|超过|不到|不足|含|设|分|建成|新增|完成|开工|等)$"
)
_RANK = re.compile(r"第\s?(?P<n>[一二三四五六七八九十]+|\d+)\s?(?P<u>位|名)?")
_RANK_BEFORE = re.compile(
    r"(?:排名|排在|位列|位居|名列|稳居|列|居|跻身|全球|全国|世界|行业|国内)[^，。；]{0,16}$"
)
_THRESHOLD = re.compile(r"破([百千万亿]+)(?=省|企|[^\w]|的)")
_ENGLISH = {
    word: value
    for value, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve".split(), start=2
    )
}
_WORD = re.compile(r"[A-Za-z]+")
_PART = re.compile(r"(one|two|three|four)[- ](third|quarter|fifth)s?(?![a-z])", re.IGNORECASE)
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?![.\d])")
_LINKS = "every|each|per|a|an|including|that|which|and|of|the|in|for|with|to|by|from|who|have|has|had|this|last|next|at|or|are|is|were|was"
_PER = re.compile(r"\s(?:an?|per)\s")
_WHOLE_PHRASES = frozenset(("bulk raw materials",))


def spelled(text: str, at: int) -> Token | None:
    """The quantity that begins with a Chinese numeral at `at`, or None."""
    found = _NUMERAL.match(text, at)
    if not found or (at and text[at - 1] in "第初周礼这那每前后首头几数明" + CHARACTERS):
        return None
    if at > 1 and text[at - 1] == "点" and text[at - 2] in CHARACTERS:
        return None
    words = found.group()
    if words[0] == "几" or words in ("二", "零", "〇") and text[at + 1 : at + 2] not in ("成", "人"):
        return None
    value, end = _value(text, words, found.end(), at)
    if value is None:
        return None
    if tenths := _TENTHS.match(text, end):
        more = Decimal(5) if tenths[1] == "半" else numeral(tenths[1]) or Decimal(0)
        token = Token("quantity", at, tenths.end(), value + more / 10, unit="成", form="zh", rule="Q.numeral")
        token.half = Decimal("0.05")
        hedge(text, token, False)
        return token
    high, end = _upper(text, end)
    more = "几" in words
    if vague := _VAGUE_UNIT.match(text, end):
        unit, stop, more = (
            vague[1] + vague[2],
            vague.end(),
            more or len(vague.group()) > len(vague[1] + vague[2]),
        )
    else:
        unit, stop, over = _unit(text, end)
        more = more or over
    if words in ("万", "亿", "万亿", "百", "千"):
        unit = words + unit
    if not unit or not _counts(text, at, words, unit, value):
        return None
    token = Token("quantity", at, stop, value, high, half(str(value)), unit, form="zh", rule="Q.numeral")
    hedge(text, token, more)
    return token


def _value(text: str, words: str, end: int, at: int) -> tuple[Decimal | None, int]:
    """A multiplier alone is a figure only behind a hedge: 近亿元, 逾万家."""
    if words in ("万", "亿", "万亿", "百", "千", "十"):
        return (
            (Decimal(1), end)
            if words != "十"
            and (text[at - 1 : at] in tuple("近逾超破足达") or text[end : end + 1] in tuple("余多"))
            else ((Decimal(10), end) if words == "十" else (None, end))
        )
    return numeral(words), end


def _upper(text: str, end: int) -> tuple[Decimal | None, int]:
    found = _SECOND.match(text, end)
    if not found or text[end] == "、":
        return None, end
    high = numeral(found[1])
    return (high, found.end()) if high is not None else (None, end)


def _unit(text: str, at: int) -> tuple[str, int, bool]:
    more = text[at : at + 1] in ("余", "多")
    found = unit_at().match(text, at + more)
    if not found:
        return "", at, False
    unit = found.group().strip()
    return unit.replace("余", "").replace("多", ""), found.end(), more or "余" in unit or "多" in unit


def _counts(text: str, at: int, words: str, unit: str, value: Decimal) -> bool:
    """Whether a numeral with its word counts something, or is a piece of another word."""
    if unit.isascii() or unit == "级" and words[-1] in "万亿":
        return False
    counted = bool(_COUNTED_BEFORE.search(text, max(0, at - 3), at))
    if unit in _NOT_COUNTED:
        if unit == "级" and _TIER.match(text, at + len(words) + 1):
            return True
        if (
            unit == "种"
            and value >= 3
            or unit == "条"
            and value >= 2
            and not text.startswith("腿", at + len(words) + 1)
        ):
            return True
        return counted and unit not in "元点线体" or any(c in words for c in "百千万亿") and unit != "种"
    return True


def rank(text: str, at: int) -> Token | None:
    """第十二位 behind 排名 or 位居 is a rank; every other ordinal is of kind `none`."""
    found = _RANK.match(text, at)
    if not found:
        return None
    value = Decimal(found["n"]) if found["n"].isdigit() else numeral(found["n"])
    follows = text[found.end() : found.end() + 1]
    if (
        value is None
        or follows in tuple("三阵梯季届批")
        or not _RANK_BEFORE.search(text, max(0, at - 22), at)
    ):
        return Token("none", at, found.end())
    form = "digit" if found["n"].isdigit() else "zh"
    return Token("quantity", at, found.end(), value, unit=found["u"] or "", form=form, rule="Q.rank")


def threshold(text: str, at: int) -> Token | None:
    """破亿, 破万: a threshold named by its multiplier alone."""
    found = _THRESHOLD.match(text, at - 1) if at else None
    if not found:
        return None
    return Token(
        "quantity", at, found.end(), Decimal(1), unit=found[1], approx="over", form="zh", rule="Q.threshold"
    )


def english(text: str, at: int) -> Token | None:
    """six departments, two thirds: a number word in front of a thing counted, or of a part."""
    if part := _PART.match(text, at):
        whole = {"third": 3, "quarter": 4, "fifth": 5}[part[2].lower()]
        share = (Decimal({"one": 1, "two": 2, "three": 3, "four": 4}[part[1].lower()]) / whole).quantize(
            Decimal("0.000001")
        )
        token = Token("quantity", at, part.end(), share, form="zh", rule="Q.fraction")
        hedge(text, token, False)
        return token
    word = _WORD.match(text, at)
    value = _ENGLISH.get(word.group().lower()) if word else None
    noun = _noun().match(text, word.end()) if word and value else None
    if value is None or noun is None:
        return None
    token = Token(
        "quantity",
        at,
        noun.end(),
        Decimal(value),
        half=Decimal("0.5"),
        unit=noun["unit"] or "",
        form="zh",
        rule="Q.numeral",
    )
    hedge(text, token, False)
    return token


@cache
def _noun() -> re.Pattern[str]:
    return re.compile(
        rf"\s(?:(?!(?:{_LINKS})\s)[A-Za-z“”\"'-]+\s){{0,3}}(?:(?P<unit>{unit_at().pattern})|aspects|areas|pillars|measures|tasks)(?![a-z])"
    )


def counted(text: str, at: int) -> Token | None:
    """19 raw materials, 268 listed enterprises: digits in front of a thing that is counted."""
    number = _DIGITS.match(text, at)
    noun = _noun().match(text, number.end()) if number else None
    if not number or not noun or not (noun["unit"] or "").strip().replace(" ", "").isalpha():
        return None
    if _PER.search(noun["unit"] or ""):
        return None
    words = text[number.end() : noun.end()].strip()
    unit = words if words in _WHOLE_PHRASES else (noun["unit"] or "").strip()
    value = Decimal(number.group().replace(",", ""))
    token = Token("quantity", at, noun.end(), value, half=Decimal("0.5"), unit=unit, rule="Q.counted")
    hedge(text, token, False)
    return token
