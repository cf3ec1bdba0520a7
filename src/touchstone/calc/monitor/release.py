"""Releases: what is published, by whom, how often, and on which day it is due, from data/releases and the workspace.

A day of an official timetable is written down for its period with the timetable it was seen in. For every other
period the rule of the file gives the day; whether that rule is the issuer's word or our own expectation is said by
`basis`, and shown beside every day that stands on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path
from tomllib import TOMLDecodeError, loads
from typing import Any

from touchstone.calc.monitor.unmonitored import declaration
from touchstone.errors import UnusableDeclaration
from touchstone.facts.calendar_table import codes
from touchstone.facts.fact import Fact
from touchstone.facts.period import frequency, span
from touchstone.facts.text import Text

FREQUENCIES = ("D", "W", "M", "Q", "A")
RULES = ("working-day", "day", "weekday")
CLOSED = ("next", "before", "same")
BASES = ("V", "I")
"""V: the issuer's own words were seen. I: our expectation, from days seen before."""
_NEEDED = {"key", "zh", "en", "issuer", "frequency", "series", "due", "calendar", "basis", "source"}
_LATER = 60
"""Months or weeks behind its period within which a release must be due."""
_KINDS = {
    "key": str, "zh": str, "en": str, "issuer": str, "series": list, "due": dict, "source": str, "tolerance": int,
    "joined": bool, "dates": dict,
}  # fmt: skip
_KIND_NAMES = {
    str: Text("文字", "words"), list: Text("一个列表", "a list"), dict: Text("一个表", "a table"),
    int: Text("一个整数", "a whole number"), bool: Text("true或false", "true or false"),
}  # fmt: skip
_ALLOWED = _NEEDED | {"brings", "tolerance", "joined", "dates"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which series.

    Attributes:
        subject: a code, which may end in `*`.
        places: the names of one and the same place ("" is none), by the first of which it is known; no name is any place.
    """

    subject: str
    measure: str
    places: tuple[str, ...] = ()

    def place_of(self, fact: Fact) -> str:
        """The place by which a fact of such a series is known."""
        return self.places[0] if self.places else fact.place or ""

    def fits(self, fact: Fact) -> bool:
        """Whether a fact is of such a series."""
        of_place = not self.places or (fact.place or "") in self.places
        return fact.measure == self.measure and of_place and fnmatchcase(fact.subject, self.subject)


@dataclass(frozen=True, slots=True)
class DueRule:
    """The day a release is due after its period.

    Attributes:
        kind: `working-day`, the n-th trading day after the end of the period (0: on its last day, or before);
            `day`, the n-th of the month so many `later`; `weekday`, the n-th day (1 is Monday) of the ISO week so many `later`.
        n: see `kind`.
        later: months or weeks.
        closed: where the calendar is closed on the day: `next` or `before` trading day, or the `same` day all the same.
    """

    kind: str
    n: int
    later: int = 0
    closed: str = "next"


@dataclass(frozen=True, slots=True)
class Release:
    """One publication that comes again and again.

    Attributes:
        key: what it is known by.
        frequency: of its periods; `brings` is that of its figures, where a weekly paper brings days.
        series: the series it brings.
        due: the rule of its day; `calendar` says which days are working days.
        tolerance: working days behind the day that are not late yet.
        joined: January does not come alone, but with February, as one span or as two months.
        dates: days of official timetables, by period.
        basis: of the rule, one of `BASES`; days of `dates` are the issuer's.
        source: where rule and dates were seen, with the tag of each.
    """

    key: str
    name: Text
    issuer: str
    frequency: str
    brings: str
    series: tuple[Pattern, ...]
    due: DueRule
    calendar: str
    tolerance: int
    joined: bool
    dates: Mapping[str, date]
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class Releases:
    """The releases that are known, and the files that could not be used."""

    rows: tuple[Release, ...]
    problems: tuple[UnusableDeclaration, ...]


def releases(own: Path | None = None) -> Releases:
    """The releases that come with Touchstone, and those of a folder of the workspace, which take the place of equal keys."""
    shipped = files("touchstone") / "data" / "releases"
    texts = {file.name: file.read_text("utf-8") for file in shipped.iterdir() if file.name.endswith(".toml")}
    sheets = [(f"data/releases/{name}", texts[name]) for name in sorted(texts)]
    rows: dict[str, Release] = {}
    problems: list[UnusableDeclaration] = []
    for path in sorted(own.glob("*.toml")) if own else ():
        sheets.append((f"releases/{path.name}", path.read_text("utf-8", errors="replace")))
    for where, text in sheets:
        try:
            rows |= {each.key: each for each in releases_in(text, where)}
        except UnusableDeclaration as problem:
            problems.append(problem)
    return Releases(tuple(rows.values()), tuple(problems))


def releases_in(text: str, where: str) -> tuple[Release, ...]:
    """The releases one file declares. Raises UnusableDeclaration: MONITOR-001, it says something not understood."""
    try:
        table = loads(text)
    except TOMLDecodeError as error:
        raise declaration(where, str(error), "TOML", (str(error), "TOML文件")) from error
    found = table.get("release")
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise declaration(where, "no [[release]]", "one or more", ("没有[[release]]", "至少一项"))
    return tuple(_release(row, f"{where} {row.get('key', number)}") for number, row in enumerate(found, 1))


def _release(row: Mapping[str, Any], where: str) -> Release:
    _only(row, _NEEDED, _ALLOWED, where)
    _one_of(where, "frequency", row["frequency"], FREQUENCIES)
    _one_of(where, "brings", row.get("brings", row["frequency"]), FREQUENCIES)
    _one_of(where, "basis", row["basis"], BASES)
    _one_of(where, "calendar", row["calendar"], codes())
    for name, kind in _KINDS.items():
        if name in row and type(row[name]) is not kind:
            raise _wrong(where, f"{name} = {row[name]!r}", _KIND_NAMES[kind])
    if row.get("tolerance", 0) < 0:
        raise _wrong(
            where, f"tolerance = {row['tolerance']}", Text("不小于0的整数", "a whole number, 0 or more")
        )
    return Release(
        row["key"], Text(row["zh"], row["en"]), row["issuer"], row["frequency"], row.get("brings", row["frequency"]),
        tuple(_pattern(each, where) for each in row["series"]), _rule(row["due"], where), row["calendar"],
        row.get("tolerance", 0), row.get("joined", False), _dates(row.get("dates", {}), row["frequency"], where),
        row["basis"], row["source"],
    )  # fmt: skip


def _pattern(row: Mapping[str, Any], where: str) -> Pattern:
    _only(row, {"subject", "measure"}, {"subject", "measure", "places"}, where)
    words = (row["subject"], row["measure"], *_listed(row.get("places", ()), where))
    if not all(isinstance(each, str) for each in words):
        raise _wrong(
            where,
            f"series: {row!r}",
            Text("subject、measure、places均为文字", "subject, measure and places in words"),
        )
    return Pattern(row["subject"], row["measure"], tuple(row.get("places", ())))


def _rule(row: Mapping[str, Any], where: str) -> DueRule:
    _only(row, {"rule", "n"}, {"rule", "n", "later", "closed"}, where)
    _one_of(where, "due.rule", row["rule"], RULES)
    _one_of(where, "due.closed", row.get("closed", "next"), CLOSED)
    later = row.get("later", 0)
    if type(later) is not int or not 0 <= later <= _LATER:
        raise _wrong(
            where, f"due.later = {later!r}", Text(f"0至{_LATER}的整数", f"a whole number from 0 to {_LATER}")
        )
    least, most = {"working-day": (0, 260), "day": (1, 31), "weekday": (1, 7)}[row["rule"]]
    if type(row["n"]) is not int or not least <= row["n"] <= most:
        expected = f"due.n from {least} to {most}"
        raise declaration(where, f"due.n = {row['n']!r}", expected, (f"due.n = {row['n']!r}", expected))
    return DueRule(row["rule"], row["n"], row.get("later", 0), row.get("closed", "next"))


def _listed(given: object, where: str) -> tuple[Any, ...]:
    if not isinstance(given, list | tuple):
        raise _wrong(where, repr(given), Text("一个列表", "a list"))
    return tuple(given)


def _wrong(where: str, found: str, expected: Text) -> UnusableDeclaration:
    return declaration(where, found, expected.en, (found, expected.zh))


def _dates(rows: Mapping[str, Any], every: str, where: str) -> dict[str, date]:
    for period, day in rows.items():
        try:
            fits = frequency(period) == every and span(period)[0] <= day
        except (ValueError, TypeError, KeyError):
            fits = False
        if not fits:
            found, expected = (
                f"dates: {period} = {day}",
                f"a period of frequency {every} and a day that is not before it",
            )
            raise declaration(where, found, expected, (found, f"频率为{every}的时期和不早于它的日期"))
    return dict(rows)


def _only(row: object, needed: set[str], allowed: set[str], where: str) -> None:
    given = set(row) if isinstance(row, Mapping) else set()
    for found, names in (("missing", needed - given), ("unknown", given - allowed)):
        if names:
            said = ", ".join(sorted(names))
            expected = ", ".join(sorted(allowed))
            zh = (f"{'缺少' if found == 'missing' else '不认识'}：{said}", f"其中的字段：{expected}")
            raise declaration(where, f"{found}: {said}", f"of these: {expected}", zh)


def _one_of(where: str, name: str, given: object, among: tuple[str, ...]) -> None:
    if given not in among:
        choices = ", ".join(among)
        raise declaration(
            where, f"{name} = {given!r}", f"one of {choices}", (f"{name} = {given!r}", f"{choices}之一")
        )
