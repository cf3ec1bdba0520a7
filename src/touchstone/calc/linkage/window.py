"""The triangle of every window at once, from sums that windows share.

Windows that start within one stretch have a core of rows in common. The cross products of a window are those of
the core, plus those of the rows before it, plus those of the rows behind it: running sums outwards from the core.
Nothing is ever subtracted, so no error grows along the series, and each stretch is centred and scaled by itself.
A window whose triangle says that digits were lost all the same (series nearly dependent, or still beside their
movement elsewhere in the stretch) is computed again from its own rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.linkage.panel import Panel
from touchstone.calc.linkage.var import factor, scales
from touchstone.errors import UnusableSeries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_STRETCH = 64
"""Windows computed together; their cross products then stay in the processor's cache."""
_SAFE = 1e-4
"""Part of a column's raw square that centring and the columns before it must leave: four digits of sixteen."""


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Consecutive windows.

    Attributes:
        first: row at which the first of them starts.
        triangles: (windows, K, K) as `var.factor` gives them; the unit matrix where there is none.
        refused: by place in the stretch, why a window has no triangle.
    """

    first: int
    triangles: "NDArray[np.float64]"
    refused: dict[int, UnusableSeries]


def stretches(given: Panel, lag: int, rows: int) -> Iterator[Stretch]:
    """The triangles of all windows of `rows` rows, the first `lag` of which only serve as lags."""
    import numpy as np

    count, fitted = len(given) - rows + 1, rows - lag
    size = min(_STRETCH, fitted + 1 - lag)
    for first in range(0, count, size):
        windows = min(size, count - first)
        values = given.values[first : first + windows - 1 + rows]
        triangles, lost = _triangles(values, lag, fitted, windows)
        refused: dict[int, UnusableSeries] = {}
        for place in map(int, lost):
            start = first + place
            try:
                triangles[place] = factor(given.between(start, start + rows), lag)
            except UnusableSeries as why:
                triangles[place], refused[place] = np.eye(triangles.shape[-1]), why
        yield Stretch(first, triangles, refused)


def _triangles(
    values: "NDArray[np.float64]", lag: int, fitted: int, windows: int
) -> tuple["NDArray[np.float64]", "NDArray[np.intp]"]:
    """Triangles of the windows of one stretch, and the places of those that lost digits."""
    import numpy as np

    mean, spread = scales(values)
    scaled = np.where(spread > 0, values - mean, 0.0) / np.where(spread > 0, spread, 1.0)
    cross, sums = _moments(scaled, lag, fitted, windows)
    raw = np.diagonal(cross, axis1=1, axis2=2).copy()
    cross -= sums[:, :, None] * (sums[:, None, :] / fitted)
    triangles = _roots(cross)
    left = np.diagonal(triangles, axis1=1, axis2=2) ** 2
    return triangles, np.flatnonzero((left <= _SAFE * raw).any(axis=1))


def _roots(cross: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Cholesky triangles of a stack; zeros where there is none."""
    import numpy as np

    try:
        return np.asarray(np.linalg.cholesky(cross), dtype=np.float64)
    except np.linalg.LinAlgError:
        return np.stack([_root(each) for each in cross])


def _root(cross: "NDArray[np.float64]") -> "NDArray[np.float64]":
    import numpy as np

    try:
        return np.asarray(np.linalg.cholesky(cross), dtype=np.float64)
    except np.linalg.LinAlgError:
        return np.zeros_like(cross)


def _moments(
    scaled: "NDArray[np.float64]", lag: int, fitted: int, windows: int
) -> tuple["NDArray[np.float64]", "NDArray[np.float64]"]:
    """Raw cross products (windows, K, K), lower blocks only, and column sums (windows, K) of the lagged rows.

    The block of lags a and b of a window is the block of lags a - b and 0 of the window b rows earlier: one sum for each
    distance between lags serves all blocks.
    """
    import numpy as np

    width, order = scaled.shape[1], (*range(1, lag + 1), 0)
    ones = np.ones((len(scaled), 1))
    total = _shared_sums(scaled, ones, fitted, windows + lag)[:, :, 0]
    apart = [
        _shared_sums(scaled[d:], scaled[: len(scaled) - d], fitted, windows + lag - d) for d in range(lag + 1)
    ]
    cross = np.zeros((windows, (lag + 1) * width, (lag + 1) * width))
    sums = np.concatenate([total[lag - back : lag - back + windows] for back in order], axis=1)
    for row, a in enumerate(order):
        for column, b in enumerate(order[: row + 1]):
            near, distance = min(a, b), abs(a - b)
            start = lag - near - distance
            block = apart[distance][start : start + windows]
            across, down = slice(row * width, (row + 1) * width), slice(column * width, (column + 1) * width)
            cross[:, across, down] = block if a <= b else block.transpose(0, 2, 1)
    return cross, sums


def _shared_sums(
    now: "NDArray[np.float64]", then: "NDArray[np.float64]", fitted: int, starts: int
) -> "NDArray[np.float64]":
    """Sums of now[t] then[t]' over `fitted` rows from each of `starts` first rows: (starts, N, M)."""
    import numpy as np

    edge = starts - 1
    sums = np.zeros((starts, now.shape[1], then.shape[1]))
    before = now[:edge, :, None] * then[:edge, None, :]
    np.cumsum(before[::-1], axis=0, out=sums[:edge][::-1])
    behind = now[fitted : fitted + edge, :, None] * then[fitted : fitted + edge, None, :]
    sums[1:] += np.cumsum(behind, axis=0, out=behind)
    return sums + now[edge:fitted].T @ then[edge:fitted]
