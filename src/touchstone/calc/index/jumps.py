"""Jumps of level that no economy makes: what a change of base year, unit or coverage leaves in a series.

Source: "index.jump" in data/methods/index.toml. A jump is told, not mended: whether it is real nobody can know from the numbers.
"""

from typing import TYPE_CHECKING

from touchstone.calc.preparation.prepared import Flag
from touchstone.calc.timeseries import TimeSeries
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TIMES = 10.0
"""Median absolute deviations of a series' own changes that a jump exceeds."""
_RATIO = 1.5
"""Between the levels before and behind, at least."""
_REACH = 6
"""Periods to either side whose levels are compared."""


def jumps(series: TimeSeries) -> tuple[Flag, ...]:
    """Where the level of a series jumps and stays, each with the ratio of the levels behind and before.

    Args:
        series: adjusted for seasons, with values above zero where there are any.

    A jump in the newest period counts too: whether it stays is not known yet. Fewer than two years of changes tell nothing.
    """
    import numpy as np

    rows = np.flatnonzero(np.isfinite(series.values))
    values = series.values[rows]
    if len(values) < 25 or not (values > 0).all():
        return ()
    moved = np.diff(np.log(values))
    middle = float(np.median(moved))
    usual = float(np.median(np.abs(moved - middle)))
    far = (np.abs(moved - middle) > _TIMES * usual) & (np.abs(moved) >= np.log(_RATIO))
    found = []
    for at in np.flatnonzero(far):
        ratio = _ratio(values, int(at) + 1)
        if ratio is not None:
            period, before = series.periods[rows[at + 1]], series.periods[rows[at]]
            found.append(_flag(period, before, ratio, series.facts[rows[at + 1]]))
    return tuple(found)


def _ratio(values: "NDArray[np.float64]", at: int) -> float | None:
    """The level behind over the level before; None where it does not stay on its side of it."""
    import numpy as np

    before = float(np.median(values[max(0, at - _REACH) : at]))
    behind = values[at : at + _REACH] / before
    stays = (behind >= _RATIO).all() or (behind <= 1 / _RATIO).all()
    return float(np.median(behind)) if stays else None


def _flag(period: str, before: str, ratio: float, facts: tuple[str, ...]) -> Flag:
    return Flag(
        period, "jump",
        Text(f"自{before}到{period}，水平变为原来的{ratio:.2f}倍并保持：可能更换了基期、单位或口径；该月变动按界限计入，请核对来源",
             f"from {before} to {period} the level becomes {ratio:.2f} times what it was, and stays: possible change of base, unit or coverage; "
             "the move of this month counts at the limit; check the source"),
        facts,
    )  # fmt: skip
