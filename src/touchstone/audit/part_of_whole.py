"""Parts of a whole: what follows 其中 is not more than what it is part of."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from touchstone.audit.adding import added, adding, is_amount, one_quantity
from touchstone.audit.case import Case
from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding
from touchstone.audit.page import Page
from touchstone.audit.rule import rule
from touchstone.facts.text import Text

_OF_WHICH = re.compile(r"其中|of which", re.I)
_OPENING, _CLOSING = re.compile("[(（]"), re.compile("[)）]")
_REACH = 200
"""Characters behind 其中 in which its parts are looked for."""
_QUANTITIES = ("产值", "利税", "利润", "收入", "投资", "产量", "产能", "销量", "出口", "进口")
_NEAR = Decimal("1.2")
"""Parts that exceed the whole by more than a fifth are taken for another quantity of the same unit."""


@rule(
    "part_of_whole",
    zh="部分不大于总体",
    en="parts within the whole",
    zh_meaning="“其中”所列各项不大于总体，其和也不大于总体。",
    en_meaning="What follows “of which” is not more than the whole, one by one and together.",
)
def part_of_whole(case: Case) -> Iterator[Finding]:
    """One finding for each part after 其中, and one for all of them together."""
    for page in case.pages:
        for whole, parts in divided(page):
            yield from _findings(page, whole, parts)


def divided(page: Page) -> Iterator[tuple[Figure, list[Figure]]]:
    """Each whole with the parts that 其中 names of it, in reading order."""
    for found in _OF_WHICH.finditer(page.text):
        whole, parts = _whole_and_parts(page, found.start(), found.end())
        if whole and parts:
            yield whole, parts


def _whole_and_parts(page: Page, at: int, after: int) -> tuple[Figure | None, list[Figure]]:
    """The parts up to the end of the sentence, and the last figure of their unit before 其中."""
    following = page.inside(after, after + _REACH)
    if not following or page.in_table(following[0]):
        return None, []
    start, end = page.sentence(following[0])
    if start > at + 2 or at < start - 1:
        return None, []
    parts = [f for f in _level(page.text, at, after, following) if f.start < end and is_amount(f)]
    block = page.block_number(following[0])
    for whole in reversed(page.inside(max(0, at - 120), at)):
        same = [p for p in parts if _is_of(page, p, whole)]
        if same and is_amount(whole) and page.block_number(whole) == block:
            return whole, same
    return None, []


def _level(text: str, at: int, after: int, following: list[Figure]) -> list[Figure]:
    """Figures as deep in parentheses as 其中 itself: an aside has parts of its own, and ends its list."""
    if _OPENING.search(text[max(0, at - 2) : at]):
        closing = _CLOSING.search(text, after, after + _REACH)
        following = [f for f in following if closing and f.start < closing.start()]
    return [
        f
        for f in following
        if len(_OPENING.findall(text, after, f.start)) == len(_CLOSING.findall(text, after, f.start))
    ]


def _is_of(page: Page, part: Figure, whole: Figure) -> bool:
    """One unit and one quantity: 年产值 behind 总投资 is no part of it, whatever its unit."""
    if not one_quantity(part, whole):
        return False
    spoken, clause = page.before(part, 12), page.clause(whole)
    return not any(noun in spoken and noun not in clause for noun in _QUANTITIES)


def _findings(page: Page, whole: Figure, parts: list[Figure]) -> Iterator[Finding]:
    for part in parts:
        if part.face <= whole.face * _NEAR:
            yield adding("part_of_whole", [part], whole, "<=")
    together = _list(page, parts)
    if len(together) > 1:
        found = added(together, whole, "<=")
        if found.verdict != "fails" or found.face <= whole.face * _NEAR:
            yield adding("part_of_whole", together, whole, "<=", note=_near_miss(together, whole))


def _list(page: Page, parts: list[Figure]) -> list[Figure]:
    """The parts of one list: a second 其中, what 分别 divides further, or a total ends it."""
    chosen = parts[:1]
    for before, part in pairwise(parts):
        if re.search(r"其中|分别|合计|共计|总计", page.between(before, part)):
            break
        chosen.append(part)
    return chosen


def _near_miss(parts: list[Figure], whole: Figure) -> Text | None:
    """Parts that come within half a per cent of the whole without meeting it were meant to be all of it."""
    exact = added(parts, whole)
    close = abs(exact.face - whole.face) <= whole.face / 200
    if exact.verdict != "fails" or not close:
        return None
    return Text(
        "各部分之和与总体仅差分毫：似应相等。",
        "The parts all but meet the whole: they seem meant to be all of it.",
    )
