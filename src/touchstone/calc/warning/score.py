"""What alarms were worth: the four counts, and what is computed from them.

    A  alarm, and the event came         B  alarm, and it did not
    C  no alarm, and the event came      D  neither

Sources: "warning.signals", "warning.usefulness" and "warning.auroc" in data/methods/warning.toml.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from touchstone.calc.linkage.resampling import Resampling, bounded_span
from touchstone.calc.linkage.statement import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Usefulness:
    """What is gained over the better of always and never warning: in the unit of the loss, and as a share of the most there is."""

    absolute: float
    relative: float | None


@dataclass(frozen=True, slots=True)
class Counts:
    """Periods by alarm and event, and what follows from them; a ratio without a denominator is None."""

    a: int
    b: int
    c: int
    d: int

    @property
    def n(self) -> int:
        """All periods."""
        return self.a + self.b + self.c + self.d

    @property
    def type_1(self) -> float | None:
        """The share of events missed, C / (A + C)."""
        return _ratio(self.c, self.a + self.c)

    @property
    def type_2(self) -> float | None:
        """The share of quiet periods disturbed, B / (B + D)."""
        return _ratio(self.b, self.b + self.d)

    @property
    def noise_to_signal(self) -> float | None:
        """[B / (B + D)] / [A / (A + C)]; below 1 where an alarm says anything."""
        good, bad = _ratio(self.a, self.a + self.c), self.type_2
        return None if bad is None or not good else bad / good

    @property
    def persistence(self) -> float | None:
        """How much more often there is an alarm before events than otherwise: one over the noise-to-signal ratio."""
        noise = self.noise_to_signal
        return 1 / noise if noise else None

    @property
    def event_share(self) -> float | None:
        """P(event) = (A + C) / N."""
        return _ratio(self.a + self.c, self.n)

    @property
    def event_given_alarm(self) -> float | None:
        """P(event | alarm) = A / (A + B)."""
        return _ratio(self.a, self.a + self.b)

    def alessi_detken(self, theta: float) -> Usefulness | None:
        """min(theta, 1 - theta) - theta T1 - (1 - theta) T2; None without events or without quiet periods."""
        if self.type_1 is None or self.type_2 is None:
            return None
        least = min(theta, 1 - theta)
        gained = least - theta * self.type_1 - (1 - theta) * self.type_2
        return Usefulness(gained, gained / least)

    def sarlin(self, mu: float) -> Usefulness | None:
        """The same with misses and false alarms as frequent as they are: losses mu P1 T1 + (1 - mu) P2 T2.

        P1 and P2 are the shares of events and quiet periods among the periods counted.
        """
        if not self.n or self.type_1 is None or self.type_2 is None:
            return None
        least = min(mu * (self.a + self.c), (1 - mu) * (self.b + self.d)) / self.n
        gained = least - (mu * self.c + (1 - mu) * self.b) / self.n
        return Usefulness(gained, gained / least)


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def counted(alarms: "NDArray[np.bool_]", events: "NDArray[np.float64]") -> Counts:
    """The counts over the periods whose outcome is known.

    Args:
        alarms: (T,).
        events: (T,) 1, 0, or nan where not known.

    >>> import numpy as np
    >>> counted(np.array([True, True, False, False, True]), np.array([1, 0, 1, 0, np.nan]))
    Counts(a=1, b=1, c=1, d=1)
    """
    came, quiet = events == 1, events == 0
    return Counts(
        int((alarms & came).sum()), int((alarms & quiet).sum()), int((~alarms & came).sum()), int((~alarms & quiet).sum())
    )  # fmt: skip


def relative_usefulness(
    alarms: "NDArray[np.bool_]", events: "NDArray[np.float64]", mu: float
) -> "NDArray[np.float64]":
    """Sarlin's relative usefulness of C sets of alarms, (T, C) → (C,); nan without events or quiet periods."""
    import numpy as np

    came, quiet = (events == 1)[:, None], (events == 0)[:, None]
    missed, false = (~alarms & came).sum(axis=0), (alarms & quiet).sum(axis=0)
    least = min(mu * came.sum(), (1 - mu) * quiet.sum())
    if least <= 0:
        return np.full(alarms.shape[1], np.nan)
    return 1 - (mu * missed + (1 - mu) * false) / least


def auroc(
    readings: "NDArray[np.float64]", events: "NDArray[np.float64]", how: Resampling, level: float
) -> Span | None:
    """The chance that a reading before an event is above one before none, ties half, with its block bootstrap interval.

    None without events or quiet periods, or where fewer than half of the draws have both.
    """
    import numpy as np

    known = ~(np.isnan(readings) | np.isnan(events))
    x, came = readings[known], events[known] == 1
    if came.all() or not came.any():
        return None
    order = np.argsort(x, kind="stable")
    edges = np.flatnonzero(np.diff(x[order], prepend=-np.inf) > 0)
    draws = np.concatenate([np.ones((1, len(x))), _times_drawn(len(x), how)])[:, order]
    before = np.add.reduceat(draws * came[order], edges, axis=1)
    quiet = np.add.reduceat(draws * ~came[order], edges, axis=1)
    below = np.cumsum(quiet, axis=1) - quiet / 2
    pairs = before.sum(axis=1) * quiet.sum(axis=1)
    whole = pairs > 0
    if whole.mean() < 0.5:
        return None
    areas = (before * below).sum(axis=1)[whole] / pairs[whole]
    return bounded_span(float(areas[0]), areas[1:], level)


@lru_cache(maxsize=64)
def _times_drawn(rows: int, how: Resampling) -> "NDArray[np.float64]":
    """How often each draw takes each row: (resamples, rows)."""
    import numpy as np

    places = how.rows(rows) + rows * np.arange(how.resamples)[:, None]
    counts = np.bincount(places.ravel(), minlength=rows * how.resamples)
    return counts.reshape(how.resamples, rows).astype(float)


@dataclass(frozen=True, slots=True)
class Episodes:
    """Runs of periods before events, and of alarms.

    Attributes:
        events: runs of periods that were followed by the event.
        caught: of these with an alarm inside.
        lead: median periods from the first alarm inside to the end of the first horizon; None where none was caught.
        false_runs: runs of alarms that no period before an event lies in.
    """

    events: int
    caught: int
    lead: float | None
    false_runs: int

    @property
    def missed(self) -> int:
        """Runs without an alarm."""
        return self.events - self.caught


def episodes(alarms: "NDArray[np.bool_]", events: "NDArray[np.float64]", horizon: int) -> Episodes:
    """Count what was caught run by run; a period whose outcome is not known ends a run.

    >>> import numpy as np
    >>> episodes(np.array([0, 1, 1, 0, 1]) > 0, np.array([1.0, 1, 0, 0, 0]), 3)
    Episodes(events=1, caught=1, lead=2.0, false_runs=1)
    """
    import numpy as np

    leads, runs = [], _runs(events == 1)
    for start, end in runs:
        inside = np.flatnonzero(alarms[start:end])
        if len(inside):
            leads.append(horizon - int(inside[0]))
    false = [run for run in _runs(alarms & ~np.isnan(events)) if not (events[run[0] : run[1]] == 1).any()]
    return Episodes(len(runs), len(leads), float(np.median(leads)) if leads else None, len(false))


def _runs(flags: "NDArray[np.bool_]") -> list[tuple[int, int]]:
    """First row and row behind the last of each run of True."""
    import numpy as np

    edges = np.diff(np.concatenate([[0], flags.astype(np.int8), [0]]))
    return list(zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True))
