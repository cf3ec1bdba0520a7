"""Periods, days and moments in words, in Chinese and English."""

import re
from datetime import date, datetime

from touchstone.facts.period import frequency, span
from touchstone.publish.words import word

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def period(code: str | None, lang: str) -> str:
    """A period code in words: 2022年1—6月, Jan\N{EN DASH}Jun 2022; "" for None.

    Raises:
        ValueError: the code is not a period code.

    >>> period("2022-01/2022-06", "en"), period("2022-Q3", "zh")
    ('Jan–Jun 2022', '2022年三季度')
    """
    if code is None:
        return ""
    span(code)
    first, _, last = code.partition("/")
    if not last:
        return _single(first, lang)
    return _joined_zh(first, last) if lang == "zh" else _joined_en(first, last)


def base(words: str | None, lang: str) -> str:
    """What a change is measured against: a period in words, or the words as printed."""
    if words is None:
        return ""
    return period(words, lang) if re.match(r"\d{4}(?:[-/]|$)", words) else words


def day(value: date | None, lang: str) -> str:
    """A day: 2022年6月30日, 30 Jun 2022; "" for None."""
    return "" if value is None else _single(value.strftime("%Y-%m-%d"), lang)


def short_day(value: date, lang: str, beside: date) -> str:
    """A day without its year, where that is the year of the day it stands beside: 10月9日, 9 Oct."""
    text = day(value, lang)
    if value.year != beside.year:
        return text
    return text.partition("年")[2] if lang == "zh" else text.rpartition(" ")[0]


def moment(value: datetime | None, lang: str) -> str:
    """A moment to the minute in its own time zone; "" for None."""
    return "" if value is None else f"{day(value.date(), lang)} {value:%H:%M}"


def _single(code: str, lang: str) -> str:
    year = code[:4]
    match frequency(code):
        case "A":
            return f"{year}年" if lang == "zh" else year
        case "Q":
            return word(f"period.quarter_{code[-1]}", lang, year=year)
        case "W":
            return word("period.week", lang, year=year, week=int(code[-2:]))
        case "M":
            month = int(code[5:7])
            return f"{year}年{month}月" if lang == "zh" else f"{_MONTHS[month - 1]} {year}"
    month, number = int(code[5:7]), int(code[8:10])
    return f"{year}年{month}月{number}日" if lang == "zh" else f"{number} {_MONTHS[month - 1]} {year}"


def _joined_zh(first: str, last: str) -> str:
    start, end = _single(first, "zh"), _single(last, "zh")
    same_year = first[:4] == last[:4] and len(first) > 4
    if same_year:
        end = end.partition("年")[2]
    unit = start[-1]
    if same_year and frequency(first) == frequency(last) == "M":
        start = start.removesuffix(unit)
    if frequency(first) == frequency(last) == "A":
        start = start.removesuffix(unit)
    return f"{start}—{end}"


def _joined_en(first: str, last: str) -> str:
    start, end = _single(first, "en"), _single(last, "en")
    if frequency(first) == frequency(last) == "A":
        return f"{start}\N{EN DASH}{end}"
    if first[:4] != last[:4]:
        return f"{start} \N{EN DASH} {end}"
    dash = "\N{EN DASH}" if frequency(first) == "M" else " \N{EN DASH} "
    return start.replace(first[:4], "").strip() + dash + end
