"""Plans that were worked out for scenarios of a folder, each kept with the hash of its case: an old one is never taken for a new one."""

import json
import os
import struct
import zlib
from dataclasses import dataclass, fields
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from touchstone.calc.pathway.case import Case
    from touchstone.calc.pathway.deployment.conflict import Wish
    from touchstone.calc.pathway.deployment.result import Deployed

_TOLD = (
    "status",
    "cost",
    "missed",
    "bound",
    "settled",
    "level",
    "method",
    "solver",
    "seed",
    "seconds",
    "steps",
    "digest",
)
_UNREADABLE = (
    OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, RuntimeError, BadZipFile, zlib.error, struct.error,
)  # fmt: skip
"""What reading a file raises that was cut short, is no plan at all, or is of a version that told other things."""


@dataclass(frozen=True, slots=True)
class Plans:
    """The folder `pathway/plans` of a workspace."""

    folder: Path

    def keep(self, name: str, found: "Deployed") -> bool:
        """Keep a plan, unless a better one of the same case is kept already; whether it was.

        Whoever reads meanwhile sees the old one or the new one, never half of it.
        """
        if self._better(name, found):
            return False
        arrays = {f"plan_{part.name}": getattr(found.plan, part.name) for part in fields(found.plan)}
        if found.prices is not None:
            arrays |= {
                f"price_{part.name}": getattr(found.prices, part.name) for part in fields(found.prices)
            }
        for part in ("wish", "beyond"):
            given = found.wishes if part == "wish" else found.beyond
            if given is not None:
                arrays |= _of_wishes(part, given, len(found.plan.recycled[0]))
        told = json.dumps({part: getattr(found, part) for part in _TOLD})
        into = BytesIO()
        np.savez_compressed(into, told=np.array(told), **arrays)
        self.folder.mkdir(parents=True, exist_ok=True)
        half = self.folder / f".{name}.{os.getpid()}"
        half.write_bytes(into.getvalue())
        half.replace(self.folder / f"{name}.npz")
        return True

    def _better(self, name: str, found: "Deployed") -> bool:
        """Whether a plan of the same case is kept that costs less, with the price of what it misses."""
        try:
            with np.load(self.folder / f"{name}.npz", allow_pickle=False) as held:
                told: dict[str, Any] = json.loads(str(held["told"]))
            return told["digest"] == found.digest and told["cost"] + told["missed"] < (
                found.cost + found.missed
            ) * (1 - 1e-9)
        except _UNREADABLE:  # a file nobody can read is no better plan
            return False

    def kept(self, name: str, case: "Case") -> "Deployed | None":
        """The plan of a scenario, if it is of this very case; None where there is none, it is of another case or version, or it is damaged."""
        from touchstone.calc.pathway.deployment.prices import Prices
        from touchstone.calc.pathway.deployment.result import Deployed, digest
        from touchstone.calc.pathway.plan import Plan

        path = self.folder / f"{name}.npz"
        try:
            with np.load(path, allow_pickle=False) as held:
                told: dict[str, Any] = json.loads(str(held["told"]))
                if told["digest"] != digest(case):
                    return None
                plan = Plan(**{part.name: held[f"plan_{part.name}"] for part in fields(Plan)})
                has = "price_rules" in held.files
                prices = (
                    Prices(**{part.name: held[f"price_{part.name}"] for part in fields(Prices)})
                    if has
                    else None
                )
                wishes, beyond = (
                    _wishes(part, held) if f"{part}_gives" in held.files else None
                    for part in ("wish", "beyond")
                )
                return Deployed(plan=plan, prices=prices, **told, wishes=wishes, beyond=beyond)
        except _UNREADABLE:
            return None


def _of_wishes(part: str, wishes: "tuple[Wish, ...]", years: int) -> "dict[str, NDArray[Any]]":
    """Arrays over wishes: number of the rule or of the product, -1 for none, and by how much each gives way."""
    none = (-1 if number is None else number for each in wishes for number in (each.rule, each.product))
    about = np.array(list(none), dtype=np.int64).reshape(-1, 2)
    return {
        f"{part}_about": about,
        f"{part}_gives": np.array([each.gives for each in wishes]).reshape(-1, years),
    }


def _wishes(part: str, held: "Mapping[str, NDArray[Any]]") -> "tuple[Wish, ...]":
    from touchstone.calc.pathway.deployment.conflict import Wish

    rules, products = ([None if n < 0 else int(n) for n in numbers] for numbers in held[f"{part}_about"].T)
    return tuple(map(Wish, rules, products, held[f"{part}_gives"]))
