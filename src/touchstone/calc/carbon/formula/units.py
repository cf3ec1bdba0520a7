"""The units of a formula: a formula whose result is not in the declared unit is found out before it is used.

Every value enters in the unit its parameter declares, and every change of size stands in the formula as a power of ten
(`/ 1000` between tC/TJ and tC/GJ), so both can be checked: what is measured, and its size. Rules:

- A power of ten in a product or quotient is a change of size; every other number is a pure number.
- The parts of a sum are of one size: `1 - sulphur` wants sulphur in t/t, not in %.
- Tonnes of a substance, of CO2 and of CO2 equivalent are all mass. Carbon is not: tC becomes t by `44 / 12`.
- `{item}` in a unit stands for the unit in which the item is counted: t, or 1e4 Nm3 for gases.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from touchstone.calc.carbon.formula.expression import (
    Expression,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    names,
    parts,
)
from touchstone.calc.carbon.formula.written import source
from touchstone.facts.text import Text
from touchstone.facts.unit import dimension_words, unit

ITEM = "{item}"
"""Stands for the unit of the item in the unit of a parameter."""
ITEM_UNITS = ("t", "1e4 Nm3")
_CARBON, _CO2 = Decimal(12), Decimal(44)
_FOLDED = {"co2_mass": "mass", "ratio": "", "celsius": "kelvin"}
"""What counts as one here: temperatures enter formulas as differences."""
_Dimension = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Size:
    dimension: _Dimension
    scale: Fraction


class _Mixed(Exception):
    """Parts of a sum that are not of one size."""

    def __init__(self, first: Expression, other: Expression) -> None:
        self.first, self.other = source(first), source(other)


def problem(
    formula: Expression, units: Mapping[str, str], result: str, items: Sequence[str] = ITEM_UNITS
) -> Text | None:
    """What is wrong with the units of a formula; None where it gives `result`.

    Args:
        units: of every name.
        result: unit that the formula is declared to give.
        items: units of the items that the formula is worked out for; each is tried in place of `{item}`.

    Raises:
        UnknownUnit: a unit is not in the table.

    >>> from touchstone.calc.carbon.formula.parse import parse
    >>> problem(parse("p * slope * aem"), {"p": "t", "slope": "kg/t/min", "aem": "min"}, "t").en
    'it gives a mass in 1/1000 of t; a power of ten is missing or too much'
    """
    used = [*(units[key] for key in names(formula)), result]
    of_item = any(ITEM in each for each in used)
    for item in items if of_item else ("",):
        at_item = {key: of.replace(ITEM, item) for key, of in units.items()}
        if wrong := _problem(formula, at_item, result.replace(ITEM, item)):
            return wrong
    return None


def _problem(formula: Expression, units: Mapping[str, str], result: str) -> Text | None:
    """44 / 12 may turn carbon into CO2, or be a pure number where the carbon is counted in plain tonnes: either will do."""
    readings = (False, True) if {_CO2, _CARBON} <= set(_numbers(formula)) else (False,)
    wrong = [_as_read(formula, units, result, molar) for molar in readings]
    of_carbon = any("carbon_mass" in dict(unit(units[key]).dimension) for key in names(formula))
    return None if None in wrong else wrong[-1 if of_carbon else 0]


def _as_read(formula: Expression, units: Mapping[str, str], result: str, molar: bool) -> Text | None:
    due = _declared(result)
    try:
        size = _size(formula, units, molar)
    except _Mixed as mixed:
        return Text(
            f"“{mixed.first}”与“{mixed.other}”量纲或量级不同，不能相加",
            f"{mixed.first!r} and {mixed.other!r} are added, and are not of one unit",
        )
    if size.dimension != due.dimension:
        zh, en = (dimension_words(size.dimension, lang) for lang in ("zh", "en"))
        return Text(
            f"结果的量纲是{zh}，而声明为{result}",
            f"it gives {en}, and {result or 'a bare number'} is declared",
        )
    if size.scale != due.scale:
        words = (dimension_words(size.dimension, lang) for lang in ("zh", "en"))
        ratio = size.scale / due.scale
        zh, en = words
        return Text(
            f"结果（{zh}）是{result}的{ratio}，缺少或多出10的幂",
            f"it gives a {en} in {ratio} of {result}; a power of ten is missing or too much",
        )
    return None


def _declared(code: str) -> _Size:
    known = unit(code)
    return _Size(_combined((known.dimension,)), known.factor)


def _size(node: Expression, units: Mapping[str, str], molar: bool) -> _Size:
    match node:
        case Number():
            return _Size((), Fraction(1))
        case Name(key):
            return _declared(units[key])
        case Negative(of):
            return _size(of, units, molar)
        case Sum(every):
            sizes = [_size(each, units, molar) for each in every]
            for other, size in zip(every, sizes, strict=True):
                if size != sizes[0]:
                    raise _Mixed(every[0], other)
            return sizes[0]
        case Product(every):
            return _product([_factor(each, units, molar) for each in every])
        case Quotient(over, under):
            return _product([_factor(over, units, molar), _power(_factor(under, units, molar), -1)])
        case Power(base, exponent):
            return _power(_factor(base, units, molar), exponent)


def _factor(node: Expression, units: Mapping[str, str], molar: bool) -> _Size:
    """The size of a part of a product, where a power of ten is a change of size."""
    if not isinstance(node, Number):
        return _size(node, units, molar)
    if molar and node.value in (_CO2, _CARBON):
        return _Size((("mass" if node.value == _CO2 else "carbon_mass", 1),), Fraction(1))
    digits = node.value.normalize().as_tuple().digits
    return _Size((), 1 / Fraction(node.value) if digits == (1,) else Fraction(1))


def _product(sizes: list[_Size]) -> _Size:
    scale = Fraction(1)
    for size in sizes:
        scale *= size.scale
    return _Size(_combined(size.dimension for size in sizes), scale)


def _power(size: _Size, exponent: int) -> _Size:
    return _Size(
        tuple((name, power * exponent) for name, power in size.dimension if exponent), size.scale**exponent
    )


def _combined(every: Iterable[_Dimension]) -> _Dimension:
    total: dict[str, int] = {}
    for name, power in (pair for dimension in every for pair in dimension):
        if folded := _FOLDED.get(name, name):
            total[folded] = total.get(folded, 0) + power
    return tuple(sorted((name, power) for name, power in total.items() if power))


def _numbers(of: Expression) -> Iterable[Decimal]:
    if isinstance(of, Number):
        yield of.value
    for part in parts(of):
        yield from _numbers(part)
