"""The unit printed behind a number: its words, multipliers, 余 and 多, and what it is divided by.

A list shares the unit behind its last number, brackets may stand between a unit and its divisor.
"""

import re
from functools import cache

from touchstone.facts.unit import unit_pattern

_TIMES = re.compile(
    r"\s?(?:万亿|千万|百万|十万|千亿|百亿|十亿|亿|万|(?:hundred|thousand|million|billion|trillion|mn|bn)\b)"
)
_MORE = re.compile(r"\s{0,3}[余多](?![晶元种方层样])\s?")
AN = re.compile(r"\s(?:per|an?)\s")
_SPLIT_UNIT = re.compile(r"[（(][^（）()\d]{1,12}[）)]\s?(/(?:吨|公斤|千克|磅|克|桶))")
_BLANK = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_AGO = re.compile(r"\s(?:an?|per)\s(?:day|week|month|quarter|year)\s(?:ago|earlier)")
_PER_WORD = re.compile(r"\s(?:per|an?)\s(?:metric\s)?")
PER = re.compile(
    r"(?:\s(?:per|an?)\s|/)(?:metric\s)?(?:tonne|ton|t|lb|pound|kg|kilogram|kilo|ounce|oz|mtu|dmtu|dmt|wmt|barrel|bbl|MWh|kWh)s?\b"
)
_SPLIT_PER = re.compile(rf"\s?\([^()]{{0,4}}[\d.,]+[^()]{{0,6}}\)(?P<per>{PER.pattern})")
"""53,720 yuan ($8,395.06) a tonne."""
_SHARED = re.compile(r"(?:\s?[和、与及/]\s?-?\d[\d.]*){1,6}")
_MOVE = re.compile(
    r"(?:由|从)\s?(?P<old>\d[\d,]*(?:\.\d+)?)\s?(?:逐步|小幅|大幅)?(?:上?涨|下?跌|上?升|下?降|回升|回落|上调|下调)(?:至|到)"
    r"\s?(?P<new>\d[\d,]*(?:\.\d+)?)(?![\d.]*年)"
    r"|\b(?:rose|fell|climbed|dropped|slipped|increased|declined|decreased|eased|rising|falling|up|down) from "
    r"(?P<from_>\d[\d,]*(?:\.\d+)?) to (?P<to>\d[\d,]*(?:\.\d+)?)"
)
_FROM_TO = 40
"""Characters from the verb of a move to its second number."""
_YEAR = re.compile(r"(?:19|20)\d\d")
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


@cache
def unit_at() -> re.Pattern[str]:
    """One printed unit at a place, see `touchstone.facts.unit.unit_pattern`."""
    return re.compile(rf"\s{{0,3}}{unit_pattern()}")


def shared_unit(text: str, at: int) -> str:
    """下降0.4和0.5个百分点: the numbers of a short list share the unit behind the last."""
    if _NUMBERING.search(text, max(0, at - 4), at) and text.startswith("、", at):
        return ""
    rest = _SHARED.match(text, at)
    unit = unit_after(text, rest.end())[0] if rest else ""
    return "" if _OWN_UNIT.match(unit) else unit


def move_of(text: str, at: int) -> re.Match[str] | None:
    """The move one of whose ends is the number at a place: 由2000涨至2050; None where it is of none.

    English puts years so too (fell from 2015 to 2020): two numbers that can be years are none there.
    """
    for found in _MOVE.finditer(text, max(0, at - _FROM_TO)):
        if found.start() > at:
            return None
        years = found["from_"] and _YEAR.fullmatch(found["from_"]) and _YEAR.fullmatch(found["to"])
        if at in (found.start("old"), found.start("from_"), found.start("new"), found.start("to")):
            return None if years else found
    return None


def unit_of_move(text: str, at: int) -> str:
    """由2000涨至2050元/吨: the first end of a move shares the price unit of the second."""
    found = move_of(text, at)
    if not found or at not in (found.start("old"), found.start("from_")):
        return ""
    unit = unit_after(text, found.end())[0]
    return unit if "/" in unit else ""


def after_currency(text: str, at: int, unit: str, end: int) -> tuple[str, int]:
    """Behind $418m and USD 2.85 a multiplier may follow, but no other unit: not `$200 week on week`."""
    if letters := _LETTER_TIMES.match(text, at):
        return _TIMES_OF[letters.group()], letters.end()
    times = _TIMES.match(text, at)
    if unit and not (times and times.group().strip() == unit) and not unit.endswith("元"):
        return (times.group().strip(), times.end()) if times else ("", at)
    return unit, end


def unit_after(text: str, at: int) -> tuple[str, int, bool]:
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
        return words + AN.sub("/", split["per"]), unit.end(), bool(more)
    tail = _MORE.match(text, unit.end()) if words[-1] in "万亿" else None
    return words, tail.end() if tail else unit.end(), bool(more or tail)
