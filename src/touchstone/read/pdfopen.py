"""Tables with level rules only (三线表, book tables): columns are seen from the white between the texts.

Between two rules of one length every row must fall into columns; a rule over running text is none of these.
With three rules each printed line below the head is a row; with more, each band between two rules is one.
"""

from bisect import bisect_right
from itertools import pairwise

from touchstone.read.pdfgrid import Grid, Rule, merged_rules
from touchstone.read.pdfpage import Glyph, Page

_SAME_END = 6.0
_WORD_GAP = 1.0
"""Gap between two columns, in character heights, at least."""
_LEAST_LENGTH = 0.2
"""Length of a rule as a part of the page's width, at least."""
_MOST_RULES = 400
"""Rules on a page beyond which they are a drawing."""

Segment = tuple[float, float]
"""Left and right end of a run of text in one row."""


def open_grids(page: Page, ruled: list[Grid]) -> list[Grid]:
    """Grids between level rules that belong to none of the `ruled` grids."""
    rules = [
        rule
        for rule in merged_rules(page.across)
        if rule[2] - rule[1] >= _LEAST_LENGTH * page.width and not any(_touches(rule, grid) for grid in ruled)
    ]
    if len(rules) > _MOST_RULES:
        return []
    found = []
    for run in _runs(rules):
        bands = [printed_rows(page.glyphs, above, below) for above, below in pairwise(run)]
        start = 0
        for end in range(len(bands) + 1):
            if end == len(bands) or not _in_columns(bands[end]):
                grid = _grid(run[start : end + 1], bands[start:end])
                if grid:
                    found.append(grid)
                start = end + 1
    return found


def _touches(rule: Rule, grid: Grid) -> bool:
    return (
        grid.ys[0] - 1 <= rule[0] <= grid.ys[-1] + 1
        and rule[1] < grid.xs[-1] + 1
        and rule[2] > grid.xs[0] - 1
    )


def _runs(rules: list[Rule]) -> list[list[Rule]]:
    """Rules of one length and place sideways, from the top down."""
    runs: list[list[Rule]] = []
    for rule in sorted(rules):
        for run in runs:
            if abs(run[0][1] - rule[1]) <= _SAME_END and abs(run[0][2] - rule[2]) <= _SAME_END:
                run.append(rule)
                break
        else:
            runs.append([rule])
    return [run for run in runs if len(run) > 1]


def printed_rows(glyphs: list[Glyph], above: Rule, below: Rule) -> list[list[Glyph]]:
    """The printed lines between two rules, from the top down, without blanks."""
    inside = [
        g
        for g in glyphs
        if above[0] < (g.top + g.bottom) / 2 < below[0]
        and above[1] - _SAME_END <= (g.x0 + g.x1) / 2 <= above[2] + _SAME_END
        and not g.char.isspace()
    ]
    rows: list[list[Glyph]] = []
    for glyph in sorted(inside, key=lambda g: g.top + g.bottom):
        last = rows[-1][-1] if rows else None
        if last and (glyph.top + glyph.bottom - last.top - last.bottom) / 2 < 0.4 * max(
            glyph.size, last.size
        ):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return rows


def _segments(row: list[Glyph]) -> list[Segment]:
    segments: list[Segment] = []
    for glyph in sorted(row, key=lambda g: g.x0):
        if segments and glyph.x0 - segments[-1][1] < _WORD_GAP * glyph.size:
            segments[-1] = (segments[-1][0], max(segments[-1][1], glyph.x1))
        else:
            segments.append((glyph.x0, glyph.x1))
    return segments


def _in_columns(rows: list[list[Glyph]]) -> bool:
    """Whether a band holds rows of a table: most have more than one run of text."""
    several = sum(len(_segments(row)) > 1 for row in rows)
    return bool(rows) and several * 2 >= len(rows)


def _grid(rules: list[Rule], bands: list[list[list[Glyph]]]) -> Grid | None:
    if len(bands) < 2:
        return None
    white = _white([_segments(row) for band in bands[1:] for row in band])
    if not white:
        return None
    xs = [min(r[1] for r in rules), *white, max(r[2] for r in rules)]
    ys, lines = [rules[0][0]], []
    for band, rule in zip(bands, rules[1:], strict=True):
        parts = [[glyph for row in band for glyph in row]] if len(bands) > 2 else band
        ys += [(above[0].bottom + below[0].top) / 2 for above, below in pairwise(parts)] + [rule[0]]
        lines += parts
    grid = Grid(xs, ys, ruled=False)
    for row, glyphs in enumerate(lines):
        _own(grid, row, _segments(glyphs))
    return grid


def _white(rows: list[list[Segment]]) -> list[float]:
    """Middles of the gaps that no row of the body crosses."""
    gaps, right = [], None
    for x0, x1 in sorted(segment for row in rows for segment in row):
        if right is not None and x0 - right > 2:
            gaps.append((right + x0) / 2)
        right = x1 if right is None else max(right, x1)
    return gaps


def _own(grid: Grid, row: int, segments: list[Segment]) -> None:
    """Cells of one row: a text over several columns is one cell with a span."""
    width = len(grid.xs) - 1
    reach = list(range(1, width + 1))
    for x0, x1 in segments:
        first = min(max(bisect_right(grid.xs, x0 + 1) - 1, 0), width - 1)
        reach[first] = max(reach[first], min(max(bisect_right(grid.xs, x1 - 1), first + 1), width))
    owner, column = [], 0
    while column < width:
        owner += [len(grid.cells)] * (reach[column] - column)
        grid.cells.append((row, column, 1, reach[column] - column))
        column = reach[column]
    grid.owner.append(owner)
