"""What may be set against each other: a ratio is of the units and months that state both of its sides, and names those that state one.

Money and land are often stated once, in the last month, for the whole year: then all months of that year stand against it. A boundary
narrower than an enterprise's says nothing of the months of units that it does not count, and nothing of the money of enterprises.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from touchstone.calc.carbon.activity import AMOUNT, Entry
from touchstone.calc.carbon.consolidation import there
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.performance import USED
from touchstone.calc.carbon.organisation_checks import ancestors

At = tuple[str, str]
"""A unit or an enterprise, and a month."""
MONEY = "money"
_OF_A_YEAR = (MONEY, "land")
"""Kinds of items that may be stated once for a year."""
_PARTS = ({"06", "12"}, {"03", "06", "09", "12"})
"""Months in which half-years and quarters are stated."""


@dataclass(frozen=True, slots=True)
class Matched:
    """The two sides of a ratio.

    Attributes:
        both: who states both, and when; alone: who states only one.
        owner: who states the divisor of a unit; the unit itself where it is not in here.
    """

    both: frozenset[At]
    alone: frozenset[At]
    owner: Mapping[str, str]

    def counts(self, unit: str, month: str) -> bool:
        """Whether what a unit did in a month is in the ratio."""
        return (self.owner.get(unit, unit), month) in self.both

    @property
    def without(self) -> tuple[str, ...]:
        """What is left out: "line-1 07"."""
        return tuple(f"{key} {month[5:]}" for key, month in sorted(self.alone))


def by_unit(over: Iterable[At], under: Iterable[At]) -> Matched:
    """Month by month of each unit."""
    above, below = frozenset(over), frozenset(under)
    return Matched(above & below, above ^ below, {})


def by_product(account: Account, product: str) -> Matched:
    """What the units of a product used, against what they made; of a unit that states no energy at all, what it emitted."""
    units, inside = makers(account).get(product, frozenset()), _covered(account)
    entries = [
        each
        for each in account.entries
        if each.unit in units
        and each.parameter == AMOUNT
        and (inside is None or (each.unit, each.month) in inside)
    ]
    made = {(each.unit, each.month) for each in entries if each.item == product}
    used = {(each.unit, each.month) for each in entries if each.item in items() and items()[each.item].kind in USED}  # fmt: skip
    powered = {unit for unit, _ in used}
    lines = {(each.unit, each.month) for each in account.every_line if each.unit in units - powered}
    return by_unit(used | lines, made)


def by_money(account: Account, item: str, over: Iterable[At]) -> Matched:
    """What units did, against the money that they, or the enterprise they are part of, state; by month, or by the year where it is of a year.

    Args:
        item: money.output; over: units and months of what is divided.
    """
    if _covered(account) is not None:
        return Matched(frozenset(), frozenset(), {})
    stated = {(each.unit, each.month) for each in of_whole(account) if each.item == item}
    above = frozenset(over)
    owner = {unit: _owner(account, unit, {key for key, _ in stated}) for unit, _ in above}
    months: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for unit, month in above:
        months[owner[unit]][0].add(month)
    for unit, month in stated:
        months[unit][1].add(month)
    both, alone = set[At](), set[At]()
    for key, (done, earned) in months.items():
        year = _of_a_year(account, key, earned)
        if year and year <= done:
            both |= {(key, month) for month in done | earned}
        else:
            both |= {(key, month) for month in done & earned if not year}
            alone |= {(key, month) for month in (year - done if year and done else done ^ earned)}
    return Matched(frozenset(both), frozenset(alone), owner)


def of_whole(account: Account) -> list[Entry]:
    """The amounts, without those of a whole year in which the share of whoever states them changed: how much of it counts nobody said."""
    left_out = {each.fact for each in of_part(account)}
    return [each for each in account.entries if each.parameter == AMOUNT and each.fact not in left_out]


def of_part(account: Account) -> list[Entry]:
    """The amounts of a whole year in which the share of whoever states them changed."""
    months: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for each in account.entries:
        if each.parameter == AMOUNT and each.item in items() and items()[each.item].kind in _OF_A_YEAR:
            months[each.unit, each.item].append(each)
    found: list[Entry] = []
    for (unit, _), every in months.items():
        year = _of_a_year(account, unit, {each.month for each in every})
        if len({account.share(unit, month) for month in year}) > 1:
            found += every
    return found


def makers(account: Account) -> dict[str, frozenset[str]]:
    """By product, the units that state activity data, are inside the boundary, and whose main product it is."""
    found: dict[str, set[str]] = defaultdict(set)
    inside = _covered(account)
    units = None if inside is None else {unit for unit, _ in inside}
    for unit in dict.fromkeys(
        entry.unit for entry in account.entries if units is None or entry.unit in units
    ):
        if product := account.organisation.nodes[unit].product:
            found[product].add(unit)
    return {product: frozenset(units) for product, units in found.items()}


def in_runs(months: Iterable[int]) -> str:
    """Months in short: those that follow each other as a range.

    >>> in_runs([1, 3, 4, 5])
    '01, 03–05'
    """
    runs: list[list[int]] = []
    for month in sorted(months):
        if runs and runs[-1][-1] == month - 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(f"{run[0]:02}–{run[-1]:02}" if len(run) > 1 else f"{run[0]:02}" for run in runs)


def _owner(account: Account, unit: str, known: set[str]) -> str:
    above = (unit, *ancestors(account.organisation, unit))
    enterprise = account.inventory.where[unit]["enterprise"] or unit
    return next((key for key in above if key in known), enterprise)


def _covered(account: Account) -> frozenset[At] | None:
    """The units and months that a boundary of some methods counts; None where it counts everything."""
    if account.counts.methods is None:
        return None
    return frozenset((line.unit, line.month) for line in account.lines)


def _of_a_year(account: Account, key: str, months: set[str]) -> frozenset[str]:
    """The months that values in these are of, if those are all of the year in which their owner is there; none where each is of its month."""
    if not months or key not in account.organisation.nodes:
        return frozenset()
    year = [f"{max(months)[:4]}-{month:02}" for month in range(1, 13)]
    held = [month for month in year if there(account.organisation, key, month)]
    if months == set(held[-1:]) or (held == year and {month[5:] for month in months} in _PARTS):
        return frozenset(held)
    return frozenset()
