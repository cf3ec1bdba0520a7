"""Words of change against dated rows: 保持不变, 下跌100元/吨, against the rows of the price table."""

import re
from collections.abc import Iterator
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
from touchstone.facts.text import Text

_FRIDAY = 4
_IS_FRIDAY = re.compile("五|Friday")


@dataclass(frozen=True, slots=True)
class Step:
    """Two rows of a table; `sure` where the earlier one is the day that the text measures against."""

    before: Row
    now: Row
    sure: bool


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
    """The row the claim is about, the last one where it has no day, and the one it is measured against."""
    upto = [r for r in rows if day is None or day - timedelta(days=7) <= r.day <= day]
    before = [r for r in rows if upto and r.day < upto[-1].day]
    if not before:
        return None
    now = upto[-1]
    if not _IS_FRIDAY.search(base):
        return Step(before[-1], now, True)
    today = day or now.day
    friday = today - timedelta(days=(today.weekday() - _FRIDAY) % 7 or 7)
    earlier = [r for r in before if r.day <= friday]
    return Step((earlier or before)[-1], now, bool(earlier))


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
        yield from (_finding(claim, [pair], step.sure) for pair in chosen)
    elif chosen and all(f.dimension == claim.dimension for pair in pairs for f in pair):
        yield _finding(claim, chosen, step.sure)


def _finding(claim: Figure, pairs: list[tuple[Figure, Figure]], sure: bool) -> Finding:
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
        found if sure or found.verdict == "holds" else "warning",
    )


def _mean_move(prices: tuple[Decimal, ...]) -> Decimal:
    """Mean of new - old over pairs given as old, new, old, new …"""
    return (
        sum((new - old for old, new in zip(prices[::2], prices[1::2], strict=True)), Decimal(0))
        * 2
        / len(prices)
    )
