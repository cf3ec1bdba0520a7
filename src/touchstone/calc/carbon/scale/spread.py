"""How uncertain the sums of a national inventory are, when factors are shared by thousands of enterprises.

A factor is one unknown however many lines it weighs: it is drawn once and all of them move together. Errors of activity
data are each line's own. Sums of a line's amount by enterprise and factor, and of the squares of its error, carry all that
is needed: given the factors, a sum is normal with mean A f and variance B f**2, where A holds the amounts and B the squared
errors. That is exact for normal errors; for others the first two moments are.

Source: IPCC 2006 Guidelines, vol. 1, ch. 3 (approach 1 and 2; one draw for a factor used in several sources) [V];
the collapse to two matrices: Touchstone [I].
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from touchstone.calc.carbon.scale.enterprises import places, sorted_once
from touchstone.calc.carbon.scale.unweighed import GRAMS, LARGEST, no_number, not_there, unknown_enterprises

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

Matrix = Any
"""A sparse matrix of scipy, whose operations its types do not tell."""


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean and standard deviation of sums, exact, in tonnes.

    Attributes:
        keys: of the view; mean, deviation: of the same length.
        shares: by key and factor, which part of the variance that factor brings; what is missing to 1 is activity data.
            Shape (keys, factors).
    """

    keys: "NDArray[Any]"
    mean: "NDArray[np.float64]"
    deviation: "NDArray[np.float64]"
    shares: Matrix


class Spread:
    """The lines of an inventory, collapsed by enterprise and factor.

    Args:
        activity: enterprise, factor (row of the factor that weighs the line), amount, sigma (relative standard deviation).
        values, sigmas: of the factors, by row: value, and relative standard deviation.
        enterprise: enterprise, and the columns of the views.

    Raises:
        UnusableInventory: INVENTORY-104, a line names a factor that is not there; INVENTORY-106, a number is none, negative
            where it is an error, or too large; INVENTORY-107, an enterprise is not in its table, or twice.
    """

    def __init__(
        self,
        activity: "pa.Table",
        values: "NDArray[np.float64]",
        sigmas: "NDArray[np.float64]",
        enterprise: "pa.Table",
    ) -> None:
        import numpy as np
        from scipy.sparse import coo_array

        self._values, self._sigmas, self._table = values, sigmas, enterprise
        keys, order = sorted_once(enterprise)
        who = activity.column("enterprise").to_numpy()
        found, known = places(keys, who)
        if not known.all():
            raise unknown_enterprises(np.unique(who[~known])[:5].tolist())
        amount, sigma, factor = (activity.column(name).to_numpy() for name in ("amount", "sigma", "factor"))
        _sound(amount, sigma, factor, values, sigmas)
        error = amount * sigma
        shape, at = (len(keys), len(values)), (order[found], factor)
        self._amounts: Matrix = coo_array((amount, at), shape=shape).tocsr()
        self._squares: Matrix = coo_array((error * error, at), shape=shape).tocsr()

    def moments(self, view: str) -> Moments:
        """Mean and deviation of every sum of a view (enterprise, sector, province, group_, nation)."""
        keys, place = self._places(view)
        amounts, squares = place @ self._amounts, place @ self._squares
        together: Matrix = amounts.multiply(amounts).tocsr()
        f, s = self._values, self._values * self._sigmas
        mean = amounts @ f
        own = squares @ (f * f + s * s)
        shared = together @ (s * s)
        variance = own + shared
        parts = together.multiply((s * s)[None, :]).tocsr()
        scale = _reciprocal(variance)
        return Moments(keys, mean, variance**0.5, parts.multiply(scale[:, None]).tocsr())

    def draws(self, views: "tuple[str, ...]", count: int, seed: int) -> "dict[str, NDArray[np.float64]]":
        """Draws of every sum of these views, in tonnes, shape (keys, count): consistent, as one world is drawn at a time.

        A sector is the sum of its enterprises in every draw. The same seed gives the same draws.
        """
        import numpy as np

        dice = np.random.default_rng(seed)
        factors = self._values[:, None] * (
            1 + self._sigmas[:, None] * dice.standard_normal((len(self._values), count))
        )
        enterprise = self._amounts @ factors
        own = self._squares @ (factors * factors)
        np.sqrt(own, out=own)
        enterprise += own * dice.standard_normal(own.shape)
        return {view: self._places(view)[1] @ enterprise for view in views}

    def _places(self, view: str) -> "tuple[NDArray[Any], Matrix]":
        """The keys of a view, and the matrix of ones that adds enterprises up to them."""
        import numpy as np
        from scipy.sparse import csr_array

        count = self._table.num_rows
        column = np.zeros(count, np.int64) if view == "nation" else self._table.column(view).to_numpy()
        keys, place = np.unique(column, return_inverse=True)
        return keys, csr_array((np.ones(count), (place, np.arange(count))), shape=(len(keys), count))


def _sound(
    amount: "NDArray[np.float64]", sigma: "NDArray[np.float64]", factor: "NDArray[Any]",
    values: "NDArray[np.float64]", sigmas: "NDArray[np.float64]",
) -> None:  # fmt: skip
    """Let pass lines with factors that are there, and numbers that can be multiplied and added."""
    import numpy as np

    if strange := factor[(factor < 0) | (factor >= len(values))][:1].tolist():
        raise not_there("factor", strange[0])
    for name, column, error in (
        ("amount", amount, False), ("sigma of the activity", sigma, True), ("value", values, False), ("sigma of the factor", sigmas, True),
    ):  # fmt: skip
        good = np.isfinite(column) & ((column >= 0) | (not error))
        if not good.all():
            raise no_number(name, column[~good][0])
    with np.errstate(over="ignore"):
        mass = np.abs(amount * values[factor]) * GRAMS
    if not (mass < LARGEST).all():
        raise no_number("amount", amount[~(mass < LARGEST)][0])


def _reciprocal(values: "NDArray[np.float64]") -> "NDArray[np.float64]":
    import numpy as np

    return np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)
