"""Text and table: what a sentence quotes is what the table shows."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding
from touchstone.audit.move import is_base_or_change
from touchstone.audit.page import Page
from touchstone.audit.report import SIGNS, named, report
from touchstone.audit.rule import rule
from touchstone.audit.ruled import ruled
from touchstone.audit.sameness import Placed, agreement, groups, judge
from touchstone.audit.share import pair_lists
from touchstone.audit.tables import Column, Row, columns, matching
from touchstone.audit.verdict import Judgement, compare
from touchstone.facts.text import Text

_VALUES = 8
"""Values of one figure in one text that are tested; more are hardly one figure, and each is tested with each cell."""
_WEEK_EARLIER = re.compile(
    r"\s?(?:(?:a|one) week (?:earlier|ago|before)|the (?:previous|prior) week|last week)\b"
)
_NEAR = 24
_ELSEWHEN = re.compile(r"预计|预期|去年|上周|此前|曾|还盘|生产商|贸易商|消费商|实单|计划|expected")


@rule(
    "text_table",
    zh="文表相符",
    en="text agrees with table",
    zh_meaning="同一对象、指标、时期与市场，文中数字应与表中一致。",
    en_meaning="One subject, measure, period and place has one figure in the text and in the table.",
)
def text_table(case: Case) -> Iterator[Finding]:
    """One finding for each figure of the text that a table shows as well; prices by their dated columns."""
    yield from _prices(case)
    yield from _shares(case)
    for group in groups(case):
        said = _said(group)
        for page, shown in group:
            if page.in_table(shown) and not shown.fact.measure.startswith("price"):
                yield from _shown(shown, said.get(page, []))


def _said(group: list[Placed]) -> Mapping[Page, list[Figure]]:
    """The values the text of each page gives, each at its first mention."""
    found: dict[Page, dict[Decimal, Figure]] = defaultdict(dict)
    for page, f in group:
        if not page.in_table(f) and len(found[page]) < _VALUES:
            found[page].setdefault(f.face, f)
    return {page: list(values.values()) for page, values in found.items()}


def _shown(shown: Figure, said: list[Figure]) -> Iterator[Finding]:
    for f in said:
        if found := judge(f, shown):
            yield agreement("text_table", f, shown, found, Text("文中与表中", "text and table"))


def _shares(case: Case) -> Iterator[Finding]:
    """The share of one amount, in the text and in the row of the table that shows the same amount."""
    for page in case.pages:
        rows = {
            (amount.face, amount.dimension): share
            for table in ruled(page)
            for (row, column), share in table.figures.items()
            if share.kind == "share" and (amount := table.amount_of(row, column))
        }
        for amount, share in (pair for pairs in pair_lists(page) for pair in pairs) if rows else []:
            shown = rows.get((amount.face, amount.dimension))
            if shown and _one_thing(amount, shown):
                yield _share_shown(share, shown)


def _share_shown(share: Figure, shown: Figure) -> Finding:
    """The table may show more than 超5%."""
    found = compare(lambda x: x, [shown.face], [shown.span], share.span, share.relation)
    where = Text("文中与表中的占比", "share in text and table")
    finding = agreement("text_table", share, shown, found, where)
    if not share.fact.approx:
        return finding
    arithmetic = f"{shown.printed} {SIGNS[found.verdict]} {share.said}"
    return replace(finding, arithmetic=Text(arithmetic, arithmetic))


def _one_thing(amount: Figure, shown: Figure) -> bool:
    """An amount of the text and a row of the table that begin with the same words."""
    words = shown.fact.subject_words.split()
    return bool(words) and (words[0] in amount.fact.subject_words or amount.fact.subject_words in words[0])


def _prices(case: Case) -> Iterator[Finding]:
    for page in case.pages:
        tables = columns(case, page)
        for f in page.figures if tables else []:
            if not f.is_price or page.in_table(f) or f.fact.approx:
                continue
            if _WEEK_EARLIER.match(page.after(f, _NEAR)):
                yield from _week_earlier(case, page, f, tables)
                continue
            if is_base_or_change(page, f):
                continue
            if _ELSEWHEN.search(page.text[slice(*page.sentence(f))].split("，")[0]):
                continue
            for column in matching(f, tables):
                row = _row(case, f, column.rows)
                shown = row.prices.get(f.fact.measure) if row else None
                if shown and _comparable(f, shown):
                    yield _finding(f, shown)


def _week_earlier(case: Case, page: Page, figure: Figure, tables: list[Column]) -> Iterator[Finding]:
    """A price that its sentence dates a week before what it tells of: the row of then, or the last one before it."""
    start, _ = page.sentence(figure)
    days = [day for f in page.inside(start, figure.start) if f.is_price and (day := case.last_day(f))]
    for column in matching(figure, tables) if days else []:
        then = days[-1] - timedelta(days=7)
        row = next((r for r in reversed(column.rows) if then - timedelta(days=7) < r.day <= then), None)
        shown = row.prices.get(figure.fact.measure) if row else None
        if shown and _comparable(figure, shown):
            yield _finding(figure, shown)


def _row(case: Case, figure: Figure, rows: tuple[Row, ...]) -> Row | None:
    """The last row on or before the day of the text, at most a week old; the last one for a text without a day."""
    day = case.last_day(figure)
    if day is None:
        return rows[-1]
    return next((r for r in reversed(rows) if day - timedelta(days=7) <= r.day <= day), None)


def _comparable(said: Figure, shown: Figure) -> bool:
    return said.dimension == shown.dimension or said.fact.unit.startswith(f"{shown.fact.unit}/")


def _finding(said: Figure, shown: Figure) -> Finding:
    """Compare in base units, or as printed where the table leaves the mass out (美元 for 美元/磅)."""
    if said.dimension == shown.dimension:
        found = compare(lambda x: x, [shown.face], [shown.span], said.span)
    else:
        printed = shown.span.times(said.scale / shown.scale)
        found = compare(lambda x: x, [shown.fact.value * said.scale], [printed], said.span)
    return _report(said, shown, found, said.fact.period == shown.fact.period)


def _report(said: Figure, shown: Figure, found: Judgement, same_day: bool) -> Finding:
    """A difference between two days is only a reason to look."""
    verdict: Judgement | str = found if same_day or found.verdict == "holds" else "warning"
    name = named(said)
    sign = SIGNS[found.verdict].replace("√", "=")
    arithmetic = f"{said.printed} {sign} {shown.printed} ({shown.fact.period})"
    return report(
        "text_table",
        [said, shown],
        Text(
            f"{name.zh}：文中 {said.printed} = 表中 {shown.printed}",
            f"{name.en}: text {said.printed} = table {shown.printed}",
        ),
        Text(arithmetic, arithmetic),
        verdict,
    )
