"""Formulas in writing: as the file has them, in the words of the parameters, and with their numbers and units in one line."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from touchstone.calc.carbon.formula.expression import (
    Expression,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)
from touchstone.calc.carbon.formula.unfit import lacking
from touchstone.facts.text import Text
from touchstone.facts.unit import format_unit

SHARE = "times"
"""The unit of shares and rates that enter a formula as pure numbers (0.94 for 94 %); it is not printed behind them."""
_Leaf = Callable[[Name], str]
_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(5)
"""How tightly a node holds together; a part that holds less tightly than its place asks is put into brackets."""
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def source(formula: Expression) -> str:
    """The formula as a method file writes it; `parse` gives the same tree back."""
    return _written(
        formula, _Signs("*", "/", "-", lambda base, size: f"{base} ** {size}"), lambda name: name.key
    )


def worded(formula: Expression, names: Mapping[str, Text], lang: str) -> str:
    """The formula with the names of its parameters in words: 消耗量 × 低位发热量 × 44 ÷ 12."""
    return _written(formula, _PRINTED, lambda name: getattr(names[name.key], lang))


def written(formula: Expression, values: Mapping[str, tuple[Decimal, str]], lang: str) -> str:
    """The formula with numbers and units in place of its names.

    Args:
        values: of every name, the value and its unit, as they go into the formula.
        lang: zh or en.

    Raises:
        UnusableSeries: FORMULA-002 a name has no value.

    >>> from touchstone.calc.carbon.formula.parse import parse
    >>> written(parse("p * (1 - s) * 44 / 12"), {"p": (Decimal(1200), "t"), "s": (Decimal("0.02"), "t/t")}, "en")
    '1200 t × (1 − 0.02 t/t) × 44 ÷ 12'
    """

    def leaf(name: Name) -> str:
        if name.key not in values:
            raise lacking(name.key, tuple(values))
        value, code = values[name.key]
        words = "" if code == SHARE else format_unit(code, lang)
        figure = f"{value:f}".replace("-", "−")
        said = f"{figure}{'' if words[:1] in '%‰' else ' '}{words}".strip()
        return f"({said})" if value < 0 else said

    return _written(formula, _PRINTED, leaf, whole_leaf=False)


class _Signs:
    """How an operation is printed."""

    def __init__(self, times: str, over: str, minus: str, power: Callable[[str, int], str]) -> None:
        self.times, self.over, self.minus, self.power = times, over, minus, power


_PRINTED = _Signs("×", "÷", "−", lambda base, size: base + str(size).translate(_SUPERSCRIPTS))


def _written(formula: Expression, signs: _Signs, leaf: _Leaf, whole_leaf: bool = True) -> str:
    """`whole_leaf` says that a leaf needs no brackets under a power: 5 t squared does."""

    def inner(node: Expression, least: int) -> str:
        text, holds = _node(node)
        return text if holds >= least else f"({text})"

    def _node(node: Expression) -> tuple[str, int]:
        match node:
            case Number(value):
                return (f"{value:f}" if abs(value.adjusted()) < 12 else str(value)), _ATOM
            case Name():
                return leaf(node), _ATOM if whole_leaf else _POWER
            case Negative(of):
                return f"{signs.minus}{inner(of, _SIGN)}", _SIGN
            case Sum(parts):
                first, *rest = parts
                return inner(first, _PRODUCT) + "".join(map(_signed, rest)), _SUM
            case Product(parts):
                first, *rest = parts
                times = f" {signs.times} "
                return times.join([inner(first, _PRODUCT), *(inner(part, _SIGN) for part in rest)]), _PRODUCT
            case Quotient(over, under):
                return f"{inner(over, _PRODUCT)} {signs.over} {inner(under, _SIGN)}", _PRODUCT
            case Power(base, size):
                return signs.power(inner(base, _ATOM), size), _POWER

    def _signed(part: Expression) -> str:
        if isinstance(part, Negative):
            return f" {signs.minus} {inner(part.of, _PRODUCT)}"
        return f" + {inner(part, _PRODUCT)}"

    return _node(formula)[0]
