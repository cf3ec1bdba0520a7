"""The series a rule needs, brought over the same periods and looked over before anything is computed from them.

What cannot be read is refused by name; what is only missing in places stays missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.calc.timeseries import TimeSeries, moving, positive
from touchstone.calc.warning.measures import FLOWS, MEASURES, Sample
from touchstone.calc.warning.rule import Material, Rule
from touchstone.calc.warning.unfit import gappy, no_overlap, not_finite, repeated, units_differ
from touchstone.errors import UnusableSeries
from touchstone.facts.period import period_after, span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_REST = 15
"""Days in a row on which a market may be closed, the longest holidays included."""
_SIGNED = ("ratio",)
"""Roles of any sign."""


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """What a rule reads, over T periods.

    Attributes:
        facts: ids behind each period, of all its series.
        fit: (T,) whether, of the periods up to each, few enough are missing for a reading there.
        halted: why there is none at the last; None where there may be one.
    """

    sample: Sample
    facts: tuple[tuple[str, ...], ...]
    fit: "NDArray[np.bool_]"
    halted: UnusableSeries | None


def missing(material: Material, rule: Rule, series: Mapping[str, TimeSeries]) -> tuple[str, ...]:
    """Keys of the series a rule needs and nobody gave."""
    keys = (material.series_key(role, rule.frequency) for role in MEASURES[rule.measure].roles)
    return tuple(key for key in keys if key not in series or not len(series[key]))


def taken(material: Material, rule: Rule, series: Mapping[str, TimeSeries]) -> Taken:
    """The series of a rule over the periods all of them have.

    A market is closed on some days: daily series are read on the days that have every value, as if they were one after
    the other. At other frequencies a period without a value stays, as nan.

    Raises:
        UnusableSeries: a series repeats a period, is constant, has an impossible value, or no period with the others.
    """
    import numpy as np

    roles = MEASURES[rule.measure].roles
    given = {role: usable(material, role, rule.frequency, series) for role in roles}
    one_unit = [given[role] for role in roles if role in FLOWS or (role == "stock" and len(roles) > 1)]
    if len(units := list(dict.fromkeys(each.unit for each in one_unit))) > 1:
        raise units_differ(f"{material.key} {rule.key} {rule.frequency}", units)
    first, last = max(s.periods[0] for s in given.values()), min(s.periods[-1] for s in given.values())
    if first > last:
        raise no_overlap(f"{material.key} {rule.key} {rule.frequency}")
    parts = {role: each.between(first, last) for role, each in given.items()}
    periods = next(iter(parts.values())).periods
    there = np.all([~np.isnan(part.values) for part in parts.values()], axis=0)
    fit, halted = _whole_enough(f"{material.key} {rule.key} {rule.frequency}", rule, periods, there)
    rows = np.flatnonzero(there) if rule.frequency == "D" else np.arange(len(periods))
    facts = tuple(
        tuple(dict.fromkeys(id for part in parts.values() for id in part.facts[row])) for row in rows
    )
    values = {role: part.values[rows] for role, part in parts.items()}
    return Taken(
        Sample(rule.frequency, tuple(periods[row] for row in rows), values), facts, fit[rows], halted
    )


def usable(material: Material, role: str, frequency: str, series: Mapping[str, TimeSeries]) -> TimeSeries:
    """The series of a role from where the material begins to use it.

    Raises:
        UnusableSeries: its clock repeats or jumps, it is constant, has an impossible value, or none at all.
    """
    import numpy as np

    key = material.series_key(role, frequency)
    whole = series[key]
    for one, two in zip(whole.periods, whole.periods[1:], strict=False):
        if two != (due := period_after(one)):
            raise repeated(key, two, due)
    wanted = material.wanted(role)
    since = wanted.since if wanted else ""
    later = [p for p in whole.periods if not since or span(p)[0] >= span(since)[0]]
    if not later:
        raise no_overlap(key)
    given = whole.between(later[0], later[-1])
    if np.isnan(given.values).all():
        raise no_overlap(key)
    if np.isinf(given.values).any():
        raise not_finite(key, given.periods[int(np.flatnonzero(np.isinf(given.values))[0])])
    if role not in _SIGNED:
        positive(given, zero=role not in ("price", "cost"))
    if len(given) > 1:
        moving(given)
    return given


def _whole_enough(
    key: str, rule: Rule, periods: Sequence[str], there: "NDArray[np.bool_]"
) -> "tuple[NDArray[np.bool_], UnusableSeries | None]":
    """Where few enough periods before each are missing, counted from the first there is, and why not at the last there is.

    No hole that comes later takes a reading away: days up to the first long hole are fit, and none behind it.
    """
    import numpy as np

    rows = np.flatnonzero(there)
    if not len(rows):
        raise no_overlap(key)
    first, last = int(rows[0]), int(rows[-1])
    if rule.frequency == "D":
        rests = np.flatnonzero(np.diff(rows) > _REST)
        reach = int(rows[rests[0]]) if len(rests) else last
        fit = np.arange(len(periods)) <= reach
        holes = periods[reach + 1 : int(rows[rests[0] + 1])] if len(rests) else ()
    else:
        inside = np.arange(1, len(periods) - first + 1)
        fit = np.ones(len(periods), dtype=bool)
        fit[first:] = np.cumsum(~there[first:]) <= rule.gaps * inside
        holes = [periods[row] for row in range(first, last) if not there[row]]
    return fit, None if fit[last] else gappy(key, holes, last - first + 1, rule.gaps)
