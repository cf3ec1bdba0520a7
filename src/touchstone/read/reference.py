"""What the dates of a document are relative to: its publication, its year, its own period.

今年, 8月 and 上周五 mean nothing without it. Where no publication is known, the year is the one
most often printed, and the day the last one that heads a row of a price table.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from touchstone.facts.calendar import NoCalendar, calendar
from touchstone.facts.document import Document
from touchstone.facts.period import frequency
from touchstone.read.dates import dates
from touchstone.read.when import Reference, resolve

_OPENING = 3000
_SATURDAY = 5
_TITLE_LINES = 8
_YEAR = re.compile(r"(?<![至于\d])(?<![，。；：\n]到)(20[0-4]\d)(?!\d|\s?年(?:前|底前|远景))")
_ANNUAL = re.compile(
    r"(?<!\d)(20[0-4]\d)\s?年?度?\s?[^\d，。\n]{0,16}(?:报告|年报|公报)(?!期)"
    r"|\b(20[0-4]\d)\s(?:[A-Z][a-z]+\s){0,3}[Rr]eport|[Rr]eport(?:\sfor)?\s(20[0-4]\d)"
)
_PART_YEAR = re.compile(r"季度|季报|Q[1-4]|月(?:份|报)|周报|半年|[Ww]eekly|[Mm]onthly|[Qq]uarter")
_STATISTICS = re.compile(
    r"情况|快报|统计|产量|进出口|季报|季度报告|statistics|output|imports|exports|results|production report",
    re.IGNORECASE,
)
_DAILY = re.compile(r"行情|日[评报]|早报|晚报|快讯|[Dd]aily|[Pp]rice note")
_DATED = re.compile(r"\d{1,2}\s?[日号]|\d{4}-\d\d-\d\d|\d{1,2}\s[A-Z][a-z]+\s20\d\d")
_PLAN = re.compile(r"实施方案|行动方案|规划|行动计划|纲要|[Aa]ction [Pp]lan")
_SENTENCE = re.compile(r"[。；;]|[.!?]\s*$")
_FIVE_YEARS = re.compile(r"十([一二三四五六])五")
_WEEKLY = re.compile(r"周报|周评|周简评|周度|一周|日报|日评|[Ww]eekly|[Dd]aily")
_DAY = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日")


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of time of a document.

    `reference` resolves relative dates; `year` is the document's own year (what lies behind it
    is a plan); `usual` is the day of its prices; `default` the period of a figure that names none;
    `plan` says that the document itself sets out what is to be done.
    """

    reference: Reference
    year: int | None
    usual: str | None
    default: str | None
    plan: bool


def reference_of(document: Document, text: str) -> Frame:
    """The frame of a document, from its publication, its title and the years it prints."""
    day = document.source.published
    titles = list(_titles(document, text))
    years = [int(year) for year in _YEAR.findall(text[:_OPENING])]
    annual = _annual_year(titles) or _reported_year(text, day, years)
    plan = any(_PLAN.search(title) for title in titles)
    begins = _plan_begins(titles) if plan else None
    year = annual or (
        day.year if day else begins or (None if plan else _titled_year(titles)) or _most_printed(years)
    )
    if day is None and year:
        day = _last_table_day(document, text, year)
    own_year = day.year if day else year
    default = str(annual) if annual else None
    if default is None and not any(_WEEKLY.search(title) for title in titles):
        default = _statistics_period(titles, Reference(day, year))
    usual = _trading_day(day).isoformat() if day else None
    if default is None and any(_DAILY.search(title) and _DATED.search(title) for title in titles):
        default = usual
    own = default or (f"{begins}/{begins + 4}" if begins else None)
    return Frame(Reference(day, year, annual is not None, own), own_year, usual, default, plan)


def _trading_day(day: date) -> date:
    """The day itself; of a weekend the last day before it on which prices are quoted, so a Saturday that is worked stays."""
    while day.weekday() >= _SATURDAY and not _is_worked(day):
        day -= timedelta(days=1)
    return day


def _is_worked(day: date) -> bool:
    try:
        return calendar("CN.spot").is_make_up_day(day)
    except NoCalendar:
        return False


def _titles(document: Document, text: str) -> Iterator[str]:
    """The short lines a document opens with."""
    if document.source.title:
        yield document.source.title
    for block in document.blocks[:_TITLE_LINES]:
        if block.kind != "table" and block.end - block.start <= 60:
            yield text[block.start : block.end]


def _plan_begins(titles: list[str]) -> int | None:
    """The first year of the five-year plan that a title names."""
    found = next((found for title in titles if (found := _FIVE_YEARS.search(title))), None)
    return 2006 + 5 * "一二三四五六".index(found[1]) if found else None


def _titled_year(titles: list[str]) -> int | None:
    """The year in a heading; a sentence that happens to be short is none."""
    headings = (title for title in titles if not _SENTENCE.search(title))
    found = next((found for title in headings if (found := _YEAR.search(title))), None)
    return int(found[1]) if found else None


def _most_printed(years: list[int]) -> int | None:
    return max(years, key=lambda year: (years.count(year), year), default=None)


def _annual_year(titles: list[str]) -> int | None:
    """The year of an annual report, which is the period of what it tells without a date."""
    opening = "\n".join(titles)
    found = None if _PART_YEAR.search(opening) else _ANNUAL.search(opening)
    return int(next(year for year in found.groups() if year)) if found else None


def _reported_year(text: str, day: date | None, years: list[int]) -> int | None:
    """The year that 报告期 means in a text published soon after it."""
    if day is None or day.month > 6 or "报告期" not in text[:_OPENING] or day.year - 1 not in years:
        return None
    return day.year - 1


def _statistics_period(titles: list[str], reference: Reference) -> str | None:
    """The months a statistical release names in its title (2024年1—4月…运行情况); a short sentence is none."""
    for title in titles:
        if _STATISTICS.search(title) and not _SENTENCE.search(title):
            for found in dates(title):
                code = resolve(found, reference)
                if code and frequency(code) in ("M", "I", "Q"):
                    return code
    return None


def _last_table_day(document: Document, text: str, year: int) -> date | None:
    """The last day that heads a row of a price table, for a bulletin without a dateline."""
    days = [
        (int(found[1]), int(found[2]))
        for block in document.blocks
        if block.kind == "table" and "价" in text[block.start : block.start + 200]
        for found in _DAY.finditer(text, block.start, block.end)
    ]
    try:
        return date(year, *max(days)) if days else None
    except ValueError:
        return None
