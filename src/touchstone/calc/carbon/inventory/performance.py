"""What units made and used: output, energy in standard coal, intensities, and the level of a limit that they reach.

Source: GB/T 2589-2020 for what counts as comprehensive energy [F for its being in force]; coefficients from the factor library.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from touchstone.calc.carbon.activity import AMOUNT, Entry
from touchstone.calc.carbon.factors.context import Context
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.factors.limit import Limit, limits_of
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.factors.resolve import resolve
from touchstone.errors import Refusal, UnitMismatch, UnknownUnit
from touchstone.facts.text import Text
from touchstone.facts.unit import convert

COAL = {"calorific": "standard-coal", "equal": "standard-coal-equal"}
"""How electricity is turned into standard coal: by its heat, or by the coal that makes it."""
_USED = ("fuel", "electricity", "heat")
_INSIDE = ("electricity.own",)
"""Made in the organisation of fuel that is counted already."""
_SOLD = ("electricity.sold", "heat.sold")
GRADES = ("level-1", "level-2", "level-3")
"""Of a limit, from the strictest on."""


@dataclass(frozen=True, slots=True)
class Energy:
    """Energy used, in tonnes of standard coal.

    Attributes:
        parts: by item, what was sold below zero; lacking: items without a coefficient, with why.
        factors: ids of the coefficients by item.
    """

    parts: Mapping[str, Fraction]
    factors: Mapping[str, str]
    lacking: Mapping[str, Text]

    @property
    def total(self) -> Fraction:
        """Tonnes of standard coal."""
        return sum(self.parts.values(), Fraction(0))


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


def energy(entries: Iterable[Entry], library: Library, year: int, electricity: str = "calorific") -> Energy:
    """The energy that was used, in standard coal.

    Args:
        electricity: of `COAL`.
    """
    parts: dict[str, Fraction] = {}
    factors: dict[str, str] = {}
    lacking: dict[str, Text] = {}
    for item, amount in amounts(entries).items():
        kind = items()[item].kind
        if kind not in _USED or item in _INSIDE:
            continue
        of = {"electricity": "electricity.grid", "heat": "heat"}.get(kind, item)
        try:
            asked = COAL[electricity] if kind == "electricity" else COAL["calorific"]
            factor = resolve(library, asked, of, Context(year=year)).factor
            assert factor.value is not None
            rate = convert(factor.value, factor.unit, f"tce/{items()[item].unit}")
        except (Refusal, UnitMismatch, UnknownUnit) as error:
            said = (
                (error.zh[0], error.found)
                if isinstance(error, Refusal) and error.zh
                else (error.text("zh"), error.text("en"))
            )
            lacking[item] = Text(*said)
            continue
        parts[item] = amount * rate * (-1 if item in _SOLD else 1)
        factors[item] = factor.id
    return Energy(parts, factors, lacking)


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
