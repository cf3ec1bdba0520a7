"""Sums: the total row and column of a table, indicators that are sums by definition, parts in a parenthesis."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from touchstone.audit.adding import adding, one_quantity
from touchstone.audit.case import Case
from touchstone.audit.declared import declared
from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding
from touchstone.audit.interval import ZERO, total
from touchstone.audit.listing import listings
from touchstone.audit.page import Page
from touchstone.audit.rule import rule
from touchstone.audit.ruled import Ruled, is_earlier, ruled, subtotal_of, total_of
from touchstone.facts.text import Text

_PART_OF = re.compile(r"其中|#|of ?which", re.I)
_NO_PART = re.compile(r"^(?:其中|#|of ?which|平均|average)|同比|环比|增[长速幅减]|增加?\s*$|占比", re.I)
_INCLUDING = re.compile(r"\s*(?:其中|包括|含|of which|including)", re.I)
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
    totals = {r: of for r in table.rows if (of := _sums_up(table.labels.get(r, ""))) is not None}
    if len(totals) != 1:
        return
    [(at, of)] = totals.items()
    rows = _rows_of(table, at)
    for column in table.columns:
        cells = table.column(column)
        if not (whole := cells.get(at)):
            continue
        parts = [f for r in rows if (f := cells.get(r)) and _is_same_sort(f, whole)]
        # 合计产量 below 产量 and 进口 is no total of both
        apart = of and not all(one_quantity(f, whole) for f in parts)
        if len(parts) > 1 and not apart and _may_add(table.heads.get(column, ""), parts, whole):
            yield adding("sum", parts, whole, note=_shares_note(whole))


def _sums_up(label: str) -> str | None:
    """What a label says it is the total or subtotal of."""
    of = total_of(label)
    return subtotal_of(label) if of is None else of


def _rows_of(table: Ruled, at: int) -> list[int]:
    """The rows above the total, or those below where it comes first; rows of another time are no parts."""
    first = at == table.rows[0]
    rows = [r for r in table.rows if (r > at if first else r < at)]
    # below a total 其中 opens a list that need not be complete
    if first and any(_PART_OF.match(table.labels.get(r, "")) for r in rows):
        return []
    return [r for r in rows if _is_part(table.labels.get(r, ""))]


def _is_part(label: str) -> bool:
    return not is_earlier(label) and not _NO_PART.search(label)


def _is_same_sort(part: Figure, whole: Figure) -> bool:
    return (part.dimension, part.kind) == (whole.dimension, whole.kind)


def _total_columns(table: Ruled) -> Iterator[Finding]:
    """A column of totals adds up the columns left of it, under its own upper head, down to the total before."""
    heads = {c: table.heads.get(c, "").split() for c in table.columns}
    totals = [c for c in table.columns if heads[c] and _sums_up(heads[c][-1]) is not None]
    for before, last in pairwise([-1, *totals]):
        beside = [c for c in table.columns if before < c < last and heads[c][:-1] == heads[last][:-1]]
        beside = [c for c in beside if _is_part("".join(heads[c]))]
        for row in table.rows:
            whole = table.figures.get((row, last))
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
    # 超5% may be any share above it
    plain = all(f.relation == "=" for f in (*parts, whole))
    return plain and sum((p.face for p in parts), ZERO) < whole.face * _DOUBLE


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
            # an incomplete list is a part of the whole, a near miss claims to be all of it, 其中 never does
            complete = not _INCLUDING.match(opening[1]) and _complete(parts, whole)
            yield adding("sum" if complete else "part_of_whole", parts, whole, "=" if complete else "<=")


def _complete(parts: list[Figure], whole: Figure) -> bool:
    """Parts well below the whole are an incomplete list; only a near miss claims to be complete."""
    return total([p.span for p in parts]).high >= whole.span.low * Decimal("0.98")
