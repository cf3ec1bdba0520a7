"""How far a spillover table could be off: the residuals of its VAR drawn anew in blocks.

Residual-based moving-block bootstrap: blocks of consecutive residuals are drawn with replacement, so that calm
and stormy stretches stay together; paths are built from them with the fitted coefficients, and every path is
fitted again. Source: "spillover.bootstrap" in data/methods/spillover.toml.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from touchstone.calc.linkage.autoregression import explosive, run
from touchstone.calc.linkage.convention import Convention
from touchstone.calc.linkage.decomposition import tables
from touchstone.calc.linkage.panel import Panel
from touchstone.calc.linkage.resampling import Resampling
from touchstone.calc.linkage.unfit import unstable
from touchstone.calc.linkage.var import UNTHREADED, fit_var, scales, solved, with_lags

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_AT_ONCE = 1 << 21
"""Numbers of all paths held at one time, 16 MB."""


def resampled_tables(
    given: Panel, lag: int, convention: Convention, how: Resampling, *windows: slice
) -> tuple["NDArray[np.float64]", ...]:
    """The spillover tables of paths as long as the panel, of these rows of each: (resamples, N, N) for each window.

    Raises:
        UnusableSeries: as `fit_var`, or the VAR explodes, so that its paths have no spread.
    """
    import numpy as np

    found = [
        [_tables(paths[:, rows], lag, convention) for rows in windows] for paths in _paths(given, lag, how)
    ]
    return tuple(np.concatenate(parts) for parts in zip(*found, strict=True))


def _paths(given: Panel, lag: int, how: Resampling) -> Iterator["NDArray[np.float64]"]:
    """Paths (some, T, N), each series in units of its own spread.

    A path starts from `lag` rows of the panel drawn anew: a start that is the same for all would pull the first
    rows of every path one way.
    """
    import numpy as np

    mean, spread = scales(given.values)
    values = (given.values - mean) / np.where(spread > 0, spread, 1.0)
    model = fit_var(Panel(given.names, given.periods, values), lag)
    if explosive(model.coefficients):
        raise unstable(given.names, given.periods)
    rows, dice = len(model.residuals), how.dice()
    picked = how.rows(rows, dice, circular=False)
    opening = dice.integers(0, rows + 1, size=how.resamples)[:, None] + np.arange(lag)
    block = how.length(rows, circular=False)
    windows = np.lib.stride_tricks.sliding_window_view(model.residuals, rows - block + 1, axis=0)
    added = model.intercept - windows.mean(axis=-1)[np.arange(rows) % block]
    some = max(1, _AT_ONCE // values.size)
    for first in range(0, how.resamples, some):
        part = slice(first, first + some)
        yield run(model.coefficients, values[opening[part]], model.residuals[picked[part]] + added)


def _tables(paths: "NDArray[np.float64]", lag: int, convention: Convention) -> "NDArray[np.float64]":
    """The spillover table of each path (B, T, N), in percent: (B, N, N)."""
    return tables(solved(_triangles(paths, lag), paths.shape[-1]), convention)


def _triangles(paths: "NDArray[np.float64]", lag: int) -> "NDArray[np.float64]":
    """From cross products, strip by strip; from the rows themselves where series hardly differ."""
    import numpy as np

    width = paths.shape[-1] * (lag + 1)
    centred = paths - paths.mean(axis=1, keepdims=True)
    cross, total = np.zeros((len(paths), width, width)), np.zeros((len(paths), width))
    strip = max(1, UNTHREADED // width**2)
    for first in range(0, paths.shape[1] - lag, strip):
        rows = with_lags(centred[:, first : first + strip + lag], lag)
        cross += rows.transpose(0, 2, 1) @ rows
        total += rows.sum(axis=1)
    cross -= total[:, :, None] * total[:, None, :] / (paths.shape[1] - lag)
    try:
        return np.asarray(np.linalg.cholesky(cross), dtype=np.float64)
    except np.linalg.LinAlgError:
        rows = with_lags(centred, lag)
        rows -= rows.mean(axis=1, keepdims=True)
        return np.swapaxes(np.asarray(np.linalg.qr(rows, mode="r"), dtype=np.float64), -1, -2)
