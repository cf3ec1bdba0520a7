"""Sums: the total row and column of a table, indicators that are sums by definition, parts in a parenthesis."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from touchstone.audit.adding import added, adding
from touchstone.audit.case import Case
from touchstone.audit.declared import declared
from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding, Text
from touchstone.audit.listing import listings
from touchstone.audit.page import Page
from touchstone.audit.rule import rule
from touchstone.audit.ruled import Ruled, ruled

_TOTAL = re.compile(r"^(合计|总计|总和|共计|小计|total|sum)(?![\w率])", re.I)
_PART_OF = re.compile(r"^(其中|#|of which)", re.I)
_NO_PART = re.compile(r"^(其中|上年|去年|上月|同期|平均)|同比|环比|增|占比")
_MEANS = ("price", "index", "grade", "intensity")
_DOUBLE = Decimal("1.5")
"""A column that adds up to more than this times its total has subtotals in it."""


@rule(
    "sum",
    zh="合计相符",
    en="parts add up to the whole",
    zh_meaning="合计行、合计列应等于各行、各列之和；由定义相加的指标、括号内的各部分也应相加相符。",
    en_meaning="A total row or column is the sum of its parts; so are indicators defined as sums, and parts in a parenthesis.",
)
def sum_(case: Case) -> Iterator[Finding]:
    """Findings for each row or column of totals, each declared sum, each parenthesis and list of parts."""
    for page in case.pages:
        for table in ruled(page):
            yield from _total_rows(table)
            yield from _total_columns(table)
            yield from _defined(table)
        yield from _parentheses(page)
        yield from (adding("sum", parts, whole) for parts, whole in listings(page))


def _total_rows(table: Ruled) -> Iterator[Finding]:
    totals = [r for r in table.rows if _TOTAL.match(table.labels.get(r, ""))]
    if len(totals) != 1:
        return
    for column in table.columns:
        cells = table.column(column)
        whole = cells.get(totals[0])
        parts = [
            f
            for r, f in sorted(cells.items())
            if r < totals[0]
            and whole
            and (f.dimension, f.kind) == (whole.dimension, whole.kind)
            and not _PART_OF.match(table.labels.get(r, ""))
        ]
        if whole and len(parts) > 1 and _may_add(table.heads.get(column, ""), parts, whole):
            yield adding("sum", parts, whole, note=_shares_note(whole))


def _total_columns(table: Ruled) -> Iterator[Finding]:
    """A column of totals adds up the columns left of it, under its own upper head, down to the total before."""
    heads = {c: table.heads.get(c, "").split() for c in table.columns}
    totals = [c for c in table.columns if heads[c] and _TOTAL.match(heads[c][-1])]
    for before, total in pairwise([-1, *totals]):
        beside = [c for c in table.columns if before < c < total and heads[c][:-1] == heads[total][:-1]]
        beside = [c for c in beside if not _NO_PART.search("".join(heads[c]))]
        for row in table.rows:
            whole = table.figures.get((row, total))
            cells = [f for c in beside if (f := table.figures.get((row, c)))]
            complete = whole and len(cells) == len(beside) > 1 and _alike(cells, whole)
            if whole and complete and _may_add(table.labels.get(row, ""), cells, whole):
                yield adding("sum", cells, whole)


def _alike(cells: list[Figure], whole: Figure) -> bool:
    """One unit and one measure, of a kind that adds up: quotes of several places do not."""
    alike = {(f.dimension, f.kind, f.fact.measure) for f in (*cells, whole)}
    return len(alike) == 1 and whole.dimension != "%" and not whole.fact.measure.startswith(_MEANS)


def _may_add(head: str, parts: list[Figure], whole: Figure) -> bool:
    if whole.dimension == "%" and (abs(whole.face - 100) > 1 or not re.search("占|比重|份额|share", head)):
        return False
    if whole.kind == "change" or re.search("同比|环比|增长|增速|均|率", head):
        return False
    return added(parts, whole).face < whole.face * _DOUBLE


def _shares_note(whole: Figure) -> Text | None:
    if whole.dimension != "%":
        return None
    return Text(
        "占比逐项舍入，合计可差若干个半单位。",
        "Each share is rounded by itself; the sum may be off by as many half-units.",
    )


def _defined(table: Ruled) -> Iterator[Finding]:
    """Indicator tables whose rows are the parts of another row by definition."""
    for definition in declared("sums")["sum"]:
        whole_rows = [r for r in table.rows if re.search(definition["whole"], table.labels.get(r, ""))]
        part_rows = [
            # a total may name its parts in its own label: 排放总量（范围一+范围二）
            [r for r in table.rows if r not in whole_rows and re.search(p, table.labels.get(r, ""))]
            for p in definition["parts"]
        ]
        if len(whole_rows) == 1 and all(len(rows) == 1 for rows in part_rows):
            for column in table.columns:
                cells = table.column(column)
                whole = cells.get(whole_rows[0])
                parts = [cells[rows[0]] for rows in part_rows if rows[0] in cells]
                if (
                    whole
                    and len(parts) == len(part_rows)
                    and {p.dimension for p in parts} == {whole.dimension}
                ):
                    yield adding("sum", parts, whole)


def _parentheses(page: Page) -> Iterator[Finding]:
    """`11GW(PERC电池为10.2GW，N型电池为800MW)`: two or more parts of the unit of the figure before."""
    for i, whole in enumerate(page.figures):
        opening = re.match(r"\s*[（(]([^（()）]*)[）)]", page.text[whole.end : whole.end + 120])
        if (
            not opening
            or whole.dimension in ("", "%")
            or whole.kind not in ("level", "count")
            or page.in_table(whole)
        ):
            continue
        end = whole.end + opening.end()
        parts = [f for f in page.figures[i + 1 : i + 9] if f.start < end and f.dimension == whole.dimension]
        parts = [f for f in parts if f.kind in ("level", "count") and f.fact.value_high is None]
        if len(parts) > 1 and whole.fact.value_high is None and all(p.face < whole.face for p in parts):
            # an incomplete list is a part of the whole, a near miss claims to be all of it
            complete = _complete(parts, whole)
            yield adding("sum" if complete else "part_of_whole", parts, whole, "=" if complete else "<=")


def _complete(parts: list[Figure], whole: Figure) -> bool:
    """Parts well below the whole are an incomplete list; only a near miss claims to be complete."""
    return added(parts, whole).computed.high >= whole.span.low * Decimal("0.98")
