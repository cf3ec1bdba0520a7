"""Whether an estimated autoregression dies out: only such a one can be run again to draw samples from it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from touchstone.errors import UnusableSeries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_GROWTH = 10.0
"""How many times a shock may grow within the sample: estimates of a root of one often lie a little above it."""


def steady(names: Sequence[str], past: Sequence["NDArray[np.float64]"], rows: int) -> None:
    """Let pass an autoregression, given by its (N, N) weights of lag 1, 2, ..., if no shock grows beyond bounds in `rows`
    periods.

    Raises:
        UnusableSeries: one does.
    """
    import numpy as np

    series = len(past[0])
    companion = np.eye(series * len(past), k=-series)
    companion[:series] = np.hstack(past)
    largest = float(np.abs(np.linalg.eigvals(companion)).max())
    if largest <= _GROWTH ** (1 / rows):
        return
    raise UnusableSeries(
        "LINK-206", ", ".join(names), f"an estimated model that explodes (root {largest:.3f})",
        "a model whose deviations die out", "this result was not computed",
        "check for a break or a wrong price, and whether the series have a long-run relation at all",
        zh=(f"估计出的模型发散（特征根{largest:.3f}）", "偏离会逐渐消失的模型", "没有计算这一项", "检查突变或错误报价，以及各序列是否确有长期关系"),
    )  # fmt: skip
