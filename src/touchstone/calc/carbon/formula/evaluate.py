"""Working formulas out: exactly, on fractions, for one line; and on columns, in floats, for millions of them."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import add, mul
from typing import TYPE_CHECKING, Any

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
)
from touchstone.calc.carbon.formula.unfit import lacking, not_finite

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Column = npt.NDArray[np.float64]
_SHOWN = 5
"""Rows that a refusal names."""


def exactly(formula: Expression, values: Mapping[str, Fraction | Decimal | int]) -> Fraction:
    """The exact value of a formula.

    Raises:
        UnusableSeries: FORMULA-002 a name has no value, FORMULA-003 a divisor is zero.

    >>> from touchstone.calc.carbon.formula.parse import parse
    >>> exactly(parse("0.42 * (1 - s - ash) * 44 / 12"), {"s": Decimal("0.02"), "ash": Decimal("0.004")})
    Fraction(4697, 3125)
    """
    given = {key: Fraction(value) for key, value in values.items()}
    try:
        return _worked(formula, _lookup(given), Fraction)
    except ZeroDivisionError as error:
        raise not_finite((0,), 1, ", ".join(f"{key} = {value}" for key, value in values.items())) from error


def evaluate(formula: Expression, values: "Mapping[str, Column | float]") -> "Column":
    """The values of a formula on columns.

    Args:
        values: of every name, an array of n floats, or one number for all rows.

    Returns:
        n floats, all finite; one where no value is a column.

    Raises:
        UnusableSeries: FORMULA-002 a name has no values, FORMULA-003 no finite number on some rows, which are named.
    """
    import numpy as np

    given = {key: np.asarray(value, dtype=np.float64) for key, value in values.items()}
    with np.errstate(all="ignore"):
        result = np.atleast_1d(np.asarray(_worked(formula, _lookup(given), _float), dtype=np.float64))
    if not (finite := np.isfinite(result)).all():
        rows = np.flatnonzero(~finite)
        used = [(key, given[key]) for key in names(formula)]
        inputs = ", ".join(
            f"{key} = {float(column if column.ndim == 0 else column[rows[0]]):g}" for key, column in used
        )
        raise not_finite(tuple(int(row) for row in rows[:_SHOWN]), len(rows), inputs)
    return result


def _float(value: Decimal) -> float:
    return float(value)


def _lookup(given: Mapping[str, Any]) -> Callable[[str], Any]:
    def value(key: str) -> Any:
        if key not in given:
            raise lacking(key, tuple(given))
        return given[key]

    return value


def _worked(formula: Expression, value: Callable[[str], Any], number: Callable[[Decimal], Any]) -> Any:
    def of(node: Expression) -> Any:
        match node:
            case Number(printed):
                return number(printed)
            case Name(key):
                return value(key)
            case Negative(inner):
                return -of(inner)
            case Sum(parts):
                return reduce(add, map(of, parts))
            case Product(parts):
                return reduce(mul, map(of, parts))
            case Quotient(over, under):
                return of(over) / of(under)
            case Power(base, exponent):
                return of(base) ** exponent

    return of(formula)
