"""From register, catalogue and scenario to a `Case`: the one place where what people wrote becomes what models reckon with."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.factors.limit import limits_of
from touchstone.calc.carbon.factors.reference import documents, items
from touchstone.calc.pathway.case import NEVER, Begun, Bools, Case, Floats, Ints, Rule
from touchstone.calc.pathway.line_arrays import Technical, technical
from touchstone.calc.pathway.metal import of_metal
from touchstone.calc.pathway.presets import presets
from touchstone.calc.pathway.refusal import refusal
from touchstone.calc.pathway.register import Line, Register
from touchstone.calc.pathway.scenario import Aim, Level, Scenario
from touchstone.calc.pathway.scenario_checks import checked
from touchstone.calc.pathway.selection import chosen_lines
from touchstone.calc.pathway.states import State, states
from touchstone.calc.pathway.supply_arrays import Supplied, pools_of, supplied
from touchstone.calc.pathway.technology import Catalogue
from touchstone.facts.text import Text
from touchstone.facts.unit import convert


@dataclass(frozen=True, slots=True)
class Compiled:
    """A case and what it was made of.

    Attributes:
        states: (T) as in the case. used, share: what the projection takes of scrap and of contracts, as in `Supplied`.
        levels: benchmark level of each product that has one. told: what a reader must know of values nobody stated.
    """

    case: Case
    register: Register
    catalogue: Catalogue
    scenario: Scenario
    states: tuple[State, ...]
    used: Floats
    share: Floats
    levels: Mapping[str, Level]
    told: tuple[Text, ...]


def compiled(register: Register, catalogue: Catalogue, scenario: Scenario) -> Compiled:
    """The case of a scenario.

    Raises:
        UnusablePathway: SCENARIO-006 to SCENARIO-015, what the scenario says does not fit the register, the catalogue or itself; the first, with
            the others in `also`.
    """
    if not scenario.years:
        words = "years = [2020, 2050]"
        raise refusal(
            "SCENARIO-013", scenario.where("years"), what=Text("年份", "years"), expected=Text(words, words)
        )
    every = states(catalogue, register)
    made, wrong = technical(register, every)
    products = tuple(dict.fromkeys(line.product for line in register.lines))
    supplies = tuple(dict.fromkeys((line.product, line.place) for line in register.lines))
    given = supplied(scenario, products, supplies)
    capacity, load = _capacity(register, scenario), _load(register, scenario)
    levels = {product: level for product in products if (level := _level(scenario, product))}
    problems = [
        *wrong,
        *checked(register, catalogue, scenario, every, made, given, (capacity * load, products), levels),
    ]
    if problems:
        problems[0].also = tuple(problems[1:])
        raise problems[0]
    case = _case(register, scenario, every, made, given, capacity, load, levels)
    if scenario.drivers or scenario.together:
        from touchstone.calc.pathway.chance.declared import (
            unfit,
        )  # which reads cases: not before there is one

        if problems := unfit(scenario, case):
            problems[0].also = tuple(problems[1:])
            raise problems[0]
    return Compiled(
        case,
        register,
        catalogue,
        scenario,
        every,
        given.used,
        given.share,
        levels,
        (*made.told, *_outlasted(scenario, levels)),
    )


def _case(
    register: Register, scenario: Scenario, every: tuple[State, ...], made: Technical, given: Supplied, capacity: Floats, load: Floats,
    levels: dict[str, Level],
) -> Case:  # fmt: skip
    years, lines = scenario.span(), register.lines
    products = tuple(dict.fromkeys(line.product for line in lines))
    supplies = tuple(dict.fromkeys((line.product, line.place) for line in lines))
    keys = [state.key for state in every]
    power = power_energy()
    discount = presets()["discount"]["rate"] if scenario.discount is None else scenario.discount
    return Case(
        years=years, weight=_weight(years), lines=tuple(line.key for line in lines), technologies=tuple(keys), products=products,
        supplies=supplies, contracts=tuple(scenario.contracts),
        product=np.array([products.index(line.product) for line in lines], dtype=np.int64),
        supply=np.array([supplies.index((line.product, line.place)) for line in lines], dtype=np.int64),
        initial=np.array([keys.index(line.technology) if _stands_at(line, int(years[0])) else -1 for line in lines], dtype=np.int64),
        group=np.array([products.index(state.process.product) for state in every], dtype=np.int64),
        electricity=made.values["electricity"], direct=made.values["direct"], energy=made.values["energy"],
        benchmark=_at_level(lines, every, made, levels, power), running=made.values["running"], investment=made.investment,
        before=made.before, after=made.after, change=made.change, lifetime=made.lifetime, first=np.maximum(made.first, _begins(scenario)), last=made.last,
        prices=made.prices, anew=made.anew, since=_since(register, keys, int(years[0])),
        begun=Begun(given.used[:, 0], given.share[:, :, 0]),
        capacity=capacity, load=load, spread=_spread(made, len(years)), ramp=made.ramp, demand=given.demand,
        recycled_limit=given.recycled["recycled_limit"], recycled_cost=given.recycled["recycled_cost"],
        recycled_direct=given.recycled["recycled_direct"], recycled_energy=given.recycled["recycled_energy"],
        outside_cost=given.outside_cost, contract_limit=given.contracts["limit"], contract_price=given.contracts["price"],
        contract_factor=given.contracts["factor"], contract_renewable=given.contracts["renewable"], power_energy=power,
        carbon_price=given.carbon_price, priced_power=bool(scenario.priced_power), free=given.free, discount=discount,
        pools=pools_of(scenario, supplies, given.contracts["limit"]),
        scrap=np.array([state.process.scrap for state in every], dtype=bool),
        rules=tuple(_rule(aim, register, scenario, products, every) for aim in scenario.aims),
    )  # fmt: skip


def _begins(scenario: Scenario) -> int:
    """The year in which decisions begin: never the first of the plan."""
    return max(int(scenario.span()[0]) + 1, scenario.decisions or 0)


def _since(register: Register, states: list[str], first: int) -> Ints:
    """(P, T): when lines that begin after the first year begin as they are registered; that is decided already, whenever decisions begin."""
    since = np.full((len(register.lines), len(states)), NEVER)
    for p, line in enumerate(register.lines):
        if line.since is not None and line.since > first:
            since[p, states.index(line.technology)] = line.since
    return since


def _stands_at(line: Line, year: int) -> bool:
    return line.since is None or line.since <= year


def _weight(years: Ints) -> Floats:
    """Years that each year of the plan stands for: those to the next one, the last for itself."""
    return np.append(np.diff(years), 1).astype(float)


def _capacity(register: Register, scenario: Scenario) -> Floats:
    """(P, Y) t/a that may stand: from a line's first year to the end of its last."""
    years = scenario.span()
    last = {each.line: each.year for each in scenario.retirements}
    rows = []
    for line in register.lines:
        end = last.get(line.key, line.until)
        stands = (years >= (line.since or 0)) & (years <= (9999 if end is None else end))
        rows.append(np.where(stands, line.capacity, 0.0))
    return np.array(rows)


def _load(register: Register, scenario: Scenario) -> Floats:
    """(P, Y) t for a t/a at most: in the first year what the line made of its capacity, then the scenario's, else all of it; an idle line
    makes nothing."""
    years = scenario.span()
    rows = []
    for line in register.lines:
        course = scenario.course("load", line.product)
        own = 1.0 if line.output is None else line.output / line.capacity
        load = np.ones(len(years)) if course is None else course.at(years)
        if line.output is not None:
            load[0] = own  # the first year is what was
        rows.append(load * (line.status != "idle"))
    return np.array(rows)


def _spread(made: Technical, years: int) -> Floats:
    """(N, Y): the adoption limit of each process and measure."""
    stated = [1.0 if (share := each.number("spread")) is None else share / 100 for each in made.parts]
    return np.repeat(np.array(stated)[:, None], years, axis=1)


def _level(scenario: Scenario, product: str) -> Level | None:
    """What counts as benchmark: as the scenario says, else the verified level of the lists."""
    if stated := scenario.levels.get(product):
        return stated
    units = {"ac-electricity": ("electricity", "MWh/t"), "comprehensive-energy": ("energy", "tce/t")}
    for limit in limits_of(product):
        if (
            limit.level == "benchmark"
            and limit.usable
            and limit.indicator in units
            and limit.value is not None
        ):
            of, unit = units[limit.indicator]
            until = limit.valid_to.year if limit.valid_to else None
            return Level(
                of, float(convert(limit.value, limit.unit, unit)), limit.document, limit.clause, until
            )
    return None


def _outlasted(scenario: Scenario, levels: Mapping[str, Level]) -> tuple[Text, ...]:
    """What a rule of benchmark shares assumes of levels that their document does not state for all years."""
    last, papers, names = scenario.span()[-1], documents(), items()
    return tuple(
        Text(
            f"《{papers[level.document].title.zh}》所列{names[product].name.zh}的标杆水平只到{level.until}年，此后沿用",
            f"the benchmark level of {names[product].name.en} in “{papers[level.document].title.en}” is stated until {level.until} and kept afterwards",
        )
        for product, level in levels.items()
        if level.until is not None
        and level.until < last
        and any(aim.indicator == "benchmark.share" for aim in scenario.aims)
    )


def _at_level(
    lines: tuple[Line, ...], every: tuple[State, ...], made: Technical, levels: dict[str, Level], power: float
) -> Bools:
    """(P, T): whether a tonne takes no more than the benchmark level of its product."""
    electricity, energy = made.values["electricity"], made.values["energy"]
    at = np.zeros(electricity.shape, dtype=bool)
    for p, line in enumerate(lines):
        if level := levels.get(line.product):
            used = electricity[p] if level.of == "electricity" else electricity[p] * power + energy[p]
            at[p] = used <= level.limit * (1 + 1e-12)
    return at


def _rule(
    aim: Aim, register: Register, scenario: Scenario, products: tuple[str, ...], every: tuple[State, ...]
) -> Rule:
    years = scenario.span()
    limit = aim.course.from_first(years)
    if aim.until is not None:
        limit = np.where(years <= aim.until, limit, np.nan)
    lines = chosen_lines(register, aim.chosen)
    narrowed = aim.chosen.lines or aim.chosen.place or aim.chosen.enterprise or aim.chosen.technology
    # Metal from scrap belongs to no line: it counts where a whole product is meant.
    metal = np.array(
        [not narrowed and aim.chosen.product in ("", product) for product in products], dtype=bool
    )
    if aim.indicator == "recycled.share":
        made = np.array([products.index(line.product) for line in register.lines], dtype=np.int64)
        lines, metal = of_metal(lines, metal, made, products)
    named = [
        bool({state.process.key, *(each.key for each in state.measures)} & set(aim.named)) for state in every
    ]
    return Rule(
        aim.key, aim.indicator, aim.sense, limit, lines, metal,
        presets()["miss"][aim.indicator] if aim.price is None else aim.price,
        " ".join(filter(None, (aim.document, aim.clause))), np.array(named, dtype=bool) if aim.named else None, aim.gases,
    )  # fmt: skip


def power_energy() -> float:
    """tce/MWh, the equivalent value of GB/T 2589 as the factor library has it."""
    factor = next(
        each
        for each in library().factors
        if (each.kind, each.of) == ("standard-coal", "electricity.grid") and each.value
    )
    assert factor.value is not None
    return float(convert(factor.value, factor.unit, "tce/MWh"))
