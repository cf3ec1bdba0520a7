"""Demand, scrap, power and carbon of a scenario by year, as models take them."""

from dataclasses import dataclass

import numpy as np

from touchstone.calc.pathway.case import Floats, Ints
from touchstone.calc.pathway.course import Course
from touchstone.calc.pathway.presets import presets
from touchstone.calc.pathway.scenario import Scenario

_BY_CONTRACT = ("price", "factor", "renewable")
_BY_PRODUCT = ("recycled_limit", "recycled_cost", "recycled_direct", "recycled_energy")


@dataclass(frozen=True, slots=True)
class Supplied:
    """Arrays as in `Case`.

    Attributes:
        used: (K, Y) t of metal from scrap that the projection takes; share: (G, C, Y) of the power of a supply that it takes by
            contract, NaN for the contract that takes the rest.
    """

    demand: Floats
    recycled: dict[str, Floats]
    used: Floats
    outside_cost: Floats
    contracts: dict[str, Floats]
    share: Floats
    carbon_price: Floats
    free: Floats


def supplied(
    scenario: Scenario, products: tuple[str, ...], supplies: tuple[tuple[str, str], ...]
) -> Supplied:
    """What a scenario supplies; nothing is stated of scrap means there is none, nothing of a limit of power that there is no limit."""
    years = scenario.span()

    def by_product(otherwise: float, *path: str) -> Floats:
        return np.array([_at(scenario.course(path[0], k, *path[1:]), years, otherwise) for k in products])

    limit = by_product(np.nan, "recycled", "limit")
    used = by_product(np.nan, "recycled", "use")
    # What is used is there; where nothing is said of either there is no scrap.
    limit = np.nan_to_num(np.where(np.isnan(limit), used, limit))
    return Supplied(
        by_product(0.0, "demand"),
        dict(
            zip(
                _BY_PRODUCT,
                (limit, *(by_product(0.0, "recycled", each) for each in ("cost", "emissions", "energy"))),
                strict=True,
            )
        ),
        np.where(np.isnan(used), limit, np.minimum(used, limit)),
        by_product(presets()["outside"]["cost"], "outside", "cost"),
        {field: _contracts(scenario, supplies, years, field, 0.0) for field in _BY_CONTRACT} | {"limit": _limits(scenario, supplies, years)},
        _contracts(scenario, supplies, years, "share", 0.0),
        _at(scenario.course("carbon", "price"), years, 0.0),
        np.array([_at(scenario.course("carbon", "free", k), years, 0.0) for k in products]),
    )  # fmt: skip


def _contracts(
    scenario: Scenario, supplies: tuple[tuple[str, str], ...], years: Ints, field: str, otherwise: float
) -> Floats:
    """(G, C, Y): a course of each contract, of the supply's own place before everywhere."""
    shape = (len(supplies), len(scenario.contracts), len(years))
    rows = [
        _at(scenario.of_power(contract, field, place), years, otherwise)
        for _, place in supplies
        for contract in scenario.contracts
    ]
    return np.array(rows).reshape(shape)


def _limits(scenario: Scenario, supplies: tuple[tuple[str, str], ...], years: Ints) -> Floats:
    """(G, C, Y) MWh, as stated; nothing where the contract has neither price nor factor in a place: it is not offered there."""
    limit = _contracts(scenario, supplies, years, "limit", np.inf)
    for g, (_, place) in enumerate(supplies):
        for c, contract in enumerate(scenario.contracts):
            if (
                scenario.of_power(contract, "price", place) is None
                or scenario.of_power(contract, "factor", place) is None
            ):
                limit[g, c] = 0.0
    return limit


def parted(scenario: Scenario, supplies: tuple[tuple[str, str], ...], limit: Floats, need: Floats) -> Floats:
    """(G, C, Y): what a limit leaves each supply: one that is stated for several of them is theirs together, parted by the power they need.

    Args:
        need: (G, Y) MWh that each supply would take if its lines ran as they begin.
    """
    found = limit.copy()
    for c, contract in enumerate(scenario.contracts):
        courses = [scenario.of_power(contract, "limit", place) for _, place in supplies]
        for course in {id(each): each for each in courses if each is not None}.values():
            rows = [g for g, each in enumerate(courses) if each is course and limit[g, c].any()]
            total = need[rows].sum(0)
            part = np.divide(
                need[rows], total, out=np.full_like(need[rows], 1 / max(len(rows), 1)), where=total > 0
            )
            found[rows, c] = limit[rows, c] * part
    return found


def _at(course: Course | None, years: Ints, otherwise: float) -> Floats:
    return np.full(len(years), otherwise) if course is None else course.at(years)
