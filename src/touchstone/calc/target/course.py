"""Courses: what was measured of an indicator, how fast it moves, and what is said of it against its target.

Values are exact; only compound rates, which are roots, are floats.
"""

from dataclasses import dataclass
from fractions import Fraction

from touchstone.calc.carbon.inventory.yearly import Record
from touchstone.calc.target.target import Target
from touchstone.facts.text import Text

VERDICTS = {
    "met": Text("已达到", "met"),
    "on-course": Text("进度正常", "on course"),
    "slipping": Text("进度滞后", "slipping"),
    "missed": Text("未达到", "missed"),
    "not-measured": Text("未能衡量", "not measured"),
}

INVENTORY = Text("排放清单", "the inventory")
"""How a value was measured that an inventory gives."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The value of an indicator in a year.

    Attributes:
        value: in the unit of the indicator.
        made: ids of the facts, or the records of an inventory, that it was made from; how: in words.
        lacking: what it is without, None for nothing.
    """

    year: int
    value: Fraction
    made: tuple[str | Record, ...] = ()
    how: Text | None = None
    lacking: Text | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """A speed between two values: linear, in units of the indicator a year; compound, a share a year, None where a sign forbids it."""

    since: int
    until: int
    linear: Fraction
    compound: float | None


@dataclass(frozen=True, slots=True)
class Progress:
    """A target against what was measured.

    Attributes:
        goal: value to be reached in `target.year`, None where it is a year alone or its base is not known.
        measured: by year; latest: the one that is judged, None where there is none; base: the value of the base year of a change.
        distance: from the latest value to the goal: positive as long as something is missing, below zero what is more than enough.
        present: pace from the first value within `progress.SPAN` years to the latest; required: from the latest value to the goal, None where no year is left.
        expected: value in the year of the target at the present linear pace, held within what the indicator can be.
        reached: the moment at which the goal is (or was) reached at that pace, as a year and its fraction; None where it never is.
        slack: years of the target minus `reached`: earlier above zero, later below it; `at_least` where the goal was met from the first value on.
        verdict: of `VERDICTS`; why: in words, with the numbers.
    """

    target: Target
    goal: Fraction | None
    measured: tuple[Measured, ...]
    latest: Measured | None
    base: Measured | None
    distance: Fraction | None
    present: Pace | None
    required: Pace | None
    expected: Fraction | None
    reached: Fraction | None
    slack: Fraction | None
    at_least: bool
    verdict: str
    why: Text


def pace(first: Measured, last: Measured) -> Pace | None:
    """From one value to another; None within one year."""
    return pace_to(first.year, first.value, last.year, last.value)


def pace_to(since: int, start: Fraction, until: int, end: Fraction) -> Pace | None:
    """From a value in one year to a value in a later one; the compound rate only between values above zero."""
    if until <= since:
        return None
    compound = float(end / start) ** (1 / (until - since)) - 1 if start > 0 and end > 0 else None
    return Pace(since, until, (end - start) / (until - since), compound)


def say(value: Fraction, target: Target) -> str:
    """A value with the unit of its indicator, to six significant places or whole; money and shares alike."""
    number = float(value)
    said = f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.6g}"
    return f"{said.replace('-', '−')} {target.about.unit}".replace("CO2", "CO₂")
