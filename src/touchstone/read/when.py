"""What an expression of time means: its period code, relative to an explicit reference, nothing guessed.

Nothing is taken from the clock of the machine: 今年 and 8月 are relative to the document.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from touchstone.facts.period import span
from touchstone.read.dates import MONTHS
from touchstone.read.numeral import numeral

_HALF_A_YEAR = 6
"""Months ahead from which a part of a year is taken for the one of the year before."""
_WORDS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
_YEARS = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2}


@dataclass(slots=True)
class Reference:
    """What relative dates are relative to.

    `day` is the publication date where known (None otherwise), `year` the year that a date
    without one belongs to, `fixed` says that the year was printed nearby, `own` is the period that
    报告期 and 规划期 mean.
    """

    day: date | None
    year: int | None
    fixed: bool = False
    own: str | None = None

    def copy(self) -> "Reference":
        """The same again, which may move on without moving this one."""
        return Reference(self.day, self.year, self.fixed, self.own)

    def year_of(self, month: int) -> int | None:
        """The year of a month named without one: not after the publication."""
        if self.fixed or self.day is None or self.year is None:
            return self.year
        return self.day.year - (month > self.day.month)

    def year_of_part(self, words: str) -> int | None:
        """The year of a quarter or half named without one; in spring the fourth quarter is that of last year."""
        if self.fixed or self.day is None or self.year is None:
            return self.year
        return self.year - (_opens(words) - self.day.month >= _HALF_A_YEAR)


def _opens(words: str) -> int:
    """The month a part of a year begins with: 四季度 10, 下半年 7."""
    quarter = next(
        (n for n, names in enumerate(("一1", "二2", "三3", "四4")) if any(c in words for c in names)), 0
    )
    return 7 if words == "下半年" else 3 * quarter + 1 if words.endswith("季度") and words[0] != "前" else 1


def resolve(found: re.Match[str], reference: Reference) -> str | None:
    """The period code of a match of `DATE`; None for a time of day or an unknown year.

    A year that is printed becomes the reference year of what follows.
    """
    kind = found.lastgroup or ""
    code = _RESOLVERS[kind](found, reference) if kind in _RESOLVERS else None
    if code is None:
        return None
    try:
        span(code)
    except ValueError:
        return None
    if kind in _PRINTED_YEAR:
        reference.year, reference.fixed = int(code[:4]), True
    return code


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _quarter(year: int | None, words: str) -> str | None:
    if year is None:
        return None
    if words == "全年":
        return f"{year}"
    if words in ("上半年", "前三季度", "下半年"):
        first, last = {"上半年": (1, 6), "前三季度": (1, 9), "下半年": (7, 12)}[words]
        return f"{year}-{first:02d}/{year}-{last:02d}"
    if words.startswith("前"):
        digits = words[1:].rstrip("月").rstrip("个")
        last = int(digits) if digits.isdigit() else int(numeral(digits) or 0)
        return f"{year}-01/{year}-{last:02d}" if 1 < last <= 12 else None
    if words[0] in "Hh":
        return f"{year}-01/{year}-06" if words[1] == "1" else f"{year}-07/{year}-12"
    digit = words.strip("第季度Qq \t\n")
    return f"{year}-Q{int(digit) if digit.isdigit() else '一二三四'.index(digit) + 1}"


def _month_span(year: int | None, first: int, last: int, end_year: int | None = None) -> str | None:
    if year is None:
        return None
    if end_year is None:
        end_year = year + (last < first)
    return f"{year}-{first:02d}/{end_year}-{last:02d}"


def _span(m: re.Match[str], r: Reference) -> str:
    y, mo, d = int(m["s1y"]), int(m["s1m"]), int(m["s1d"])
    end = f"{int(m['s2y'] or y)}-{int(m['s2m'] or mo):02d}-{int(m['s2d']):02d}"
    return f"{y}" if (mo, d) == (1, 1) and end == f"{y}-12-31" else f"{y}-{mo:02d}-{d:02d}/{end}"


def _relative(m: re.Match[str], r: Reference) -> str | None:
    told = r.own if r.own and len(r.own) == 4 and m["rel_y"] not in ("今年", "明年") else None
    base = int(told) if told else r.day.year if r.day else r.year
    if base is None:
        return None
    year = base + _YEARS[m["rel_y"]]
    if m["rel_d"]:
        return f"{year}-{int(m['rel_m']):02d}-{int(m['rel_d']):02d}"
    if m["rel_m"]:
        return f"{year}-{int(m['rel_m']):02d}"
    if m["rel_q"]:
        return _quarter(year, m["rel_q"])
    return f"{year}-12" if m["rel_e"] else f"{year}"


def _days(m: re.Match[str], r: Reference) -> str | None:
    first, last = int(m["mds_m"]), int(m["mds_n"] or m["mds_m"])
    year = r.year_of(first)
    return (
        year and f"{year}-{first:02d}-{int(m['mds_d']):02d}/{year}-{last:02d}-{int(m['mds_e']):02d}" or None
    )


def _day(m: re.Match[str], r: Reference) -> str | None:
    year = r.year_of(int(m["md_m"]))
    return f"{year}-{int(m['md_m']):02d}-{int(m['md_d']):02d}" if year else None


def _weekday(m: re.Match[str], r: Reference) -> str | None:
    """The last such day up to the publication."""
    if r.day is None:
        return None
    back = (r.day.weekday() - "一二三四五六日".index(m["wd_d"])) % 7
    return (r.day - timedelta(days=back)).isoformat()


def _now(m: re.Match[str], r: Reference) -> str | None:
    if r.day is None:
        return None
    words, year, month = m["now"].replace("个", ""), r.day.year, r.day.month
    quarter = (month - 1) // 3
    if words[0] == "年":
        return f"{year}-01" if words == "年初" else f"{year}-12"
    if words.endswith("季度"):
        at = year * 4 + quarter + {"上": -1, "本": 0, "下": 1}[words[0]]
        return f"{at // 4}-Q{at % 4 + 1}"
    at = year * 12 + month - 1 - (words[0] == "上")
    return f"{at // 12}-{at % 12 + 1:02d}"


def _chinese(year: int | None, month: str | None, day: str | None) -> str | None:
    parts = [f"{int(numeral(words) or 0):02d}" for words in (month, day) if words]
    return "-".join([str(year), *parts]) if year else None


def _plan(m: re.Match[str], r: Reference) -> str:
    first = 2001 + 5 * "一二三四五六".index(m["plan_n"]) + 5
    return f"{first + 4}" if m["plan"].endswith("末") else f"{first}/{first + 4}"


def _english_month(m: re.Match[str], r: Reference) -> str | None:
    month = MONTHS[m["em_m"].lower()]
    year = r.year_of(month)
    if year is None or not m["em_m"][0].isupper():
        return None
    return f"{year}-{month:02d}" + (f"-{int(m['em_d']):02d}" if m["em_d"] else "")


def _first_months(m: re.Match[str], r: Reference) -> str | None:
    words = m["efm_n"].lower()
    count = int(words) if words.isdigit() else _COUNTS.index(words) + 2
    return _month_span(int(m["efm_y"]) if m["efm_y"] else r.year, 1, count)


def _english_half(m: re.Match[str], r: Reference) -> str | None:
    half = _WORDS[m["eh_w"].lower()] if m["eh_w"] else int(m["eh_h"])
    year = int(m["eh_y"] or m["eh_z"] or r.year or 0) or None
    return _quarter(year, f"H{half}")


def _english_quarter(m: re.Match[str], r: Reference) -> str | None:
    quarter = int(m["eq_q"] or _WORDS[m["eq_w"].lower()])
    year = int(m["eq_y"] or m["eq_z"] or r.year_of_part(f"{quarter}季度") or 0)
    return f"{year}-Q{quarter}" if year else None


_RESOLVERS = {
    "span": _span,
    "ymd": lambda m, r: f"{_year(m['ymd_y'])}-{int(m['ymd_m']):02d}-{int(m['ymd_d']):02d}",
    "yms": lambda m, r: _month_span(
        int(m["yms_y"]), int(m["yms_m"]), int(m["yms_n"]), int(m["yms_z"]) if m["yms_z"] else None
    ),
    "ym": lambda m, r: f"{_year(m['ym_y'])}-{int(m['ym_m']):02d}",
    "yq": lambda m, r: _quarter(int(m["yq_y"]), m["yq_q"]),
    "yy": lambda m, r: f"{m['yy_a']}/{m['yy_b']}" if m["yy_a"] < m["yy_b"] else None,
    "fy": lambda m, r: f"{m['fy_y']}/{int(m['fy_y']) + 1}",
    "wk": lambda m, r: f"{m['wk_y']}-W{int(m['wk_w']):02d}",
    "ye": lambda m, r: f"{m['ye_y']}-12",
    "y": lambda m, r: m["y_y"],
    "rel": _relative,
    "iso": lambda m, r: f"{m['iso_y']}-{int(m['iso_m']):02d}-{int(m['iso_d']):02d}",
    "isom": lambda m, r: f"{m['isom_y']}-{m['isom_m']}",
    "mds": _days,
    "md": _day,
    "ms": lambda m, r: _month_span(r.year_of(int(m["ms_n"])), int(m["ms_m"]), int(m["ms_n"])),
    "m": lambda m, r: (y := r.year_of(int(m["m_m"]))) and f"{y}-{int(m['m_m']):02d}" or None,
    "zm": lambda m, r: (y := r.year_of(n := int(numeral(m["zm_m"]) or 0))) and f"{y}-{n:02d}" or None,
    "zy": lambda m, r: _chinese(int(numeral(m["zy_y"]) or 0), m["zy_m"], m["zy_d"]),
    "zmd": lambda m, r: _chinese(r.year_of(int(numeral(m["zmd_m"]) or 0)), m["zmd_m"], m["zmd_d"]),
    "zms": lambda m, r: _month_span(
        r.year_of(last := int(numeral(m["zms_n"]) or 0)), int(numeral(m["zms_m"]) or 0), last
    ),
    "q": lambda m, r: _quarter(r.year_of_part(m["q_q"]), m["q_q"]),
    "plan": _plan,
    "now": _now,
    "own": lambda m, r: r.own,
    "wd": _weekday,
    "edm": lambda m, r: (
        (y := int(m["edm_y"] or 0) or r.year_of(MONTHS[m["edm_m"].lower()]))
        and f"{y}-{MONTHS[m['edm_m'].lower()]:02d}-{int(m['edm_d']):02d}"
        or None
    ),
    "emy": lambda m, r: f"20{m['emy_y']}-{MONTHS[m['emy_m'].lower()]:02d}",
    "ey": lambda m, r: (
        f"{m['ey_y']}-{MONTHS[m['ey_m'].lower()]:02d}" + (f"-{int(m['ey_d']):02d}" if m["ey_d"] else "")
    ),
    "eys": lambda m, r: _month_span(
        int(m["eys_y"]) if m["eys_y"] else r.year, MONTHS[m["eys_m"].lower()], MONTHS[m["eys_n"].lower()]
    ),
    "efm": _first_months,
    "em": _english_month,
    "eq": _english_quarter,
    "eh": _english_half,
    "eyy": lambda m, r: f"{m['eyy_a']}/{m['eyy_b']}" if m["eyy_a"] < m["eyy_b"] else None,
    "bare": lambda m, r: m["bare_y"],
}
_PRINTED_YEAR = {"span", "ymd", "yms", "ym", "yq", "y", "ye", "ey", "edm", "iso", "isom", "bare", "zy"}
