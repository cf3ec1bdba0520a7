"""A line of an inventory: one term of one method for one unit, month and item, with everything it was worked out from."""

from dataclasses import dataclass
from decimal import Decimal

from touchstone.facts.text import Text

PLACES = 9
"""Masses are kept as whole numbers of 1e-9 t (milligrams): a sum of whole numbers is the same in any order."""


@dataclass(frozen=True, slots=True)
class Input:
    """A value that went into a line.

    Attributes:
        parameter: its name in the formula.
        value, unit: as it went in, in the unit the method asks for; `stated`, `stated_unit` as it was printed.
        tier: measured, default or constant.
        fact: id of the activity fact, "" for a factor; factor: id of the factor, "" for a fact.
        why: the reason this value was taken and not another.
    """

    parameter: str
    value: Decimal
    unit: str
    stated: Decimal
    stated_unit: str
    tier: str
    fact: str
    factor: str
    why: Text


@dataclass(frozen=True, slots=True)
class Line:
    """One term worked out.

    Attributes:
        unit, month, item: of the entry; item "" for a term of the unit as a whole.
        method, term: keys.
        scope, level, gas: of the term.
        mass: of the gas in units of 10**-PLACES t; not yet weighed by any GWP.
        inputs: in the order of the formula.
    """

    unit: str
    month: str
    item: str
    method: str
    term: str
    scope: int
    level: str
    gas: str
    mass: int
    inputs: tuple[Input, ...]
