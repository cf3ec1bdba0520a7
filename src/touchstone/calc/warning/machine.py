"""From readings to a state: k of n to enter, a band and a minimum stay to leave. Missing readings move nothing.

A state is a level from -L to L: 0 is normal, the sign is the side of the cuts. It may worsen, or turn to the other side,
with any reading; it eases only after its minimum stay, and only once the reading is back inside the cut by the band.
Source: "warning.state" in data/methods/warning.toml.
"""

from typing import TYPE_CHECKING

from touchstone.calc.warning.rule import Cuts, Holding

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def states(readings: "NDArray[np.float64]", cuts: Cuts, holding: Holding) -> "NDArray[np.int64]":
    """The state at each reading, (T,); a missing reading (nan) keeps the state before it."""
    import numpy as np

    low = np.array([cuts.low], dtype=float).reshape(1, -1)
    high = np.array([cuts.high], dtype=float).reshape(1, -1)
    return states_of(readings, low, high, holding, cuts.inclusive)[:, 0]


def states_of(
    readings: "NDArray[np.float64]",
    low: "NDArray[np.float64]",
    high: "NDArray[np.float64]",
    holding: Holding,
    inclusive: bool = True,
) -> "NDArray[np.int64]":
    """The states of C choices of cuts at once: (T, C).

    Args:
        readings: (T,), nan where missing.
        low, high: (C, L) cuts of each choice, L may differ between the two and may be 0.

    The n readings of "k of n" are the last n there are: a period without a value is not one of them.
    """
    import numpy as np

    known = np.flatnonzero(~np.isnan(readings))
    seen = readings[known][:, None, None]
    enter_high = _entered(_beyond(seen, high, inclusive), holding)
    enter_low = _entered(_beyond(-seen, -low, inclusive), holding)
    hold_high = _beyond(seen, high - holding.band, inclusive).sum(axis=2)
    hold_low = _beyond(-seen, -low - holding.band, inclusive).sum(axis=2)
    found = np.zeros((len(readings), len(high)), dtype=np.int64)
    walked = _walk(enter_high - enter_low, hold_high, hold_low, holding.dwell)
    row = np.searchsorted(known, np.arange(len(readings)), side="right") - 1
    if len(known):
        found[row >= 0] = walked[row[row >= 0]]
    return found


def _beyond(seen: "NDArray[np.float64]", cuts: "NDArray[np.float64]", inclusive: bool) -> "NDArray[np.bool_]":
    """(T, C, L) whether each reading is beyond each cut, upwards."""
    return seen >= cuts if inclusive else seen > cuts


def _entered(beyond: "NDArray[np.bool_]", holding: Holding) -> "NDArray[np.int64]":
    """(T, C) the highest level entered at each reading."""
    import numpy as np

    total = np.cumsum(beyond, axis=0, dtype=np.int64)
    total[holding.n :] -= total[: -holding.n].copy()
    return np.sum((total >= holding.k) & beyond, axis=2)


def _walk(
    entered: "NDArray[np.int64]", high: "NDArray[np.int64]", low: "NDArray[np.int64]", dwell: int
) -> "NDArray[np.int64]":
    import numpy as np

    found = np.zeros_like(entered)
    state, age = np.zeros(entered.shape[1], dtype=np.int64), np.full(entered.shape[1], dwell)
    for t, new in enumerate(entered):
        worse = (np.abs(new) > np.abs(state)) | (new * state < 0)
        held = np.maximum(np.minimum(state, high[t]), -low[t])
        following = np.where(worse, new, np.where(age >= dwell, held, state))
        age = np.where(following == state, age + 1, 1)
        found[t] = state = following
    return found
