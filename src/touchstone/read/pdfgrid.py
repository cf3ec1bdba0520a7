"""Ruled tables: the ruling lines of a page → grids of cells, merged cells with their spans.

Lines that touch make one grid. Between two neighbouring fields without a rule there is one merged cell.
Open sides (tables without left and right border) are closed where the level rules end.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

Rule = tuple[float, float, float]
"""Place of a rule on the other axis, and where it begins and ends."""

_SNAP = 3.0
_MIN_LENGTH = 6.0
_MAX_FIELDS = 40_000


@dataclass(slots=True)
class Grid:
    """A ruled grid: `xs` and `ys` are its lines, `owner[row][column]` the cell a field belongs to.

    `cells` are (row, column, row span, column span), in the order of `owner`'s numbers. `ruled` is False
    where the columns were seen from white space: their edges then differ from page to page.
    """

    xs: list[float]
    ys: list[float]
    owner: list[list[int]] = field(default_factory=list)
    cells: list[tuple[int, int, int, int]] = field(default_factory=list)
    ruled: bool = True

    def find(self, x: float, y: float) -> int | None:
        """The number of the cell at a point; None outside the grid."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        inside = 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1
        return self.owner[row][column] if inside else None


def grids(across: list[Rule], down: list[Rule]) -> list[Grid]:
    """The grids of at least two columns and two rows, or three cells in one direction with the other ≥ 2."""
    level, upright = merged_rules(across), merged_rules(down)
    found = []
    for some_level, some_upright in _groups(level, upright):
        grid = _grid(some_level, some_upright)
        if grid and len(grid.xs) > 2 and len(grid.ys) > 2:
            found.append(grid)
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def merged_rules(rules: list[Rule]) -> list[Rule]:
    """Rules on nearly the same place brought to one, pieces in line joined, short strokes dropped."""
    merged: list[Rule] = []
    for group in _clusters(sorted(rules)):
        place = sum(rule[0] for rule in group) / len(group)
        start, end = None, 0.0
        for _, a, b in sorted(group, key=lambda rule: rule[1]):
            if start is None or a > end + _SNAP:
                if start is not None:
                    merged.append((place, start, end))
                start, end = a, b
            end = max(end, b)
        if start is not None:
            merged.append((place, start, end))
    return [rule for rule in merged if rule[2] - rule[1] >= _MIN_LENGTH]


def _clusters(rules: list[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in rules:
        if groups and rule[0] - groups[-1][0][0] <= _SNAP:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _groups(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that touch each other, directly or through others."""
    if len(level) * len(upright) > 1_000_000:
        return []
    parent = list(range(len(level) + len(upright)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    for number, (y, x0, x1) in enumerate(level):
        for other, (x, y0, y1) in enumerate(upright, start=len(level)):
            if x0 - _SNAP <= x <= x1 + _SNAP and y0 - _SNAP <= y <= y1 + _SNAP:
                parent[root(number)] = root(other)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for node, rule in enumerate([*level, *upright]):
        groups.setdefault(root(node), ([], []))[node >= len(level)].append(rule)
    return list(groups.values())


def _grid(level: list[Rule], upright: list[Rule]) -> Grid | None:
    if len(level) < 2 or not upright:
        return None
    xs = _lines([r[0] for r in upright], min(r[1] for r in level), max(r[2] for r in level))
    ys = _lines([r[0] for r in level], min(r[1] for r in upright), max(r[2] for r in upright))
    if (len(xs) - 1) * (len(ys) - 1) > _MAX_FIELDS:
        return None
    grid = Grid(xs, ys)
    rows = [_covered(ys, upright, x) for x in xs]
    columns = [_covered(xs, level, y) for y in ys]
    _own(grid, rows, columns)
    return grid


def _lines(places: list[float], first: float, last: float) -> list[float]:
    """Distinct places in order, with the ends of the crossing rules as outer lines."""
    lines: list[float] = []
    for place in sorted([*places, first, last]):
        if not lines or place - lines[-1] > _SNAP:
            lines.append(place)
    return lines


def _covered(steps: list[float], rules: list[Rule], place: float) -> list[bool]:
    """For each step between two lines, whether a rule at `place` covers its middle."""
    here = [(a, b) for at, a, b in rules if abs(at - place) <= _SNAP]
    return [any(a <= (s + e) / 2 <= b for a, b in here) for s, e in pairwise(steps)]


def _own(grid: Grid, walls: list[list[bool]], floors: list[list[bool]]) -> None:
    """Number the cells: a field grows to the right, then down, as far as no rule stops it."""
    width, height = len(grid.xs) - 1, len(grid.ys) - 1
    grid.owner = [[-1] * width for _ in range(height)]
    for row in range(height):
        for column in range(width):
            if grid.owner[row][column] >= 0:
                continue
            right = column + 1
            while right < width and not walls[right][row] and grid.owner[row][right] < 0:
                right += 1
            below = row + 1
            while (
                below < height and not any(floors[below][column:right]) and _open(walls, below, column, right)
            ):
                below += 1
            for y in range(row, below):
                grid.owner[y][column:right] = [len(grid.cells)] * (right - column)
            grid.cells.append((row, column, below - row, right - column))


def _open(walls: list[list[bool]], row: int, column: int, right: int) -> bool:
    """Whether the fields of `row` between two columns are free of upright rules."""
    return not any(walls[x][row] for x in range(column + 1, right))
