"""Shares within bounds: what everybody wants, held between floors and caps so that it adds up to the budget, and then made whole tonnes.

Everything is a fraction until the last step, which gives the tonnes left over to the largest remainders.
"""

from bisect import bisect_right
from fractions import Fraction

from touchstone.calc.pathway.refusal import refusal

Bounds = list[tuple[int, int | None]]
"""Whole tonnes of each: at least, and at most, None for no cap."""


def held(budget: int, wanted: list[Fraction], bounds: Bounds, where: str) -> list[Fraction]:
    """What is wanted, times one number, held within the bounds, so that it adds up to the budget.

    Who wants nothing stays at the floor, so that caps may be out of reach.

    Raises:
        UnusablePathway: TARGET-032, floors or caps do not let the budget through.
    """
    floors = sum(low for low, _ in bounds)
    reach = [low if not want else high for want, (low, high) in zip(wanted, bounds, strict=True)]
    caps = None if None in reach else sum(each or 0 for each in reach)
    crossed = any(high is not None and high < low for low, high in bounds)
    if floors > budget or crossed or (caps is not None and caps < budget):
        raise refusal("TARGET-032", where, floors=floors, caps="∞" if caps is None else caps, budget=budget)
    times = _times(budget, wanted, bounds)
    return [_clamped(times * want, *own) for want, own in zip(wanted, bounds, strict=True)]


def _clamped(value: Fraction, low: int, high: int | None) -> Fraction:
    held = max(value, Fraction(low))
    return held if high is None else min(held, Fraction(high))


def _times(budget: int, wanted: list[Fraction], bounds: Bounds) -> Fraction:
    """The number: the sum is a broken line that rises with it, with a corner where an enterprise leaves its floor or reaches its cap."""
    turns = (
        Fraction(end) / want
        for want, own in zip(wanted, bounds, strict=True)
        if want
        for end in own
        if end is not None
    )
    corners = sorted({Fraction(0), *turns})

    def total(times: Fraction) -> Fraction:
        held = (_clamped(times * want, *own) for want, own in zip(wanted, bounds, strict=True))
        return sum(held, Fraction(0))

    at = max(bisect_right(corners, budget, key=total) - 1, 0)
    start, end = corners[at], corners[at + 1] if at + 1 < len(corners) else corners[at] + 1
    below, above = total(start), total(end)
    return start + (end - start) * (budget - below) / (above - below) if above > below else start


def whole(budget: int, exact: list[Fraction]) -> list[int]:
    """Whole tonnes by the largest remainder; of equal remainders the first key."""
    down = [int(each // 1) for each in exact]
    order = sorted(range(len(exact)), key=lambda at: (down[at] - exact[at], at))
    for at in order[: budget - sum(down)]:
        down[at] += 1
    return down
