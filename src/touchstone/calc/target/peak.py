"""Peaks: whether emissions have passed their highest year, and if they still rise, whether they slow down in time.

A peak is only behind us as far as was measured; before the year of the target a fall so far is a course, not a proof.
"""

from fractions import Fraction

from touchstone.calc.target.course import Measured, Progress, pace, say
from touchstone.calc.target.target import Target
from touchstone.facts.text import Text


def peaked(target: Target, years: tuple[Measured, ...]) -> Progress:
    """The progress of a target "peak before a year".

    Args:
        years: measured values, rising by year, at least one. Of equal highest values the last one is the peak, so that a plateau is not over.
    """
    known = tuple(each for each in years if each.year < target.year) or years[:1]
    top = max(known, key=lambda each: (each.value, each.year))
    after = next((each for each in years if each.year >= target.year), None)
    if after and len(known) < len(years):
        return _over(target, years, top)
    latest = years[-1]
    if len(years) == 1:
        return _made(
            target,
            years,
            None,
            "not-measured",
            Text("只有一年的值，看不出方向", "one value tells no direction"),
        )
    if top.year < latest.year:
        fell = 100 * (1 - latest.value / top.value) if top.value else Fraction(0)
        why = Text(
            f"最高值为{top.year}年的{say(top.value, target)}，至{latest.year}年已降{float(fell):.3g} %；到期前仍不得再创新高",
            f"highest in {top.year} at {say(top.value, target)}, {float(fell):.3g} % lower by {latest.year}; it must not be exceeded again",
        )
        return _made(target, years, Fraction(top.year), "on-course", why)
    return _rising(target, years)


def _over(target: Target, years: tuple[Measured, ...], top: Measured) -> Progress:
    later = max((each for each in years if each.year >= target.year), key=lambda each: each.value)
    met = top.value > later.value
    highest = top if met else later
    why = Text(
        f"最高值为{highest.year}年的{say(highest.value, target)}，目标为{target.year}年前达峰",
        f"highest in {highest.year} at {say(highest.value, target)}; the target is a peak before {target.year}",
    )
    return _made(target, years, Fraction(highest.year), "met" if met else "missed", why)


def _rising(target: Target, years: tuple[Measured, ...]) -> Progress:
    """Still at its highest: on course only if its rise shrinks fast enough to be gone before the year."""
    turn = _turn(years)
    latest = years[-1]
    if turn is None:
        why = Text(
            f"{latest.year}年为最高值，上升没有放缓", f"highest in {latest.year}, and rising no more slowly"
        )
        return _made(target, years, None, "slipping", why)
    on_course = turn < target.year
    why = Text(
        f"{latest.year}年为最高值，但上升在放缓；照此约于{float(turn):.1f}年停止上升",
        f"highest in {latest.year}, but rising more slowly; at this rate the rise ends about {float(turn):.1f}",
    )
    return _made(target, years, turn, "on-course" if on_course else "slipping", why)


def _turn(years: tuple[Measured, ...]) -> Fraction | None:
    """When the yearly rise reaches zero if it goes on shrinking as it did between the first and the last interval."""
    if len(years) < 3:
        return None
    first, last = pace(years[0], years[1]), pace(years[-2], years[-1])
    assert first and last
    middles = [Fraction(each.since + each.until, 2) for each in (first, last)]
    shrinking = (first.linear - last.linear) / (middles[1] - middles[0])
    return middles[1] + last.linear / shrinking if shrinking > 0 and last.linear >= 0 else None


def _made(
    target: Target, years: tuple[Measured, ...], turn: Fraction | None, verdict: str, why: Text
) -> Progress:
    slack = None if turn is None else target.year - turn
    present = pace(years[0], years[-1])
    return Progress(
        target, None, years, years[-1], None, None, present, None, None, turn, slack, False, verdict, why
    )
