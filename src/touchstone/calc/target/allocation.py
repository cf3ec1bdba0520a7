"""Allocation of a budget among enterprises: shares by declared rules, floors and caps, whole tonnes that add up to the budget exactly.

What one enterprise is entitled to by a guideline is `carbon.assets.allocation`; here a budget that is fixed is divided.
Everything is a fraction until it is made whole tonnes; order never matters.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from touchstone.calc.pathway.refusal import refusal
from touchstone.calc.target.allocation_rules import BOUNDED, FIGURES, METHODS, Rule
from touchstone.calc.target.bounds import held, whole
from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class Enterprise:
    """Who gets a share.

    Attributes:
        figures: of `FIGURES`, in their units: those that are known.
    """

    key: str
    figures: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Part:
    """What one method gives an enterprise, before floors and caps: t CO2e, and the arithmetic in numbers."""

    method: str
    amount: Fraction
    written: str


@dataclass(frozen=True, slots=True)
class Share:
    """What an enterprise gets.

    Attributes:
        amount: whole tonnes; exact: before they were made whole; parts: by method, before floors and caps.
        low, high: the bounds, None for none; bound: "floor", "cap" or "", the one that holds it.
    """

    enterprise: Enterprise
    amount: int
    exact: Fraction
    parts: tuple[Part, ...]
    low: int | None
    high: int | None
    bound: str

    @property
    def wanted(self) -> Fraction:
        """What the methods give in all, before floors and caps."""
        return sum((each.amount for each in self.parts), Fraction(0))


@dataclass(frozen=True, slots=True)
class Allocation:
    """A budget that was shared; shares by key of the enterprise, their amounts are the budget."""

    rule: Rule
    budget: int
    shares: tuple[Share, ...]


def allocate(budget: int, enterprises: Sequence[Enterprise], rule: Rule) -> Allocation:
    """Share a budget of whole tonnes.

    Raises:
        UnusablePathway: TARGET-030 no enterprise, or one twice; TARGET-031 a figure is lacking or below zero; TARGET-032 floors or caps do
            not let the budget through; TARGET-033 nothing to share by; TARGET-035 the budget is below zero.
    """
    every = sorted(enterprises, key=lambda each: each.key)
    _sound(budget, every, rule)
    by_method = [
        _METHOD.get(method, _by_weight)(method, budget * part, every, rule)
        for method, part in rule.shares.items()
    ]
    parts = [tuple(own) for own in zip(*by_method, strict=True)]
    wanted = [sum((each.amount for each in own), Fraction(0)) for own in parts]
    bounds = [_bounds(each, rule) for each in every]
    exact = held(budget, wanted, bounds, rule.where)
    amounts = whole(budget, exact)
    shares = tuple(
        _share(each, amounts[at], exact[at], parts[at], bounds[at]) for at, each in enumerate(every)
    )
    return Allocation(rule, budget, shares)


def _share(
    each: Enterprise, amount: int, exact: Fraction, parts: tuple[Part, ...], bounds: tuple[int, int | None]
) -> Share:
    low, high = bounds
    wanted = sum((part.amount for part in parts), Fraction(0))
    at_floor = low and exact == low and wanted < low
    bound = "floor" if at_floor else "cap" if exact == high and wanted > exact else ""
    return Share(each, amount, exact, parts, low or None, high, bound)


_Method = Callable[[str, Fraction, Sequence[Enterprise], Rule], list[Part]]
"""A part of the budget among enterprises, each its part of it."""


def _by_weight(method: str, part: Fraction, every: Sequence[Enterprise], rule: Rule) -> list[Part]:
    weights = [_weight(each, method) for each in every]
    total = sum(weights, Fraction(0))
    if not total:
        raise refusal("TARGET-033", rule.where, rule=METHODS[method][0])
    return [
        Part(method, part * weight / total, f"{_n(part)} × {_n(weight)} ÷ {_n(total)}") for weight in weights
    ]


def _weight(each: Enterprise, of: str) -> Fraction:
    return each.figures["output"] * each.figures["benchmark"] if of == "benchmark" else each.figures[of]


def _by_gap(method: str, part: Fraction, every: Sequence[Enterprise], rule: Rule) -> list[Part]:
    """Emissions less a reduction in proportion to what is above the benchmark; nobody falls below zero.

    Where the budget is no less than the emissions, or nobody is above the benchmark, all change alike.
    """
    emissions = [each.figures["emissions"] for each in every]
    gaps = [
        max(own - _weight(each, "benchmark"), Fraction(0)) for own, each in zip(emissions, every, strict=True)
    ]
    total, gap = sum(emissions, Fraction(0)), sum(gaps, Fraction(0))
    cut = total - part
    if not total:
        raise refusal("TARGET-033", rule.where, rule=METHODS["emissions"][0])
    if cut <= 0 or not gap:
        return [
            Part(method, part * own / total, f"{_n(part)} × {_n(own)} ÷ {_n(total)}") for own in emissions
        ]
    rows = zip(emissions, gaps, strict=True)
    if cut <= gap:
        return [
            Part(method, own - cut * over / gap, f"{_n(own)} − {_n(cut)} × {_n(over)} ÷ {_n(gap)}")
            for own, over in rows
        ]
    rest = total - gap
    return [
        Part(method, part * (own - over) / rest, f"{_n(part)} × {_n(own - over)} ÷ {_n(rest)}")
        for own, over in rows
    ]


_METHOD: Mapping[str, _Method] = {"gap": _by_gap}
"""Methods that do not share by a weight."""


def _n(value: Fraction) -> str:
    """A number of the arithmetic: whole, or with the digits that count."""
    number = float(value)
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.6g}"


def _bounds(each: Enterprise, rule: Rule) -> tuple[int, int | None]:
    """Whole tonnes between floor and cap."""
    own = each.figures.get(BOUNDED, Fraction(0))
    low = 0 if rule.floor is None else int(-(-rule.floor * own // 1))
    # Of less than a few tonnes a cap made whole may lie below the floor made whole.
    return low, None if rule.cap is None else max(int(rule.cap * own // 1), low)


def _sound(budget: int, every: Sequence[Enterprise], rule: Rule) -> None:
    keys = [each.key for each in every]
    if budget < 0:
        raise refusal("TARGET-035", rule.where, found=budget)
    if not keys or len(set(keys)) < len(keys):
        twice = next((key for key in keys if keys.count(key) > 1), "")
        found = Text(f"{twice} 出现两次", f"{twice} twice") if twice else Text("没有企业", "no enterprise")
        raise refusal("TARGET-030", rule.where, found=found)
    lacking = [
        (each.key, FIGURES[figure][0])
        for each in every
        for figure in rule.needs
        if each.figures.get(figure, Fraction(-1)) < 0
    ]
    if lacking:
        zh, en = (
            "; ".join(f"{key}: {getattr(name, lang)}" for key, name in lacking) for lang in ("zh", "en")
        )
        raise refusal("TARGET-031", rule.where, found=Text(zh, en), rule=rule.name)
