"""What a rule said at the time against what it says of the same periods now that figures have been revised."""

from collections.abc import Mapping
from dataclasses import dataclass

from touchstone.calc.timeseries import TimeSeries
from touchstone.calc.warning.rule import Material, Rule
from touchstone.calc.warning.sample import missing
from touchstone.calc.warning.watch import watch
from touchstone.errors import Refusal

Vintages = Mapping[str, Mapping[str, TimeSeries]]
"""By period code, the series as they were known at its end."""


@dataclass(frozen=True, slots=True)
class RealTime:
    """Real time against revised.

    Attributes:
        periods: that have a state in both.
        agreeing: of these, with the same state.
        only_then, only_now: beyond a cut in real time only, and by the revised figures only.
        moved: mean absolute difference of the readings.
        without: vintages that gave no reading of their own period.
    """

    periods: int
    agreeing: int
    only_then: int
    only_now: int
    moved: float | None
    without: int


def real_time(
    material: Material, rule: Rule, vintages: Vintages, series: Mapping[str, TimeSeries]
) -> RealTime:
    """Compare, period by period, the state each vintage gave for its own period with that of `series`.

    Raises:
        UnusableSeries: the revised series cannot be used.
    """
    now = watch(material, rule, series)
    rows = {period: row for row, period in enumerate(now.periods)}
    pairs: list[tuple[int, int, float]] = []
    for period, known in vintages.items():
        row = rows.get(period)
        then = None if row is None else _then(material, rule, known, period)
        if row is None or then is None or now.readings[row] != now.readings[row]:
            continue
        pairs.append((then[0], int(now.states[row]), abs(then[1] - float(now.readings[row]))))
    return RealTime(
        len(pairs), sum(a == b for a, b, _ in pairs), sum(bool(a) and not b for a, b, _ in pairs),
        sum(bool(b) and not a for a, b, _ in pairs), sum(d for _, _, d in pairs) / len(pairs) if pairs else None,
        len(vintages) - len(pairs),
    )  # fmt: skip


def _then(
    material: Material, rule: Rule, series: Mapping[str, TimeSeries], period: str
) -> tuple[int, float] | None:
    if missing(material, rule, series):
        return None
    try:
        read = watch(material, rule, series)
    except Refusal:  # a vintage too young to be read has no state, which `without` counts
        return None
    if period not in read.periods or read.periods[read.last] != period:
        return None
    return int(read.states[read.last]), float(read.readings[read.last])
