"""Values from the plain form they are kept in: what `dataclasses.asdict` and JSON made of them, built again."""

import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

_PLAIN = ((str, ...), (int, ...), (bool, ...))
"""Contents of tuples that JSON gives back as they were."""


def restored(kind: Any, given: Any) -> Any:
    """A value of a type from what `asdict` and JSON made of it: dataclasses, tuples, dates, decimals, optional values.

    A field that an earlier version did not know yet takes its default; one that has none raises KeyError.

    >>> restored(tuple[float, ...], [1, 2.5])
    (1.0, 2.5)
    """
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return None if given is None else restored(next(k for k in inner if k is not type(None)), given)
    if origin is tuple and inner in _PLAIN:
        return tuple(given)
    if origin is tuple:
        each = [inner[0]] * len(given) if inner[-1] is Ellipsis else inner
        return tuple(restored(k, value) for k, value in zip(each, given, strict=True))
    if kind in (date, datetime):
        return kind.fromisoformat(given)
    if kind is Decimal:
        return Decimal(given)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        there = [f.name for f in fields(kind) if f.name in given or f.default is MISSING]
        return kind(**{name: restored(hints[name], given[name]) for name in there})
    return float(given) if kind is float else given


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
