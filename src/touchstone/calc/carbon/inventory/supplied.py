"""What one unit makes and another uses (heat, electricity): its emissions are those of the fuel that the maker burns, and are counted there.

A transfer that the organisation declares says who supplies whom. Heat counts as supplied so far as the maker can have made it: the heat of the
fuel that it burns in the month, by the heat values its lines took, against all that was taken from it. Carbonates, anode effects and the like
make no heat. What the fuel cannot have made stays bought, so that a fuel nobody stated hides nothing, and is told as missing fuel.
Waste heat of a process is no fuel: who takes it states no heat.

Electricity of own make has no purchase to be left out. It is bought where it comes from another enterprise and that one is not in the account;
its maker need not burn anything (hydropower).

What a maker states as sold it sold to strangers. Where that and what others inside took are more than it made, the sister enterprise was sold it:
it is taken off once, and told.

Source: that supply is bounded by fuel is own inference [I]; the guidelines count what is bought, and say nothing of who made it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from touchstone.calc.carbon.activity import AMOUNT, Entry
from touchstone.calc.carbon.consolidation import there
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.inventory.inventory import Inventory
from touchstone.calc.carbon.inventory.lines import Missing
from touchstone.calc.carbon.line import PLACES, Line
from touchstone.calc.carbon.organisation import OWN, Organisation
from touchstone.calc.carbon.organisation_checks import active, ancestors
from touchstone.errors import UnitMismatch, UnknownUnit
from touchstone.facts.period import span
from touchstone.facts.text import Text
from touchstone.facts.unit import convert

BOUGHT = 2
"""Scope of energy that was bought."""
At = tuple[str, str]
"""Unit and month."""
_SOLD_AS = {"electricity": "electricity.sold", "heat": "heat.sold"}
"""By kind of energy, as what it is stated where strangers bought it."""
_OUTPUT = {"power": "electricity.sold", "heat.supplied": "heat.sold"}
"""By what a maker states to have supplied in all, the item of the part that strangers bought."""
_DIRECT = "electricity.direct"
Key = tuple[str, str, str]
"""Unit, item, month."""


@dataclass(frozen=True, slots=True)
class Supply:
    """Who supplies whom within an organisation.

    Attributes:
        parts: of what a unit takes of an item in a month, the part that each unit supplies; together at most 1.
        used: GJ that a unit took of such an item.
        burnt, taken: of a maker in a month, in GJ: the heat of its fuel, and what was taken from it, where heat was.
        sold: of what a unit states as sold in a month, the part that each unit of another enterprise states to have taken of it.
    """

    organisation: Organisation
    parts: Mapping[Key, Mapping[str, Fraction]]
    used: Mapping[Key, Fraction]
    burnt: Mapping[At, Fraction]
    taken: Mapping[At, Fraction]
    sold: Mapping[Key, Mapping[str, Fraction]]

    def of(self, unit: str, item: str, month: str) -> Mapping[str, Fraction]:
        """The part that each unit supplies; none where all was bought, or made by the unit itself."""
        return self.parts.get((unit, item, month), {})

    def bounded(self, unit: str, item: str, month: str) -> bool:
        """Whether declared makers would have supplied more of it, had they stated more fuel."""
        makers = self.parts.get((unit, item, month))
        return makers is not None and sum(makers.values(), Fraction(0)) < 1

    @property
    def short(self) -> tuple[At, ...]:
        """Makers and months of whose fuel the heat and power taken from them cannot all have been made."""
        return tuple(at for at, size in self.taken.items() if self.burnt.get(at, Fraction(0)) < size)

    def fellow(self, unit: str, maker: str) -> bool:
        """Whether two units are of one enterprise."""
        of = _enterprise(self.organisation, unit)
        return bool(of) and of == _enterprise(self.organisation, maker)


def supply(organisation: Organisation, made: Inventory, held: str = "") -> Supply:
    """The supply within an organisation, as its inventory shows it. Args: held: year whose transfers hold, "" for each month its own."""
    links = _Links(organisation, made, held)
    parts: dict[Key, dict[str, Fraction]] = {}
    taken: dict[At, Fraction] = defaultdict(Fraction)
    shares = {key: links.shares(*key) for key in links.used}
    for key, makers in shares.items():
        for maker, share in makers.items():
            taken[maker, key[2]] += share * links.used[key]
    for maker, month in list(taken):
        taken[maker, month] += links.sold.get((maker, month), Fraction(0))
    warm: dict[At, Fraction] = {}
    for (unit, item, month), makers in shares.items():
        for maker, share in makers.items():
            own, at = parts.setdefault((unit, item, month), {}), (maker, month)
            if item == OWN:
                own[maker] = share
                continue
            warm[at] = taken[at]
            if (
                can := min(Fraction(1), links.burnt.get(at, Fraction(0)) / taken[at])
                if taken[at]
                else Fraction(1)
            ):
                own[maker] = share * can
    known = Supply(organisation, parts, links.used, links.burnt, warm, {})
    return replace(known, sold=dict(_sold_inside(known, links)))


def _sold_inside(known: Supply, links: "_Links") -> Iterator[tuple[Key, dict[str, Fraction]]]:
    """What is stated as sold and was taken by other enterprises of the organisation: as far as the output does not reach for both.

    Where no output is stated, all that they took is held to be part of what was sold: emissions are not taken off twice.
    """
    takes: dict[Key, dict[str, Fraction]] = defaultdict(lambda: defaultdict(Fraction))
    for (user, item, month), makers in known.parts.items():
        for maker, part in makers.items():
            takes[maker, _SOLD_AS[items()[item].kind], month][user] += part * known.used[user, item, month]
    for (maker, item, month), users in takes.items():
        sold, made = (each.get((maker, item, month), Fraction(0)) for each in (links.sold_as, links.made))
        others = {user: size for user, size in users.items() if size and not known.fellow(user, maker)}
        whole = sum(others.values(), Fraction(0))
        over = sold + sum(users.values(), Fraction(0)) - made if made else whole
        if (twice := min(over, whole, sold)) > 0:
            yield (maker, item, month), {user: size / whole * twice / sold for user, size in others.items()}


def bought(entry: Entry, supplied: Fraction) -> Iterable[Entry]:
    """What an amount is of energy that is counted here: without what is counted at its makers, of which own electricity is told alone.

    Own electricity of another enterprise was bought by direct line.
    """
    if entry.parameter != AMOUNT:
        yield entry
        return
    if supplied and entry.item == OWN:
        yield part_of(entry, supplied)
    if supplied < 1:
        yield replace(part_of(entry, 1 - supplied), item=as_bought(entry.item))


def part_of(entry: Entry, part: Fraction) -> Entry:
    """A part of an amount."""
    return entry if part == 1 else replace(entry, value=entry.value * part.numerator / part.denominator)


def as_bought(item: str) -> str:
    """The item that it is where it was bought."""
    return _DIRECT if item == OWN else item


def unfuelled(made: Inventory, known: Supply, unit: str, month: str) -> Missing:
    """What is told of a maker whose fuel is too little for what was taken from it."""
    burnt, taken = (f"{float(size.get((unit, month), 0)):.6g}" for size in (known.burnt, known.taken))
    lines = (each for each in made.lines if (each.unit, each.month) == (unit, month) and _is_fuel(each))
    facts = tuple(given.fact for each in lines for given in each.inputs if given.fact)
    why = Text(
        f"当月燃料的热量为{burnt} GJ，而由它取用的热力和电力为{taken} GJ：燃料可能没有报全；燃料不足以产生的热力按外购计入用户",
        f"its fuel of the month holds {burnt} GJ, and {taken} GJ of heat and power were taken from it: fuel may not be stated; the heat that"
        " it cannot have made counts as bought by the users",
    )
    return Missing(unit, month, "", "", "heat", why, facts)


def sold_inside(made: Inventory, unit: str, item: str, month: str, part: Fraction) -> Missing:
    """What is told of energy that is stated as sold, and went to another enterprise that is part of the account. Args: part: of what was sold."""
    facts = tuple(
        each.fact for each in made.entries[unit] if (each.item, each.month) == (item, month) and each.fact
    )
    percent = f"{float(part * 100):.4g}"
    why = Text(
        f"其中{percent}%按所声明的内部转移由同一核算范围内的其他企业取用：不作为售出扣减；售出量只填报售给组织以外的",
        f"{percent} % of it was taken by other enterprises of this account, by declared transfers: not taken off as sold; state as sold only what"
        " strangers bought",
    )
    return Missing(unit, month, "", "", item, why, facts)


class _Links:
    """What the declared transfers and the data of an inventory say.

    Attributes:
        burnt: GJ of fuel by unit and month; used: GJ that a unit took of an item that somebody supplies; sold: GJ to strangers.
        sold_as, made: the same GJ by the item they were sold as, and what the maker states to have supplied in all of such energy.
    """

    def __init__(self, organisation: Organisation, made: Inventory, held: str) -> None:
        self._organisation, self._held = organisation, held
        self._transfers = defaultdict(list)
        for each in organisation.transfers:
            if items()[each.item].kind == "heat" or each.item == OWN:
                self._transfers[each.user, each.item].append(each)
        self._below: dict[str, list[str]] = defaultdict(list)
        for unit in made.entries.keys() & organisation.nodes.keys():
            for above in (unit, *ancestors(organisation, unit)):
                self._below[above].append(unit)
        self.burnt: dict[At, Fraction] = defaultdict(Fraction)
        self.used: dict[Key, Fraction] = {}
        self.sold: dict[At, Fraction] = defaultdict(Fraction)
        self.sold_as: dict[Key, Fraction] = defaultdict(Fraction)
        self.made: dict[Key, Fraction] = defaultdict(Fraction)
        if self._transfers:
            self._read(made)

    def _read(self, made: Inventory) -> None:
        steam = dict[Key, Fraction]()
        for line in made.lines:
            if _is_fuel(line):
                self.burnt[line.unit, line.month] += _fuel_heat(line)
            elif line.scope == BOUGHT and line.item in items() and items()[line.item].kind == "heat":
                steam[line.unit, line.item, line.month] = _heat(line)
        for entry in (each for own in made.entries.values() for each in own if each.parameter == AMOUNT):
            key = (entry.unit, entry.item, entry.month)
            if entry.item in _OUTPUT:
                self.made[entry.unit, _OUTPUT[entry.item], entry.month] += _energy(entry) or 0
            elif entry.item in _SOLD_AS.values():
                self.sold[entry.unit, entry.month] += _energy(entry) or 0
                self.sold_as[key] += _energy(entry) or 0
            elif entry.unit in self._organisation.nodes and self._makers(*key):
                energy = _energy(entry)
                self.used[key] = steam.get(key, Fraction(0)) if energy is None else energy

    def _makers(self, unit: str, item: str, month: str) -> list[str]:
        last = span((self._held or month[:4]) + month[4:])[1]
        return [
            each.maker
            for user in (unit, *ancestors(self._organisation, unit))
            for each in self._transfers.get((user, item), ())
            if active(each, last)
        ]

    def shares(self, unit: str, item: str, month: str) -> dict[str, Fraction]:
        """The units that supply another, each with its part, together 1: heat by the fuel that each burns, power by its output; else those named, alike."""
        makers = dict.fromkeys(self._makers(unit, item, month))
        units = [
            each for each in dict.fromkeys(x for maker in makers for x in self._below[maker]) if each != unit
        ]
        burnt = {each: self.burnt.get((each, month), Fraction(0)) for each in units}
        power = {each: self.made.get((each, _SOLD_AS["electricity"], month), Fraction(0)) for each in units}
        for sizes in (power, burnt) if item == OWN else (burnt,):
            if whole := sum(sizes.values(), Fraction(0)):
                return {each: size / whole for each, size in sizes.items() if size}
        named = [each for each in makers if each != unit]
        if item != OWN:  # a fuel stated as 0 is not missing
            idle = any((each, month) in self.burnt for each in units)
            named = [each for each in named if there(self._organisation, each, month) and not idle]
        return {each: Fraction(1, len(named)) for each in named}


def _is_fuel(line: Line) -> bool:
    return line.scope == 1 and line.item in items() and items()[line.item].kind == "fuel"


def _fuel_heat(line: Line) -> Fraction:
    """GJ of the fuel of a line; 0 where the method takes no heat value, as it then shows none."""
    given = {each.parameter: Fraction(each.value) for each in line.inputs}
    return given.get("amount", Fraction(0)) * given.get("ncv", Fraction(0))


def _heat(line: Line) -> Fraction:
    """GJ of the steam or hot water of a line."""
    factor = next((Fraction(each.value) for each in line.inputs if each.parameter == "heat_factor"), None)
    return Fraction(line.mass, 10**PLACES) / factor if factor else Fraction(0)


def _energy(entry: Entry) -> Fraction | None:
    """GJ of an amount of energy; None where it is stated by mass."""
    try:
        return convert(entry.value, entry.unit_of, "GJ")
    except (UnitMismatch, UnknownUnit):
        return None


def _enterprise(organisation: Organisation, key: str) -> str:
    return next(
        (
            each
            for each in (key, *ancestors(organisation, key))
            if organisation.nodes[each].kind == "enterprise"
        ),
        "",
    )
