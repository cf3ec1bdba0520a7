"""Progress: where an indicator stands against its target, how fast it moves, how fast it must, and when it will be there at its present pace.

Values are exact; only compound rates, which are roots, are floats. A course is told from two years at least; one value tells none.
"""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from touchstone.calc.pathway.refusal import refusal
from touchstone.calc.target.course import Measured, Pace, Progress, pace, pace_to, say
from touchstone.calc.target.peak import peaked
from touchstone.calc.target.target import Target
from touchstone.facts.text import Text

SPAN = 5
"""Years back from the latest value that the present pace is taken over: a five-year plan. A choice of Touchstone, no document states it."""


def progress(
    target: Target, measured: Iterable[Measured], why_none: Text | None = None, today: int | None = None
) -> Progress:  # fmt: skip
    """The progress of a target.

    Args:
        measured: values of its indicator, place and products, one a year, in any order.
        why_none: why there are none, to say so.
        today: the year it is; a target whose year is over and has no value is not measured, whatever was expected. None asks for no such thing.

    Raises:
        UnusablePathway: TARGET-008, a year has two different values.
    """
    years = _by_year(target, measured)
    if not years:
        return _nothing(target, (), why_none or Text("没有实际值", "nothing was measured"))
    found = peaked(target, years) if target.sense == "before" else _valued(target, years)
    if today is None or today <= target.year or years[-1].year >= target.year:
        return found
    why = Text(
        f"{target.year}年已过，当年及以后没有值；{found.why.zh}",
        f"{target.year} is over and has no value, nor has a later year; {found.why.en}",
    )
    return replace(found, verdict="not-measured", why=why)


def _valued(target: Target, years: tuple[Measured, ...]) -> Progress:
    base = next((each for each in years if each.year == target.base), None)
    goal = target.goal(base.value if base else None)
    if goal is None:
        why = Text(f"基准年{target.base}没有值", f"the base year {target.base} has no value")
        return _nothing(target, years, why)
    due = next((each for each in years if each.year >= target.year), None)
    return _over(target, goal, years, base, due) if due else _coming(target, goal, years, base)


def _by_year(target: Target, measured: Iterable[Measured]) -> tuple[Measured, ...]:
    found: dict[int, Measured] = {}
    for each in measured:
        before = found.setdefault(each.year, each)
        if before.value != each.value:
            raise refusal(
                "TARGET-008", target.where, year=each.year, first=float(before.value), second=float(each.value), unit=target.about.unit,
                target=target.key,
            )  # fmt: skip
    return tuple(found[year] for year in sorted(found))


def _nothing(target: Target, years: tuple[Measured, ...], why: Text) -> Progress:
    latest = years[-1] if years else None
    return Progress(
        target, None, years, latest, None, None, None, None, None, None, None, False, "not-measured", why
    )


def _pace(years: tuple[Measured, ...]) -> Pace | None:
    """From the first value within `SPAN` years of the latest; from the one before the latest where there is none."""
    latest = years[-1]
    recent = [each for each in years[:-1] if each.year >= latest.year - SPAN] or years[-2:-1]
    return pace(recent[0], latest) if recent else None


def _distance(target: Target, goal: Fraction, value: Fraction) -> Fraction:
    return goal - value if target.sense == "least" else value - goal


def _over(
    target: Target, goal: Fraction, years: tuple[Measured, ...], base: Measured | None, due: Measured
) -> Progress:
    """The year of the target is over: its own value decides, else the first one after it, and that is said."""
    met = target.holds(due.value, goal)
    late = (
        Text("", "")
        if due.year == target.year
        else Text(
            f"（{target.year}年没有值，按{due.year}年判断）",
            f" ({target.year} has no value; judged by {due.year})",
        )
    )
    shown, wanted = say(due.value, target), say(goal, target)
    why = Text(
        f"{due.year}年为{shown}，目标{wanted}{late.zh}",
        f"{shown} in {due.year}, the target is {wanted}{late.en}",
    )
    known = tuple(each for each in years if each.year <= due.year)
    reached, at_least = _since_when(target, goal, known) if met else _at_last(target, goal, years)
    slack = None if reached is None else target.year - reached
    return Progress(
        target, goal, years, due, base, _distance(target, goal, due.value), _pace(known), None, None, reached, slack, at_least,
        "met" if met else "missed", why,
    )  # fmt: skip


def _at_last(target: Target, goal: Fraction, years: tuple[Measured, ...]) -> tuple[Fraction | None, bool]:
    """When a target that was missed was reached after all, or will be at the present pace."""
    if target.holds(years[-1].value, goal):
        return _since_when(target, goal, years)
    return _when(years[-1], goal, _pace(years)), False


def _coming(target: Target, goal: Fraction, years: tuple[Measured, ...], base: Measured | None) -> Progress:
    latest = years[-1]
    present = _pace(years)
    required = pace_to(latest.year, latest.value, target.year, goal)
    holds = target.holds(latest.value, goal)
    expected = (
        None
        if present is None
        else target.about.within(latest.value + present.linear * (target.year - latest.year))
    )
    if holds:
        reached, at_least = _since_when(target, goal, years)
    else:
        reached, at_least = _when(latest, goal, present), False
    verdict = _verdict(target, goal, holds, expected)
    slack = None if reached is None or (holds and verdict == "slipping") else target.year - reached
    return Progress(
        target, goal, years, latest, base, _distance(target, goal, latest.value), present, required, expected, reached, slack, at_least,
        verdict, _said(target, goal, latest, present, expected, holds, verdict),
    )  # fmt: skip


def _verdict(target: Target, goal: Fraction, holds: bool, expected: Fraction | None) -> str:
    if expected is None:
        return "met" if holds else "not-measured"
    will = target.holds(expected, goal)
    if holds and will:
        return "met"
    return "on-course" if will else "slipping"


def _when(latest: Measured, goal: Fraction, present: Pace | None) -> Fraction | None:
    """When the goal is reached at the present pace; never, if it stands still or moves away."""
    if latest.value == goal:
        return Fraction(latest.year)
    if present is None or present.linear == 0:
        return None
    years = (goal - latest.value) / present.linear
    return latest.year + years if years >= 0 else None


def _since_when(target: Target, goal: Fraction, years: tuple[Measured, ...]) -> tuple[Fraction, bool]:
    """Since when it holds without a break, between two values by a straight line; whether that is only the first value there is."""
    holding = len(years) - 1
    while holding > 0 and target.holds(years[holding - 1].value, goal):
        holding -= 1
    first = years[holding]
    if holding == 0:
        return Fraction(first.year), True
    before = years[holding - 1]
    part = (goal - before.value) / (first.value - before.value)
    return before.year + part * (first.year - before.year), False


def _said(
    target: Target, goal: Fraction, latest: Measured, present: Pace | None, expected: Fraction | None, holds: bool, verdict: str
) -> Text:  # fmt: skip
    now, wanted = say(latest.value, target), say(goal, target)
    head = Text(
        f"{latest.year}年为{now}，{target.year}年目标{wanted}",
        f"{now} in {latest.year}, the target for {target.year} is {wanted}",
    )
    if present is None or expected is None:
        rest = (
            Text("；只有一年的值，看不出进度", "; one value tells no pace")
            if not holds
            else Text(
                "；只有一年的值，到期仍须保持", "; one value tells no pace, and it must still hold then"
            )
        )
    else:
        then = say(expected, target)
        rest = Text(
            f"；照{present.since}至{present.until}年的速度届时为{then}",
            f"; {then} then at the pace of {present.since} to {present.until}",
        )
        if holds and verdict == "slipping":
            rest = Text(f"{rest.zh}，不能保持", f"{rest.en}, so it would not hold")
    return Text(head.zh + rest.zh, head.en + rest.en)
