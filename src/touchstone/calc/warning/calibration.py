"""One threshold from the calibration part, and from every origin what was known then. The evaluation part is never looked at.

Source: "warning.calibration" in data/methods/warning.toml.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.warning.machine import states_of
from touchstone.calc.warning.rule import Holding
from touchstone.calc.warning.score import relative_usefulness
from touchstone.calc.warning.trial import Trial
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Calibrated:
    """What calibration chose, and the alarms it leads to.

    Attributes:
        split: first row of the evaluation part.
        share, threshold: the grid's share, and the reading that it is of the calibration part.
        tried: share, threshold and relative usefulness in calibration of each choice.
        alarms: (T,) at that one threshold throughout.
        origins: rows at which the rolling origin calibrated anew, with the threshold of each.
        rolling: (T,) at the threshold of the last origin before each row; no alarm before the first.
    """

    split: int
    share: float
    threshold: float
    tried: tuple[tuple[float, float, float], ...]
    alarms: "NDArray[np.bool_]"
    origins: tuple[tuple[int, float], ...]
    rolling: "NDArray[np.bool_]"


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The alarms of every threshold tried at every origin.

    Attributes:
        starts: the origins, the first of them the split.
        cuts: (origins, G) thresholds: shares of the readings before each origin.
        alarms: (T, origins, G).
    """

    starts: tuple[int, ...]
    cuts: "NDArray[np.float64]"
    alarms: "NDArray[np.bool_]"


def candidates(
    readings: "NDArray[np.float64]", holding: Holding, by: Trial, inclusive: bool = True
) -> Candidates | None:
    """All that may be chosen from; None where there is no reading before the evaluation part.

    Args:
        readings: (T,), turned so that high ones warn of the event.
    """
    import numpy as np

    split = len(readings) - by.evaluated
    if split <= 0 or np.isnan(readings[:split]).all():
        return None
    starts = range(split, len(readings), by.refit)
    cuts = np.array([_thresholds(readings[:start], by.grid) for start in starts])
    found = states_of(readings, np.empty((cuts.size, 0)), cuts.reshape(-1, 1), holding, inclusive)
    return Candidates(tuple(starts), cuts, (found > 0).reshape(len(readings), *cuts.shape))


def calibrated(
    given: Candidates | None,
    readings: "NDArray[np.float64]",
    events: "NDArray[np.float64]",
    horizon: int,
    by: Trial,
) -> Calibrated | Text:
    """Choose, at every origin, by the outcomes known there; or say what there is too little of.

    Args:
        readings: (T,), those the candidates were made of.
        events: (T,) 1, 0 or nan; the outcome of t is taken as known from t + horizon on.
    """
    import numpy as np

    both = np.where(np.isnan(readings), np.nan, events)
    split = given.starts[0] if given else max(len(readings) - by.evaluated, 0)
    short = too_little(both, split, horizon, by)
    if short or not given:
        return short or Text(
            "未校准：检验段之前没有读数", "uncalibrated: no reading before the evaluation part"
        )
    rolling, origins = np.zeros(len(readings), dtype=bool), []
    for place, start in enumerate(given.starts):
        best, _ = _best(given, place, both, horizon, by)
        rolling[start : start + by.refit] = given.alarms[start : start + by.refit, place, best]
        origins.append((start, float(given.cuts[place, best])))
    best, worth = _best(given, 0, both, horizon, by)
    return Calibrated(
        split, by.grid[best], float(given.cuts[0, best]),
        tuple(zip(by.grid, given.cuts[0].tolist(), worth.tolist(), strict=True)),
        given.alarms[:, 0, best], tuple(origins), rolling,
    )  # fmt: skip


def _best(
    given: Candidates, place: int, events: "NDArray[np.float64]", horizon: int, by: Trial
) -> tuple[int, "NDArray[np.float64]"]:
    """The strictest of the most useful thresholds at an origin, and what each was worth by what was known there."""
    import numpy as np

    known = slice(0, max(given.starts[place] - horizon, 0))
    worth = relative_usefulness(given.alarms[known, place], events[known], by.mu)
    return len(worth) - 1 - int(np.argmax(worth[::-1])), worth


def _thresholds(readings: "NDArray[np.float64]", grid: tuple[float, ...]) -> "NDArray[np.float64]":
    import numpy as np

    return np.quantile(readings[~np.isnan(readings)], grid)


def too_little(both: "NDArray[np.float64]", split: int, horizon: int, by: Trial) -> Text | None:
    """What is missing to calibrate and to judge, in words; None where there is enough."""
    import numpy as np

    before, after = both[: max(split - horizon, 0)], both[split:]
    there = [(int((~np.isnan(x)).sum()), int((x == 1).sum()), int((x == 0).sum())) for x in (before, after)]
    needed = ((by.periods, by.events), by.judged)
    if all(
        n >= least and min(came, quiet) >= few
        for (n, came, quiet), (least, few) in zip(there, needed, strict=True)
    ):
        return None
    zh, en = [], []
    names = (("校准段", "calibration"), ("检验段", "evaluation"))
    for (name_zh, name_en), (n, came, quiet), (least, few) in zip(names, there, needed, strict=True):
        zh.append(f"{name_zh}有{n}期、{came}期之后有事件、{quiet}期之后没有（至少{least}期，两类各{few}期）")
        en.append(
            f"{name_en}: {n} periods, {came} followed by the event and {quiet} not (at least {least}, and {few} of each)"
        )
    return Text(f"未校准：{'；'.join(zh)}", f"uncalibrated: {'; '.join(en)}")
