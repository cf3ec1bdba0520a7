"""Formulas as SQL, in what DuckDB and Apache Spark understand alike.

Numbers carry an exponent (4.4E+1), because both read them so as double precision: without it they are decimals, whose
products round and overflow by other rules in each. A divisor of zero gives NULL in both, never infinity or an error.
"""

from collections.abc import Mapping

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
from touchstone.calc.carbon.formula.unfit import lacking


def sql(formula: Expression, columns: Mapping[str, str]) -> str:
    """The formula as an SQL expression in double precision; NULL where a value is missing or a divisor zero.

    Args:
        columns: of every name, the column (or expression in brackets) that holds its values.

    Raises:
        UnusableSeries: FORMULA-002 a name has no column.

    >>> from touchstone.calc.carbon.formula.parse import parse
    >>> sql(parse("amount * ef / 1000"), {"amount": "a.value", "ef": "f.value"})
    '((CAST(a.value AS DOUBLE) * CAST(f.value AS DOUBLE)) / 1E+3)'
    """
    for key in names(formula):
        if key not in columns:
            raise lacking(key, tuple(columns))
    return _sql(formula, columns)


def _sql(formula: Expression, columns: Mapping[str, str]) -> str:
    match formula:
        case Number(value):
            return f"{value.normalize():E}"
        case Name(key):
            return f"CAST({columns[key]} AS DOUBLE)"
        case Negative(of):
            return f"(- {_sql(of, columns)})"
        case Sum(parts):
            return f"({' + '.join(_sql(part, columns) for part in parts)})"
        case Product(parts):
            return f"({' * '.join(_sql(part, columns) for part in parts)})"
        case Quotient(over, under):
            return f"({_sql(over, columns)} / {_divisor(under, columns)})"
        case Power(base, exponent):
            inner = _sql(base, columns) if exponent >= 0 else _divisor(base, columns)
            return f"POWER({inner}, {exponent})"


def _divisor(of: Expression, columns: Mapping[str, str]) -> str:
    if isinstance(of, Number) and of.value != 0:
        return _sql(of, columns)
    return f"NULLIF({_sql(of, columns)}, 0E+0)"
