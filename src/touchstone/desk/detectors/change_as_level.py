"""A change published as a level: the value is the difference between what it should be and last time's."""

from collections.abc import Iterator
from fractions import Fraction

from touchstone.desk.detectors.case import NO_PAST, NO_VALUE, Case, Price, result
from touchstone.desk.result import Result
from touchstone.desk.wording import plain
from touchstone.facts.text import Text

TEST = "change_as_level"


def change_as_level(case: Case) -> Iterator[Result]:
    """Fails where last time's figure and the value add up to what the method gives."""
    value, before, proposed = case.value, case.before, case.proposed
    if value is None or before is None:
        yield result(TEST, "untested", NO_VALUE if value is None else NO_PAST)
    elif proposed is None:
        words = Text("按方法不成价，无从比较", "the method forms no price to compare with")
        yield result(TEST, "untested", words)
    else:
        yield _compared(case, value, before, proposed)


def _compared(case: Case, value: Price, before: Price, proposed: Price) -> Result:
    past = before.ends_in(case.method.unit)
    assert past
    ends = list(zip(past, (value.low, value.high), (proposed.low, proposed.high), strict=True))
    moved = (value.low, value.high) != (proposed.low, proposed.high)
    wrong = moved and all(_is_change(case, was, Fraction(said), Fraction(due)) for was, said, due in ends)
    sums = "; ".join(
        f"|{plain(Fraction(due))} - {plain(was)}| = {plain(abs(Fraction(due) - was))}" for was, _, due in ends
    )
    sign = "=" if wrong else "≠"
    words = Text(
        f"按方法的水平减上期 {before.day}：{sums} {sign} {value.text.zh}",
        f"what the method gives less {before.day}: {sums} {sign} {value.text.en}",
    )
    return result(TEST, "fails" if wrong else "holds", words, case.used if wrong else ())


def _is_change(case: Case, before: Fraction, value: Fraction, due: Fraction) -> bool:
    """Whether an end is the change from last time to what is due, to within a rounding step."""
    return abs(abs(due - before) - value) < Fraction(case.method.step)
