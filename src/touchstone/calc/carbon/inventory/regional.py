"""A region: what is emitted on its ground, what its electricity and heat bring with them from elsewhere, and its energy balance.

It is the region of the units that state data here, not that of the statistical yearbook: its totals are as complete as the organisation is.
Production-based are the direct emissions of all units that stand there, whoever owns them; by consumption, those of the electricity and
heat that were bought are added and those of what was sold taken off, each by the factor that its method asks for. Heat and own electricity that
a unit of another region supplies is added where it is used and taken off where it was made, both by the user's method: the provinces add up
to the country.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
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
from touchstone.calc.carbon.inventory.yearly import Record
from touchstone.calc.carbon.line import PLACES, Line
from touchstone.calc.carbon.organisation import OWN
from touchstone.errors import UnusableDeclaration
from touchstone.facts.text import Text
from touchstone.facts.vocabulary import vocabulary

_POWER = "power"
"""Sector of the units that turn fuels into electricity and heat."""


FIGURES = ("production", "electricity", "heat", "consumption")
"""Sums of emissions of a region."""
PARTS = ("transformed", "final", "sold")
"""Columns of its balance, in the unit of the item."""
COAL = "coal"
"""Standard coal: a column of its balance, and the sum of all of it."""


@dataclass(frozen=True, slots=True)
class Balance:
    """An item of the energy balance, in its own unit.

    Attributes:
        parts: what each of `PARTS` was added from.
        burnt: the same of its standard coal; None where it has no coefficient, or is counted with its fuel.
    """

    item: str
    unit: str
    parts: Mapping[str, tuple[Record, ...]]
    burnt: tuple[Record, ...] | None

    @property
    def transformed(self) -> Fraction:
        """Used by units that make electricity and heat."""
        return _sum(self.parts["transformed"])

    @property
    def final(self) -> Fraction:
        """Used by all others."""
        return _sum(self.parts["final"])

    @property
    def sold(self) -> Fraction:
        """Outside the organisation, or to its units in other regions."""
        return _sum(self.parts["sold"])

    @property
    def coal(self) -> Fraction | None:
        """All of it in tonnes of standard coal, what was sold below zero."""
        return None if self.burnt is None else _sum(self.burnt)


@dataclass(frozen=True, slots=True)
class Regional:
    """A region in a year. Every number is the sum of its records, which `of` gives.

    Attributes:
        units: that stand in it and state data.
        emitted: the lines that count, by figure: of units that stand in it, and of those elsewhere that take heat and power from it.
        balance: in the order of the vocabulary; energy: in standard coal, with what it lacks.
    """

    place: str
    year: str
    units: tuple[str, ...]
    emitted: Mapping[str, tuple[Record, ...]]
    balance: tuple[Balance, ...]
    energy: Energy

    @property
    def production(self) -> Fraction:
        """Direct emissions, tonnes of CO2 equivalent."""
        return _sum(self.emitted["production"])

    @property
    def electricity(self) -> Fraction:
        """Of electricity that was bought, less what was sold."""
        return _sum(self.emitted["electricity"])

    @property
    def heat(self) -> Fraction:
        """Of heat that was bought, less what was sold."""
        return _sum(self.emitted["heat"])

    @property
    def consumption(self) -> Fraction:
        """Emissions by consumption of electricity and heat."""
        return self.production + self.electricity + self.heat

    def of(self, row: str) -> tuple[Record, ...] | None:
        """What `production`, `final/diesel`, `coal/diesel` or `coal` was added from; None where a region has no such number."""
        part, _, item = row.partition("/")
        if not item:
            every = dict(self.emitted)
            every["consumption"] = tuple(each for records in self.emitted.values() for each in records)
            every[COAL] = tuple(each for row in self.balance for each in row.burnt or ())
            return every.get(part)
        found = next((each for each in self.balance if each.item == item), None)
        if found is None:
            return None
        return (found.burnt or ()) if part == COAL else found.parts.get(part)


def _sum(records: Iterable[Record]) -> Fraction:
    return sum((each.counted for each in records), Fraction(0))


def regional(account: Account, place: str) -> Regional:
    """A region in the year of an account that counts every unit whole.

    Raises:
        UnusableDeclaration: INVENTORY-001, no unit of the account stands in such a place.
    """
    inside = standing(account, place)
    emitted: dict[str, list[Record]] = {figure: [] for figure in FIGURES[:-1]}
    for line in account.every_line:
        figure = _figure(line)
        if figure in emitted and account.counts.counts(line) and (size := _counted(account, place, line)):
            emitted[figure].append(Record(line.unit, line.month, line.item, None, "", size, line=line))
    used, given = _used(account, place), _given(account, place)
    energy = standard_coal(account, [*used, *(replace(each, value=-each.value) for each in given)])
    partly = (OWN, as_bought(OWN), *SOLD)
    shown = [
        each for each in account.entries if each.item not in partly and _stands(account, each.unit, place)
    ]
    shown += [each for each in used if each.item in partly]
    return Regional(
        place, account.year, inside, {figure: tuple(records) for figure, records in emitted.items()},
        tuple(_balance(account, shown, given, energy)), energy,
    )  # fmt: skip


def _figure(line: Line) -> str:
    """The figure that a line is part of; that of scope 2 is told by what was bought."""
    if line.scope == 1:
        return "production"
    return items()[line.item].kind if line.scope == BOUGHT and line.item in items() else ""


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
    parts: dict[str, dict[str, list[Record]]] = defaultdict(lambda: {part: [] for part in PARTS})
    burnt: dict[str, list[Record]] = defaultdict(list)
    for part, each in (
        *((_part(account, each), each) for each in entries),
        *(("sold", each) for each in given),
    ):
        if each.item in items() and items()[each.item].kind in USED:
            for size in amounts([each]).values():
                parts[each.item][part].append(_record(account, each, size))
    for counted in energy.counted:
        burnt[counted.entry.item].append(_record(account, counted.entry, counted.coal, counted.factor))
    for key, item in items().items():
        if any(each.counted for records in parts[key].values() for each in records):
            of = {part: tuple(records) for part, records in parts[key].items()}
            yield Balance(key, item.unit, of, tuple(burnt[key]) if key in energy.parts else None)


def _part(account: Account, entry: Entry) -> str:
    if entry.item in SOLD:
        return "sold"
    return "transformed" if account.organisation.nodes[entry.unit].sector == _POWER else "final"


def _record(account: Account, entry: Entry, size: Fraction, factor: str = "") -> Record:
    """A value of the ledger as it was stated, and what of it counts here."""
    whole = account.by_fact.get(entry.fact, entry)
    return Record(entry.unit, entry.month, entry.item, whole.value, whole.unit_of, size, entry.fact, factor)
