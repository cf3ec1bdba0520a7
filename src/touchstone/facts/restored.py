"""Values from the plain form they are kept in: what `dataclasses.asdict` and JSON made of them, built again."""

import types
import typing
from collections.abc import Callable
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
    return _reader(kind)(given)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """How a value of a type is built: thousands of one type are, so what the type says is looked up once."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        some = _reader(next(k for k in inner if k is not type(None)))
        return lambda given: None if given is None else some(given)
    if origin is tuple and inner in _PLAIN:
        return tuple
    if origin is tuple and inner[-1] is Ellipsis:
        each = _reader(inner[0])
        return lambda given: tuple([each(value) for value in given])
    if origin is tuple:
        every = [_reader(k) for k in inner]
        return lambda given: tuple(read(value) for read, value in zip(every, given, strict=True))
    if kind in (date, datetime):
        return kind.fromisoformat
    if is_dataclass(kind) and isinstance(kind, type):
        return _record(kind)
    return kind if kind in (Decimal, float) else _as_it_is


def _record(kind: type) -> Callable[[Any], Any]:
    readers: list[tuple[str, bool, Callable[[Any], Any]]] | None = None

    def read(given: Any) -> Any:
        nonlocal readers
        if readers is None:  # not before: a type may hold values of its own type
            hints = typing.get_type_hints(kind)
            readers = [(f.name, f.default is MISSING, _reader(hints[f.name])) for f in fields(kind)]
        return kind(**{name: of(given[name]) for name, due, of in readers if due or name in given})

    return read


def _as_it_is(given: Any) -> Any:
    return given
