"""Cases small enough to be worked by hand, and cases drawn at random, for the tests of the deployment."""

from dataclasses import replace

import numpy as np

from touchstone.calc.pathway.case import INDICATORS, NEVER, Begun, Case, Floats, Rule


def by_hand(**changes: object) -> Case:
    """One line of 100 t/a, two years, demand 80 t in each; the old way takes 15 MWh and 2 t CO2e a tonne, the new one 10 and 1.

    Power is 400 yuan/MWh, carbon 100 yuan/t, nothing is discounted; a change costs 3,000 yuan for a t/a, paid over two years, and 50 t/a
    can be changed in a year.
    """
    made = Case(
        years=np.array([2020, 2021]), weight=np.ones(2), lines=("a",), technologies=("old", "new"), products=("metal",),
        supplies=(("metal", "CN-35"),), contracts=("grid",), product=np.array([0]), supply=np.array([0]), initial=np.array([0]),
        group=np.array([0, 0]), electricity=np.array([[15.0, 10.0]]), direct=np.array([[2.0, 1.0]]), energy=np.array([[0.5, 0.4]]),
        benchmark=np.array([[False, True]]), running=np.zeros((1, 2)), investment=np.full((1, 2), np.nan), before=np.array([0]),
        after=np.array([1]), change=np.array([[3000.0]]), lifetime=np.array([2.0, 2.0]), first=np.array([2000, 2000]),
        last=np.array([2100, 2100]), capacity=np.full((1, 2), 100.0), load=np.ones((1, 2)), spread=np.ones((2, 2)),
        ramp=np.array([np.inf, 50.0]), demand=np.full((1, 2), 80.0), recycled_limit=np.zeros((1, 2)), recycled_cost=np.full((1, 2), 9000.0),
        recycled_direct=np.full((1, 2), 0.5), recycled_energy=np.full((1, 2), 0.1), outside_cost=np.full((1, 2), 30_000.0),
        contract_limit=np.full((1, 1, 2), np.inf), contract_price=np.full((1, 1, 2), 400.0), contract_factor=np.full((1, 1, 2), 0.5),
        contract_renewable=np.full((1, 1, 2), 0.2), power_energy=0.1229, carbon_price=np.full(2, 100.0), priced_power=False,
        free=np.zeros((1, 2)), discount=0.0,
    )  # fmt: skip
    return replace(made, **changes)


def rule(
    case: Case, indicator: str, sense: str, limit: Floats | float, price: float = 1000.0, **more: object
) -> Rule:
    """A rule on all lines and products, in all years unless the limit says otherwise."""
    limits = np.broadcast_to(np.asarray(limit, float), case.years.shape).copy()
    given = {
        "lines": np.ones(len(case.lines), bool),
        "products": np.ones(len(case.products), bool),
        "technologies": np.arange(len(case.technologies)) == 1,
    }
    return Rule(f"{indicator}-{sense}", indicator, sense, limits, price=price, **(given | more))  # type: ignore[arg-type]


def drawn(seed: int, lines: int = 4, rules: bool = True, apart: bool = False) -> Case:
    """Two metals: a process with two measures, and one that is changed to another; unequal years and every kind of limit.

    Of every other nothing is decided in the first year. `apart`: no rule counts part of a supply.
    """
    dice = np.random.default_rng(seed)
    years = np.array([2020, 2021, 2023, 2026])
    group = np.array([0, 0, 0, 0, 1, 1])
    product = dice.integers(0, 2, lines)
    places = dice.integers(0, 2, lines)
    allowed = group[None, :] == product[:, None]
    supply = product * 2 + places
    shape = (lines, 6)
    has = np.array(
        [[1, 1, 1, 1, 0, 0], [0, 1, 0, 1, 0, 0], [0, 0, 1, 1, 0, 0], [0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 1]]
    )
    prices = dice.uniform(500, 5000, (lines, 5))
    capacity = np.repeat(np.round(dice.uniform(50, 150, (lines, 1))), 4, 1)
    capacity[dice.random(lines) < 0.3, 2:] *= 0.5
    capacity[dice.random(lines) < 0.2, 3:] = 0
    begins = dice.random(lines) < 0.2
    capacity[begins, 0] = 0
    need = np.zeros((2, 4))
    np.add.at(need, product, capacity)
    made = Case(
        years=years, weight=np.array([1.0, 1.5, 2.5, 3.0]), lines=tuple(f"l{p}" for p in range(lines)),
        technologies=("a", "a+m", "a+n", "a+m+n", "b", "c"), products=("a", "b"),
        supplies=(("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")), contracts=("grid", "green"), product=product, supply=supply,
        initial=np.where(begins, -1, np.where(product == 0, 0, 4)), group=group,
        electricity=np.where(allowed, dice.uniform(5, 15, shape), np.nan), direct=np.where(allowed, dice.uniform(0.2, 3, shape), np.nan),
        energy=np.where(allowed, dice.uniform(0.1, 1, shape), np.nan), benchmark=dice.random(shape) < 0.5,
        running=np.where(allowed, dice.uniform(500, 3000, shape), np.nan),
        investment=np.where(allowed & (np.arange(6) != 0), prices @ has, np.nan),
        before=np.array([0, 0, 1, 2, 4]), after=np.array([1, 2, 3, 3, 5]),
        change=np.where(allowed[:, [0, 0, 1, 2, 4]], dice.uniform(500, 5000, (lines, 5)), np.nan), prices=prices,
        lifetime=np.array([10.0, 12, 15, 20, 8]), first=np.array([2000, 2020, 2021, 2000, 2021]), last=np.array([2100, 2025, 2100, 2100, 2100]),
        capacity=capacity, load=dice.uniform(0.6, 1, (lines, 4)), spread=np.where(dice.random((5, 4)) < 0.3, 0.6, 1.0),
        ramp=np.where(dice.random(5) < 0.5, np.inf, 40.0), demand=need * dice.uniform(0.5, 1.0, (2, 4)) + 5,
        recycled_limit=dice.uniform(0, 60, (2, 4)), recycled_cost=dice.uniform(3000, 12_000, (2, 4)),
        recycled_direct=dice.uniform(0, 1, (2, 4)), recycled_energy=dice.uniform(0, 0.3, (2, 4)),
        outside_cost=dice.uniform(12_000, 30_000, (2, 4)),
        contract_limit=np.stack([np.full((4, 4), np.inf), dice.uniform(0, 1000, (4, 4))], 1),
        contract_price=dice.uniform(250, 500, (4, 2, 4)), contract_factor=dice.uniform(0, 0.8, (4, 2, 4)),
        contract_renewable=dice.uniform(0, 1, (4, 2, 4)), power_energy=0.1229, carbon_price=dice.uniform(0, 300, 4),
        priced_power=bool(dice.random() < 0.5), free=dice.uniform(0, 1, (2, 4)), discount=float(dice.choice([0.0, 0.06])),
    )  # fmt: skip
    made = replace(made, rules=_rules(made, dice, apart)) if rules else made
    since = np.full(shape, NEVER)
    since[begins, np.where(product == 0, 3, 5)[begins]] = 2021
    later = np.array([2000, 2020, dice.choice([2021, 2026]), 2000, dice.choice([2021, 2026])])
    stood = Begun(dice.uniform(0, 60, 2), dice.uniform(0, 1, (4, 2))) if dice.random() < 0.5 else None
    return replace(made, since=since, first=later, begun=stood, anew=(dice.random((2, 6)) < 0.8)[product])


def _rules(case: Case, dice: np.random.Generator, apart: bool) -> tuple[Rule, ...]:
    sizes = {
        "emissions": 800.0, "intensity": 4.0, "energy": 300.0, "energy.intensity": 1.2, "renewable.share": 0.5, "benchmark.share": 0.6,
        "recycled.share": 0.2, "technology.share": 0.4, "capacity": 250.0, "output": 200.0, "decline": 0.0,
    }  # fmt: skip
    # A peak is held against the highest year before it, which the model takes the last one for: it has a test of its own.
    assert sizes.keys() | {"peak"} == INDICATORS.keys()
    found = []
    for indicator in dice.choice(sorted(sizes), 5, replace=False):
        limit = np.where(dice.random(4) < 0.7, sizes[indicator] * dice.uniform(0.7, 1.3, 4), np.nan)
        chosen = (
            np.ones(len(case.lines), bool)
            if apart or dice.random() < 0.6
            else dice.random(len(case.lines)) < 0.5
        )
        found.append(
            rule(
                case, str(indicator), str(dice.choice(["most", "least"])), limit, float(dice.uniform(50, 3000)), lines=chosen,
                gases=str(dice.choice(["all", "direct", "power"])), products=dice.random(2) < 0.7,
            )
        )  # fmt: skip
    return tuple(found)
