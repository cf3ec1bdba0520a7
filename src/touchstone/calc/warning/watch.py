"""One rule read over the whole history of its series: values, readings, states. Nothing at t knows anything after t."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.timeseries import TimeSeries
from touchstone.calc.unusable import too_short
from touchstone.calc.warning.history import edge, norms, ranks
from touchstone.calc.warning.machine import states
from touchstone.calc.warning.measures import MEASURES
from touchstone.calc.warning.rule import Cuts, Material, Rule
from touchstone.calc.warning.sample import taken
from touchstone.calc.warning.unfit import unsteady
from touchstone.errors import UnusableSeries

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Watch:
    """A rule and what it read.

    Attributes:
        periods: T period codes; of days, those with a value.
        values: (T,) of the measure; nan where it has none.
        norms: (T,) what the calendar adds to them; zero where the rule is not seasonal.
        readings: (T,) what the cuts are held against: the rank in the own past, or the value itself.
        states: (T,) levels; positive beyond the high cuts, whatever that means.
        facts: ids of the facts each period stands on, T of them.
        halted: why there is no reading at the end, where too many periods are missing; else None.
    """

    rule: Rule
    periods: tuple[str, ...]
    values: "NDArray[np.float64]"
    norms: "NDArray[np.float64]"
    readings: "NDArray[np.float64]"
    states: "NDArray[np.int64]"
    facts: tuple[tuple[str, ...], ...]
    halted: UnusableSeries | None = None

    @property
    def scores(self) -> "NDArray[np.float64]":
        """(T,) from -2 to 2; positive is tight or hot: the share of the levels of that side, twice."""
        import numpy as np

        cuts = self.rule.cuts
        levels = np.where(self.states > 0, max(len(cuts.high), 1), max(len(cuts.low), 1))
        return 2.0 * self.rule.direction * self.states / levels

    @property
    def last(self) -> int:
        """The row of the last reading."""
        import numpy as np

        return int(np.flatnonzero(~np.isnan(self.readings))[-1])

    def cut_values(self, row: int) -> Cuts:
        """The cuts at a row in the unit of the measure: beyond them are the very values whose reading is beyond the cuts of the rule."""
        import numpy as np

        cuts = self.rule.cuts
        if self.rule.scale == "absolute":
            return cuts
        past = (self.values - self.norms)[:row]
        past = past[~np.isnan(past)]
        place = float(self.norms[row])

        low, high = (
            tuple(edge(past, share, upwards, cuts.inclusive) + place for share in shares)
            for shares, upwards in ((cuts.low, False), (cuts.high, True))
        )
        return Cuts(low, high, cuts.inclusive)


def watch(material: Material, rule: Rule, series: Mapping[str, TimeSeries]) -> Watch:
    """Read a rule.

    Raises:
        UnusableSeries: its series cannot be used, or are too short or too full of holes for a first reading.
    """
    import numpy as np

    given = taken(material, rule, series)
    values = MEASURES[rule.measure].compute(given.sample, rule)
    calendar = np.zeros(len(values))
    readings = values
    if rule.scale == "own-history":
        if rule.seasonal:
            calendar = norms(values, given.sample.seasons())
        readings = ranks(values - calendar, rule.least)
    readings = np.where(given.fit, readings, np.nan)
    if np.isnan(readings).all():
        raise given.halted or _no_reading(material, rule, values, given.sample.periods)
    found = states(readings, rule.cuts, rule.holding)
    return Watch(rule, given.sample.periods, values, calendar, readings, found, given.facts, given.halted)


def _no_reading(
    material: Material, rule: Rule, values: "NDArray[np.float64]", periods: tuple[str, ...]
) -> Exception:
    import numpy as np

    key = f"{material.key} {rule.key} {rule.frequency}"
    there = int((~np.isnan(values)).sum())
    if rule.scale == "own-history" and there:
        return too_short(
            key, there, rule.least + 1, f"“{rule.name.zh}”的首个读数", f"the first reading of {rule.name.en}"
        )
    return unsteady(key, periods[-1], rule.name.en)
