"""Turning points after Bry and Boschan: peaks and troughs of one series.

Source: "index.turning" in data/methods/index.toml; the parameters are presets of the same file.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from touchstone.calc.index.smoothing import dominance, moving_mean, spencer, without_outliers
from touchstone.calc.linkage.methods import declared
from touchstone.calc.timeseries import TimeSeries, long_enough, without_gaps

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Way = Literal[1, -1]
_Turns = list[tuple[int, Way]]


@dataclass(frozen=True, slots=True)
class Rules:
    """The parameters of the procedure, in periods.

    Attributes:
        outliers: standard deviations from Spencer's curve at which a value is replaced by it; 0 looks for none.
        mean: length of the first moving average; 0 starts on the series itself.
        window: an extreme is one within so many periods to both sides.
        ends: no turn lies so close to an end.
        cycle: least periods from peak to peak and from trough to trough.
        phase: least periods from one turn to the next.
        dominance: least and largest length of the short average; () goes without Spencer's curve and without it.
        last: least periods to both sides in which the final turn is sought on the series itself.
    """

    outliers: float
    mean: int
    window: int
    ends: int
    cycle: int
    phase: int
    dominance: tuple[int, ...]
    last: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A turning point: its period and level; `way` 1 is a peak, -1 a trough; `facts` are ids of what it stands on."""

    period: str
    way: Way
    level: float
    facts: tuple[str, ...]


def rules_of(frequency: str) -> Rules:
    """The rules for M (Bry and Boschan) or Q (BBQ of Harding and Pagan). Raises KeyError: another frequency."""
    preset = {row["frequency"]: row for row in declared("index")["preset"]}[frequency]
    names = ("outliers", "mean", "window", "ends", "cycle", "phase", "last")
    return Rules(**{name: preset[name] for name in names}, dominance=tuple(preset["dominance"]))


def turning_points(series: TimeSeries, rules: Rules | None = None) -> tuple[Turn, ...]:
    """The turns of a series, in order; peaks and troughs alternate.

    Args:
        series: monthly or quarterly, adjusted for seasons; without gaps.
        rules: None takes those of its frequency.

    Raises:
        UnusableSeries: it has gaps, or is shorter than two of the least cycles and both ends.
    """
    import numpy as np

    by = rules or rules_of(series.frequency)
    without_gaps(series)
    long_enough(series, 2 * by.cycle + 2 * by.ends, "转折点识别", "turning points")
    found = _turns(np.asarray(series.values, dtype=float), by)
    return tuple(
        Turn(series.periods[at], way, float(series.values[at]), series.facts[at]) for at, way in found
    )


def _turns(raw: "NDArray[np.float64]", by: Rules) -> _Turns:
    """Rows and ways of the turns: first on the smoothest curve, then ever closer to the series itself."""
    clean = without_outliers(raw, by.outliers) if by.outliers else raw
    first = moving_mean(clean, by.mean) if by.mean else clean
    turns = _alternating(first, _extremes(first, by.window))
    last = by.last
    if by.dominance:
        smooth = spencer(clean)
        turns = _long_cycles(smooth, _closer(smooth, turns, by.window), by.cycle)
        span = dominance(clean, *by.dominance)
        turns = _closer(moving_mean(clean, span), turns, by.window)
        last = max(last, span)
    turns = _alternating(raw, _closer(raw, turns, last))
    turns = _inside(raw, turns, by.ends)
    turns = _long_cycles(raw, turns, by.cycle)
    return _long_phases(raw, turns, by.phase)


def _extremes(curve: "NDArray[np.float64]", window: int) -> _Turns:
    """Rows that are the highest or lowest within the window to both sides; of equal ones the first."""
    found: _Turns = []
    for at in range(window, len(curve) - window):
        around = curve[at - window : at + window + 1]
        if around.max() == around.min():
            continue
        if around.argmax() == window:
            found.append((at, 1))
        elif around.argmin() == window:
            found.append((at, -1))
    return found


def _alternating(curve: "NDArray[np.float64]", turns: _Turns) -> _Turns:
    """Of turns of one way in a row the most extreme; of equal ones the later."""
    kept: _Turns = []
    for at, way in sorted(turns):
        if kept and kept[-1][1] == way:
            if way * curve[at] >= way * curve[kept[-1][0]]:
                kept[-1] = (at, way)
        else:
            kept.append((at, way))
    return kept


def _closer(curve: "NDArray[np.float64]", turns: _Turns, reach: int) -> _Turns:
    """Each turn moved to the extreme of another curve within reach."""
    moved: _Turns = []
    for at, way in turns:
        start = max(0, at - reach)
        around = way * curve[start : at + reach + 1]
        moved.append((start + int(around.argmax()), way))
    return _alternating(curve, list(dict.fromkeys(moved)))


def _inside(curve: "NDArray[np.float64]", turns: _Turns, ends: int) -> _Turns:
    """Without turns near the ends, and without first and last turns that a value beyond them outdoes."""
    kept: _Turns = [(at, way) for at, way in turns if ends <= at < len(curve) - ends]
    while kept and _outdone(curve[: kept[0][0]], curve, kept[0]):
        kept.pop(0)
    while kept and _outdone(curve[kept[-1][0] + 1 :], curve, kept[-1]):
        kept.pop()
    return kept


def _outdone(beyond: "NDArray[np.float64]", curve: "NDArray[np.float64]", turn: tuple[int, Way]) -> bool:
    """Whether a value beyond a turn is more extreme than the turn itself."""
    at, way = turn
    return len(beyond) > 0 and float((way * beyond).max()) > way * float(curve[at])


def _long_cycles(curve: "NDArray[np.float64]", turns: _Turns, least: int) -> _Turns:
    """Without cycles shorter than `least`: of two like turns too close, the less extreme goes with the turn between."""
    kept = list(turns)
    while True:
        at = next((n for n in range(len(kept) - 2) if kept[n + 2][0] - kept[n][0] < least), None)
        if at is None:
            return kept
        (one, way), (other, _) = kept[at], kept[at + 2]
        del kept[at if way * curve[one] < way * curve[other] else at + 2]
        kept = _alternating(curve, kept)


def _long_phases(curve: "NDArray[np.float64]", turns: _Turns, least: int) -> _Turns:
    """Without phases shorter than `least`: both of their turns go; at an end of the list only the outer one."""
    kept = list(turns)
    while True:
        at = next((n for n in range(len(kept) - 1) if kept[n + 1][0] - kept[n][0] < least), None)
        if at is None:
            return kept
        if at == 0:
            del kept[0]
        elif at == len(kept) - 2:
            del kept[-1]
        else:
            del kept[at : at + 2]
        kept = _alternating(curve, kept)
