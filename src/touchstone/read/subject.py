"""What a figure is about: the noun before the verb, and the code the vocabulary has for it."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from touchstone.facts.vocabulary import vocabulary
from touchstone.read.declared import declared

_COMPARED = re.compile(r"[较比]\s*$")
_OF = re.compile(r"\s?of\s([a-z][a-z -]*?)(?=\s(?:in|for|during|from|at|on|by|to|was|were)\b|[^a-z -]|$)")
_JOIN = re.compile(r"、|和|及(?!其)|以及|与|\band\b")
_LONG = 26
_MEASURE = 36
"""Characters a measure has at most; its words can be cut in more ways the longer they are."""
_NAME, _CLOSING = 200, 24
"""Characters of a name beyond which nothing is read, and of the longest word that closes a name."""


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Patterns of `data/rules/nouns.toml`."""

    verb: re.Pattern[str]
    opening: re.Pattern[str]
    measure_only: re.Pattern[str]
    closing: re.Pattern[str]


@cache
def _bounds() -> _Bounds:
    verbs, openings, measures, markets = (
        "|".join(declared("nouns")[key]) for key in ("verbs", "openings", "measures", "markets")
    )
    moves = declared("nouns")["direction"]
    verbs = "|".join([verbs, *moves["up_verbs"][:1], *moves["down_verbs"][:1]])
    return _Bounds(
        re.compile(verbs),
        re.compile(f"(?:{openings})+", re.IGNORECASE),
        re.compile(rf"(?:[\s的（）()%:：±]|{measures}|{markets})*$", re.IGNORECASE),
        re.compile(rf"(?!\Z)(?:[\s的“”\"'（(]|本周|本月|每吨|方面|{markets}|{measures})\Z", re.IGNORECASE),
    )


def noun(words: str) -> str:
    """The noun phrase that opens a clause, without what introduces it and the verb.

    >>> noun("精炼铜产量较去年同期增加"), noun("其中光伏电站")
    ('精炼铜产量', '光伏电站')
    """
    bounds, begin = _bounds(), 0
    while begin < len(words):
        opening = bounds.opening.match(words, begin) or bounds.verb.match(words, begin)
        if not opening or opening.end() == begin:
            break
        begin = opening.end()
    if _COMPARED.search(words, 0, begin):
        return ""
    verb = bounds.verb.search(words, begin)
    end = verb.start() if verb else len(words)
    found = words[begin:end].strip(" 的“”\"'（(：:，+±-")
    return found[-_LONG:] if not found.isascii() else " ".join(found.split()[-6:])


@lru_cache(maxsize=16384)
def code_of(words: str) -> str:
    """Code of the material or product the words name, or the words, tidied, where none is known."""
    words = words[:_NAME]
    if mentions := vocabulary().find(words, ("product", "material")):
        last = mentions[-1]
        if is_measure_only(words, last.end) or (words.isascii() and last.kind == "product"):
            return last.code
    end = len(words)
    while closing := _bounds().closing.search(words, max(0, end - _CLOSING), end):
        end = closing.start()
    tidied = words[:end].strip()
    ends = mentions if tidied == words else vocabulary().find(tidied, ("product", "material"))
    if ends and ends[-1].end == len(tidied):
        return ends[-1].code
    return vocabulary().resolve(tidied, "material") or tidied or words


def is_known(words: str) -> bool:
    """Whether the vocabulary has a code for the material or product that words name."""
    return any(vocabulary().resolve(code_of(words), kind) for kind in ("product", "material"))


def is_subject(words: str) -> bool:
    """Whether words can be what a figure is about; a single character only if it names a metal."""
    if len(words) < 2:
        return bool(words) and vocabulary().resolve(words, "material") is not None
    return any(c.isalpha() for c in words) and not is_measure_only(words)


def is_measure_only(words: str, start: int = 0) -> bool:
    """Whether words, from a place on, name a measure and nothing that is measured: 产量, 均价, output."""
    return len(words) - start <= _MEASURE and bool(_bounds().measure_only.match(words, start))


@lru_cache(maxsize=16384)
def place_of(words: str) -> str | None:
    """Code of the first province, country or region the words name, or None."""
    mentions = vocabulary().find(words, ("place",))
    return mentions[0].code if mentions else None


@cache
def _markets() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{words})" for name, words in declared("nouns")["places"].items()))


def market_of(words: str) -> str | None:
    """Code of the last market the words name (鹿特丹 → market.rotterdam), or None."""
    last = None
    for found in _markets().finditer(words):
        last = found.lastgroup
    return f"market.{last}" if last else None


def markets_in(words: str) -> frozenset[str]:
    """Codes of all markets the words name.

    >>> sorted(markets_in("国内与鹿特丹小金属价格"))
    ['market.domestic', 'market.rotterdam']
    """
    return frozenset(f"market.{found.lastgroup}" for found in _markets().finditer(words))


def topic(words: str) -> str:
    """The material or product a heading speaks of, as printed; "" where it names none or several."""
    mentions = vocabulary().find(words, ("product", "material"))
    return (
        words[mentions[-1].start : mentions[-1].end]
        if len({m.code.partition(".")[0] for m in mentions}) == 1
        else ""
    )


def noun_behind(after: str) -> str:
    """1.14 million tonnes of refined copper: English names the subject behind the figure."""
    found = _OF.match(after)
    return found[1].strip() if found else ""


def split_list(words: str) -> list[str]:
    """The members of a list of nouns: 单晶片、太阳能电池和太阳能组件 → three."""
    return [piece.strip() for piece in _JOIN.split(words) if piece.strip()]
