"""Wide range: wider, against its middle, than every range published lately."""

from collections.abc import Iterator
from fractions import Fraction

from touchstone.desk.detectors.case import NO_VALUE, Case, Price, result
from touchstone.desk.result import Result
from touchstone.desk.wording import plain
from touchstone.facts.text import Text

TEST = "wide_range"


def wide_range(case: Case) -> Iterator[Result]:
    """Fails where the range is wider than the widest of the last so many; untested while there are few."""
    value, lately = case.value, case.history[: case.parameter(TEST, "lately")]
    few = case.parameter(TEST, "at_least")
    if value is None or len(lately) < few:
        words = Text(
            f"此前发布的评估只有 {len(lately)} 期，不足 {few} 期",
            f"{len(lately)} assessments were published before, fewer than {few}",
        )
        yield result(TEST, "untested", NO_VALUE if value is None else words)
        return
    widest = max(lately, key=_width)
    wide = _width(value) > _width(widest)
    words = Text(
        f"区间宽度 {_percent(value)}（{value.text.zh}）；此前 {len(lately)} 期最宽 {_percent(widest)}（{widest.day}，{widest.text.zh}）",
        f"the range is {_percent(value)} wide ({value.text.en}); the widest of the {len(lately)} before was"
        f" {_percent(widest)} ({widest.day}, {widest.text.en})",
    )
    yield result(TEST, "fails" if wide else "holds", words, case.used if wide else ())


def _width(price: Price) -> Fraction:
    """Width of a range relative to its middle."""
    return Fraction(price.high - price.low) / price.middle


def _percent(price: Price) -> str:
    return f"{plain(Fraction(round(_width(price) * 1000), 10))}%"
