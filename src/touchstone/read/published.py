"""The day a document says it was published.

Looked for where it is stated for that purpose: a full date in the file name, then a dateline among
the first and last lines, then brackets at the end of the title. Editing dates kept inside the file are
not used: they change with every save.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePath

from touchstone.read.dates import DATE
from touchstone.read.normal import normal
from touchstone.read.when import Reference, resolve

_HEAD, _TAIL = 1500, 600
_TITLES = 3
"""Lines at the top among which a title may carry the day in brackets."""
_LONGEST_TITLE = 80
_YMD = r"((?:19|20)\d\d)\s*{0}\s*(1[0-2]|0?[1-9])\s*{1}\s*(3[01]|[12]\d|0?[1-9])"
_FULL = re.compile(
    r"(?<!\d)(?:"
    + _YMD.format("年", "月")
    + r"\s*[日号]|"
    + _YMD.format(r"(?P<mark>[-./])", r"(?P=mark)")
    + r"(?!\d))"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_IN_NAME = re.compile(_FULL.pattern.replace("[-./]", "[-._]"))
_ENGLISH = re.compile(
    r"\b(?:(\d{1,2})(?:st|nd|rd|th)?\s+([A-Z][a-z]{2,8})\.?,?\s+"
    r"|([A-Z][a-z]{2,8})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+)"
    r"((?:19|20)\d\d)\b"
)
_LABEL = re.compile(
    r"(?:(?:发布|发表|发文|刊发|更新|成文|印发|报告|编制|公布|出版|公告|(?<![\u4e00-\u9fff]))"
    r"(?:日期|时间) *[:：为]?|发布于|发表于|"
    r"\b(?:date|dated|published|updated|issued|posted)(?: +on)? *[:：]?) *",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"[^\t。；;!?！？]*[^\s。；;!?！？] ?[（(] *")
_LONE = re.compile(r"[\s（(【\[《—–\-·|]*$")
_LONE_END = re.compile(
    r"[\s）)】\]》—–\-·|，,。.]*(?:星期[一二三四五六日天]|\d\d?[:：]\d\d(?:[:：]\d\d)?)?[\s）)】\]]*$"
)


def published(name: str, text: str) -> date | None:
    """The publication day stated in the file name or the datelines of `text`; None where none is.

    A day in running text ("held on 2 September 2022") is not a dateline and is not taken.
    """
    head, tail = normal(text[:_HEAD]), normal(text[-_TAIL:])
    return (
        _in_name(PurePath(name).stem)
        or _dateline(head.splitlines())
        or _dateline(tail.splitlines()[::-1])
        or _in_title(head)
    )


def is_dateline(line: str) -> bool:
    """Whether a line begins with a day of publication, labelled ("Published 3 May 2022") or alone."""
    plain = normal(line).strip()
    for start, end, _ in _days(plain):
        label = _label(plain, start)
        if label.start() == 0 if label else _stands_alone(plain, start, end):
            return True
    return False


def _in_name(stem: str) -> date | None:
    for pattern in (_IN_NAME, _COMPACT):
        for found in pattern.finditer(stem):
            if day := _day(found):
                return day
    return None


def _dateline(lines: list[str]) -> date | None:
    """The first date that has a label in front, else the first that has a line of its own."""
    lone: list[date] = []
    for line in lines:
        for start, end, day in _days(line):
            if _label(line, start):
                return day
            if _stands_alone(line, start, end):
                lone.append(day)
    return next(iter(lone), None)


def _in_title(head: str) -> date | None:
    """A date in brackets at the end of one of the first lines, if that is short and no sentence."""
    titles = [line.strip() for line in head.splitlines() if line.strip()][:_TITLES]
    for line in (line for line in titles if len(line) <= _LONGEST_TITLE):
        for start, end, day in _days(line):
            if line[end:].strip() in (")", "）") and _IN_BRACKETS.fullmatch(line[:start]):
                return day
    return None


def _days(line: str) -> Iterator[tuple[int, int, date]]:
    """Start, end and day of the full dates in a line."""
    for found in _FULL.finditer(line):
        if day := _day(found):
            yield found.start(), found.end(), day
    for found in _ENGLISH.finditer(line):
        if day := _english_day(found.group()):
            yield found.start(), found.end(), day


def _label(line: str, start: int) -> re.Match[str] | None:
    """The label that ends where a date starts."""
    return next((m for m in _LABEL.finditer(line, 0, start) if m.end() == start), None)


def _stands_alone(line: str, start: int, end: int) -> bool:
    return bool(_LONE.fullmatch(line[:start]) and _LONE_END.fullmatch(line[end:]))


def _day(found: re.Match[str]) -> date | None:
    numbers = [int(g) for g in found.groups() if g and g.isdigit()]
    return _valid(*numbers[:3])


def _english_day(words: str) -> date | None:
    found = DATE.fullmatch(" ".join(words.split()))
    code = resolve(found, Reference(None, None)) if found else None
    return date.fromisoformat(code) if code else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
