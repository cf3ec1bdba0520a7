"""Terms of delivery (FOB, CIF, in-warehouse, 出厂): they say where a price holds, and are nothing that is priced."""

import re
from dataclasses import replace

from touchstone.facts.specification import MARK
from touchstone.facts.vocabulary import Mention, vocabulary
from touchstone.read.measure import Around

_TERM = re.compile(
    r"(?:[\u4e00-\u9fff]{2}港)?\s?(?<![A-Za-z])(?:FOB|FAS|FCA|CIF|CFR|CNF|C&F|CPT|CIP|EXW|DAP|DDP|DDU)(?![A-Za-z])"
    r"|(?:[\u4e00-\u9fff]{2}港)?(?:离岸|到岸)|\bin[- ]warehouse\b|\bex[- ]works\b|\bdelivered\b",
    re.IGNORECASE,
)  # fmt: skip
_AT_WORKS = re.compile(
    r"(?P<tax>[不未]?含税)?的?(?<!生产者)(?<!工业品)(?:出厂|到厂)(?P<taxed>[不未]?含税)?(?!价格?指数)价?"
)
"""At the works of one side: it moves the price to no other market, and the tax stands in the same breath."""
_EX_WORKS = re.compile("ex[- ]works|EXW", re.IGNORECASE)
_AND = re.compile(r"\s?(?:[、,，/和及与]|and\b)\s?")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_THINGS = ("product", "material")
_WHERE = ("market", "place")
_BEFORE = 12
"""Characters before a bracket that are looked at for a term of delivery."""


def delivered(words: str) -> bool:
    """Whether words name a term of delivery."""
    return bool(_TERM.search(words))


def delivery_in(words: str) -> str:
    """The last term of delivery in words, with the port or market behind it if the vocabulary knows it; "" for none.

    >>> delivery_in("镁锭FOB天津港报"), delivery_in("硒粉CIF 鹿特丹 "), delivery_in("电解钴含税出厂价")
    ('FOB天津港', 'CIF 鹿特丹', '出厂价 · 含税')
    """
    if works := list(_AT_WORKS.finditer(words)):
        last = works[-1]
        tax = last["tax"] or last["taxed"] or ""
        said = last[0].replace(tax, "").removeprefix("的")
        return f"{said}{MARK}{tax}" if tax else said
    terms = list(_TERM.finditer(words))
    if not terms:
        return ""
    at = _named_behind(words, terms[-1])
    end = at[-1].end if at else terms[-1].end()
    end += at != () and words.startswith("港", end)
    return " ".join(re.sub("[（()）]", " ", words[terms[-1].start() : end]).split())


def market_of_delivery(words: str) -> str | None:
    """Code of the one market or place that the last term of delivery names; None where it names none or several."""
    terms = list(_TERM.finditer(words))
    at = _named_behind(words, terms[-1]) if terms and not _EX_WORKS.search(terms[-1][0]) else ()
    return at[0].code if len(at) == 1 else None


def _named_behind(words: str, term: re.Match[str]) -> tuple[Mention, ...]:
    """The markets and places that stand right behind a term (or that it is a part of: CIF China), and those listed."""
    found: list[Mention] = []
    for mention in vocabulary().find(words[term.start() :], _WHERE):
        mention = replace(mention, start=term.start() + mention.start, end=term.start() + mention.end)
        between = words[found[-1].end if found else term.end() : mention.start]
        if mention.end <= term.end():
            continue
        if between.strip(" （(") and not (found and _AND.fullmatch(between)):
            break
        found.append(mention)
    return tuple(found)


def unbracketed(aside: re.Match[str]) -> str:
    """What stands for an aside in brackets: its words where they say where a price holds (FOB天津港), else blanks."""
    inner = aside[0][1:-1]
    term = _TERM.search(inner)
    before = aside.string[max(0, aside.start() - _BEFORE) : aside.start()].rstrip()
    known = vocabulary().find(inner, _WHERE)
    closes = any(found.end() == len(before) for found in _TERM.finditer(before))
    says = _AT_WORKS.fullmatch(inner) or known and (term or closes)
    return f" {inner} " if says else " " * len(aside[0])


def without_delivery(noun: str) -> str:
    """A noun without the term of delivery that closes it, and the port or country of that term.

    >>> without_delivery("镁锭FOB天津港"), without_delivery("天津港FOB"), without_delivery("FOB中国锑锭")
    ('镁锭', '', 'FOB中国锑锭')
    """
    found = _TERM.search(noun) or _AT_WORKS.search(noun)
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
