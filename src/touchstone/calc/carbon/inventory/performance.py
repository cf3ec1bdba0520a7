"""What units made and used: output, energy in standard coal, intensities, and the level of a limit that they reach.

Source: GB/T 2589-2020 for what counts as comprehensive energy and what a unit of standard coal is [F for its being in force];
coefficients from the factor library.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from touchstone.calc.carbon.activity import AMOUNT, Entry
from touchstone.calc.carbon.factors.context import Context
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.factors.limit import Limit, limits_of
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.factors.resolve import resolve
from touchstone.calc.carbon.line import Input
from touchstone.errors import Refusal, UnitMismatch, UnknownUnit
from touchstone.facts.text import Text
from touchstone.facts.unit import convert

COAL = {"calorific": "standard-coal", "equal": "standard-coal-equal"}
"""How electricity is turned into standard coal: by its heat, or by the coal that makes it."""
USED = ("fuel", "reductant", "electricity", "heat")
"""Kinds of items that are energy; coke that reduces an ore is, as GB/T 2589 counts energy that is used as a raw material [I]."""
_REDUCTANT = "reductant."
_INSIDE = ("electricity.own",)
"""Made in the organisation of fuel that is counted already."""
SOLD = ("electricity.sold", "heat.sold")
GRADES = ("level-1", "level-2", "level-3")
"""Of a limit, from the strictest on."""
Heats = Mapping[tuple[str, str, str], Input]
"""The heat value of a fuel by unit, month and item."""
Owners = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Counted:
    """What an amount is in standard coal, below zero where it was sold, and the factor it is by, "" where its heat was measured."""

    entry: Entry
    coal: Fraction
    factor: str


@dataclass(frozen=True, slots=True)
class Energy:
    """Energy used, in tonnes of standard coal.

    Attributes:
        counted: every amount that could be counted; lacking: items without a coefficient, with why.
    """

    counted: tuple[Counted, ...]
    lacking: Mapping[str, Text]

    @property
    def parts(self) -> dict[str, Fraction]:
        """By item."""
        found: dict[str, Fraction] = {}
        for each in self.counted:
            found[each.entry.item] = found.get(each.entry.item, Fraction(0)) + each.coal
        return found

    @property
    def factors(self) -> dict[str, tuple[str, ...]]:
        """By item, ids of the coefficients and default heat values; none where all of its heat was measured."""
        found: dict[str, tuple[str, ...]] = {}
        for each in self.counted:
            if each.factor:
                found[each.entry.item] = tuple(dict.fromkeys((*found.get(each.entry.item, ()), each.factor)))
        return found

    @property
    def total(self) -> Fraction:
        """Tonnes of standard coal, of what has a coefficient."""
        return sum((each.coal for each in self.counted), Fraction(0))

    @property
    def whole(self) -> bool:
        """Whether the total says anything of the whole: it does not without electricity or heat that was bought."""
        return not any(
            item in items() and items()[item].kind in ("electricity", "heat") for item in self.lacking
        )


def amounts(entries: Iterable[Entry]) -> dict[str, Fraction]:
    """What was used or made, by item, in the unit the vocabulary counts it in; an amount in another kind of unit is left out."""
    found: dict[str, Fraction] = {}
    for each in entries:
        if each.parameter == AMOUNT and each.item in items():
            try:
                value = convert(each.value, each.unit_of, items()[each.item].unit)
            except (UnitMismatch, UnknownUnit):
                continue
            found[each.item] = found.get(each.item, Fraction(0)) + value
    return found


def power_for_product(entries: Iterable[Entry], product: str) -> dict[str, tuple[Fraction, Fraction]]:
    """MWh of alternating current that a unit used, less what it sold, and its output, by month; months that state both.

    What comprehensive AC electricity for a tonne is, here and in the checks of data quality.
    """
    by_month: dict[str, list[Entry]] = {}
    for each in entries:
        by_month.setdefault(each.month, []).append(each)
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for month in sorted(by_month):
        own = amounts(by_month[month])
        power = {
            item: -size if item in SOLD else size
            for item, size in own.items()
            if items()[item].kind == "electricity"
        }
        if product in own and power.keys() - set(SOLD):
            found[month] = (sum(power.values(), Fraction(0)), own[product])
    return found


def energy(
    entries: Iterable[Entry], library: Library, year: int, electricity: str = "calorific", heats: Heats = MappingProxyType({}),
    owners: Owners = MappingProxyType({}),
) -> Energy:  # fmt: skip
    """The energy that was used, in standard coal: by the measured heat value of a fuel, else by its coefficient, else by its default heat value.

    Args:
        electricity: of `COAL`.
        heats: the heat values that an inventory took.
        owners: of each unit, itself and the nodes above it: whose own coefficients apply.
    """
    used = _Used(library, year, electricity, heats, owners)
    counted: list[Counted] = []
    lacking: dict[str, Text] = {}
    for each in entries:
        if not _is_energy(each):
            continue
        found = used.rate(each)
        if isinstance(found, Text):
            lacking[each.item] = found
            continue
        rate, factor = found
        size = convert(each.value, each.unit_of, items()[each.item].unit) * rate
        counted.append(Counted(each, size * (-1 if each.item in SOLD else 1), factor))
    return Energy(tuple(counted), lacking)


def _is_energy(entry: Entry) -> bool:
    item = items().get(entry.item)
    if entry.parameter != AMOUNT or item is None or item.kind not in USED or entry.item in _INSIDE:
        return False
    try:
        convert(entry.value, entry.unit_of, item.unit)
    except (UnitMismatch, UnknownUnit):
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Used:
    """What turns amounts into standard coal; what was looked up once is not looked up again."""

    library: Library
    year: int
    electricity: str
    heats: Heats
    owners: Owners
    known: dict[tuple[str, ...], tuple[Fraction, str] | Text] = field(default_factory=dict)

    def rate(self, entry: Entry) -> tuple[Fraction, str] | Text:
        """tce for a unit of the item, and the id of the factor it is by, "" where it was measured; or why there is none."""
        heat = self.heats.get((entry.unit, entry.month, entry.item))
        if heat and heat.tier == "measured":
            return self._of_heat(heat, entry.item), ""
        owner = self.owners.get(entry.unit, ())
        key = (entry.item, *owner)
        if key not in self.known:
            self.known[key] = self._coefficient(entry.item, owner)
        found = self.known[key]
        return (self._of_heat(heat, entry.item), heat.factor) if heat and isinstance(found, Text) else found

    def _of_heat(self, heat: Input, item: str) -> Fraction:
        unit = items()[item].unit
        return convert(convert(heat.value, heat.unit, f"GJ/{unit}"), "GJ", "tce", by="coal-equivalent")

    def _coefficient(self, item: str, owner: tuple[str, ...]) -> tuple[Fraction, str] | Text:
        unit, kind = items()[item].unit, items()[item].kind
        of = {"electricity": "electricity.grid", "heat": "heat"}.get(kind, item.removeprefix(_REDUCTANT))
        asked = COAL[self.electricity] if kind == "electricity" else COAL["calorific"]
        try:
            factor = resolve(self.library, asked, of, Context(year=self.year, owner=owner)).factor
            assert factor.value is not None
            return convert(factor.value, factor.unit, f"tce/{unit}"), factor.id
        except (Refusal, UnitMismatch, UnknownUnit) as error:
            if isinstance(error, Refusal) and error.zh:
                return Text(error.zh[0], error.found)
            return Text(error.text("zh"), error.text("en"))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a specific consumption stands among the three levels of a limit.

    Attributes:
        reached: the best level that the value does not exceed; None where it exceeds all.
        levels: those that were compared, the strictest first; unverified ones are not among them.
    """

    indicator: str
    value: Fraction
    unit: str
    reached: Limit | None
    levels: tuple[Limit, ...]


def in_force(limit: Limit, day: date) -> bool:
    """Whether a limit holds on a day."""
    return (limit.valid_from or date.min) <= day <= (limit.valid_to or date.max)


def standing(
    product: str, indicator: str, value: Fraction, unit: str, day: date, document: str = ""
) -> Standing:
    """Which level a specific consumption reaches on a day.

    Args:
        value, unit: of the indicator (13,400 kWh/t).
        document: of the levels; all that are in force where none is named.
    """
    held = [
        each
        for each in limits_of(product, indicator, document)
        if each.usable and each.level in GRADES and in_force(each, day)
    ]
    levels = sorted(held, key=lambda each: convert(each.value or Decimal(0), each.unit, unit))
    reached = next(
        (each for each in levels if value <= convert(each.value or Decimal(0), each.unit, unit)), None
    )
    return Standing(indicator, value, unit, reached, tuple(levels))
