"""Stated counts: 四个方面 stands beside a list of four."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding
from touchstone.audit.page import Page
from touchstone.audit.report import report
from touchstone.audit.rule import rule
from touchstone.audit.ruled import subtotal_of, total_of
from touchstone.facts.text import Text

_LAST_QUOTED = re.compile(r"[“《][^“”《》]{1,40}[”》][、和与及]?$")
_LONGEST = 43
"""Characters of one quoted member with its quotes and what joins it to the next."""
_MEMBER = re.compile(r"[“《]([^“”《》]{1,40})[”》]")
_APART = re.compile(r"[，,。；;：:！？!?\n（）()]")
_REACH = 200
"""Characters before a count in which its list is looked for."""
_LED = re.compile(
    r"^[^，,。；;：:\n\d]{0,14}(?:包括|分别是|分别为|即|[:：])\s*([^。；;\n：:]{3,160}?)(?:[。；;\n]|$)"
)
_JOINED = re.compile(r"[和与及]")
_ANNOUNCING = frozenset({"大", "类", "项"})
_HEADING = 60
"""Characters a heading or caption has at most."""
_NO_MEMBER = re.compile(r"平均|其他|注|other", re.I)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATED = re.compile(
    r"\d+\s*[—–至~-]\s*\d+\s*[年月日]|\d+\s*[年月日]|\d{1,4}[./-]\d|\d{4}$|[一二三四五六七八九十]{1,3}月|[上中下]旬|"
    rf"第?[一二三四\d]季度?|[上下]半年|[上本][周月年]|周[一二三四五六日]|星期|(?:\d{{1,2}} )?{_MONTH}\b|[QH][1-4]\b",
    re.I,
)
"""A row of this day, month or year: the table is a course of time, no list."""
_OPEN = re.compile(r"等|之一|\.\.\.|…")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list beside a count.

    Attributes:
        least, most: how many members it has; they differ where 和 may join two members or
            stand inside one.
        open: it ends in 等, so that it may be incomplete.
        sure: its members are quoted, so that their number is beyond doubt.
        words: the list as printed.
    """

    least: int
    most: int
    open: bool
    sure: bool
    words: str


@rule(
    "stated_count",
    zh="项数相符",
    en="stated count",
    zh_meaning="“N项”应与所列的项数一致；以“等”结尾的列举不多于N项。",
    en_meaning="A stated number of items is the length of the list beside it; an open list has no more.",
)
def stated_count(case: Case) -> Iterator[Finding]:
    """One finding for each count of at most 30 with a clear list before or after it."""
    for page in case.pages:
        for count in page.figures:
            if not _is_plain(count) or page.in_table(count):
                continue
            if listed := _rows_below(page, count) or _listing(page, count):
                yield from _finding(count, listed)


def _is_plain(count: Figure) -> bool:
    fact = count.fact
    return count.kind == "count" and 2 <= count.face <= 30 and fact.approx is None and fact.value_high is None


def _rows_below(page: Page, count: Figure) -> Listing | None:
    """The rows of a table whose heading or caption says 四大…: as many as it announces, where they are no dates."""
    at, block = page.block_number(count) + 1, page.block(count)
    if count.fact.unit not in _ANNOUNCING or block.end - block.start > _HEADING:
        return None
    if at == len(page.document.blocks) or page.document.blocks[at].kind != "table":
        return None
    rows = {f.fact.locator.row for f in page.of_block(at) if f.fact.locator}
    first = [c for c in page.document.blocks[at].cells if c.column == 0 and c.row in rows]
    labels = [words for c in first if _is_member(words := page.text[c.start : c.end].strip())]
    distinct = len(labels) > 1 and len(set(labels)) == len(labels) and all(labels)
    clear = distinct and not any(_DATED.match(words) for words in labels)
    return Listing(len(labels), len(labels), False, True, "、".join(labels)) if clear else None


def _is_member(words: str) -> bool:
    label = "".join(words.split())
    return total_of(label) is None and subtotal_of(label) is None and not _NO_MEMBER.match(label)


def _listing(page: Page, count: Figure) -> Listing | None:
    if quoted := _quoted_before(page, count):
        return _quoted(quoted)
    if following := _LED.match(page.after(count, 200)):
        return _separated(following[1])
    run = _APART.split(page.before(count, _REACH))[-1]
    # 两种资源、两个市场: a mark right before the count makes it a member, not the number of members
    if "、" in run and not run.rstrip().endswith("、") and count.fact.unit != "次":
        return _separated(run)
    return None


def _quoted_before(page: Page, count: Figure) -> str:
    """The quoted members right before a count, gathered from the last one back."""
    least, start = page.block(count).start, count.start
    while found := _LAST_QUOTED.search(page.text, max(least, start - _LONGEST), start):
        start = found.start()
    return page.text[start : count.start]


def _quoted(words: str) -> Listing:
    """Quoted members; one pair of quotes around a 、-list counts the list."""
    members = _MEMBER.findall(words)
    inside = members[0] if len(members) == 1 else ""
    size = inside.count("、") + 1 if inside else len(members)
    return Listing(size, size, False, size > 1, words)


def _separated(words: str) -> Listing:
    opened = bool(_OPEN.search(words))
    marks = words.count("、")
    return Listing(marks + 1, marks + 1 + len(_JOINED.findall(words)), opened, False, words)


def _finding(count: Figure, listed: Listing) -> Iterator[Finding]:
    """Only a quoted list is clear enough to fail; any other list that does not fit is not this list."""
    size = int(count.face)
    fits = listed.least <= size if listed.open else listed.least <= size <= listed.most
    if not fits and not listed.sure:
        return
    shown = f"{listed.least}" if listed.least == listed.most else f"{listed.least}–{listed.most}"
    sign = "≠" if not fits else "≤" if listed.open else "="
    yield report(
        "stated_count",
        [count],
        Text(f"“{count.fact.quote}”与所列项数", f"“{count.fact.quote}” and the list beside it"),
        Text(
            f"所列 {shown} 项 {sign} {size}：{listed.words[-60:]}",
            f"{shown} listed {sign} {size}: {listed.words[-60:]}",
        ),
        "holds" if fits else "fails",
    )
