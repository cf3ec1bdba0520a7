"""The tree of a formula. Nodes are values; what is done with them (compute, differentiate, write) stands in modules of its own.

Sums and products are flat: a sum has no sum among its parts, and no product a product; `added` and `multiplied` build them so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Number:
    """A number as the clause prints it, not below zero."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Name:
    """A parameter of the method."""

    key: str


@dataclass(frozen=True, slots=True)
class Negative:
    """- of."""

    of: "Expression"


@dataclass(frozen=True, slots=True)
class Sum:
    """first + second + ...; a difference has a `Negative` part."""

    parts: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Product:
    """first * second * ..."""

    parts: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Quotient:
    """over / under."""

    over: "Expression"
    under: "Expression"


@dataclass(frozen=True, slots=True)
class Power:
    """base ** exponent, a whole number."""

    base: "Expression"
    exponent: int


Expression = Number | Name | Negative | Sum | Product | Quotient | Power


def added(every: Iterable[Expression]) -> Expression:
    """The sum of one or more expressions, flat."""
    flat = [part for each in every for part in (each.parts if isinstance(each, Sum) else (each,))]
    return flat[0] if len(flat) == 1 else Sum(tuple(flat))


def multiplied(every: Iterable[Expression]) -> Expression:
    """The product of one or more expressions, flat."""
    flat = [part for each in every for part in (each.parts if isinstance(each, Product) else (each,))]
    return flat[0] if len(flat) == 1 else Product(tuple(flat))


def parts(of: Expression) -> tuple[Expression, ...]:
    """The expressions one step below."""
    match of:
        case Number() | Name():
            return ()
        case Negative(inner):
            return (inner,)
        case Sum(inner) | Product(inner):
            return inner
        case Quotient(over, under):
            return (over, under)
        case Power(base, _):
            return (base,)


def names(of: Expression) -> Iterator[str]:
    """The keys of all names, each once, in the order they are written."""
    seen: set[str] = set()
    ahead = [of]
    while ahead:
        node = ahead.pop(0)
        if isinstance(node, Name) and node.key not in seen:
            seen.add(node.key)
            yield node.key
        ahead[:0] = parts(node)
