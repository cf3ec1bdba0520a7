"""A series as it is used after adjustment, with all that tells how it came about."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.seasonal.parts import Parts
from touchstone.calc.timeseries import TimeSeries
from touchstone.facts.text import Text

if TYPE_CHECKING:
    from touchstone.calc.seasonal.choice import KeptModel
    from touchstone.calc.seasonal.diagnostics import Check

HOW = {
    "x13": Text("X-13ARIMA-SEATS，本期重新识别模型", "X-13ARIMA-SEATS, model identified on this sample"),
    "x13-stored": Text("X-13ARIMA-SEATS，沿用已存模型、重新估计参数", "X-13ARIMA-SEATS, parameters estimated anew on the stored model"),
    "stl+holiday": Text("节日与工作日回归加STL（备用方法）", "regression on feasts and days worked, then STL (the fallback)"),
    "none": Text("未调整（方案声明）", "not adjusted, as the choice declares"),
}  # fmt: skip
"""The ways a series can have come about."""


@dataclass(frozen=True, slots=True, eq=False)
class Adjusted:
    """A series and its adjustment.

    Attributes:
        series: adjusted; same periods and unit as the one given. The facts of a value are those of its own period; its
            factors stand on the whole sample.
        how: a key of `HOW`. It is "none" only where the choice declares it.
        why: why the fallback was used, or the declared reason for "none"; None where X-13 adjusted.
        parts: season, calendar, trend, irregular, forecast, outliers, diagnostics, model; None where nothing was adjusted.
    """

    series: TimeSeries
    how: str
    why: Text | None
    parts: Parts | None

    @property
    def method(self) -> str:
        """The key of the formula in data/methods."""
        keys = {
            "x13": "seasonal.x13",
            "x13-stored": "seasonal.stored",
            "stl+holiday": "seasonal.stl",
            "none": "seasonal.none",
        }
        return keys[self.how]

    @property
    def model(self) -> "KeptModel | None":
        """What to store for the next month."""
        return self.parts.model if self.parts else None

    @property
    def diagnostics(self) -> "tuple[Check, ...]":
        """The checks of the adjustment."""
        return self.parts.diagnostics if self.parts else ()

    @property
    def notes(self) -> tuple[Text, ...]:
        """What else a reader must know."""
        return self.parts.notes if self.parts else ()
