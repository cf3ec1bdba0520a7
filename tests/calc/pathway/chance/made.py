"""Small cases and plans with numbers of any size, for tests; nothing in them is a fact about the world."""

from dataclasses import replace

import numpy as np

from touchstone.calc.pathway.case import INDICATORS, Case, Rule
from touchstone.calc.pathway.plan import Plan


def case(lines: int = 5, years: int = 11, seed: int = 0, products: int = 2, places: int = 2) -> Case:
    """A case of three technologies a product: as begun, measure a, measures a and b; two contracts."""
    rng = np.random.default_rng(seed)
    states = 3 * products
    product = np.arange(lines) % products
    place = (np.arange(lines) // products) % places
    keys = [(f"m{p}", f"CN-{35 + q}") for p in range(products) for q in range(places)]
    before = np.array([3 * p + step for p in range(products) for step in (0, 1, 0)])
    after = np.array([3 * p + step for p in range(products) for step in (1, 2, 2)])
    own = np.equal.outer(product, np.arange(states) // 3)
    saved = np.tile([1.0, 0.93, 0.85], products)
    base = rng.uniform(0.8, 1.2, (3, lines, 1)) * np.array([13.5, 1.8, 0.3])[:, None, None]
    electricity, direct, energy = (np.where(own, each * saved, np.nan) for each in base)
    moves = own[:, before] & own[:, after]
    groups = len(keys)
    ahead = np.arange(years)
    return Case(
        years=2020 + ahead,
        weight=np.ones(years),
        lines=tuple(f"line-{row}" for row in range(lines)),
        technologies=tuple(f"p{p}{more}" for p in range(products) for more in ("", "+a", "+a+b")),
        products=tuple(f"m{p}" for p in range(products)),
        supplies=tuple(keys),
        contracts=("grid", "green"),
        product=product,
        supply=product * places + place,
        initial=3 * product,
        group=np.arange(states) // 3,
        electricity=electricity,
        direct=direct,
        energy=energy,
        benchmark=np.where(own, saved < 0.9, False),
        running=np.where(own, rng.uniform(900, 1100, (lines, 1)) / saved, np.nan),
        investment=np.where(own, 5000.0, np.nan),
        before=before,
        after=after,
        change=np.where(moves, 800.0, np.nan),
        lifetime=np.full(products + 2, 20.0),
        first=np.full(products + 2, 2020),
        last=np.full(products + 2, 2100),
        capacity=np.full((lines, years), 1000.0),
        load=np.full((lines, years), 0.95),
        spread=np.ones((products + 2, years)),
        ramp=np.full(products + 2, np.inf),
        demand=np.tile(lines / products * 1000 * 0.8 * 1.005**ahead, (products, 1)),
        recycled_limit=np.full((products, years), 400.0),
        recycled_cost=np.full((products, years), 16000.0),
        recycled_direct=np.full((products, years), 0.6),
        recycled_energy=np.full((products, years), 0.2),
        outside_cost=np.full((products, years), 30000.0),
        **_contracts(groups, years),
        power_energy=0.1229,
        carbon_price=90 * 1.05**ahead,
        priced_power=bool(seed % 2),
        free=np.full((products, years), 1.5),
        discount=0.06,
        rules=(),
    )


def _contracts(groups: int, years: int) -> dict[str, np.ndarray]:
    grid = 0.55 * 0.98 ** np.arange(years)

    def pair(first: float, second: float) -> np.ndarray:
        return np.tile(np.array([first, second])[None, :, None], (groups, 1, years))

    return {
        "contract_limit": pair(np.inf, 5000.0),
        "contract_price": pair(450.0, 480.0),
        "contract_factor": np.array([grid, 0 * grid])[None].repeat(groups, 0),
        "contract_renewable": pair(0.15, 1.0),
    }


def plan(of: Case, seed: int = 0, changes: float = 0.5) -> Plan:
    """A plan that meets demand: lines in proportion to capacity, some changed on the way, one retired, one built late."""
    rng = np.random.default_rng(seed)
    count, states, years = len(of.lines), len(of.technologies), len(of.years)
    built, changed = np.zeros((count, states, years)), np.zeros((count, len(of.before), years))
    standing = np.zeros((count, states, years))
    for line in range(count):
        now = np.zeros(states)
        begins = years // 2 if line == count - 1 else 0
        ends = years - 2 if line == 0 else years
        for year in range(begins, ends):
            if year == begins:
                now[of.initial[line]] = 1000.0
                if begins:
                    built[line, of.initial[line], year] = 1000.0
            for move in rng.permutation(len(of.before)):
                here = now[of.before[move]]
                if year and np.isfinite(of.change[line, move]) and here > 0 and rng.random() < changes / 3:
                    amount = here * rng.choice([1.0, 0.5])
                    now[of.before[move]] -= amount
                    now[of.after[move]] += amount
                    changed[line, move, year] = amount
            standing[line, :, year] = now
    share = rng.uniform(0.3, 0.95, (count, 1, 1))
    output = standing * share * np.ones(years)
    own = np.zeros((len(of.products), years))
    np.add.at(own, of.product, output.sum(1))
    scrap = np.minimum(of.recycled_limit * rng.uniform(0.5, 1, (len(of.products), 1)), of.demand)
    output *= np.minimum(1, np.divide(of.demand - scrap, own, where=own > 0, out=np.ones_like(own)))[
        of.product
    ][:, None]
    own[:] = 0
    np.add.at(own, of.product, output.sum(1))
    used = np.zeros((len(of.supplies), years))
    np.add.at(used, of.supply, (output * np.nan_to_num(of.electricity)[:, :, None]).sum(1))
    green = np.minimum(used * 0.4, of.contract_limit[:, 1])
    power = np.stack([used - green, green], axis=1)
    return Plan(standing, built, changed, output, scrap, np.maximum(of.demand - scrap - own, 0), power)


def ruled(of: Case) -> Case:
    """The case with a rule of every indicator, of all lines and of some."""
    years = len(of.years)
    half = np.arange(len(of.lines)) % 3 == 0
    states = np.array(["+a" in key for key in of.technologies])
    rules = [
        Rule(
            f"{name}-{row}",
            name,
            "least" if "share" in name else "most",
            np.where(np.arange(years) % 2 == 0, 0.5 if "share" in name else 3000.0, np.nan),
            lines,
            np.arange(len(of.products)) <= row,
            100.0,
            technologies=states,
            gases=("all", "power")[row],
        )
        for name in INDICATORS
        for row, lines in enumerate((half, np.ones(len(of.lines), dtype=bool)))
    ]
    return replace(of, rules=tuple(rules))
