"""Seasonal adjustment of a series, or of many: never silently unadjusted.

X-13ARIMA-SEATS adjusts, with the feasts and days worked of China as regressors. Its specification is identified once a year
and kept; every month its parameters are estimated anew. Where the program is not there, takes too long or refuses, the
stated fallback adjusts and `why` says so; where that cannot either, the series is refused by name. A series that is not to
be adjusted must say so, with a reason.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from touchstone.calc.linkage.methods import declared
from touchstone.calc.seasonal.adjusted import Adjusted
from touchstone.calc.seasonal.choice import Choice, KeptModel, due
from touchstone.calc.seasonal.parts import Parts
from touchstone.calc.seasonal.refused import fallback_impossible, no_logarithm, not_a_clock, too_many_gaps
from touchstone.calc.seasonal.remembered import by_fallback, by_x13
from touchstone.calc.seasonal.specification import of_choice
from touchstone.calc.timeseries import TimeSeries, clock, finite, long_enough, moving, without_gaps
from touchstone.errors import Refusal, UnusableSeries
from touchstone.facts.memory import Memory
from touchstone.facts.text import Text

YEARS = 3
_PROGRAM = ("SEASON-002", "SEASON-003", "SEASON-004", "SEASON-011")
_WANTED = Text("方案要求使用备用方法", "the choice asks for the fallback")


@dataclass(frozen=True, slots=True)
class Task:
    """One series to adjust, how, and the model known of it."""

    series: TimeSeries
    choice: Choice
    known: KeptModel | None = None


def adjust(series: TimeSeries, choice: Choice, memory: Memory, known: KeptModel | None = None) -> Adjusted:
    """Adjust one monthly or quarterly series.

    Args:
        series: T periods; at least three years that move.
        choice: how.
        memory: of the workspace; the same is worked out once, and what the program refused is asked once. See `remembered`.
        known: the model kept from last time. It is used until the year changes; None identifies now.

    Raises:
        UnusableSeries: the series cannot be adjusted (SERIES-002 to SERIES-004, SERIES-007, SEASON-001, SEASON-005, SEASON-010),
            its choice is not understood (SEASON-007), or neither X-13 nor the fallback can (SEASON-006).
    """
    _ordered(series)
    if choice.method == "none":
        return Adjusted(series, "none", choice.reason, None)
    _usable(series, choice)
    if choice.method == "stl":
        return _fallen_back(series, choice, memory, _WANTED)
    try:
        return _by_x13(series, choice, memory, known)
    except UnusableSeries as error:
        if error.code not in _PROGRAM or not choice.fallback:
            raise
        return _fallen_back(series, choice, memory, Text(_found(error, "zh"), _found(error, "en")))


def adjust_all(
    tasks: Mapping[str, Task],
    memory: Memory,
    workers: int = 2,
    progress: Callable[[int, int, str], None] | None = None,
) -> dict[str, Adjusted | Refusal]:
    """Adjust many series at once; each key has its result or its refusal, in the order given.

    Args:
        tasks: by key.
        memory: as `adjust`.
        workers: how many programs run at a time; the processors there are is a good number.
        progress: told after each series how many are done, of how many, and the key.
    """
    done: dict[str, Adjusted | Refusal] = {}
    with ThreadPoolExecutor(max(1, workers)) as pool:
        asked = {pool.submit(_one, task, memory): key for key, task in tasks.items()}
        for number, each in enumerate(as_completed(asked), 1):
            done[asked[each]] = each.result()
            if progress:
                progress(number, len(tasks), asked[each])
    return {key: done[key] for key in tasks}


def _one(task: Task, memory: Memory) -> Adjusted | Refusal:
    try:
        return adjust(task.series, task.choice, memory, task.known)
    except Refusal as refusal:
        return refusal


def _by_x13(series: TimeSeries, choice: Choice, memory: Memory, known: KeptModel | None) -> Adjusted:
    model = None if due(known, choice, series.key, series.periods[-1]) else known
    return _adjusted(series, "x13-stored" if model else "x13", None, by_x13(series, choice, model, memory))


def _fallen_back(series: TimeSeries, choice: Choice, memory: Memory, why: Text) -> Adjusted:
    import numpy as np

    try:
        parts = by_fallback(series, choice, memory)
    except UnusableSeries as error:
        raise fallback_impossible(series.key, why, Text(_found(error, "zh"), _found(error, "en"))) from error
    except np.linalg.LinAlgError as error:
        same = Text(
            "回归变量在样本内无法区分",
            f"the regressors cannot be told from each other in the sample ({error})",
        )
        raise fallback_impossible(series.key, why, same) from error
    return _adjusted(series, "stl+holiday", why, parts)


def _adjusted(series: TimeSeries, how: str, why: Text | None, parts: Parts) -> Adjusted:
    import numpy as np

    facts = series.facts
    adjusted = TimeSeries(
        series.key, series.frequency, series.periods, np.array(parts.adjusted), series.unit, facts
    )
    return Adjusted(adjusted, how, why, parts)


def _ordered(series: TimeSeries) -> None:
    if series.frequency not in ("M", "Q"):
        raise not_a_clock(series.key, series.frequency, f"{len(series)} periods")
    if not len(series):
        raise not_a_clock(series.key, series.frequency, "no period")
    if series.periods != clock(series.periods[0], series.periods[-1]):
        raise not_a_clock(series.key, series.frequency, _out_of_order(series.periods))


def _out_of_order(periods: tuple[str, ...]) -> str:
    twice = sorted({period for period in periods if periods.count(period) > 1})
    return f"{', '.join(twice)} twice" if twice else "periods left out or out of order"


def _usable(series: TimeSeries, choice: Choice) -> None:
    of_choice(choice)
    finite(series)
    year = 4 if series.frequency == "Q" else 12
    long_enough(series, YEARS * year, "季节调整", "seasonal adjustment (three years)")
    moving(series)
    if not choice.estimate_gaps:
        without_gaps(series)
    part = declared("seasonal")["gaps"]["part"]
    if len(series.gaps) > part * len(series):
        raise too_many_gaps(series.key, len(series.gaps), len(series), part)
    if choice.transform == "log":
        for period, value in zip(series.periods, series.values, strict=True):
            if value <= 0:
                raise no_logarithm(series.key, period, float(value))


def _found(error: Refusal, language: str) -> str:
    """What was found, with its code: the part of a refusal that says why something else was done."""
    return f"{error.zh[0] if language == 'zh' and error.zh else error.found} ({error.code})"
