"""Tables that still add up once they are rounded: what is below the last digit shown is nothing, and shown sums are sums of what is shown."""

from collections.abc import Sequence

import numpy as np

from touchstone.calc.pathway.case import Floats, Ints

_DIGITS = 4
"""Digits that count in the largest number; whole parts are never rounded."""
_MOST = 12
"""Places at most, as `pen.figure` writes them."""


def rounded(cells: Floats, before: float, after: float) -> Floats:
    """Cells (rows, columns) whose sum is `after - before`, rounded so that rows, columns and the whole add up to their own roundings.

    A cell is moved by one in the last place where sums ask for it, the largest of its row or column first, for there it is seen least.

    >>> rounded(np.array([[100.4, 1e-12], [20.4, -30.5]]), 1000.0, 1090.3).tolist()
    [[100.0, 0.0], [20.0, -30.0]]
    """
    unit = 10.0 ** -min(max(0, _DIGITS - 1 - _magnitude(max(abs(before), abs(after)))), _MOST)
    exact = cells / unit
    whole = np.rint(exact).astype(np.int64)
    total = round(after / unit) - round(before / unit)
    rows, columns = _shared(exact.sum(1), total), _shared(exact.sum(0), total)
    _moved(whole, np.abs(exact), rows - whole.sum(1), columns - whole.sum(0))
    shown: Floats = np.round(whole * unit, _MOST).astype(np.float64)
    return shown


def _magnitude(value: float) -> int:
    return int(np.floor(np.log10(value))) if value > 0 else 0


def _shared(parts: Floats, total: int) -> Ints:
    """Parts as whole numbers of a sum: the largest take what rounding leaves over."""
    found = np.rint(parts).astype(np.int64)
    for n in _cycled(np.argsort(-np.abs(parts)), total - int(found.sum())):
        found[n] += np.sign(total - int(found.sum()))
    return found


def _cycled(order: Ints, count: int) -> Sequence[int]:
    return [int(order[n % len(order)]) for n in range(abs(count))]


def _moved(whole: Ints, size: Floats, rows: Ints, columns: Ints) -> None:
    """Move cells by one until no row and no column is short or over; the sums of both are the same, so it ends."""
    while rows.any() or columns.any():
        up = int(np.sign(rows[np.flatnonzero(rows)[0]])) if rows.any() else 0
        wanting = [np.flatnonzero(np.sign(each) == up) if up else np.arange(0) for each in (rows, columns)]
        if up and len(wanting[1]):  # a row and a column that want the same
            i, j = _largest(size, wanting[0], wanting[1])
            whole[i, j] += up
            rows[i] -= up
            columns[j] -= up
            continue
        side, by_row = (rows, True) if rows.any() else (columns, False)
        more, less = int(np.argmax(side)), int(np.argmin(side))
        table = size if by_row else size.T
        cross = int(np.argmax(np.minimum(table[more], table[less])))
        for n, step in ((more, 1), (less, -1)):
            whole[(n, cross) if by_row else (cross, n)] += step
            side[n] -= step


def _largest(size: Floats, rows: Ints, columns: Ints) -> tuple[int, int]:
    part = size[np.ix_(rows, columns)]
    i, j = np.unravel_index(int(part.argmax()), part.shape)
    return int(rows[i]), int(columns[j])
