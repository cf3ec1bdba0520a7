"""Derivatives of formulas, for the uncertainty of what they give."""

from collections.abc import Iterable
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
    added,
    multiplied,
    names,
)

_ZERO, _ONE = Number(Decimal(0)), Number(Decimal(1))


def derive(formula: Expression, by: str) -> Expression:
    """The partial derivative by one name, simplified; the number 0 where the formula does not have the name.

    >>> from touchstone.calc.carbon.formula.parse import parse
    >>> from touchstone.calc.carbon.formula.written import source
    >>> source(derive(parse("p * nc * (1 - s - ash) * 44 / 12"), "s"))
    '-(p * nc * 44) / 12'
    """
    if by not in names(formula):
        return _ZERO
    match formula:
        case Name():
            return _ONE
        case Negative(of):
            return _negative(derive(of, by))
        case Sum(parts):
            return _sum(derive(part, by) for part in parts)
        case Product(parts):
            return _sum(
                _product((*parts[:place], derive(part, by), *parts[place + 1 :]))
                for place, part in enumerate(parts)
            )
        case Quotient(over, under):
            return _of_quotient(over, under, by)
        case Power(base, exponent):
            return _product((*_times(exponent), _power(base, exponent - 1), derive(base, by)))
        case _:
            return _ZERO


def _of_quotient(over: Expression, under: Expression, by: str) -> Expression:
    above = _quotient(derive(over, by), under)
    if by not in names(under):
        return above
    below = _quotient(_product((over, derive(under, by))), _power(under, 2))
    return _sum((above, _negative(below)))


def simplified(formula: Expression) -> Expression:
    """The formula without zeros, ones and double signs; no number in it is rounded or worked out."""
    match formula:
        case Negative(of):
            return _negative(simplified(of))
        case Sum(parts):
            return _sum(map(simplified, parts))
        case Product(parts):
            return _product(map(simplified, parts))
        case Quotient(over, under):
            return _quotient(simplified(over), simplified(under))
        case Power(base, exponent):
            return _power(simplified(base), exponent)
        case _:
            return formula


def _is(node: Expression, value: int) -> bool:
    return isinstance(node, Number) and node.value == value


def _negative(of: Expression) -> Expression:
    if _is(of, 0):
        return _ZERO
    return of.of if isinstance(of, Negative) else Negative(of)


def _sum(every: Iterable[Expression]) -> Expression:
    kept = [part for part in every if not _is(part, 0)]
    return added(kept) if kept else _ZERO


def _product(every: Iterable[Expression]) -> Expression:
    """The product, with all signs brought to its front."""
    kept: list[Expression] = []
    minus = False
    for part in every:
        if _is(part, 0):
            return _ZERO
        minus ^= isinstance(part, Negative)
        bare = part.of if isinstance(part, Negative) else part
        if not _is(bare, 1):
            kept.append(bare)
    whole = multiplied(kept) if kept else _ONE
    return Negative(whole) if minus else whole


def _quotient(over: Expression, under: Expression) -> Expression:
    if _is(over, 0) and not _is(under, 0):
        return _ZERO
    return over if _is(under, 1) else Quotient(over, under)


def _power(base: Expression, exponent: int) -> Expression:
    if exponent == 0:
        return _ONE
    return base if exponent == 1 else Power(base, exponent)


def _times(exponent: int) -> tuple[Expression, ...]:
    size = Number(Decimal(abs(exponent)))
    return (Negative(size),) if exponent < 0 else (size,)
