"""Adjustments found again by all they depend on: the series, the choice, the calendar, the limits and the program.

What the program refused, or did not end in time, is remembered with its reason, for it may have cost a minute. It is asked
again with more time, another choice, another build, or when the memory is deleted.
"""

from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from touchstone.calc.linkage.methods import declared
from touchstone.calc.seasonal import program
from touchstone.calc.seasonal.choice import Choice, KeptModel
from touchstone.calc.seasonal.fallback import by_regression_and_stl
from touchstone.calc.seasonal.feasts import onwards, tabulated
from touchstone.calc.seasonal.parts import Parts, parts_of
from touchstone.calc.seasonal.trading import working_day_regressor
from touchstone.calc.seasonal.x13 import estimated_anew, identified
from touchstone.calc.timeseries import TimeSeries
from touchstone.errors import UnusableSeries
from touchstone.facts.memory import Memory

EDITION = "2"
"""Of this code: answers remembered from another one are not used."""
_KEPT = ("SEASON-003", "SEASON-004")
"""Refusals that are remembered; a program that is not there may be there the next time."""
_FILE = ("grid", "span", "noticed", "gaps", "diagnostic")
"""The parts of data/methods/seasonal.toml that a result depends on."""
_LEAD = 36
"""The longest forecast that is made unasked."""


def by_x13(series: TimeSeries, choice: Choice, model: KeptModel | None, memory: Memory) -> Parts:
    """The adjustment by X-13, on a stored model where one is given. Raises as `identified`, from memory too."""

    def make() -> dict[str, Any]:
        try:
            parts = estimated_anew(series, choice, model) if model else identified(series, choice)
        except UnusableSeries as refusal:
            if refusal.code not in _KEPT:
                raise
            return {"refused": refusal.__reduce__()[1]}
        return {"parts": asdict(parts)}

    # too little time may have cost the automatic model
    depends = (*_depends(series, choice), choice.seconds, model, program.digest())
    found = memory.answer(f"x13/{EDITION}", depends, make)
    if "refused" in found:
        *said, zh = found["refused"]
        raise UnusableSeries(*said, zh=tuple(zh) if zh else None)
    return parts_of(found["parts"])


def by_fallback(series: TimeSeries, choice: Choice, memory: Memory) -> Parts:
    """The adjustment by the fallback. Raises as `by_regression_and_stl`."""
    depends = (*_depends(series, choice), version("statsmodels"))
    plain = memory.answer(f"stl/{EDITION}", depends, lambda: asdict(by_regression_and_stl(series, choice)))
    return parts_of(plain)


def _depends(series: TimeSeries, choice: Choice) -> Iterator[object]:
    """What the figures depend on; not what is to be done where X-13 does not run."""
    yield from (series.key, series.periods, series.values, choice.model_key, choice.spans)
    yield from (repr(declared("seasonal")[part]) for part in _FILE)
    yield tabulated()
    if choice.trading in ("auto", "china"):
        reach = onwards(series.periods, max(choice.forecast, _LEAD))
        yield working_day_regressor(reach, series.periods[-1])
