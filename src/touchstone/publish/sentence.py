"""A sentence whose codes are put into words: periods (2022-01/2022-06), markets (market.rotterdam), signs of sets (∉ [a, b]).

Findings are written by rules that know codes; people read months and places. In English the units
behind numbers are English too (6900-7300 yuan/kg).
"""

import re
from functools import cache

from touchstone.facts.text import Text
from touchstone.facts.unit import unit_pattern
from touchstone.publish.dates import period
from touchstone.publish.format import name, with_unit

_PART = r"\d{4}-(?:\d\d(?:-\d\d)?|Q[1-4]|W\d\d)"
_PERIOD = re.compile(rf"(?<![\w.,-]){_PART}(?:/{_PART})?(?![\w-])", re.ASCII)
_MARKET = re.compile(r"\bmarket\.[a-z_]+\b")
_IN_RANGE = re.compile(r" ([∈∉]) \[(.+?), (.+?)\]")
_BETWEEN = {
    ("∈", "zh"): "，在{}至{}之间", ("∈", "en"): ", within {} to {}",
    ("∉", "zh"): "，不在{}至{}之间", ("∉", "en"): ", outside {} to {}",
}  # fmt: skip
_QUOTED = re.compile(r"(“[^”]*”|「[^」]*」|《[^》]*》|\"[^\"]*\")")


def in_words(sentence: str, lang: str) -> str:
    """The sentence with its codes in words; what stands in quotation marks is left alone.

    >>> in_words("2022-01/2022-06 + 2022-07", "en")
    'Jan–Jun 2022 + Jul 2022'
    """
    parts = _QUOTED.split(sentence)
    parts[::2] = [_spoken(part, lang) for part in parts[::2]]
    return "".join(parts)


def spoken(text: Text) -> Text:
    """A sentence of both languages with its codes in words."""
    return Text(in_words(text.zh, "zh"), in_words(text.en, "en"))


def _spoken(text: str, lang: str) -> str:
    if lang == "en":
        text = _chinese_unit().sub(lambda amount: with_unit(amount[1], amount[2], lang), text)
    text = _IN_RANGE.sub(lambda found: _BETWEEN[found[1], lang].format(found[2], found[3]), text)
    text = _PERIOD.sub(lambda code: _if_period(code[0], lang), text)
    return _MARKET.sub(lambda code: name(code[0], lang), text)


@cache
def _chinese_unit() -> re.Pattern[str]:
    """A number and the Chinese unit that ends there: not the 年 of a date, nor a Chinese sentence."""
    return re.compile(rf"(\d)(?=[^\x00-\x7f])(?![年月日])({unit_pattern()})(?![\u4e00-\u9fff])")


def _if_period(code: str, lang: str) -> str:
    try:
        return period(code, lang)
    except ValueError:
        return code
