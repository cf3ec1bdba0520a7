"""What looks like a figure and is none: codes, standards, names, numbering, ordinals.

The kinds are data (`data/rules/not_figures.toml`), each with examples that the tests read.
"""

import re
from functools import cache

from touchstone.read.declared import declared

_CURRENCY = ("RMB", "Rmb", "USD", "CNY", "EUR", "GBP")
_LETTERS = re.compile(r"[A-Za-z]+$")
_CODE = re.compile(r"[A-Za-z0-9.+/_-]+")
_ARTICLE_BEFORE = re.compile(r"(?:为|共|仅|占|各|只有|满|第|同|即|约|近|不到|超|逾|[家个项座]、)$")
_ARTICLE = re.compile(r"一(?![十百千万亿二三两到至席成季月倍\s])[^\W\d]")
_COUNT_BEHIND = re.compile(r"一[套座台条家个项辆艘栋处][，。；、）)]")
"""蒸馏装置一套: behind its noun, even one is counted."""


@cache
def _kinds() -> re.Pattern[str]:
    rows = declared("not_figures")["kind"]
    return re.compile("|".join(f"(?P<{row['name']}>{'|'.join(row['words'])})" for row in rows))


@cache
def _closed() -> re.Pattern[str]:
    return re.compile("|".join(words for row in declared("not_figures")["closed"] for words in row["words"]))


def skip(text: str, at: int) -> int:
    """End of the thing at `at` that is no figure, or 0 where a figure may stand.

    >>> skip("GB25466-2010", 2), skip("5G网络", 0), skip("500强企业", 0), skip("500家", 0)
    (12, 2, 4, 0)
    """
    c = text[at]
    if c.isascii() and c.isdigit() and at and _in_code(text, at):
        found = _CODE.match(text, at)
        return found.end() if found else at + 1
    if found := _kinds().match(text, at):
        return 0 if found.lastgroup == "section" and not _opens_line(text, at) else found.end()
    if text.startswith("一期", at):
        return at + 2
    if c == "一" and _ARTICLE.match(text, at) and not _COUNT_BEHIND.match(text, at):
        return 0 if _ARTICLE_BEFORE.search(text, max(0, at - 3), at) else at + 1
    return 0


def _in_code(text: str, at: int) -> bool:
    """Whether letters stand right before a digit (GB25466, RE100), and are no currency."""
    before = text[at - 1]
    if before in ".-" and at > 1:
        return text[at - 2].isascii() and text[at - 2].isalpha()
    if before == "_" or before.isascii() and before.isalpha():
        letters = _LETTERS.search(text, max(0, at - 8), at)
        return not (letters and letters.group() in _CURRENCY)
    return False


def _opens_line(text: str, at: int) -> bool:
    lead = text[text.rfind("\n", 0, at) + 1 : at]
    return not lead.strip(" \t") or lead.strip().endswith("]")


def closed_spans(text: str) -> list[tuple[int, int]]:
    """Spans in which nothing is a figure: titles in 《》, addresses, standards."""
    return [found.span() for found in _closed().finditer(text)]
