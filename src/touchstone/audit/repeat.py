"""Repeats: one figure printed twice in a document, or in two documents, or in two languages."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding
from touchstone.audit.page import Page
from touchstone.audit.rule import rule
from touchstone.audit.sameness import Placed, agreement, groups, judge
from touchstone.audit.subject import names_nothing
from touchstone.facts.text import Text

_QUOTES = Text(
    "不同机构、不同时点的报价可以不同。", "Quotes of different agencies or hours of a day may differ."
)
_HAN = re.compile(r"[\u4e00-\u9fff]")


@rule(
    "repeat",
    zh="重复一致",
    en="repeats agree",
    zh_meaning="同一文档中重复出现的同一数字应一致。",
    en_meaning="One figure repeated within a document is the same each time.",
)
def repeat(case: Case) -> Iterator[Finding]:
    """One finding for each repeat within the running text of one document."""
    for group in groups(case):
        for (page, one), (other_page, other) in _neighbours(group):
            if page is other_page and _same_place(page, one, other):
                found = judge(one, other)
                if found and found.verdict != "holds" and page.sentence(one) == page.sentence(other):
                    continue
                # words may leave out what tells two figures apart: a difference is only worth a look
                if found:
                    verdict = found if found.verdict == "holds" else "warning"
                    yield agreement("repeat", one, other, verdict, Text("两处应一致", "printed twice"))


@rule(
    "across_documents",
    zh="跨文档一致",
    en="documents agree",
    zh_meaning="同一对象、指标、时期的数字在各文档中应一致，或为修订。",
    en_meaning="One subject, measure and period has one figure in all documents, unless it was revised.",
)
def across_documents(case: Case) -> Iterator[Finding]:
    """One finding for each pair of documents, in the order of their publication."""
    for group in groups(case):
        firsts = _first_of_each(group)
        for (page, one), (other_page, other) in pairwise(firsts):
            if found := judge(one, other):
                where = Text(f"《{page.name}》与《{other_page.name}》", f"{page.name} and {other_page.name}")
                days = (page.document.source.published, other_page.document.source.published)
                if found.verdict == "fails" and one.is_price:
                    yield agreement("across_documents", one, other, "warning", where, _QUOTES)
                elif found.verdict == "fails" and None not in days and days[0] != days[1]:
                    yield agreement("across_documents", one, other, "revised", where, _revision(other_page))
                else:
                    yield agreement("across_documents", one, other, found, where)


@rule(
    "twin_languages",
    zh="中英文一致",
    en="languages agree",
    zh_meaning="同一文档的中文与英文部分，同一数字应一致。",
    en_meaning="One figure in the Chinese and in the English part of a document is the same.",
)
def twin_languages(case: Case) -> Iterator[Finding]:
    """One finding for each figure printed in both languages of one document."""
    for group in groups(case):
        for (page, one), (other_page, other) in _neighbours(group):
            if page is other_page and not _one_language(page, one, other) and (found := judge(one, other)):
                yield agreement(
                    "twin_languages", one, other, found, Text("中英文应一致", "Chinese and English")
                )


def _neighbours(group: list[Placed]) -> Iterator[tuple[Placed, Placed]]:
    yield from pairwise(group)


def _same_place(page: Page, one: Figure, other: Figure) -> bool:
    """Both in running text, in one language, and of exactly one subject."""
    if one.fact.subject != other.fact.subject or one.fact.subject_words != other.fact.subject_words:
        return False
    if page.in_table(one) or page.in_table(other) or names_nothing(one.fact.subject):
        return False
    return _one_language(page, one, other)


def _one_language(page: Page, one: Figure, other: Figure) -> bool:
    return _is_chinese(page, one) == _is_chinese(page, other)


def _is_chinese(page: Page, figure: Figure) -> bool:
    block = page.block(figure)
    return bool(_HAN.search(page.text, block.start, block.end))


def _first_of_each(group: list[Placed]) -> list[Placed]:
    firsts: dict[int, Placed] = {}
    for page, figure in group:
        firsts.setdefault(id(page), (page, figure))
    return sorted(firsts.values(), key=lambda p: (p[0].document.source.published or date.min, p[0].name))


def _revision(later: Page) -> Text:
    day = later.document.source.published
    return Text(f"《{later.name}》（{day}）修订了这一数字。", f"{later.name} ({day}) restated this figure.")
