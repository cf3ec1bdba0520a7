"""What is due, late, revised and missing: the calendar of releases held against the facts, as of a day.

A series is expected of a release from the first period it came for. A fact whose day of publication is unknown
counts from the day it was recorded; that it was late is then not said, because it may have been out long before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from touchstone.calc.monitor.dueday import DueDay, due_days, joined
from touchstone.calc.monitor.release import Release
from touchstone.calc.monitor.revision import Revision, revision
from touchstone.errors import Refusal
from touchstone.facts.calendar import calendar
from touchstone.facts.fact import Fact
from touchstone.facts.period import containing, frequency, span
from touchstone.facts.series import by_vintage
from touchstone.facts.text import Text

STATES = {
    "on_time": Text("按时", "on time"),
    "late": Text("晚到", "late"),
    "undated": Text("已到，发布日不详", "arrived, day unknown"),
    "partial": Text("不全", "partial"),
    "missing": Text("缺", "missing"),
    "due": Text("应到", "due"),
    "awaited": Text("未到期", "awaited"),
    "never": Text("从未导入", "never imported"),
}
BACK: Mapping[str, int] = {"D": 10, "W": 8, "M": 13, "Q": 8, "A": 4}
"""How many periods are looked back on, by frequency."""
_COUNTED = ("reported", "estimated", "carried-over", "synthetic")
Series = tuple[str, str, str]
"""Subject, measure and place ("" for none) of a series."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One period of one release.

    Attributes:
        release: its key; period: a code; due: the day, None where the calendar does not reach it.
        basis: what the day stands on: T an official timetable, V the issuer's rule, I our expectation.
        state: one of `STATES`.
        arrived: the day the last of its series came; None where nothing came, or its day is unknown.
        late: working days between the due day and `arrived` (for what is missing: and today), 0 where it was not late.
        series: how many series were expected; missing: those that have not come.
        revised: how many values were changed by a later publication; largest: the one that changed most.
        facts: ids of the values as they stand.
        why: what stands against a better answer.
    """

    release: str
    period: str
    due: date | None
    basis: str
    state: str
    arrived: date | None = None
    late: int = 0
    series: int = 0
    missing: tuple[Series, ...] = ()
    revised: int = 0
    largest: Revision | None = None
    facts: tuple[str, ...] = ()
    why: Text | None = None


def due(
    releases: Iterable[Release], facts: Iterable[Fact], today: date, back: Mapping[str, int] = BACK
) -> tuple[Expected, ...]:
    """What each release should have brought by a day, and what it did, latest period first.

    Args:
        facts: every vintage, superseded ones too; those of other series are passed over.
        today: what came after this day is not known yet.
        back: how many periods to look back on, by frequency.
    """
    rows = tuple(releases)
    measures = {pattern.measure for row in rows for pattern in row.series}
    by_series: dict[Series, list[Fact]] = {}
    for fact in facts:
        if fact.period and fact.measure in measures and fact.status in _COUNTED and _by(fact, today):
            by_series.setdefault((fact.subject, fact.measure, fact.place or ""), []).append(fact)
    return tuple(each for row in rows for each in _of_release(row, by_series, today, back[row.frequency]))


def _by(fact: Fact, today: date) -> bool:
    """Whether a fact was out by a day."""
    day = arrival(fact)[0]
    return day is None or day <= today


def arrival(fact: Fact) -> tuple[date | None, bool]:
    """The day a fact came, and whether that is the day it was published (else recorded)."""
    if fact.published:
        return fact.published, True
    return (fact.recorded.date() if fact.recorded else None), False


def _of_release(
    release: Release, by_series: Mapping[Series, Sequence[Fact]], today: date, back: int
) -> Iterable[Expected]:
    came: dict[str, dict[Series, list[Fact]]] = {}
    since: dict[Series, str] = {}
    for facts in by_series.values():
        pattern = next((each for each in release.series if each.fits(facts[0])), None)
        for fact in facts if pattern else ():
            assert pattern
            if period := _period(release, fact):
                series = (fact.subject, fact.measure, pattern.place_of(fact))
                came.setdefault(period, {}).setdefault(series, []).append(fact)
                since[series] = min(since.get(series, period), period)
    days = list(due_days(release, today, back))
    if not since:
        last = next((each for each in days if each.day and each.day <= today), None)
        return [Expected(release.key, each.period, each.day, each.basis, "never") for each in [last] if each]
    first = min(since.values())
    return [
        _one(
            release, each, came.get(each.period, {}), {s for s, p in since.items() if p <= each.period}, today
        )
        for each in days
        if each.period >= first
    ]


def _period(release: Release, fact: Fact) -> str | None:
    """The period of the release that a fact belongs to; None where it is of another frequency."""
    assert fact.period
    try:
        start, end = span(fact.period)
    except ValueError:  # a period of another calendar
        return None
    every = frequency(fact.period)
    if every == "I" and (start.month, start.day) == (1, 1) and start.year == end.year:
        every = "M"  # January to a month: the release of that month brings it
    if every != release.brings:
        return None
    code = containing(end, release.frequency)
    return joined(release, f"{code[:4]}-02" if release.joined and code.endswith("-01") else code)


def _one(
    release: Release, day: DueDay, came: Mapping[Series, list[Fact]], wanted: set[Series], today: date
) -> Expected:
    missing = tuple(sorted(wanted - came.keys()))
    changes = [change for facts in came.values() for change in revision(facts)]
    latest = [by_vintage(facts)[-1].id for facts in came.values()]
    arrived, certain = _arrived(came.values())
    state, late, why = _state(release, day, arrived, certain, bool(came), bool(missing), today)
    return Expected(
        release.key, day.period, day.day, day.basis, state, arrived if certain or state == "on_time" else None, late,
        len(wanted | came.keys()), () if state == "awaited" else missing, len(changes), max(changes, key=_size, default=None), tuple(latest),
        day.why or why,
    )  # fmt: skip


def _arrived(came: Iterable[Sequence[Fact]]) -> tuple[date | None, bool]:
    """The day on which the last series first came, and whether every day that decides it was published as such."""
    firsts = []
    for facts in came:
        dated = [(day, published) for day, published in map(arrival, facts) if day]
        if not dated:
            return None, False
        firsts.append(min(dated, key=lambda each: (each[0], not each[1])))
    if not firsts:
        return None, False
    return max(day for day, _ in firsts), all(published for _, published in firsts)


def _state(
    release: Release, day: DueDay, arrived: date | None, certain: bool, came: bool, lacking: bool, today: date
) -> tuple[str, int, Text | None]:
    try:
        return _judged(release, day, arrived, certain, came, lacking, today)
    except Refusal as unreached:  # the calendar does not reach the day: how late it is cannot be counted
        zh = unreached.zh or ("", "", "", "")
        state = ("partial" if lacking else "undated") if came else "missing"
        return state, 0, Text(f"工作日数不出：{zh[3]}", f"working days cannot be counted: {unreached.fix}")


def _judged(
    release: Release, day: DueDay, arrived: date | None, certain: bool, came: bool, lacking: bool, today: date
) -> tuple[str, int, Text | None]:
    working = calendar(release.calendar).trading_days_between
    behind = max(0, working(day.day, today)) if day.day and day.day <= today else 0
    if not came:
        if day.day is None or day.day > today:
            return "awaited", 0, None
        return ("missing", behind, None) if behind > release.tolerance else ("due", behind, None)
    late = max(0, working(day.day, arrived)) if day.day and arrived and arrived > day.day else 0
    in_time = late <= release.tolerance
    if lacking:
        return "partial", late if certain and not in_time else 0, None
    if day.day is None:
        return "undated", 0, None
    if arrived and in_time:
        return "on_time", 0, None
    if certain:
        return "late", late, None
    return (
        "undated",
        0,
        Text("发布日不详，只知道录入日", "the day of publication is unknown, only that of recording"),
    )


def _size(change: Revision) -> Decimal:
    return abs(change.share) if change.share is not None else Decimal("Infinity")
