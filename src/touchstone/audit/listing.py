"""Listings: amounts named one after the other in a sentence, and the total said behind them.

三省产量分别为11.2万吨、20.6万吨和8.8万吨，合计40.6万吨
"""

import re
from collections.abc import Iterator

from touchstone.audit.adding import is_amount
from touchstone.audit.figure import Figure
from touchstone.audit.page import Page

_MEASURE = r"(?:产量|产能|销量|出口量?|进口量?|库存|投资|消费量?)?"
_TOTAL = re.compile(
    rf"(?:^|[，,；;])\s*(?:[两二三四五六七八九十]+[省区市县者家类]|以上|上述|几者)?{_MEASURE}(?:合计|总计|共计|合共)"
    rf"{_MEASURE}(?:为|达到?)?$|[,;] (?:together|in total|a total of)(?: \w+)? $"
)
_LISTED = re.compile(r"^\s*(?:、|和|与|及|以及|, (?:and )?| and )[^，,。；;：:\d]{0,12}$")
_RESPECTIVELY = re.compile(r"分别[为是达到]*[^，,。；;\d]{0,4}$")
_OPEN = re.compile(r"等(?![两二三四五六七八九十\d])|其中|\betc\b|including")


def listings(page: Page) -> Iterator[tuple[list[Figure], Figure]]:
    """Each list of two and more amounts of one unit and measure with the total behind it."""
    # 三省 is a figure too, but no member of the list
    amounts = [f for f in page.figures if f.kind != "count" and not page.in_table(f)]
    for at, whole in enumerate(amounts):
        if at > 1 and is_amount(whole) and _TOTAL.search(page.between(amounts[at - 1], whole)):
            parts = _parts(page, amounts[max(0, at - 16) : at], whole)
            if len(parts) > 1 and not _OPEN.search(_words(page, parts)):
                yield parts, whole


def _parts(page: Page, before: list[Figure], whole: Figure) -> list[Figure]:
    """The list that ends before the total, from its last member back."""
    start, parts = page.sentence(whole)[0], list[Figure]()
    for f in reversed(before):
        listed = not parts or _LISTED.match(page.between(f, parts[0])) or _are_provinces(page, f, parts[0])
        if f.start < start or not listed or not _is_one_sort(f, whole):
            break
        parts.insert(0, f)
    return parts


def _are_provinces(page: Page, one: Figure, other: Figure) -> bool:
    """云南11.2万吨，广西20.6万吨: a comma parts them, and each is another province's."""
    places = {one.fact.place or "", other.fact.place or ""}
    beside = re.match(r"^[，,][^，,。；;：:\d]{0,12}$", page.between(one, other))
    return bool(beside) and len(places) == 2 and all(place.startswith("CN-") for place in places)


def _words(page: Page, parts: list[Figure]) -> str:
    """The words of the sentence up to the end of the list, from the clause before 分别 on."""
    before = page.before(parts[0], 60)
    clauses = re.split(r"[。；;]", before)[-1]
    named = clauses if _RESPECTIVELY.search(clauses) else re.split(r"[，,]", clauses)[-1]
    return named + page.text[parts[0].start : parts[-1].end]


def _is_one_sort(figure: Figure, whole: Figure) -> bool:
    one = figure.dimension == whole.dimension and figure.fact.measure == whole.fact.measure
    return one and is_amount(figure)
