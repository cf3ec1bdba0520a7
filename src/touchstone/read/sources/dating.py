"""Dating: the words of a date column → period codes, by the form that is declared."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache

from touchstone.read.sources.template import Template, Unfit

EVERY = ("day", "week", "month", "quarter", "year")
"""How often a series has a value, the finest first."""
_ZH: dict[str, str] = dict(zip(EVERY, "日周月季年", strict=True))
_PARTS = {
    "year": r"\d{4}", "quarter": "[1-4]", "month": r"\d{1,2}", "week": r"\d{1,2}", "day": r"\d{1,2}",
}  # fmt: skip
_TOGETHER = _PARTS | {"month": r"\d\d", "week": r"\d\d", "day": r"\d\d"}
"""20201009 has two digits a part; 2020-10-9 need not."""
_EXAMPLE = {"year": "2020", "quarter": "2", "month": "03", "week": "05", "day": "04"}
_FIRST, _LAST = 1900, 2200
"""Years of data; a number beyond is another number, or a misprint."""
_WHOLE = (
    {"year"}, {"year", "quarter"}, {"year", "month"}, {"year", "week"}, {"year", "month", "day"},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dating:
    """How the dates of a source are written, and how often it has a value.

    Attributes:
        column: the head of the date column; alternatives are separated by "|".
        forms: templates of the parts of `dating`, any of which may be met.
        every: one of `EVERY`; a date finer than that stands for the week, month ... that it lies in.
    """

    column: str
    forms: tuple[Template, ...]
    every: str

    def period(self, words: str) -> str | None:
        """The period code of a printed date; None where it has another form or there is no such day."""
        for form in self.forms:
            if found := _pattern(form).fullmatch(words):
                with suppress(ValueError):  # another form may know such a day
                    return _code(
                        {part: int(digits) for part, digits in found.groupdict().items()}, self.every
                    )
        return None


def dating(column: str, forms: tuple[Template, ...], every: str) -> Dating:
    """A dating whose forms all tell a period.

    Args:
        every: "" takes the finest part of the forms.

    Raises:
        Unfit: a form lacks a part or has an unknown one, is coarser than `every`, or reads a date (03/04/2020) as
            another day than another form does.
    """
    finest = [_finest(form) for form in forms]
    if any(_differ(one, other) for one in forms for other in forms):
        raise Unfit(
            "forms that read a date in one way only, not 03/04/2020 as two days",
            "每个日期只有一种读法，03/04/2020不能读作两天",
        )
    every = every or finest[0]
    if any(EVERY.index(part) > EVERY.index(every) for part in finest):
        raise Unfit(f"a form that tells the {every}", f"能确定{_ZH[every]}的写法")
    return Dating(column, forms, every)


def _differ(one: Template, other: Template) -> bool:
    """Whether a date written in one form reads as something else in the other."""
    found = _pattern(other).fullmatch(one.filled(_EXAMPLE))
    return found is not None and found.groupdict() != {part: _EXAMPLE[part] for part in one.gaps}


def _finest(form: Template) -> str:
    if set(form.gaps) not in _WHOLE:
        raise Unfit(
            "gaps {year}, {year} {month}, {year} {month} {day}, {year} {quarter} or {year} {week}",
            "{year}、{year} {month}、{year} {month} {day}、{year} {quarter}或{year} {week}几种空位",
        )
    return next(part for part in EVERY if part in form.gaps)


@cache
def _pattern(form: Template) -> re.Pattern[str]:
    return form.pattern(_TOGETHER if "}{" in form.text else _PARTS)


def _code(parts: Mapping[str, int], every: str) -> str:
    """The code of the period of length `every` that a date lies in.

    Raises ValueError: there is no such date, or its year is out of all range.
    """
    year, month, day = parts["year"], parts.get("month", 1), parts.get("day", 1)
    if not _FIRST <= year <= _LAST:
        raise ValueError(year)
    if "quarter" in parts:
        month = 3 * parts["quarter"] - 2
    start = date.fromisocalendar(year, parts["week"], 1) if "week" in parts else date(year, month, day)
    match every:
        case "day":
            return start.isoformat()
        case "week":
            return "{0}-W{1:02d}".format(*start.isocalendar())
        case "month":
            return f"{start.year:04d}-{start.month:02d}"
        case "quarter":
            return f"{start.year:04d}-Q{(start.month + 2) // 3}"
        case _:
            return f"{start.year:04d}"
