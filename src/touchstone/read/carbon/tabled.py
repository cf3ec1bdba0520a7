"""A csv of activity data → rows: one value a line (`month`, `value`), or one line with its months as columns (`2024-01` …)."""

from collections.abc import Iterable
from dataclasses import replace

from touchstone.facts.activity import AMOUNT
from touchstone.read.carbon.cells import Grid, Said
from touchstone.read.carbon.month import is_written_as_month
from touchstone.read.carbon.naming import Pair, all_of
from touchstone.read.carbon.row import Row, Stated, Tell, no_table
from touchstone.read.refusal import refusal

_NAMES = {
    "unit": ("node", "核算单元", "单元"),
    "item": ("物项",),
    "parameter": ("quantity", "参数"),
    "measured_in": ("measured in", "measured-in", "计量单位", "单位"),
    "evidence": ("凭证种类", "凭证"),
    "month": ("月份",),
    "value": ("数值", "值"),
    "reference": ("编号", "凭证编号"),
    "day": ("日期", "凭证日期"),
    "source": ("来源",),
}
_NEEDED = ("unit", "item", "measured_in")


def stated_in_table(grid: Grid, tell: Tell) -> Stated:
    """The rows of a csv. Tells ACTIVITY-001: columns are missing; ACTIVITY-002: one is not known or there twice."""
    columns, months = _heads(grid, tell)
    long = {"month", "value"} <= columns.keys()
    missing = [name for name in _NEEDED if name not in columns]
    if missing or not (months or long):
        missing += [] if months or long else ["month", "value"]
        head = grid.at(0, 0).where
        en, zh = _named(missing)
        tell(no_table(head, (f"no column {en}", f"缺少列{zh}"), _named((*_NAMES, "2024-01 …"))))
        return Stated((), ())
    rows: list[Row] = []
    evidence: list[tuple[Said, ...]] = []
    blank: list[Said] = []
    for at in range(1, grid.rows):

        def cell(name: str, at: int = at) -> Said:
            found = columns.get(name)
            said = Said("", grid.at(at, 0).where, None) if found is None else grid.at(at, found)
            return said if said.text or name != "parameter" else replace(said, text=AMOUNT)

        values = tuple((grid.at(0, column), grid.at(at, column)) for column in months.values())
        if long:
            values = (*values, (cell("month"), cell("value")))
            blank += (
                [cell("value")]
                if cell("month").text and not any(said.text.strip() for _, said in values)
                else []
            )
        rows.append(
            Row(cell("unit"), cell("item"), cell("parameter"), cell("measured_in"), cell("evidence"), values)
        )
        if cell("reference").text:
            named = ("unit", "item", "parameter", "evidence", "month", "reference", "day")
            evidence.append(tuple(cell(name) for name in named))
    return Stated(tuple(rows), tuple(evidence), tuple(blank))


def _named(columns: Iterable[str]) -> Pair:
    """Heads as one may write them, in each language; what has no Chinese, as it is."""
    return all_of(
        (each, next((name for name in _NAMES.get(each, ()) if not name.isascii()), each)) for each in columns
    )


def _heads(grid: Grid, tell: Tell) -> tuple[dict[str, int], dict[str, int]]:
    """Columns by name, and columns by month."""
    columns: dict[str, int] = {}
    months: dict[str, int] = {}
    for column, said in grid.row(0):
        word = said.text.strip().lower()
        name = next((key for key, also in _NAMES.items() if word == key or word in also), "")
        into = months if is_written_as_month(word) else columns
        key = word if into is months else name
        if not key or key in into:
            tell(
                refusal("ACTIVITY-002", said.where, found=said.text, expected=_named((*_NAMES, "2024-01 …")))
            )
        else:
            into[key] = column
    return columns, months
