"""A unit row laid over the columns of a table, also where its merged cells were lost.

The columns are cut into one run for each unit cell: where the text prints their values with that unit,
and where the values jump most in size.
"""

import math
import re
from itertools import pairwise

from touchstone.facts.document import Cell

_CHOICES = 10_000
"""Unit cells times heads above which no unit is laid over the columns."""
Rows = list[dict[int, Cell]]
"""Rows of values, each by column."""


def words_of(cell: Cell, text: str) -> str:
    """The words of a cell as printed."""
    return text[cell.start : cell.end].strip()


def unit_cells(
    row: dict[int, Cell], rows: Rows, heads: dict[int, list[Cell]], text: str, spans: bool
) -> dict[int, Cell]:
    """The unit cell over each column.

    Args:
        row: the cells of the unit row, by column.
        rows: the rows of values above or below it.
        heads: the head cells over each column.
        text: the document's normalised text.
        spans: whether merged cells are known; else the units are laid over the columns.
    """
    cells = [cell for c, cell in sorted(row.items()) if c > min(row)]
    columns = _value_columns(rows)
    if spans or not columns:
        return {c: cell for c, cell in row.items() if c > min(row)}
    named = sorted(c for c in heads if c > 0)
    groups = [
        columns[i * len(columns) // len(named) : (i + 1) * len(columns) // len(named)]
        for i in range(len(named))
    ]
    shares = _split(groups, cells, rows, text)
    return {c: cell for cell, share in zip(cells, shares, strict=True) for group in share for c in group}


def _value_columns(rows: Rows) -> list[int]:
    return sorted({c for row in rows for c in row if c > 0})


def _split(groups: list[list[int]], cells: list[Cell], rows: Rows, text: str) -> list[list[list[int]]]:
    """Cut the columns into one run for each unit cell, see `best_cuts`."""
    parts = len(cells)
    if parts >= len(groups):
        return [[group] for group in groups] + [[] for _ in range(parts - len(groups))]
    if parts * len(groups) > _CHOICES:
        return [[] for _ in cells]
    sizes = [_size(group, rows, text) for group in groups]
    beside = [_printed_beside(words_of(cell, text), text) for cell in cells]
    values = [_values(group, rows, text) for group in groups]
    printed = [[not value.isdisjoint(known) for known in beside] for value in values]
    cuts = best_cuts(printed, sizes)
    return [groups[a:b] for a, b in pairwise([0, *cuts, len(groups)])]


def best_cuts(printed: list[list[bool]], sizes: list[int]) -> list[int]:
    """Where to cut a row of groups into one run for each unit.

    Args:
        printed: whether the text prints a value of a group with a unit; `(groups, units)`, no more units than groups.
        sizes: of the values in each group; `(groups,)`.

    Returns:
        The first group of each run but the first. These cuts agree most with what is printed; among equals the
        sizes jump most at them; among equals they come first.
    """
    jumps = [abs(b - a) for a, b in pairwise(sizes)]
    agreeing = sum(jumps) + 1
    # best[k]: the merit of all groups from the present one on, which is in run k; it is built from the last group back.
    best: list[float] = [-math.inf] * len(printed[-1])
    best[-1] = agreeing * printed[-1][-1]
    cut_behind: list[list[bool]] = []
    for jump, agrees in zip(reversed(jumps), reversed(printed[:-1]), strict=True):
        cut = [jump + merit for merit in best[1:]] + [-math.inf]
        cut_behind.append([a >= b for a, b in zip(cut, best, strict=True)])
        best = [max(a, b) + agreeing * c for a, b, c in zip(cut, best, agrees, strict=True)]
    cuts: list[int] = []
    for group, choices in enumerate(reversed(cut_behind), 1):
        if choices[len(cuts)]:
            cuts.append(group)
    return cuts


def _printed_beside(unit: str, text: str) -> set[str]:
    """The numbers that a text prints with a unit behind them."""
    return set(re.findall(rf"(\d(?<![\d.,]\d)[\d.,]{{0,24}})\s?{re.escape(unit)}", text))


def _values(group: list[int], rows: Rows, text: str) -> set[str]:
    """What the cells of some columns print, without single characters, which agree by chance."""
    words = {words_of(row[c], text) for row in rows for c in group if c in row}
    return {word for word in words if len(word) > 1}


def _size(group: list[int], rows: Rows, text: str) -> int:
    """How large the values are: the logarithm in millionths, whole so that sums of it are exact."""
    values = [
        float(words_of(row[c], text).replace(",", ""))
        for row in rows
        for c in group
        if c in row and re.fullmatch(r"\d[\d,]*(?:\.\d+)?", words_of(row[c], text))
    ]
    return round(1e6 * math.log(min(max(*values, 1e-9), 1e300))) if values else 0
