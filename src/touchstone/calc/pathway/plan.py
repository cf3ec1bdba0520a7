"""A plan: what stands, what is made, where power and metal come from, year by year; whoever made it, it is accounted for alike."""

import hashlib
from dataclasses import dataclass, fields

import numpy as np

from touchstone.calc.pathway.case import Floats


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done; axes as in `Case`, all at least 0.

    Attributes:
        standing: (P, T, Y) t/a; built: (P, T, Y) t/a built anew; changed: (P, E, Y) t/a moved from one technology to another.
        output: (P, T, Y) t; recycled, outside: (K, Y) t of metal from scrap, and bought outside.
        power: (G, C, Y) MWh by contract.
    """

    standing: Floats
    built: Floats
    changed: Floats
    output: Floats
    recycled: Floats
    outside: Floats
    power: Floats


class Stopped(Exception):
    """Somebody stopped the making of a plan before there was one."""


def decisions(plan: Plan) -> str:
    """A hash of all that a plan decides: what was worked out of one plan is never taken for what another gives."""
    made = hashlib.sha256()
    for part in fields(plan):
        values = np.ascontiguousarray(getattr(plan, part.name))
        made.update(str((part.name, values.dtype, values.shape)).encode() + values.tobytes())
    return made.hexdigest()[:16]
