"""The solver: one elastic linear program over all groups, and the fewest figures to free by MILP.

Every variable is the error of a figure in half-units, between -1 and 1, and every row is
scaled to its largest coefficient, so that tolerances mean the same for tonnes and per cent.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

INFINITY = float("inf")


@dataclass(frozen=True, slots=True)
class Row:
    """low <= sum of coefficient * variable <= high, over named variables."""

    terms: Mapping[str, float]
    low: float
    high: float


def slacks(rows: Sequence[Row], hidden: frozenset[str]) -> list[float]:
    """How much each row has to give so that all rows hold with every error inside [-1, 1].

    Args:
        rows: scaled rows, one connected group or many at once.
        hidden: variables that stand for no printed figure and may take any value.

    Returns:
        One amount per row, in units of its largest term; 0 where it need not give.
    """
    names = _names(rows)
    n, m = len(names), len(rows)
    matrix = [[*_entries(row, names), (n + i, 1.0), (n + m + i, -1.0)] for i, row in enumerate(rows)]
    bounds = [(-INFINITY, INFINITY) if name in hidden else (-1.0, 1.0) for name in names]
    costs = [0.0] * n + [1.0] * (2 * m)
    solved = _solve(costs, [*bounds, *[(0.0, INFINITY)] * (2 * m)], rows, matrix, frozenset())
    assert solved is not None, "an elastic program always has a solution"
    return [solved[n + i] + solved[n + m + i] for i in range(m)]


def fewest(
    rows: Sequence[Row], hidden: frozenset[str], reach: float, order: Sequence[str]
) -> list[str] | None:
    """The fewest variables that, set free up to `reach` half-units, let all rows hold.

    Of several smallest sets the one that comes first in `order` is returned, so that the answer
    does not depend on the solver's path; None where no set will do.
    """
    names = _names(rows)
    place = {name: i for i, name in enumerate(order)}
    printed = sorted((name for name in names if name not in hidden), key=place.__getitem__)
    n, extra = len(names), len(printed)
    column = {name: i for i, name in enumerate(names)}
    matrix = [_entries(row, names) for row in rows]
    limits = [Row({}, -INFINITY, 1.0) for _ in range(2 * extra)]
    for j, name in enumerate(printed):
        matrix.append([(column[name], 1.0), (n + j, -reach)])
        matrix.append([(column[name], -1.0), (n + j, -reach)])
    bounds = [(-INFINITY, INFINITY)] * n + [(0.0, 1.0)] * extra
    # a tiny rising cost breaks ties by order
    costs = [0.0] * n + [1.0 + 1e-4 * j / max(1, extra) for j in range(extra)]
    solved = _solve(costs, bounds, [*rows, *limits], matrix, frozenset(range(n, n + extra)))
    return None if solved is None else [name for j, name in enumerate(printed) if solved[n + j] > 0.5]


def _names(rows: Sequence[Row]) -> list[str]:
    return sorted({name for row in rows for name in row.terms})


def _entries(row: Row, names: Sequence[str]) -> list[tuple[int, float]]:
    return [(bisect_left(names, name), value) for name, value in sorted(row.terms.items())]


def _solve(
    costs: Sequence[float],
    bounds: Sequence[tuple[float, float]],
    rows: Sequence[Row],
    matrix: Sequence[Sequence[tuple[int, float]]],
    whole: frozenset[int],
) -> list[float] | None:
    """Minimise; None where there is no solution. HiGHS is imported here: it costs start-up time."""
    import highspy
    import numpy

    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(costs), len(rows)
    program.col_cost_ = numpy.array(costs)
    program.col_lower_ = numpy.array([low for low, _ in bounds])
    program.col_upper_ = numpy.array([high for _, high in bounds])
    program.row_lower_ = numpy.array([row.low for row in rows])
    program.row_upper_ = numpy.array([row.high for row in rows])
    starts = [0]
    for entries in matrix:
        starts.append(starts[-1] + len(entries))
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = numpy.array(starts)
    program.a_matrix_.index_ = numpy.array([i for entries in matrix for i, _ in entries])
    program.a_matrix_.value_ = numpy.array([v for entries in matrix for _, v in entries])
    if whole:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        program.integrality_ = [kinds[i in whole] for i in range(len(costs))]
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.passModel(program)
    solver.run()
    solved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return list(solver.getSolution().col_value) if solved else None
