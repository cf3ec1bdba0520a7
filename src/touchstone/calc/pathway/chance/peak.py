"""When and how high: peaks of many futures, told honestly, and chances with their own uncertainty.

The year of the peak is the first in which emissions stand at their highest of the whole horizon, from which on they do not rise any more.
With a tolerance, years within that share of the highest are one plateau: the peak is reached in its first year and over after its last.
A highest year at the end of the horizon is no peak (nobody knows what follows), one at its beginning is a peak that lies behind already.
"""

from dataclasses import dataclass

import numpy as np

from touchstone.calc.pathway.case import Bools, Floats, Ints
from touchstone.calc.pathway.pathway import PLATEAU


@dataclass(frozen=True, slots=True)
class Chance:
    """A share of futures.

    Attributes:
        share: 0 to 1; error: standard error, from the batches of points; where all or none of the draws are counted, that of the rule of
            succession, for a chance is never known to be nothing.
        draws: how many it stands on.
    """

    share: float
    error: float
    draws: int


def chance(counted: Bools, batches: Ints) -> Chance:
    """The share of futures (N,) that are counted, in batches (B + 1,) of points."""
    count = len(counted)
    hits = int(counted.sum())
    if hits in (0, count):
        near = 1 / (count + 2)
        return Chance(hits / count, float(np.sqrt(near * (1 - near) / count)), count)
    return Chance(hits / count, error(counted.astype(float), batches), count)


def error(values: Floats, batches: Ints) -> float:
    """Standard error of the mean of (N,) values, from the means of their batches."""
    sizes = np.diff(batches)
    means = np.add.reduceat(values, batches[:-1]) / sizes
    return float(means.std(ddof=1) / np.sqrt(len(sizes)))


@dataclass(frozen=True, slots=True)
class Peaks:
    """Peaks of N futures.

    Attributes:
        years: (Y,) of the horizon; index, end: (N,) of Y, the first and the last year of the plateau; height: (N,) t CO2e, the highest year.
        tolerance: share of the height within which a year is still of the plateau.
    """

    years: Ints
    index: Ints
    end: Ints
    height: Floats
    batches: Ints
    tolerance: float

    @property
    def year(self) -> Ints:
        """(N,): the year of the peak; of a future without one, the last of the horizon."""
        return self.years[self.index]

    @property
    def peaked(self) -> Bools:
        """(N,): whether there is a peak within the horizon."""
        return self.index < len(self.years) - 1

    @property
    def distribution(self) -> tuple[tuple[int, Chance], ...]:
        """For every year of the horizon but the last, the chance that the peak is in it; what lacks of 1 is `not_yet`."""
        return tuple((int(year), self._share(self.index == row)) for row, year in enumerate(self.years[:-1]))

    @property
    def already(self) -> Chance:
        """That emissions are highest in the first year: the peak lies there or before."""
        return self._share((self.index == 0) & self.peaked)

    @property
    def not_yet(self) -> Chance:
        """That emissions are highest in the last year: not peaked within the horizon."""
        return self._share(~self.peaked)

    def before(self, year: int) -> Chance:
        """That the peak is in a year before `year`; "before 2030" does not count 2030 itself."""
        return self._share(self.peaked & (self.year < year))

    def over_before(self, year: int) -> Chance:
        """That the whole plateau lies before `year`: emissions are lower ever after."""
        return self._share((self.end < len(self.years) - 1) & (self.years[self.end] < year))

    def _share(self, counted: Bools) -> Chance:
        return chance(counted, self.batches)


def peaks(emissions: Floats, years: Ints, batches: Ints, tolerance: float = PLATEAU) -> Peaks:
    """Peaks of (N, Y) emissions."""
    height = emissions.max(1)
    high = emissions >= (height - tolerance * np.abs(height))[:, None]
    end = len(years) - 1 - high[:, ::-1].argmax(1)
    return Peaks(np.asarray(years), high.argmax(1), end, height, batches, tolerance)
