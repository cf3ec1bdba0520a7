"""By what a rule is tried: the event it should warn of, the preference between misses and false alarms, the two parts.

The choices and their reasons stand in data/warning/shared/trial.toml.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from touchstone.calc.warning.history import running_quantiles
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FILE = Path(__file__).parents[2] / "data" / "warning" / "shared" / "trial.toml"


@dataclass(frozen=True, slots=True)
class Event:
    """What a warning should come before.

    Attributes:
        direction: 1 for a rise of the price, -1 for a fall.
        horizon: periods in which it must come.
        meaning: in words, with the horizon filled in.
    """

    key: str
    direction: int
    horizon: int
    name: Text
    meaning: Text


@dataclass(frozen=True, slots=True)
class Trial:
    """The trial of a rule at one frequency.

    Attributes:
        quantile, window, least: of the series' own last moves; fewest moves known before there can be an event.
        mu: what a missed event weighs; 1 - mu is what a false alarm weighs (Sarlin).
        theta: the same where both are taken as shares of their own kind (Alessi and Detken).
        evaluated: periods at the end that calibration does not see.
        grid: shares of the readings tried as threshold.
        refit: periods between calibrations of the rolling origin.
        periods, events: fewest in the calibration part; the pair `judged` of the evaluation part.
        block, resamples, seed, level: of the bootstrap.
    """

    frequency: str
    quantile: float
    window: int
    least: int
    mu: float
    theta: float
    evaluated: int
    grid: tuple[float, ...]
    refit: int
    periods: int
    events: int
    judged: tuple[int, int]
    block: int
    resamples: int
    seed: int
    level: float
    asked: tuple[Event, ...]

    def __post_init__(self) -> None:
        if not 0 < self.mu < 1 or not 0 < self.theta < 1 or not 0 < self.quantile < 1 or not self.asked:
            raise ValueError(
                f"mu {self.mu}, theta {self.theta}, quantile {self.quantile}, events {self.asked}: no trial"
            )


@cache
def trial(frequency: str) -> Trial | None:
    """The trial as declared; None at a frequency at which none is declared (years: too few).

    >>> [event.horizon for event in trial("M").asked], trial("A")
    ([1, 1, 3, 3], None)
    """
    given: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    asked = tuple(_event(row, frequency) for row in given["event"] if frequency in row["horizon"])
    if not asked:
        return None
    calibration, evaluation = given["calibration"], given["evaluation"]
    return Trial(
        frequency, given["quantile"], given["window"][frequency], given["least"], given["mu"], given["theta"], given["evaluated"][frequency],
        tuple(given["grid"]), given["refit"][frequency], calibration["periods"], calibration["events"],
        (evaluation["periods"], evaluation["events"]), given["block"][frequency], given["resamples"], given["seed"],
        given["level"], asked,
    )  # fmt: skip


def _event(row: dict[str, Any], frequency: str) -> Event:
    horizon = row["horizon"][frequency]
    meaning = Text(*(row["meaning"][tongue].format(horizon=horizon) for tongue in ("zh", "en")))
    return Event(row["key"], row["direction"], horizon, Text(**row["name"]), meaning)


def outcomes(price: "NDArray[np.float64]", event: Event, by: Trial) -> "NDArray[np.float64]":
    """Whether each period was followed by the event: (T,) 1, 0, or nan where it is not known (yet).

    The outcome of t is known at t + horizon, never before; the threshold it is held against is known at t.
    """
    import numpy as np

    found = np.full(len(price), np.nan)
    if len(price) <= event.horizon:
        return found
    moves = np.full(len(price), np.nan)
    moves[event.horizon :] = event.direction * (
        np.log(price[event.horizon :]) - np.log(price[: -event.horizon])
    )
    limit = running_quantiles(moves, by.quantile, by.least, by.window)
    ahead = moves[event.horizon :]
    known = ~(np.isnan(ahead) | np.isnan(limit[: -event.horizon]))
    found[: -event.horizon] = np.where(known, ahead > limit[: -event.horizon], np.nan)
    return found
