"""Weighing gases: masses become CO2 equivalent at the end, by the set that is asked for, and by no other."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from touchstone.calc.carbon.factor import Factor
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.factors.refusal import NoFactor, refusal
from touchstone.facts.text import Text

SETS = {"SAR": "ipcc-sar", "AR4": "ipcc-ar4", "AR5": "ipcc-ar5", "AR6": "ipcc-ar6"}
"""The sets and the documents they stand in."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Masses in CO2 equivalent, exact, in the unit the masses were in.

    Attributes:
        parts: by gas, in the order given; `total` is their sum.
        factors: the GWP of each gas.
    """

    set: str
    parts: dict[str, Fraction]
    factors: dict[str, Factor]

    @property
    def total(self) -> Fraction:
        """The sum of the parts."""
        return sum(self.parts.values(), Fraction(0))


def weigh(library: Library, masses: Mapping[str, int | Decimal | Fraction], set: str) -> Weighed:
    """Masses of gases in CO2 equivalent.

    Args:
        masses: by gas (CO2, CH4, CH4.fossil, CH4.nonfossil, N2O, CF4, C2F6, SF6), all in one unit.
        set: of `SETS`.

    Raises:
        NoFactor: FACTOR-006, the gas or the set is not known; FACTOR-015, a mass of CO2e; FACTOR-016, the value is not verified.

    >>> from touchstone.calc.carbon.factors.library import library
    >>> weigh(library(), {"CO2": 1, "CF4": 2}, "AR5").total
    Fraction(13261, 1)
    """
    factors = {gas: gwp(library, gas, set) for gas in masses}
    parts = {gas: Fraction(mass) * Fraction(factors[gas].value or 0) for gas, mass in masses.items()}
    return Weighed(set, parts, factors)


def gwp(library: Library, gas: str, set: str) -> Factor:
    """The potential of a gas in a set. Raises NoFactor: as `weigh`."""
    if gas == "CO2e":
        raise refusal(NoFactor, "FACTOR-015", set)
    if set not in SETS:
        choices = ", ".join(SETS)
        raise refusal(NoFactor, "FACTOR-006", gas, part=Text("GWP集", "GWP set"), found=set, choices=choices)
    found = [each for each in library.of("gwp", _item(gas)) if each.document == SETS[set]]
    if not found:
        there = [each.of for each in library.browse(kind="gwp", document=SETS[set])]
        choices = ", ".join(_gas(key) for key in there)
        raise refusal(NoFactor, "FACTOR-006", set, part=Text("气体", "gas"), found=gas, choices=choices)
    if found[0].tag == "unverified":
        why = Text("未经核实，不作正式值", "not verified, never taken as official")
        raise refusal(NoFactor, "FACTOR-016", set, set=set, gas=gas, why=why)
    return found[0]


def _item(gas: str) -> str:
    return f"gas.{gas.lower()}"


def _gas(item: str) -> str:
    head, _, tail = item.removeprefix("gas.").partition(".")
    return head.upper() + (f".{tail}" if tail else "")
