"""What a word of a search asks for: the codes, periods, units and values it may stand for."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from touchstone.facts.characters import fold
from touchstone.facts.spoken import names_of, period_words, plain, unit_words, words_of
from touchstone.facts.vocabulary import vocabulary

COLUMNS = ("subject", "measure", "place", "period", "unit")
"""The columns whose few distinct values are looked through in words."""
_WORDS: Mapping[str, Callable[[str], str]] = {
    "subject": names_of, "measure": names_of, "place": names_of, "period": period_words, "unit": unit_words,
}  # fmt: skip
_AMOUNT = re.compile(r"([+-]?\d[\d,]*(?:\.\d+)?)(%|[^\d\s年月日季周.,%-]\S*)$")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?$")
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one word may stand for; a figure fits if any of it does.

    `pattern` is sought in the subject's words and the quote, `codes` holds the values of each of
    `COLUMNS` that go by the word, and `value` is the number where the word is one.
    """

    pattern: str
    codes: Mapping[str, tuple[str, ...]]
    value: float | None = None


def wanted(words: str, values: Mapping[str, Iterable[str]]) -> list[Wanted]:
    """What each word asks for; words are separated by spaces, 997.5元/公斤 is two.

    `values` are the distinct values of `COLUMNS` there are to choose from.
    """
    return [_wanted(word, values) for word in split(words)]


def split(words: str) -> list[str]:
    """The words of a search, an amount cut into its number and its unit.

    >>> split("锗 997.5元/公斤 8月")
    ['锗', '997.5', '元/公斤', '8月']
    """
    return [part for word in words.split() for part in _AMOUNT.sub(r"\1 \2", word).split()]


def _wanted(word: str, values: Mapping[str, Iterable[str]]) -> Wanted:
    if _NUMBER.match(word):
        years = [code for code in values["period"] if word in (code[:4], code[8:12]) and len(word) == 4]
        return Wanted(
            rf"(^|[^\d.,]){re.escape(word)}($|[^\d.,])",
            {"period": tuple(years)},
            float(word.replace(",", "")),
        )
    said = re.compile(_sought(word), re.ASCII)
    codes = {
        name: tuple(code for code in values[name] if said.search(_WORDS[name](code))) for name in COLUMNS
    }
    printed = dict.fromkeys(map(_sought, (word, *_same(word))))
    return Wanted("(?i)" + "|".join(printed), codes)


def _sought(word: str) -> str:
    """A pattern for a word: Latin words and digits from their beginning, short ones whole."""
    text = re.escape(plain(word))
    if not (word[0].isascii() and word[0].isalnum()):
        return text
    return rf"\b{text}\b" if len(word) < _SHORT and word.isascii() else rf"\b{text}"


def _same(word: str) -> Iterable[str]:
    """The other names of what the word names, so that one language finds the other."""
    return (name for code in _named().get(fold(word), ()) for name in words_of(vocabulary().term(code)))


@cache
def _named() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for term in vocabulary().terms():
        for name in words_of(term):
            found[fold(name)] = (*found.get(fold(name), ()), term.code)
    return found
