"""The day a document says it was published.

Looked for where it is stated for that purpose: a full date in the file name, then a dateline among
the first and last lines. Editing dates kept inside the file are not used: they change with every save.
"""

import re
from datetime import date
from pathlib import PurePath

_HEAD, _TAIL = 1500, 600
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
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ENGLISH = re.compile(
    r"\b(?:(\d{1,2})(?:st|nd|rd|th)?\s+([A-Z][a-z]{2,8})\.?,?\s+"
    r"|([A-Z][a-z]{2,8})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+)"
    r"((?:19|20)\d\d)\b"
)
_LABEL = re.compile(
    r"(?:(?:发布|发表|发文|刊发|更新|成文|印发|报告|编制|公布|發布|出版|公告|(?<![\u4e00-\u9fff]))"
    r"(?:日期|时间|時間) *[:：为]?|发布于|发表于|"
    r"\b(?:date|dated|published|updated|issued|posted)(?: +on)? *[:：]?) *",
    re.IGNORECASE,
)
_LONE = re.compile(r"[\s（(【\[《—–\-·|]*$")
_LONE_END = re.compile(
    r"[\s）)】\]》—–\-·|，,。.]*(?:星期[一二三四五六日天]|\d\d?[:：]\d\d(?:[:：]\d\d)?)?[\s）)】\]]*$"
)


def published(name: str, text: str) -> date | None:
    """The publication day stated in the file name or the datelines of `text`; None where none is.

    A day in running text ("held on 2 September 2022") is not a dateline and is not taken.
    """
    return _in_name(PurePath(name).stem) or _dateline(text[:_HEAD]) or _dateline(text[-_TAIL:], last=True)


def _in_name(stem: str) -> date | None:
    for pattern in (_IN_NAME, _COMPACT):
        for found in pattern.finditer(stem):
            if day := _day(found):
                return day
    return None


def _dateline(text: str, last: bool = False) -> date | None:
    """The first (or last) date that has a label in front or a line of its own."""
    lines = text.splitlines()
    labelled: list[date] = []
    lone: list[date] = []
    for line in reversed(lines) if last else lines:
        for found in (*_FULL.finditer(line), *_ENGLISH.finditer(line)):
            day = _english_day(found) if found.re is _ENGLISH else _day(found)
            before, after = line[: found.start()], line[found.end() :]
            if day and any(m.end() == len(before) for m in _LABEL.finditer(before)):
                labelled.append(day)
            elif day and _LONE.fullmatch(before) and _LONE_END.fullmatch(after):
                lone.append(day)
    return next(iter([*labelled, *lone]), None)


def _day(found: re.Match[str]) -> date | None:
    numbers = [int(g) for g in found.groups() if g and g.isdigit()]
    return _valid(*numbers[:3])


def _english_day(found: re.Match[str]) -> date | None:
    month = (found.group(2) or found.group(3) or "")[:3].lower()
    if month not in _MONTHS:
        return None
    return _valid(int(found.group(5)), _MONTHS.index(month) + 1, int(found.group(1) or found.group(4)))


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
