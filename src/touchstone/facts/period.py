"""Periods as codes: short, sortable words that say when a figure is about.

    2022            a year              2022-06-30             a day
    2022-Q3         a quarter           2022-01/2022-06        January to June (cumulative)
    2022-06         a month             2021/2025              a span of years (a plan)
    2022-W23        an ISO week         2022-09-01/2022-12-31  a span of days

Codes follow ISO 8601 and the time periods of SDMX.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

_CODE = re.compile(r"(\d{4})(?:-(?:Q([1-4])|W(\d\d)|(\d\d)(?:-(\d\d))?))?$")


@lru_cache(maxsize=65536)
def span(code: str) -> tuple[date, date]:
    """First and last day of a period code.

    Raises:
        ValueError: the text is not a period code.

    >>> span("2022-Q3")
    (datetime.date(2022, 7, 1), datetime.date(2022, 9, 30))
    >>> span("2022-01/2022-06")[1]
    datetime.date(2022, 6, 30)
    """
    first, _, last = code.partition("/")
    start, end = _simple(first)
    return (start, _simple(last)[1]) if last else (start, end)


def _simple(code: str) -> tuple[date, date]:
    found = _CODE.match(code)
    if not found:
        raise ValueError(f"{code!r} is not a period code such as 2022, 2022-Q3 or 2022-01/2022-06")
    year, quarter, week, month, day = (int(g) if g else None for g in found.groups())
    assert year is not None
    if quarter:
        return date(year, 3 * quarter - 2, 1), _month_end(year, 3 * quarter)
    if week:
        monday = date.fromisocalendar(year, week, 1)
        return monday, monday + timedelta(days=6)
    if day:
        assert month is not None
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), _month_end(year, month)
    return date(year, 1, 1), date(year, 12, 31)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


@lru_cache(maxsize=65536)
def frequency(code: str) -> str:
    """SDMX frequency of a code: A, Q, M, W, D; `I` for a span of several units.

    >>> [frequency(c) for c in ("2022", "2022-Q3", "2022-06", "2022-06-30", "2022-01/2022-06")]
    ['A', 'Q', 'M', 'D', 'I']
    """
    if "/" in code:
        return "I"
    return {4: "A", 7: "M" if code[5:6].isdigit() else "Q", 8: "W", 10: "D"}[len(code)]


@lru_cache(maxsize=65536)
def year_before(code: str) -> str:
    """The same period one year earlier, the base of a year-on-year rate.

    >>> year_before("2022-01/2022-06")
    '2021-01/2021-06'
    """
    return "/".join(_a_year_before(part) for part in code.split("/"))


def _a_year_before(part: str) -> str:
    """The 28th for the 29th of February, week 52 for week 53, where the year before has neither."""
    earlier = f"{int(part[:4]) - 1}{part[4:]}"
    try:
        span(earlier)
    except ValueError:
        return earlier.replace("-02-29", "-02-28").replace("-W53", "-W52")
    return earlier


@lru_cache(maxsize=65536)
def period_before(code: str) -> str:
    """The period just before, the base of a month-on-month (or quarter, year, day) rate.

    >>> period_before("2022-01"), period_before("2022-Q1"), period_before("2022")
    ('2021-12', '2021-Q4', '2021')
    """
    return _containing(span(code)[0] - timedelta(days=1), frequency(code), code)


def containing(day: date, every: str) -> str:
    """The period of a frequency (D, W, M, Q or A) in which a day lies. Raises ValueError: another frequency.

    >>> containing(date(2024, 12, 31), "W"), containing(date(2024, 12, 31), "Q")
    ('2025-W01', '2024-Q4')
    """
    return _containing(day, every, every)


def _containing(day: date, every: str, code: str) -> str:
    match every:
        case "A":
            return f"{day.year}"
        case "Q":
            return f"{day.year}-Q{(day.month + 2) // 3}"
        case "M":
            return f"{day.year}-{day.month:02d}"
        case "W":
            return "{0}-W{1:02d}".format(*day.isocalendar())
        case "D":
            return day.isoformat()
        case _:
            raise ValueError(f"{code!r} is a span of periods: it has no single neighbour")


@lru_cache(maxsize=65536)
def to_date(code: str) -> str:
    """The span from the start of the year to the end of a month or quarter; other codes are left as they are.

    >>> to_date("2022-06"), to_date("2022-Q3"), to_date("2022")
    ('2022-01/2022-06', '2022-Q1/2022-Q3', '2022')
    """
    first = {"M": "01", "Q": "Q1"}.get(frequency(code))
    return f"{code[:5]}{first}/{code}" if first else code


@lru_cache(maxsize=65536)
def period_after(code: str) -> str:
    """The period of the same length just after: the month, quarter, week, year or day.

    >>> period_after("2022-12"), period_after("2022-Q4")
    ('2023-01', '2023-Q1')
    """
    after = span(code)[1] + timedelta(days=1)
    return _containing(after, frequency(code), code)


@lru_cache(maxsize=65536)
def within(code: str, every: str) -> str:
    """The period of another frequency in which a period ends.

    >>> within("2022-W01", "M"), within("2022-11-21", "Q"), within("2022-11", "A")
    ('2022-01', '2022-Q4', '2022')
    """
    return _containing(span(code)[1], every, code)
