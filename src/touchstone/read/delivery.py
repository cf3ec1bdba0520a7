"""Terms of delivery (FOB, CIF, in-warehouse): they say where a price holds, and are nothing that is priced."""

import re

from touchstone.facts.vocabulary import vocabulary
from touchstone.read.measure import Around

_TERM = re.compile(
    r"(?:[\u4e00-\u9fff]{2}港)?\s?(?<![A-Za-z])(?:FOB|FAS|FCA|CIF|CFR|CNF|C&F|CPT|CIP|EXW|DAP|DDP|DDU)(?![A-Za-z])"
    r"|(?:[\u4e00-\u9fff]{2}港)?(?:离岸|到岸)|\bin[- ]warehouse\b|\bex[- ]works\b|\bdelivered\b",
    re.IGNORECASE,
)  # fmt: skip
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_THINGS = ("product", "material")


def delivered(words: str) -> bool:
    """Whether words name a term of delivery."""
    return bool(_TERM.search(words))


def without_delivery(noun: str) -> str:
    """A noun without the term of delivery that closes it, and the port or country of that term.

    >>> without_delivery("镁锭FOB天津港"), without_delivery("天津港FOB"), without_delivery("FOB中国锑锭")
    ('镁锭', '', 'FOB中国锑锭')
    """
    found = _TERM.search(noun)
    if not found or vocabulary().find(noun[found.end() :], _THINGS):
        return noun
    return noun[: found.start()].rstrip(" ，,（(")


def named_before(around: Around) -> str:
    """What an English sentence names in front of an aside: Gallium, in-warehouse Rotterdam, was at ...

    The last product or material before the first figure of the sentence; "" in Chinese, whose clauses name their own.
    """
    words = around.sentence
    if _CHINESE.search(words) or any(c.isdigit() for c in words):
        return ""
    mentions = vocabulary().find(words, _THINGS)
    return words[mentions[-1].start : mentions[-1].end] if mentions else ""


def warehouse_of(around: Around) -> str:
    """The words of an aside that say in which warehouse, for the first figure of an English sentence."""
    words = around.sentence
    found = None if any(c.isdigit() for c in words) else _TERM.search(words)
    return words[found.start() :] if found else ""
