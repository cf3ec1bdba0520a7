"""Text and table: what a sentence quotes is what the table shows."""

import re
from collections.abc import Iterator
from datetime import timedelta

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding, Text
from touchstone.audit.page import Page
from touchstone.audit.report import SIGNS, report
from touchstone.audit.rule import rule
from touchstone.audit.sameness import agreement, groups, judge
from touchstone.audit.tables import Row, columns, matching
from touchstone.audit.verdict import Judgement, compare

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
    for group in groups(case):
        said = [(page, f) for page, f in group if not page.in_table(f)]
        for page, shown in group:
            if page.in_table(shown) and not shown.fact.measure.startswith("price"):
                yield from _shown(page, shown, [f for p, f in said if p is page])


def _shown(page: Page, shown: Figure, said: list[Figure]) -> Iterator[Finding]:
    for f in said[:1]:
        if found := judge(f, shown):
            yield agreement("text_table", f, shown, found, Text("文中与表中", "text and table"))


def _prices(case: Case) -> Iterator[Finding]:
    for page in case.pages:
        tables = columns(case, page)
        for f in page.figures if tables else []:
            if not f.fact.measure.startswith("price") or page.in_table(f) or f.fact.period not in case.spans:
                continue
            if _ELSEWHEN.search(page.text[slice(*page.sentence(f))].split("，")[0]) or f.fact.approx:
                continue
            for column in matching(f, tables):
                if row := _row(case, f, column.rows):
                    shown = row.prices.get(f.fact.measure)
                    if shown and _comparable(f, shown):
                        yield _finding(f, shown)


def _row(case: Case, figure: Figure, rows: tuple[Row, ...]) -> Row | None:
    """The last row on or before the day of the text, at most a week old."""
    assert figure.fact.period is not None
    day = case.spans[figure.fact.period][1]
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
    name = said.fact.subject_words or said.fact.subject
    sign = SIGNS[found.verdict].replace("√", "=")
    arithmetic = f"{said.printed} {sign} {shown.printed} ({shown.fact.period})"
    return report(
        "text_table",
        [said, shown],
        Text(
            f"{name}：文中 {said.printed} = 表中 {shown.printed}",
            f"{name}: text {said.printed} = table {shown.printed}",
        ),
        Text(arithmetic, arithmetic),
        verdict,
    )
