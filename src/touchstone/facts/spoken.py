"""All words a code goes by, in both languages: names and aliases of a term, the words of a period, a unit."""

from calendar import month_name
from functools import lru_cache

from touchstone.errors import UnknownUnit
from touchstone.facts.characters import fold
from touchstone.facts.period import frequency, span
from touchstone.facts.term import Term
from touchstone.facts.unit import format_unit
from touchstone.facts.vocabulary import vocabulary

_QUARTERS = "一二三四"
_DASHES = str.maketrans("—–~～至", "-----")


@lru_cache(maxsize=65536)
def names_of(code: str) -> str:
    """Names and aliases of a subject, measure or place and of what it is part of; else the words themselves.

    >>> "indium" in names_of("in.ingot"), "价格" in names_of("price.low")
    (True, True)
    """
    words: list[str] = []
    waiting, seen = [code], set[str]()
    while waiting:
        each = waiting.pop()
        term = _term(each)
        head, dot, tail = each.rpartition(".")
        seen.add(each)
        words += words_of(term) if term else [each] if each == code else []
        # a measure without a name has named parts: area.mom
        above = [head, "" if term or not dot else tail, term.parent if term else ""]
        waiting += [part for part in above if part and part not in seen]
    return plain(" ; ".join(words))


def words_of(term: Term) -> tuple[str, ...]:
    """Both names of a term and its aliases; no symbol, which is too short to look for."""
    return tuple(w for w in dict.fromkeys((term.zh, term.en, *term.words, *term.quiet)) if w != term.symbol)


@lru_cache(maxsize=65536)
def period_words(code: str) -> str:
    """A period as people write it, in both languages; a code of another calendar as it is.

    >>> period_words("2022-08")
    '2022-08 ; 2022年8月 ; august 2022'
    """
    try:
        span(code)
    except ValueError:
        return plain(code)
    first, _, last = code.partition("/")
    words = [code, *_single(first), *(_joined(first, last) if last else ())]
    return plain(" ; ".join(words))


@lru_cache(maxsize=4096)
def unit_words(printed: str) -> str:
    """A unit as printed and in both languages; words that are no unit as they are.

    >>> unit_words("元/公斤")
    '元/公斤 ; 元/千克 ; yuan/kg'
    """
    try:
        return plain(" ; ".join((printed, format_unit(printed, "zh"), format_unit(printed, "en"))))
    except UnknownUnit:
        return plain(printed)


def plain(text: str) -> str:
    """The form in which words are compared: simplified, small letters, one kind of dash."""
    return fold(text).translate(_DASHES)


def _term(code: str) -> Term | None:
    try:
        return vocabulary().term(code)
    except KeyError:
        return None


def _single(code: str) -> tuple[str, ...]:
    year = code[:4]
    match frequency(code):
        case "A":
            return (f"{year}年",)
        case "Q":
            said = _QUARTERS[int(code[-1]) - 1]
            return f"{year}年{said}季度", f"第{said}季度", f"q{code[-1]} {year}"
        case "W":
            return f"{year}年第{int(code[-2:])}周", f"week {int(code[-2:])} {year}"
        case "M":
            month = int(code[5:])
            return f"{year}年{month}月", f"{month_name[month]} {year}"
    month, day = int(code[5:7]), int(code[8:])
    return f"{year}年{month}月{day}日", f"{day} {month_name[month]} {year}"


def _joined(first: str, last: str) -> tuple[str, ...]:
    if not frequency(first) == frequency(last) == "M" or first[:4] != last[:4]:
        return _single(last)
    start, end, year = int(first[5:]), int(last[5:]), first[:4]
    half = {(1, 6): ("上半年", "first half h1"), (7, 12): ("下半年", "second half h2")}.get((start, end), ())
    return f"{year}年{start}-{end}月", f"{month_name[end]} {year}", *half
