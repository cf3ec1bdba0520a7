"""An autoregression as its weights: whether it dies out, and how it runs on with other shocks.

Weights are (p, N, N); `weights[j]` multiplies the values of j + 1 periods before.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from touchstone.errors import UnusableSeries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_GROWTH = 10.0
"""How many times a shock may grow within the sample: estimates of a root of one often lie a little above it."""


def explosive(weights: "NDArray[np.float64]") -> "NDArray[np.bool_]":
    """Whether autoregressions (..., p, N, N) have a root of modulus above 1: (...,).

    The norm of a power of the companion matrix bounds its roots, and settles most cases in a few products;
    only the others need eigenvalues.
    """
    import numpy as np

    companions = _companions(weights)
    verdict = np.zeros(len(companions), dtype=bool)
    open_, power = np.arange(len(companions)), companions
    for _ in range(8):
        unsettled = (power**2).sum(axis=(-1, -2)) >= 1
        open_, power = open_[unsettled], power[unsettled]
        if not len(open_):
            break
        power = power @ power
    if len(open_):
        verdict[open_] = _largest_roots(companions[open_]) > 1
    return verdict.reshape(weights.shape[:-3])


def steady(names: Sequence[str], weights: "NDArray[np.float64]", rows: int) -> None:
    """Let pass an autoregression if no shock grows beyond bounds in `rows` periods: only such a one can be run again.

    Raises:
        UnusableSeries: one does.
    """
    largest = float(_largest_roots(_companions(weights))[0])
    if largest <= _GROWTH ** (1 / rows):
        return
    raise UnusableSeries(
        "LINK-206", ", ".join(names), f"an estimated model that explodes (root {largest:.3f})",
        "a model whose deviations die out", "this result was not computed",
        "check for a break or a wrong price, and whether the series have a long-run relation at all",
        zh=(f"估计出的模型发散（特征根{largest:.3f}）", "偏离会逐渐消失的模型", "没有计算这一项", "检查突变或错误报价，以及各序列是否确有长期关系"),
    )  # fmt: skip


def run(
    weights: "NDArray[np.float64]", opening: "NDArray[np.float64]", shocks: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    """Paths (draws, some + T, N) that begin as `opening`, (draws or 1, some, N) of at least p rows, and go on with
    `shocks`, (draws, T, N): all that each period adds to what the past makes of it, constants included."""
    import numpy as np

    lag, start = len(weights), opening.shape[1]
    draws, rows, width = shocks.shape
    paths = np.empty((draws, start + rows, width))
    paths[:, :start] = opening
    steps = np.concatenate(list(weights.transpose(0, 2, 1)))
    for row in range(start, start + rows):
        past = paths[:, row - lag : row][:, ::-1].reshape(draws, -1)
        paths[:, row] = past @ steps + shocks[:, row - start]
    return paths


def _companions(weights: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """(many, p N, p N) of autoregressions (..., p, N, N)."""
    import numpy as np

    lag, width = weights.shape[-3:-1]
    flat = weights.reshape(-1, lag, width, width)
    companions = np.zeros((len(flat), lag * width, lag * width))
    companions[:, :width] = flat.transpose(0, 2, 1, 3).reshape(len(flat), width, lag * width)
    companions[:, width:, :-width] = np.eye((lag - 1) * width)
    return companions


def _largest_roots(companions: "NDArray[np.float64]") -> "NDArray[np.float64]":
    import numpy as np

    return np.abs(np.linalg.eigvals(companions)).max(axis=-1)
