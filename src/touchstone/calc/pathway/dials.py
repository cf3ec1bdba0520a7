"""Dials: what a planner turns to see what it does, without writing a scenario; each stands at 0 where the scenario is as it is."""

from dataclasses import dataclass, fields, replace

import numpy as np

from touchstone.calc.pathway.case import Floats
from touchstone.calc.pathway.compiled import Compiled
from touchstone.calc.pathway.scenario import Adoption
from touchstone.facts.text import Text

_HAIR = 1e-9
_NO_CONTRACT = Text(
    "情景只有一种供电，绿电旋钮不起作用",
    "there is one contract of power only: the dial of green power has no effect",
)

RANGES = {
    "demand": (-50, 100),
    "green": (-50, 100),
    "scrap": (-100, 200),
    "grid": (-100, 50),
    "carbon": (-100, 900),
    "pace": (-10, 15),
}
"""How far each can be turned: percent of the scenario's value in the last year (demand, scrap, grid, carbon), points of all power
(green), years later (pace)."""


@dataclass(frozen=True, slots=True)
class Dials:
    """How far each dial is turned.

    Attributes:
        demand, scrap, grid: percent by which demand, metal from scrap and the grid's factor differ in the last year, growing evenly from the first.
        carbon: percent by which the carbon price differs in all years. green: points of each supply's power that contracts deliver in
            addition in the last year, growing evenly. pace: years by which technologies come later, whole ones.
    """

    demand: float = 0
    green: float = 0
    scrap: float = 0
    grid: float = 0
    carbon: float = 0
    pace: float = 0

    @property
    def turned(self) -> dict[str, float]:
        """Those that do not stand at 0."""
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name))}


def dialled(given: Compiled, dials: Dials) -> Compiled:
    """The compiled scenario with the dials turned; what they ask beyond sense (a share above all power) ends there, and is told."""
    case, years = given.case, given.case.years
    ramp = (years - years[0]) / (years[-1] - years[0])

    def grown(percent: float) -> Floats:
        return 1 + percent / 100 * ramp

    factor = case.contract_factor.copy()
    factor[:, 0] *= grown(dials.grid)
    scrap = grown(dials.scrap)
    turned = replace(
        case,
        demand=case.demand * grown(dials.demand),
        recycled_limit=case.recycled_limit * scrap,
        contract_factor=factor,
        carbon_price=case.carbon_price * (1 + dials.carbon / 100),
    )
    share, clipped = _greener(given.share, dials.green / 100 * ramp)
    moved = [_later(given, each, int(dials.pace)) for each in given.scenario.adoptions]
    return replace(
        given,
        case=turned,
        used=given.used * scrap,
        share=share,
        scenario=replace(given.scenario, adoptions=tuple(each for each, _ in moved)),
        told=(*given.told, *clipped, *(said for _, said in moved if said)),
    )


def _greener(share: Floats, points: Floats) -> tuple[Floats, tuple[Text, ...]]:
    """Shares of the contracts beside the first, together higher by so many points, in the proportion they have (alike where none has any); and
    what is told where they would be more than all power, or less than none."""
    if share.shape[1] < 2:
        return share, (_NO_CONTRACT,) if points.any() else ()
    others = share[:, 1:]
    total = others.sum(1, keepdims=True)
    part = np.divide(others, total, out=np.full_like(others, 1 / others.shape[1]), where=total > 0)
    asked = total + points
    beyond = ((asked > 1 + _HAIR) | (asked < -_HAIR)).any()
    said = f"{asked.flat[np.abs(asked - 0.5).argmax()]:.0%}"
    told = (
        Text(
            f"旋钮使购电合同的份额达到{said}，按0至100%计",
            f"the dial asks for {said} of all power from contracts; it is taken as 0 to 100%",
        ),
    )
    return np.concatenate((share[:, :1], part * np.clip(asked, 0, 1)), axis=1), told if beyond else ()


def _later(given: Compiled, each: Adoption, years: int) -> tuple[Adoption, Text | None]:
    """An adoption that comes so many years later, never before the technology is there nor in the first year, which stands as it was; and what is
    told where that keeps it back."""
    if not years:
        return each, None
    first = int(given.catalogue[each.technology].number("first_year") or 0)
    since = max(each.since + years, first, min(each.since, int(given.case.years[0]) + 1))
    late = Text(
        f"旋钮要求“{each.technology}”自{each.since + years}年采用，最早只能自{since}年（{each.where}）",
        f"the dial asks for {each.technology} from {each.since + years}; it cannot begin before {since} ({each.where})",
    )
    moved = replace(each, since=since, until=since + each.until - each.since)
    return moved, late if since > each.since + years else None
