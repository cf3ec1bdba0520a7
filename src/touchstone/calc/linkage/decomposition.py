"""Forecast error variance decomposition: whose shocks move whom, as shares.

`generalised` (Pesaran & Shin 1998) needs no ordering; its rows do not sum to 1 and are normalised.
`cholesky` depends on the order of the series: a shock of one moves those after it in the same period.
Sources: "spillover.generalised" and "spillover.cholesky" in data/methods/spillover.toml.
"""

from typing import TYPE_CHECKING

from touchstone.calc.linkage.convention import Convention, Decomposition
from touchstone.calc.linkage.var import Dynamics

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def tables(given: Dynamics, convention: Convention) -> "NDArray[np.float64]":
    """Spillover tables of VARs, in percent: (..., N, N); a factor common to a covariance changes nothing.

    Row i says from whose shocks the forecast error variance of series i comes.
    """
    responses = moving_average(given.coefficients, convention.horizon)
    if given.basis is not None:
        *leading, width, steps, _ = responses.shape
        flat = given.basis @ responses.reshape(*leading, width, steps * width)
        responses = flat.reshape(responses.shape)
    shares = _contributions(responses, given, convention.decomposition)
    if convention.normalisation == "row":
        return 100 * shares / shares.sum(axis=-1, keepdims=True)
    shares /= _contributions(responses, given, "cholesky").sum(axis=-1, keepdims=True)
    if convention.normalisation == "none":
        return 100 * shares
    return 100 * shares / shares.sum(axis=-2, keepdims=True)


def moving_average(coefficients: "NDArray[np.float64]", horizon: int) -> "NDArray[np.float64]":
    """Responses to a unit shock, A_0 = I to A_(H-1); A_h is the sum over j of coefficient j times A_(h-j).

    Returns:
        (..., N, H, N): of series i, h steps after the shock of series j.
    """
    import numpy as np

    *leading, lag, width, _ = coefficients.shape
    responses = np.empty((*leading, width, horizon, width))
    responses[..., 0, :] = np.eye(width)
    for step in range(1, horizon):
        latest = responses[..., step, :]
        np.matmul(coefficients[..., 0, :, :], responses[..., step - 1, :], out=latest)
        for back in range(2, min(lag, step) + 1):
            latest += coefficients[..., back - 1, :, :] @ responses[..., step - back, :]
    return responses


def _contributions(
    responses: "NDArray[np.float64]", given: Dynamics, decomposition: Decomposition
) -> "NDArray[np.float64]":
    """Variance of i that the shocks of j carry over all steps, (..., N, N), from responses of the series (..., N, H, N)."""
    import numpy as np

    root = given.root
    own = root if given.basis is None else given.basis @ root
    hit = root if decomposition == "cholesky" else root @ np.swapaxes(own, -1, -2)
    *leading, width, steps, _ = responses.shape
    effect = (responses.reshape(*leading, width * steps, width) @ hit).reshape(responses.shape)
    carried = np.einsum("...ihj,...ihj->...ij", effect, effect)
    if decomposition == "cholesky":
        return carried
    return carried / np.einsum("...jk,...jk->...j", own, own)[..., None, :]
