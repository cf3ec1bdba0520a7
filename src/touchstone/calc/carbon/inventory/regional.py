"""A region: what is emitted on its ground, what its electricity and heat bring with them from elsewhere, and its energy balance.

It is the region of the units that state data here, not that of the statistical yearbook: its totals are as complete as the organisation is.
Production-based are the direct emissions of all units that stand there, whoever owns them; by consumption, those of the electricity and
heat that were bought are added and those of what was sold taken off, each by the factor that its method asks for.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.factors.refusal import refusal
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.performance import SOLD, USED, Energy, amounts
from touchstone.calc.carbon.inventory.performed import once, standard_coal
from touchstone.errors import UnusableDeclaration
from touchstone.facts.vocabulary import vocabulary

_POWER = "power"
"""Sector of the units that turn fuels into electricity and heat."""
_OWN = "electricity.own"


@dataclass(frozen=True, slots=True)
class Balance:
    """An item of the energy balance, in its own unit.

    Attributes:
        transformed: used by units that make electricity and heat; final: by all others; sold: to others, outside the organisation.
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
    of = {
        key: _places(account.organisation.nodes[key].place)
        for key in account.inventory.entries
        if key in account.units
    }
    inside = tuple(key for key, places in of.items() if place in places)
    if not inside:
        known = sorted({each for places in of.values() for each in places})
        raise refusal(UnusableDeclaration, "INVENTORY-001", "region", found=place, known=", ".join(known))
    entries = [each for each in account.entries if each.unit in inside]
    sums: dict[str, Fraction] = defaultdict(Fraction)
    for line in account.lines:
        if line.unit in inside:
            kind = items()[line.item].kind if line.scope == 2 and line.item in items() else ""
            sums["direct" if line.scope == 1 else kind] += account.weighed(line)
    energy = standard_coal(account, once(account, entries))
    return Regional(
        place, account.year, inside, sums["direct"], sums["electricity"], sums["heat"], tuple(_balance(account, entries, energy)), energy
    )  # fmt: skip


def _places(place: str) -> frozenset[str]:
    found = set[str]()
    while place:
        found.add(place)
        place = vocabulary().parent(place) or ""
    return frozenset(found)


def _balance(account: Account, entries: Iterable[Entry], energy: Energy) -> Iterable[Balance]:
    nodes = account.organisation.nodes
    of: dict[bool, list[Entry]] = {True: [], False: []}
    for each in entries:
        of[nodes[each.unit].sector == _POWER].append(each)
    transformed, final = amounts(of[True]), amounts(of[False])
    for key, item in items().items():
        nothing = Fraction(0)
        used = transformed.get(key, nothing), final.get(key, nothing)
        if item.kind in USED and any(used):
            rows = (nothing, nothing, used[0] + used[1]) if key in SOLD else (*used, nothing)
            yield Balance(key, item.unit, *rows, None if key == _OWN else energy.parts.get(key))
