"""Words of change against dated rows: 保持不变, 下跌100元/吨, against the rows of the price table."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure, number
from touchstone.audit.finding import Finding
from touchstone.audit.interval import exactly
from touchstone.audit.page import Page
from touchstone.audit.report import SIGNS, named, report
from touchstone.audit.rule import rule
from touchstone.audit.tables import Row, columns, matching
from touchstone.audit.verdict import compare
from touchstone.facts.calendar import NoCalendar, calendar
from touchstone.facts.text import Text
from touchstone.facts.week import previous_friday

_SPOT = "CN.spot"
_IS_DAY_BEFORE = re.compile("交易日|昨日|前一日|trading day")
_IS_FRIDAY = re.compile("上周|Friday|week")
_IS_BEFORE_HOLIDAY = re.compile("[节假期]前|元旦前|五一前|holiday")
_IS_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Step:
    """Two rows of a table: the day that the text measures against, and the day it tells of."""

    before: Row
    now: Row


@rule(
    "unchanged",
    zh="涨跌与表相符",
    en="change agrees with the table",
    zh_meaning="文中称价格保持不变或涨跌若干，则应与表中前后两行相符。",
    en_meaning="Where the text says a price is unchanged or has moved, two dated rows of the table agree.",
)
def unchanged(case: Case) -> Iterator[Finding]:
    """Findings for each product said to be unchanged, side by side, or to have moved, at the mean."""
    for page in case.pages:
        tables = columns(case, page)
        for claim in page.figures if tables else []:
            if claim.kind != "change" or page.in_table(claim):
                continue
            for column in matching(claim, tables):
                if step := _step(column.rows, case.last_day(claim), claim.fact.base or ""):
                    yield from _findings(page, claim, step)


def _step(rows: tuple[Row, ...], day: date | None, base: str) -> Step | None:
    """The row the claim is about, the last one where it has no day, and the one it is measured against.

    None where the table has no row of the day it is measured against: the claim is then untested.
    """
    upto = [r for r in rows if day is None or day - timedelta(days=7) <= r.day <= day]
    before = [r for r in rows if upto and r.day < upto[-1].day]
    if base and not _IS_DAY_BEFORE.search(base):
        meant = _days_meant(base, day or upto[-1].day) if upto else ()
        before = [r for r in before if r.day in meant]
    return Step(before[-1], upto[-1]) if before else None


def _days_meant(base: str, today: date) -> tuple[date, ...]:
    """The day that 上周五, 节前 or a printed date means; for a Friday without trading also the last open day before it."""
    spot = calendar(_SPOT)
    if _IS_FRIDAY.search(base):
        friday = previous_friday(today)
        return (friday, *_known(spot.last_trading_day, friday))
    if _IS_BEFORE_HOLIDAY.search(base):
        return _known(spot.last_before_holiday, today)
    return (date.fromisoformat(base),) if _IS_DATE.fullmatch(base) else ()


def _known(told: Callable[[date], date], day: date) -> tuple[date, ...]:
    """What a calendar tells of a day; nothing of a year it does not know."""
    try:
        return (told(day),)
    except NoCalendar:
        return ()


def _findings(page: Page, claim: Figure, step: Step) -> Iterator[Finding]:
    sides = sorted(set(step.before.prices) & set(step.now.prices))
    pairs = [(step.before.prices[s], step.now.prices[s]) for s in sides]
    said = claim.fact.measure.removesuffix(".change")
    chosen = [
        pair
        for side, pair in zip(sides, pairs, strict=True)
        if side == said or said not in ("price.low", "price.high")
    ]
    if claim.fact.form == "implicit":
        yield from (_finding(claim, [pair]) for pair in chosen)
    elif chosen and all(f.dimension == claim.dimension for pair in pairs for f in pair):
        yield _finding(claim, chosen)


def _finding(claim: Figure, pairs: list[tuple[Figure, Figure]]) -> Finding:
    """Compare the mean move of the pairs with the claim; prices are quoted, not rounded."""
    faces = [f.face for pair in pairs for f in pair]
    stated = claim.span if claim.fact.form != "implicit" else exactly(0)
    found = compare(lambda *x: _mean_move(x), faces, [exactly(face) for face in faces], stated)
    scale, name = pairs[0][1].scale, named(pairs[0][1])
    moves = "; ".join(
        f"{new.printed} ({new.fact.period}) - {old.printed} ({old.fact.period})" for old, new in pairs
    )
    said = number((stated.low + stated.high) / 2 / scale)
    result = f"= {number(found.face / scale)} {SIGNS[found.verdict].replace('√', '=')} {said}"
    zh, en = ("均值：", "mean of ") if len(pairs) > 1 else ("", "")
    return report(
        "unchanged",
        [claim, *(f for pair in pairs for f in pair)],
        Text(f"{name.zh}：{claim.fact.quote}", f"{name.en}: the change said in the text"),
        Text(f"{zh}{moves} {result}", f"{en}{moves} {result}"),
        found,
    )


def _mean_move(prices: tuple[Decimal, ...]) -> Decimal:
    """Mean of new - old over pairs given as old, new, old, new …"""
    return (
        sum((new - old for old, new in zip(prices[::2], prices[1::2], strict=True)), Decimal(0))
        * 2
        / len(prices)
    )
