"""A made-up nation of smelters as a case: the same for the same seed. A part of pathway.py."""

from dataclasses import replace

import numpy as np

from touchstone.calc.pathway.case import Case, Rule

SEED = 20261122
PROVINCES = 12


def nation(plants: int, years: int = 31, seed: int = SEED) -> Case:
    """One metal, eight technologies, `plants` lines in twelve provinces, `years` years from 2020; everything synthetic.

    Technologies 0 to 3 are what stands (old to good), 4 to 7 come later (best cell, inert anode, hydrogen, both); a line may be changed
    into each better one, and 1, 3, 4 and 5 may be built anew. Rules: a falling cap on emissions, renewable power, intensity, scrap,
    a share at benchmark level, and a cap on output in every third province.
    """
    dice = np.random.default_rng(seed)
    place = np.concatenate((np.arange(PROVINCES), dice.integers(0, PROVINCES, plants)))[:plants]
    initial = dice.choice(4, plants, p=[0.25, 0.35, 0.25, 0.15])
    size = np.round(dice.lognormal(np.log(120_000), 0.7, plants), -3) + 10_000
    when = 2020 + np.arange(years)
    later = np.arange(years) / 30
    level = np.array([14.6, 13.9, 13.4, 12.9, 12.5, 12.1, 12.7, 12.3])
    direct = np.array([2.3, 2.0, 1.8, 1.7, 1.6, 0.4, 0.5, 0.2])
    energy = np.array([0.55, 0.5, 0.47, 0.44, 0.42, 0.25, 0.28, 0.2])
    running = np.array([2900.0, 2650, 2500, 2450, 2400, 2450, 2600, 2500])
    skill = dice.normal(1, 0.02, (plants, 1))
    pairs = [(a, b) for a in range(8) for b in range(8) if b > a and b >= 3]
    before, after = np.array(pairs).T
    worth = np.array([0, 0, 0, 1800.0, 2600, 4600, 4400, 5800])
    changing = (worth[after] - 0.35 * worth[before]) * dice.normal(1, 0.08, (plants, 1))
    capacity = np.repeat(size[:, None], years, 1)
    closes = np.where(dice.random(plants) < 0.15, dice.choice([2028, 2032, 2036], plants), 9999)
    capacity[when >= closes[:, None]] = 0
    load = np.repeat(dice.choice([0.8, 0.88, 0.93, 0.97], plants)[:, None], years, 1)
    total = (size * load[:, 0]).sum()
    carbon = 2.0 + 14.0 * 0.45
    need = (total * 0.86 * (1 + 0.15 * np.sin(later * np.pi) - 0.1 * later))[None]
    contracts = _contracts(dice, later, need.sum(0) * 13.5)
    rules = _targets(when, later, place, size * load[:, 0], total * 0.86 * carbon, carbon)
    return Case(
        years=when, weight=np.ones(years), lines=tuple(f"line-{p}" for p in range(plants)),
        technologies=tuple(f"technology-{t}" for t in range(8)), products=("metal",),
        supplies=tuple(("metal", f"province-{p}") for p in range(PROVINCES)), contracts=("grid", "green"),
        product=np.zeros(plants, int), supply=place, initial=initial, group=np.zeros(8, int),
        electricity=level * skill, direct=direct * skill**0.5, energy=np.broadcast_to(energy, (plants, 8)).copy(),
        benchmark=np.broadcast_to(np.arange(8) >= 3, (plants, 8)).copy(),
        running=running * dice.normal(1, 0.04, (plants, 1)),
        investment=np.where(np.isin(np.arange(8), [1, 3, 4, 5]), worth + 6500, np.nan) * dice.normal(1, 0.05, (plants, 1)),
        before=before, after=after, change=changing, lifetime=np.array([20.0, 20, 20, 20, 20, 15, 15, 15]),
        first=np.array([2020, 2020, 2020, 2020, 2023, 2030, 2032, 2035]), last=np.array([2020, 2023, 2026, 2099, 2099, 2099, 2099, 2099]),
        capacity=capacity, load=load, spread=np.where(np.arange(8)[:, None] < 5, 1.0, np.clip(0.1 + later * 0.7, 0, 1)),
        ramp=np.array([np.inf, np.inf, np.inf, 0.08, 0.07, 0.05, 0.04, 0.04]) * size.sum(),
        demand=need, recycled_limit=need * (0.12 + 0.3 * later), recycled_cost=np.full((1, years), 15_500.0),
        recycled_direct=np.full((1, years), 0.6), recycled_energy=np.full((1, years), 0.15),
        outside_cost=np.full((1, years), 24_000.0), **contracts, power_energy=0.1229, carbon_price=90 + 260 * later, priced_power=False,
        free=np.full((1, years), 1.4), discount=0.06, rules=rules,
    )  # fmt: skip


def _contracts(dice: np.random.Generator, later: np.ndarray, hours: np.ndarray) -> dict[str, np.ndarray]:
    """Grid and green power of every province: the first without limit, the second growing with the years."""
    shape = (PROVINCES, 2, len(later))
    limit, price, factor, green = np.full(shape, np.inf), np.empty(shape), np.zeros(shape), np.ones(shape)
    limit[:, 1] = dice.dirichlet(np.full(PROVINCES, 3.0))[:, None] * hours * np.clip(0.05 + 0.5 * later, 0, 1)
    price[:, 0] = (dice.normal(420, 45, PROVINCES)[:, None]) * (1 + 0.1 * later)
    price[:, 1] = price[:, 0] + 25 - 60 * later
    factor[:, 0] = np.clip(dice.normal(0.56, 0.12, PROVINCES), 0.15, 0.8)[:, None] * (1 - 0.6 * later)
    green[:, 0] = 0.15 + 0.3 * later
    return {
        "contract_limit": limit,
        "contract_price": price,
        "contract_factor": factor,
        "contract_renewable": green,
    }


def _targets(
    when: np.ndarray, later: np.ndarray, place: np.ndarray, most: np.ndarray, base: float, carbon: float
) -> tuple[Rule, ...]:
    """The rules of the nation; `most` is what each line can make, `base` what all emit to begin with."""

    def rule(
        key: str, indicator: str, sense: str, since: int, limits: np.ndarray, price: float, lines: np.ndarray
    ) -> Rule:
        limit = np.where(when >= since, limits, np.nan)
        return Rule(key, indicator, sense, limit, lines, np.ones(1, bool), price, "synthetic")

    every = np.ones(len(place), bool)
    green = np.clip(0.3 + 0.3 * (later - 1 / 3), 0, 1)
    return (
        rule("cap", "emissions", "most", 2026, base * (0.95 - 0.88 * later), 3000.0, every),
        rule("renewable", "renewable.share", "least", 2030, green, 800.0, every),
        rule("intensity", "intensity", "most", 2030, carbon * (0.9 - 0.5 * later), 3000.0, every),
        rule("scrap", "recycled.share", "least", 2030, 0.12 + 0.15 * later, 8000.0, every),
        rule("benchmark", "benchmark.share", "least", 2027, 0.3 + 0.4 * later, 20000.0, every),
        *(
            rule(
                f"output-{p}",
                "output",
                "most",
                2028,
                most[place == p].sum() * (0.97 - 0.2 * later),
                6000.0,
                place == p,
            )
            for p in range(0, PROVINCES, 3)
        ),
    )


def draw(case: Case, number: int) -> Case:
    """Draw `number` of demand, power, factors, carbon, investments and scrap; walks from year to year, and levels."""
    dice = np.random.default_rng([SEED, number])

    def walk(spread: float) -> np.ndarray:
        return np.exp(np.cumsum(dice.normal(0, spread, len(case.years))))

    return replace(
        case,
        demand=case.demand * np.minimum(walk(0.015), 1.12),
        contract_price=case.contract_price * walk(0.02),
        contract_factor=case.contract_factor * dice.lognormal(0, 0.08),
        carbon_price=case.carbon_price * walk(0.06),
        change=case.change * dice.lognormal(0, 0.12),
        investment=case.investment * dice.lognormal(0, 0.1),
        recycled_limit=case.recycled_limit * dice.lognormal(0, 0.1),
    )
