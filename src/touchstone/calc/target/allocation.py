"""Allocation of a budget among enterprises: shares by declared rules, floors and caps, whole tonnes that add up to the budget exactly.

What one enterprise is entitled to by a guideline is `carbon.assets.allocation`; here a budget that is fixed is divided.
Everything is a fraction until the last step, which gives the tonnes left over to the largest remainders; order never matters.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files

from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.target.rows import Row, each_of, quantity, rows
from touchstone.facts.text import Text

METHODS = {
    "history": (Text("历史排放", "past emissions"), ("history",)),
    "emissions": (Text("上年排放", "emissions of the last year"), ("emissions",)),
    "benchmark": (Text("产量×基准值", "output × benchmark"), ("output", "benchmark")),
    "gap": (Text("与基准的差距", "gap to the benchmark"), ("emissions", "output", "benchmark")),
    "capacity": (Text("产能", "capacity"), ("capacity",)),
    "value": (Text("产值", "value of output"), ("value",)),
}
"""What a budget can be shared by, and the figures of an enterprise that are needed for it."""
_BOUNDED = "emissions"
"""What floors and caps are shares of."""


@dataclass(frozen=True, slots=True)
class Enterprise:
    """Who gets a share.

    Attributes:
        figures: history, emissions (t CO2e), output (t), benchmark (t CO2e/t), capacity (t/a), value (1e4 CNY): those that are known.
    """

    key: str
    figures: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Rule:
    """How a budget is shared.

    Attributes:
        shares: part of the budget that each method divides, of 1 in all; floor, cap: of last year's emissions, None for none.
    """

    key: str
    name: Text
    shares: Mapping[str, Fraction]
    floor: Fraction | None
    cap: Fraction | None
    where: str

    @property
    def needs(self) -> tuple[str, ...]:
        """The figures that it needs of every enterprise."""
        bounded = (_BOUNDED,) if self.floor is not None or self.cap is not None else ()
        every = [figure for method in self.shares for figure in METHODS[method][1]]
        return tuple(dict.fromkeys((*every, *bounded)))


_Shared = Callable[[Fraction, Sequence[Enterprise], Rule], list[Fraction]]
"""A part of the budget among enterprises, each its fraction of it."""


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
    parts: Mapping[str, Fraction]
    low: int | None
    high: int | None
    bound: str
    written: str


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
    by_method = {method: _METHOD[method](budget * part, every, rule) for method, part in rule.shares.items()}
    wanted = [sum((by_method[method][at] for method in rule.shares), Fraction(0)) for at in range(len(every))]
    bounds = [_bounds(each, rule) for each in every]
    exact = _held(budget, wanted, bounds, rule)
    amounts = _whole(budget, exact)
    shares = tuple(
        _share(
            each, amounts[at], exact[at], {method: own[at] for method, own in by_method.items()}, bounds[at]
        )
        for at, each in enumerate(every)
    )
    return Allocation(rule, budget, shares)


def _share(
    each: Enterprise, amount: int, exact: Fraction, parts: Mapping[str, Fraction], bounds: tuple[int, int | None]
) -> Share:  # fmt: skip
    low, high = bounds
    wanted = sum(parts.values(), Fraction(0))
    bound = (
        "floor"
        if low and exact == low and wanted < low
        else "cap"
        if exact == high and wanted > exact
        else ""
    )
    written = " + ".join(f"{float(part):.10g} ({METHODS[method][0].en})" for method, part in parts.items())
    return Share(each, amount, exact, parts, low or None, high, bound, written)


def _by_weight(of: str) -> _Shared:
    def shared(part: Fraction, every: Sequence[Enterprise], rule: Rule) -> list[Fraction]:
        weights = [_weight(each, of) for each in every]
        total = sum(weights, Fraction(0))
        if not total:
            raise refusal("TARGET-033", rule.where, rule=METHODS[of][0])
        return [part * weight / total for weight in weights]

    return shared


def _weight(each: Enterprise, of: str) -> Fraction:
    return each.figures["output"] * each.figures["benchmark"] if of == "benchmark" else each.figures[of]


def _by_gap(part: Fraction, every: Sequence[Enterprise], rule: Rule) -> list[Fraction]:
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
        return [part * own / total for own in emissions]
    if cut <= gap:
        return [own - cut * over / gap for own, over in zip(emissions, gaps, strict=True)]
    return [part * (own - over) / (total - gap) for own, over in zip(emissions, gaps, strict=True)]


_METHOD: Mapping[str, _Shared] = {**{of: _by_weight(of) for of in METHODS if of != "gap"}, "gap": _by_gap}


def _bounds(each: Enterprise, rule: Rule) -> tuple[int, int | None]:
    """Whole tonnes between floor and cap."""
    own = each.figures.get(_BOUNDED, Fraction(0))
    low = 0 if rule.floor is None else -(-rule.floor * own // 1)
    return int(low), None if rule.cap is None else int(rule.cap * own // 1)


def _held(
    budget: int, wanted: list[Fraction], bounds: list[tuple[int, int | None]], rule: Rule
) -> list[Fraction]:
    """What is wanted, times one number, held within the bounds, so that it adds up to the budget.

    Who wants nothing stays at the floor, so that caps may be out of reach.
    """
    floors = sum(low for low, _ in bounds)
    reach = [low if not want else high for want, (low, high) in zip(wanted, bounds, strict=True)]
    caps = None if None in reach else sum(each or 0 for each in reach)
    crossed = any(high is not None and high < low for low, high in bounds)
    if floors > budget or crossed or (caps is not None and caps < budget):
        raise refusal(
            "TARGET-032", rule.where, floors=floors, caps="∞" if caps is None else caps, budget=budget
        )
    times = _times(budget, wanted, bounds)
    return [_clamped(times * want, *own) for want, own in zip(wanted, bounds, strict=True)]


def _clamped(value: Fraction, low: int, high: int | None) -> Fraction:
    held = max(value, Fraction(low))
    return held if high is None else min(held, Fraction(high))


def _times(budget: int, wanted: list[Fraction], bounds: list[tuple[int, int | None]]) -> Fraction:
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


def _whole(budget: int, exact: list[Fraction]) -> list[int]:
    """Whole tonnes by the largest remainder; of equal remainders the first key."""
    down = [int(each // 1) for each in exact]
    order = sorted(range(len(exact)), key=lambda at: (down[at] - exact[at], at))
    for at in order[: budget - sum(down)]:
        down[at] += 1
    return down


def _sound(budget: int, every: Sequence[Enterprise], rule: Rule) -> None:
    keys = [each.key for each in every]
    if budget < 0:
        raise refusal("TARGET-035", rule.where, found=budget)
    if not keys or len(set(keys)) < len(keys):
        twice = next((key for key in keys if keys.count(key) > 1), "")
        found = Text(f"{twice} 出现两次", f"{twice} twice") if twice else Text("没有企业", "no enterprise")
        raise refusal("TARGET-030", rule.where, found=found)
    lacking = [
        f"{each.key}: {figure}"
        for each in every
        for figure in rule.needs
        if each.figures.get(figure, Fraction(-1)) < 0
    ]
    if lacking:
        raise refusal("TARGET-031", rule.where, found="; ".join(lacking), rule=rule.name)


def read_rules(
    text: str, file: str = "allocation.toml"
) -> tuple[dict[str, Rule], tuple[UnusablePathway, ...]]:
    """The rules of a file by key, and why others could not be read. Raises UnusablePathway: TARGET-001."""
    kept, refused = each_of(rows(text, file, "rule"), _rule)
    return {each.key: each for each in kept}, tuple(refused)


def _rule(row: Row) -> Rule:
    row.only("key", "name", "shares", "floor", "cap", "document", "clause", "tag")
    given = row.given.get("shares")
    if not isinstance(given, dict) or not given or not given.keys() <= METHODS.keys():
        known = ", ".join(METHODS)
        raise row.unlike("shares", given, Text(f"以下各项的份额：{known}", f"shares of {known}"))
    shares = {method: quantity(part, row.at("shares"), "%") / 100 for method, part in given.items()}
    if sum(shares.values()) != 1 or min(shares.values()) < 0:
        raise refusal("TARGET-034", row.at("shares"), found=float(100 * sum(shares.values())))
    floor, cap = (row.quantity(field, "%") / 100 if row.has(field) else None for field in ("floor", "cap"))
    return Rule(row.words("key"), row.text("name"), shares, floor, cap, row.at())


@cache
def shipped() -> Mapping[str, Rule]:
    """The rules of Touchstone, `data/targets/allocation.toml`: examples, no document states them."""
    found, refused = read_rules(
        files("touchstone").joinpath("data/targets/allocation.toml").read_text("utf-8")
    )
    assert not refused
    return found
