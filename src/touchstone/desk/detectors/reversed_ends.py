"""Reversed ends: the low is above the high. Nobody can let that pass."""

from collections.abc import Iterator

from touchstone.desk.detectors.case import NO_VALUE, Case, result
from touchstone.desk.result import Result
from touchstone.facts.text import Text

TEST = "reversed_ends"


def reversed_ends(case: Case) -> Iterator[Result]:
    """Fails where low > high."""
    value = case.value
    if value is None:
        yield result(TEST, "untested", NO_VALUE)
        return
    right = value.low <= value.high
    words = Text(
        f"最低 {value.low} {'≤' if right else '>'} 最高 {value.high}",
        f"low {value.low} {'≤' if right else '>'} high {value.high}",
    )
    yield result(TEST, "holds" if right else "fails", words)
