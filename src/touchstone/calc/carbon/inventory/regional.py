"""A region: what is emitted on its ground, what its electricity and heat bring with them from elsewhere, and its energy balance.

It is the region of the units that state data here, not that of the statistical yearbook: its totals are as complete as the organisation is.
Production-based are the direct emissions of all units that stand there, whoever owns them; by consumption, those of the electricity and
heat that were bought are added and those of what was sold taken off, each by the factor that its method asks for. Heat and own electricity that
a unit of another region supplies is added where it is used and taken off where it was made, both by the user's method: the provinces add up
to the country.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from touchstone.calc.carbon.activity import AMOUNT, Entry
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.factors.refusal import refusal
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.performance import SOLD, USED, Energy, amounts
from touchstone.calc.carbon.inventory.performed import standard_coal
from touchstone.calc.carbon.inventory.supplied import BOUGHT, as_bought, bought, part_of
from touchstone.calc.carbon.inventory.view import weight
from touchstone.calc.carbon.line import PLACES, Line
from touchstone.calc.carbon.organisation import OWN
from touchstone.errors import UnusableDeclaration
from touchstone.facts.text import Text
from touchstone.facts.vocabulary import vocabulary

_POWER = "power"
"""Sector of the units that turn fuels into electricity and heat."""


@dataclass(frozen=True, slots=True)
class Balance:
    """An item of the energy balance, in its own unit.

    Attributes:
        transformed: used by units that make electricity and heat; final: by all others; sold: outside the organisation, or to its units in
            other regions.
        coal: all of it in tonnes of standard coal, what was sold below zero; None where it has no coefficient, or is counted with its fuel.
    """

    item: str
    unit: str
    transformed: Fraction
    final: Fraction
    sold: Fraction
    coal: Fraction | None


@dataclass(frozen=True, slots=True)
class Regional:
    """A region in a year.

    Attributes:
        units: that stand in it and state data.
        production: direct emissions, tonnes of CO2 equivalent; electricity, heat: of what was bought less what was sold.
        balance: in the order of the vocabulary; energy: in standard coal, with what it lacks.
    """

    place: str
    year: str
    units: tuple[str, ...]
    production: Fraction
    electricity: Fraction
    heat: Fraction
    balance: tuple[Balance, ...]
    energy: Energy

    @property
    def consumption(self) -> Fraction:
        """Emissions by consumption of electricity and heat."""
        return self.production + self.electricity + self.heat


def regional(account: Account, place: str) -> Regional:
    """A region in the year of an account that counts every unit whole.

    Raises:
        UnusableDeclaration: INVENTORY-001, no unit of the account stands in such a place.
    """
    inside = standing(account, place)
    sums: dict[str, Fraction] = defaultdict(Fraction)
    for line in account.every_line:
        if account.counts.counts(line):
            kind = items()[line.item].kind if line.scope == 2 and line.item in items() else ""
            sums["direct" if line.scope == 1 else kind] += _counted(account, place, line)
    used, given = _used(account, place), _given(account, place)
    energy = standard_coal(account, [*used, *(replace(each, value=-each.value) for each in given)])
    power = (OWN, as_bought(OWN))
    shown = [
        each for each in account.entries if each.item not in power and _stands(account, each.unit, place)
    ]
    shown += [each for each in used if each.item in power]
    return Regional(
        place, account.year, inside, sums["direct"], sums["electricity"], sums["heat"], tuple(_balance(account, shown, given, energy)), energy
    )  # fmt: skip


def standing(account: Account, place: str) -> tuple[str, ...]:
    """The units of an account that stand in a place and state data.

    Raises:
        UnusableDeclaration: INVENTORY-001, there is none, with the places where one stands.
    """
    nodes = account.organisation.nodes
    of = {key: _places(nodes[key].place) for key in account.inventory.entries if key in account.units}
    inside = tuple(key for key, places in of.items() if place in places)
    if not inside:
        known = sorted({each for places in of.values() for each in places})
        zh, en = (
            ", ".join(f"{each} {vocabulary().name(each, lang)}" for each in known) for lang in ("zh", "en")
        )
        raise refusal(UnusableDeclaration, "INVENTORY-001", "region", found=place, known=Text(zh, en))
    return inside


def _stands(account: Account, unit: str, place: str) -> bool:
    return place in _places(account.organisation.nodes[unit].place)


def _crossing(account: Account, unit: str, item: str, month: str, place: str) -> Fraction:
    """Which part of what a unit takes crosses the border of a region: above zero inwards, below outwards."""
    makers = account.supply.of(unit, item, month)
    here = _stands(account, unit, place) if makers else False
    across = (
        part
        for maker, part in makers.items()
        if maker in account.units and _stands(account, maker, place) != here
    )
    found = sum(across, Fraction(0))
    return found if here else -found


def _counted(account: Account, place: str, line: Line) -> Fraction:
    """What a line counts in a region, in t of CO2 equivalent."""
    own = account.weighed(line) if account.part(line) and _stands(account, line.unit, place) else Fraction(0)
    part = (
        _crossing(account, line.unit, line.item, line.month, place) if line.scope == BOUGHT else Fraction(0)
    )
    return own + (
        part * Fraction(line.mass, 10**PLACES) * weight(account.library, line.gas, account.set) if part else 0
    )


def _used(account: Account, place: str) -> list[Entry]:
    """What the units of a region used, without what another one of it supplied; own electricity from elsewhere comes by direct line."""
    found: list[Entry] = []
    for each in account.entries:
        if _stands(account, each.unit, place):
            at = (each.unit, each.item, each.month)
            found += bought(each, account.supplied(*at) - _crossing(account, *at, place))
    return found


def _given(account: Account, place: str) -> list[Entry]:
    """What units elsewhere took of those of a region."""
    found: list[Entry] = []
    for each in account.entries:
        part = -_crossing(account, each.unit, each.item, each.month, place)
        if each.parameter == AMOUNT and part > 0:
            found.append(replace(part_of(each, part), item=as_bought(each.item)))
    return found


@cache
def _places(place: str) -> frozenset[str]:
    found = set[str]()
    while place:
        found.add(place)
        place = vocabulary().parent(place) or ""
    return frozenset(found)


def _balance(
    account: Account, entries: Iterable[Entry], given: Iterable[Entry], energy: Energy
) -> Iterable[Balance]:
    nodes = account.organisation.nodes
    of: dict[bool, list[Entry]] = {True: [], False: []}
    for each in entries:
        of[nodes[each.unit].sector == _POWER].append(each)
    transformed, final, away = amounts(of[True]), amounts(of[False]), amounts(given)
    for key, item in items().items():
        nothing = Fraction(0)
        used = transformed.get(key, nothing), final.get(key, nothing)
        sold = away.get(key, nothing)
        if item.kind in USED and (any(used) or sold):
            rows = (nothing, nothing, used[0] + used[1]) if key in SOLD else (*used, sold)
            yield Balance(key, item.unit, *rows, None if key == OWN else energy.parts.get(key))
