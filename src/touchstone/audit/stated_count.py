"""Stated counts: 四个方面 stands beside a list of four."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding, Text
from touchstone.audit.page import Page
from touchstone.audit.report import report
from touchstone.audit.rule import rule

_QUOTED = re.compile(r"(?:[“《][^“”《》]{1,40}[”》][、和与及]?)+$")
_MEMBER = re.compile(r"[“《]([^“”《》]{1,40})[”》]")
_RUN = re.compile(r"[^，,。；;：:！？!?\n（）()]*$")
_LED = re.compile(
    r"^[^，,。；;：:\n\d]{0,14}(?:包括|分别是|分别为|即|[:：])\s*([^。；;\n：:]{3,160}?)(?:[。；;\n]|$)"
)
_JOINED = re.compile(r"[和与及]")
_ANNOUNCING = frozenset({"大", "类", "项"})
_HEADING = 60
"""Characters a heading or caption has at most."""
_TOTAL = re.compile(r"合计|总计|小计|平均|其他|注|total|other", re.I)
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
    """The rows of a table whose heading or caption says 四大…: as many as it announces."""
    at, block = page.block_number(count) + 1, page.block(count)
    if count.fact.unit not in _ANNOUNCING or block.end - block.start > _HEADING:
        return None
    if at == len(page.document.blocks) or page.document.blocks[at].kind != "table":
        return None
    rows = {f.fact.locator.row for f in page.of_block(at) if f.fact.locator}
    first = [c for c in page.document.blocks[at].cells if c.column == 0 and c.row in rows]
    labels = [words for c in first if not _TOTAL.match(words := page.text[c.start : c.end].strip())]
    clear = len(labels) > 1 and len(set(labels)) == len(labels) and all(labels)
    return Listing(len(labels), len(labels), False, True, "、".join(labels)) if clear else None


def _listing(page: Page, count: Figure) -> Listing | None:
    before = page.text[page.block(count).start : count.start]
    if quoted := _QUOTED.search(before):
        return _quoted(quoted[0])
    if following := _LED.match(page.after(count, 200)):
        return _separated(following[1])
    run = _RUN.search(before)
    # 两种资源、两个市场: a mark right before the count makes it a member, not the number of members
    if run and "、" in run[0] and not run[0].rstrip().endswith("、") and count.fact.unit != "次":
        return _separated(run[0])
    return None


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
