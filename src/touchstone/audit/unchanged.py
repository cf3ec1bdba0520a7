"""Words of change against dated rows: 保持不变, 下跌100元/吨, against the rows of the price table."""

from collections.abc import Iterator
from datetime import date, timedelta

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure, number
from touchstone.audit.finding import Finding, Text
from touchstone.audit.interval import exactly
from touchstone.audit.report import SIGNS, named, report
from touchstone.audit.rule import rule
from touchstone.audit.tables import Row, columns, matching
from touchstone.audit.verdict import compare

_FRIDAY = 4


@rule(
    "unchanged",
    zh="涨跌与表相符",
    en="change agrees with the table",
    zh_meaning="文中称价格保持不变，则表中前后两行应相同。",
    en_meaning="Where the text says a price is unchanged, two dated rows of the table are the same.",
)
def unchanged(case: Case) -> Iterator[Finding]:
    """One finding for the low, the high or the single price of each product said to be unchanged."""
    for page in case.pages:
        tables = columns(case, page)
        for claim in page.figures if tables else []:
            day = case.last_day(claim)
            if day is None or claim.kind != "change" or claim.fact.form != "implicit":
                continue
            for column in matching(claim, tables):
                if rows := _rows(column.rows, day, claim.fact.base or ""):
                    yield from _findings(claim, *rows)


def _rows(rows: tuple[Row, ...], day: date, base: str) -> tuple[Row, Row] | None:
    """The row the claim is about, and the one it is measured against."""
    upto = [r for r in rows if day - timedelta(days=7) <= r.day <= day]
    if not upto:
        return None
    before = [r for r in rows if r.day < upto[-1].day]
    if "五" in base:
        friday = day - timedelta(days=(day.weekday() - _FRIDAY) % 7 or 7)
        before = [r for r in before if r.day <= friday] or before
    return (before[-1], upto[-1]) if before else None


def _findings(claim: Figure, before: Row, now: Row) -> Iterator[Finding]:
    for measure in sorted(set(before.prices) & set(now.prices)):
        old, new = before.prices[measure], now.prices[measure]
        if old.dimension == new.dimension:
            yield _finding(claim, old, new)


def _finding(claim: Figure, old: Figure, new: Figure) -> Finding:
    found = compare(
        lambda a, b: a - b, [new.face, old.face], [exactly(new.face), exactly(old.face)], exactly(0)
    )
    name = named(new)
    change = f"{new.printed} ({new.fact.period}) - {old.printed} ({old.fact.period})"
    arithmetic = f"{change} = {number(found.face / new.scale)} {SIGNS[found.verdict].replace('√', '=')} 0"
    return report(
        "unchanged",
        [claim, old, new],
        Text(f"{name}：{claim.fact.quote}", f"{name}: said to be unchanged"),
        Text(arithmetic, arithmetic),
        found,
    )
