"""What a page of pathways is asked for: scenarios and dials, read from the address, which is the permalink."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from touchstone.calc.pathway.dials import RANGES, Dials
from touchstone.calc.pathway.refusal import refusal
from touchstone.serve.pathway_stock import PathwayStock

MOST = 4
"""Scenarios that are compared at most."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Scenarios that are looked at, the first with the dials turned."""

    keys: tuple[str, ...]
    dials: Dials

    @property
    def first(self) -> str:
        """The scenario the dials are for."""
        return self.keys[0]

    def query(self, *, dials: bool = True, **more: object) -> str:
        """The address's part behind the question mark."""
        turned = [(name, f"{value:g}") for name, value in self.dials.turned.items()] if dials else []
        return urlencode(
            [*(("s", key) for key in self.keys), *turned, *((k, str(v)) for k, v in more.items())]
        )


def asked_of(chosen: Sequence[str], query: Mapping[str, str], stock: PathwayStock) -> Asked:
    """What an address asks for; the first usable scenarios where it names none.

    Raises:
        UnusablePathway: PATHWAY-011 no register, PATHWAY-012 no such scenario, PATHWAY-014 too many of them, PATHWAY-015 a dial beyond its
            range, PATHWAY-022 no scenario that can be used.
    """
    _ = stock.register  # raises where there is none, which is the first thing to say
    usable = [key for key, each in stock.usable.items() if not isinstance(each, Exception)]
    keys = tuple(dict.fromkeys(chosen)) or tuple(usable[:MOST])
    if not keys:
        raise refusal("PATHWAY-022", "pathway/scenarios", count=len(stock.usable))
    if len(keys) > MOST:
        raise refusal("PATHWAY-014", "s", count=len(keys), most=MOST)
    for key in keys:
        stock.compiled(key)
    return Asked(keys, Dials(**{field.name: _dial(field.name, query) for field in fields(Dials)}))


def _dial(name: str, query: Mapping[str, str]) -> float:
    low, high = RANGES[name]
    said = query.get(name, "") or "0"
    try:
        value = float(said)
    except ValueError:
        value = float("nan")
    if not low <= value <= high or (name == "pace" and value != int(value)):
        raise refusal("PATHWAY-015", name, found=said, low=low, high=high)
    return value
