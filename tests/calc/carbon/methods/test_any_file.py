"""Whatever stands in a field, the file is read or refused in five parts; nothing else ever comes out of it."""

import tomllib
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from touchstone.calc.carbon.method import Method
from touchstone.calc.carbon.methods.method_file import FOLDER, _built
from touchstone.calc.carbon.methods.unfit import faulty
from touchstone.calc.field import Table
from touchstone.errors import UnusableDeclaration

ODD = (
    1,
    -1,
    Decimal("0.5"),
    True,
    "",
    "x",
    "{item}",
    "1 / 0",
    [],
    {},
    [1],
    [{}],
    {"zh": "", "en": ""},
    {"x": 1},
    ["x"],
    date(2024, 1, 1),
)
"""What people leave in a field by mistake."""
STEP = 7
"""Every seventh field for each of them, each beginning at another: all fields in all, in a seventh of the time."""


def places(node: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every field of a file, by the keys that lead to it."""
    steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, inner in steps:
        yield (*at, key)
        yield from places(inner, (*at, key))


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_an_odd_value_in_any_field_is_read_or_refused(odd: Any) -> None:
    given = tomllib.loads((FOLDER / "cn-ndrc-2013-al.toml").read_text("utf-8"), parse_float=Decimal)
    refused = 0
    for place in list(places(given))[ODD.index(odd) % STEP :: STEP]:
        changed = deepcopy(given)
        node = changed
        for key in place[:-1]:
            node = node[key]
        node[place[-1]] = odd
        try:
            assert isinstance(_built("own", Table(changed, "own.toml", faulty)), Method)
        except UnusableDeclaration as refusal:
            assert refusal.where.startswith("own.toml") and refusal.zh and all(refusal.zh)
            refused += 1
    assert refused > 20
