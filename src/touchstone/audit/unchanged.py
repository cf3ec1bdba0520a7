"""Words of change against dated rows: 保持不变, 下跌100元/吨, against the rows of the price table."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure, number
from touchstone.audit.finding import Finding
from touchstone.audit.interval import HUNDRED, exactly
from touchstone.audit.page import Page
from touchstone.audit.report import SIGNS, named, report
from touchstone.audit.rule import rule
from touchstone.audit.tables import Column, Row, columns, matching
from touchstone.audit.verdict import compare
from touchstone.facts.calendar import NoCalendar, calendar
from touchstone.facts.text import Text
from touchstone.facts.week import previous_friday

_SPOT = "CN.spot"
_IS_DAY_BEFORE = re.compile("交易日|昨日|前一日|trading day")
_IS_FRIDAY = re.compile("上周|Friday|week")
_IS_BEFORE_HOLIDAY = re.compile("[节假期]前|元旦前|五一前|holiday")
_OF_A_PRICE = ("price.change", "price.low.change", "price.high.change")
_FROM = re.compile(r"(?:从|由|\bfrom)[^，,。；;\d]{0,12}$")
_TO = re.compile(r"\s?(?:to|at)\s(?:US)?\$?$|^[，,]?\s?(?:至|到|报)$")
_LONGER = re.compile(r"累计|年初|今年|同比|去年|\bsince\b|\byear\b|\bmonth\b", re.I)
"""Words for a base further back than the row before."""
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
    zh_meaning="文中或涨跌栏称价格保持不变、涨跌若干或涨跌百分之几，则应与表中前后两行相符。",
    en_meaning="Where the text, or a column of changes, says a price is unchanged or has moved, two dated rows of the table agree.",
)
def unchanged(case: Case) -> Iterator[Finding]:
    """Findings for each product said to be unchanged, side by side, or to have moved, at the mean."""
    for page in case.pages:
        yield from _ranges_told(page)
        tables = columns(case, page)
        for claim in page.figures if tables else []:
            if about := _about(page, claim):
                for column in _columns_of(page, about, tables):
                    yield from _best(page, claim, _steps(page, claim, column.rows, case.last_day(about)))


def _about(page: Page, claim: Figure) -> Figure | None:
    """The figure that says what price a change is of: itself, or the price that a rate led to; None for no claim."""
    if claim.kind != "change":
        return None
    if page.in_table(claim):
        return claim if claim.fact.measure in _OF_A_PRICE else None
    if claim.dimension != "%":
        return claim
    priced = _price_reached(page, claim)
    return (priced or (claim if claim.fact.base else None)) if claim.fact.measure.endswith("change") else None


def _ranges_told(page: Page) -> Iterator[Finding]:
    """A rate against the two ranges of one sentence: rose 3% to $252.5-267.5/kg from $250-265/kg."""
    for rate in page.figures:
        if rate.dimension != "%" or not rate.fact.measure.endswith("change") or page.in_table(rate):
            continue
        sides: dict[str, list[Figure]] = {"price.low": [], "price.high": []}
        told = page.inside(*page.sentence(rate))
        for f in told:
            sides.get(f.fact.measure, []).append(f)
        lows, highs = sides.values()
        alone = sum(f.dimension == "%" for f in told) == 1 and len(lows) == len(highs) == 2
        if not alone or len({(f.dimension, f.stem) for f in (*lows, *highs)}) > 1:
            continue
        from_ = [bool(_FROM.search(page.before(low))) for low in lows]
        if sum(from_) == 1 and all(f.is_positive for f in (*lows, *highs)):
            old, new = from_.index(True), from_.index(False)
            yield _rate_finding(rate, [(side[old], side[new]) for side in (lows, highs)])


def _steps(page: Page, claim: Figure, rows: tuple[Row, ...], day: date | None) -> list[Step]:
    """The step a claim may be about; of a sentence that names no base, from any row of the week before, the last one first."""
    base = claim.fact.base or ""
    step = _step(rows, day, base)
    if step is None or base or page.in_table(claim):
        return [step] if step else []
    week = [r for r in rows if timedelta(0) < step.now.day - r.day <= timedelta(days=7)]
    return [step, *(Step(row, step.now) for row in reversed(week) if row is not step.before)]


def _best(page: Page, claim: Figure, steps: list[Step]) -> list[Finding]:
    """The findings of the first step that bears a claim out; of the first where none does."""
    tried = [list(_findings(page, claim, step)) for step in steps]
    sound = (found for found in tried if all(each.verdict != "fails" for each in found))
    return next(sound, tried[0] if tried else [])


def _columns_of(page: Page, claim: Figure, tables: list[Column]) -> list[Column]:
    """The columns a claim is about; of a claim in a table, those of the same words where there are some."""
    said = (claim.fact.subject_words, claim.fact.place)
    own = (
        [c for c in tables if (c.subject.fact.subject_words, c.place) == said] if page.in_table(claim) else []
    )
    return own[:1] or matching(claim, tables)


def _price_reached(page: Page, claim: Figure) -> Figure | None:
    """The price that a rate led to: rose 3% to $252.5-267.5/kg, 上涨3%至260元/公斤; None where words date another base."""
    start, end = page.sentence(claim)
    reached = page.next_to(claim)
    if not reached or reached.start >= end or not reached.is_price or _LONGER.search(page.text, start, end):
        return None
    return reached if _TO.match(page.between(claim, reached)) else None


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
    sides = sorted(
        set(step.before.prices) & set(step.now.prices), key=lambda side: (side == "price.high", side)
    )
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
    elif chosen and claim.dimension == "%" and all(f.is_positive for pair in chosen for f in pair):
        yield _rate_finding(claim, chosen)


def _rate_finding(claim: Figure, pairs: list[tuple[Figure, Figure]]) -> Finding:
    """Compare the growth of the mean of the pairs with the rate that is stated; prices are quoted, not rounded."""
    olds, news = [old for old, _ in pairs], [new for _, new in pairs]
    faces = [f.face for f in (*olds, *news)]
    spans = [exactly(face) for face in faces]
    found = compare(lambda *x: _growth(x), faces, spans, claim.span, claim.relation)
    name, (new, old) = named(news[0]), (_told(each) for each in (news, olds))
    arithmetic = f"{new} / {old} - 1 = {number(round(found.face, 4))}% {SIGNS[found.verdict].replace('√', '=')} {claim.said}"
    return report(
        "unchanged",
        [claim, *(f for pair in pairs for f in pair)],
        Text(f"{name.zh}：{claim.fact.quote}", f"{name.en}: the rate said"),
        Text(arithmetic, arithmetic),
        found,
    )


def _growth(prices: tuple[Decimal, ...]) -> Decimal:
    """Growth, in percent, of the mean of the second half of the prices over that of the first."""
    half = len(prices) // 2
    return (sum(prices[half:], Decimal(0)) / sum(prices[:half], Decimal(0)) - 1) * HUNDRED


def _told(ends: list[Figure]) -> str:
    """The price of a day as printed, low and high: 250-265$/kg (2024-02-14)."""
    return f"{'-'.join(str(f.fact.value) for f in ends[:-1])}{'-' if ends[1:] else ''}{ends[-1].printed} ({ends[0].fact.period})"


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
        Text(f"{name.zh}：{claim.fact.quote}", f"{name.en}: the change said"),
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
