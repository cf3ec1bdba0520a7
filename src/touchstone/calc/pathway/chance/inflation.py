"""What a standard deviation that was estimated from few values may be in truth."""

import numpy as np
from scipy.special import gammaincinv, ndtr

from touchstone.calc.pathway.case import Floats


def inflation(z: Floats, freedom: int) -> Floats:
    """The true one by the estimated one, for each standard normal number; `freedom` degrees of freedom, reference prior."""
    return np.asarray(np.sqrt(freedom / (2 * gammaincinv(freedom / 2, ndtr(z)))))
