"""The ounce of precious metals: printed "ounce", meant troy.

Source: data/precious.toml.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from touchstone.facts.unit import Unit, unit


def troy_unit(printed: str, commodity: str) -> Unit | None:
    """The unit meant where a price of a precious metal is printed per ounce; None for any other unit or metal.

    >>> troy_unit("USD/oz", "au").code, troy_unit("USD/oz", "in.ingot")
    ('USD/ozt', None)
    """
    declared = _declared()
    money, _, quantity = printed.partition("/")
    if quantity != declared["printed"] or commodity.partition(".")[0] not in declared["metals"]:
        return None
    return unit(f"{money}/{declared['meant']}")


@cache
def _declared() -> dict[str, Any]:
    file = files("touchstone") / "data" / "precious.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
