"""The deployment model written out plainly, sum by sum as its rules read, and solved by SciPy: the independent twin of the tests."""

from collections import defaultdict

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import lil_array

from touchstone.calc.pathway.case import Case

Sum = dict[tuple, float]


def least_cost(case: Case) -> float:
    """The least discounted cost with the price of missed rules, yuan; rules must count whole supplies."""
    model = _Plain(case)
    model.write()
    return model.solve()


class _Plain:
    def __init__(self, case: Case) -> None:
        self.case, self.numbers = case, {}
        self.parts = list(dict.fromkeys(name for key in case.technologies for name in key.split("+")))
        self.cost: dict[int, float] = defaultdict(float)
        self.bounds: dict[int, float | None] = {}
        self.equal: list[tuple[Sum, float]] = []
        self.below: list[tuple[Sum, float]] = []

    def column(self, *key: object, most: float | None = None) -> int:
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers)
            self.bounds[self.numbers[key]] = most
        return self.numbers[key]

    def write(self) -> None:
        case = self.case
        for y, year in enumerate(case.years):
            since = year - case.years[y - 1] if y else 1
            counts = case.weight[y] / (1 + case.discount) ** (year - case.years[0])
            for p in range(len(case.lines)):
                self.line(p, y, counts)
            for g in range(len(case.supplies)):
                if (case.supply == g).any():
                    self.supply(g, y, counts)
            for k in range(len(case.products)):
                self.metal(k, y, counts)
            for n in range(len(self.parts)):
                self.part(n, y, since)
            for r, rule in enumerate(case.rules):
                if not np.isnan(rule.limit[y]) and not (rule.indicator == "decline" and y == 0):
                    self.rule(r, y, counts)
        if case.begun is not None:
            self.begun()

    def begun(self) -> None:
        """In the first year lines stand and share what is left to make as it was, and contracts deliver what is said of them."""
        case, stood = self.case, self.case.begun
        is_ = {number: 0.0 for key, number in self.numbers.items() if key[0] in "sbcxrw" and key[-1] == 0}
        used = [0.0] * len(case.supplies)
        for k in range(len(case.products)):
            lines = [p for p in range(len(case.lines)) if case.product[p] == k and case.initial[p] >= 0]
            able = sum(case.capacity[p, 0] * case.load[p, 0] for p in lines)
            scrap = min(stood.scrap[k], case.recycled_limit[k, 0], case.demand[k, 0])
            is_[self.column("r", k, 0)] = scrap
            for p in lines:
                t, size = case.initial[p], case.capacity[p, 0]
                made = size * case.load[p, 0] * min((case.demand[k, 0] - scrap) / able, 1.0) if able else 0.0
                is_[self.column("s", p, t, 0)], is_[self.column("x", p, t, 0)] = size, made
                used[case.supply[p]] += made * case.electricity[p, t]
        for g in set(case.supply):
            rest = used[g]
            for c in range(1, len(case.contracts)):
                power = min(stood.share[g, c] * used[g], case.contract_limit[g, c, 0])
                is_[self.column("w", g, c, 0)], rest = power, rest - power
            is_[self.column("w", g, 0, 0)] = rest
        for number, value in is_.items():
            self.equal.append(({number: 1.0}, value))
            self.bounds[number] = None

    def has(self, t: int) -> set[int]:
        """The parts of a state, by its name."""
        return {self.parts.index(name) for name in self.case.technologies[t].split("+")}

    def annuity(self, parts: set[int], prices: dict[int, float], y: int) -> float:
        """Each part is paid over its own life, for its part of the price."""
        case, rate = self.case, self.case.discount
        life = {n: case.lifetime[n] for n in parts}
        each = {n: 1 / life[n] if rate == 0 else rate / (1 - (1 + rate) ** -life[n]) for n in parts}
        yearly = sum(each[n] * prices[n] for n in parts) / sum(prices[n] for n in parts)
        return sum(
            yearly * case.weight[z] / (1 + rate) ** (case.years[z] - case.years[0])
            for z in range(y, len(case.years))
        )

    def ways(self, p: int) -> list[int]:
        return [t for t in range(len(self.case.technologies)) if not np.isnan(self.case.electricity[p, t])]

    def open(self, parts: set[int], year: int) -> bool:
        return all(self.case.first[n] <= year <= self.case.last[n] for n in parts)

    def priced(self, p: int) -> dict[int, float]:
        prices = self.case.prices
        return {n: 1.0 if prices is None else prices[p, n] for n in range(len(self.parts))}

    def line(self, p: int, y: int, counts: float) -> None:
        case, year = self.case, self.case.years[y]
        for t in self.ways(p):
            open_ = self.open(self.has(t), year)
            balance: Sum = {self.column("s", p, t, y): 1.0}
            stood = 0.0
            if y:
                balance[self.column("s", p, t, y - 1)] = -1.0
            elif case.initial[p] == t:
                stood = case.capacity[p, 0]
            registered = case.since is not None and case.since[p, t] <= year <= min(
                case.last[n] for n in self.has(t)
            )
            if (
                (open_ or registered)
                and not np.isnan(case.investment[p, t])
                and (case.anew is None or case.anew[p, t])
            ):
                built = self.column("b", p, t, y)
                balance[built] = -1.0
                self.cost[built] += case.investment[p, t] * self.annuity(self.has(t), self.priced(p), y)
            for e in range(len(case.before)):
                to = case.after[e]
                new = self.has(to) - self.has(case.before[e])
                if np.isnan(case.change[p, e]) or not self.open(new, year):
                    continue
                if to == t:
                    changed = self.column("c", p, e, y)
                    balance[changed] = -1.0
                    self.cost[changed] += case.change[p, e] * self.annuity(new, dict.fromkeys(new, 1.0), y)
                elif case.before[e] == t:
                    balance[self.column("c", p, e, y)] = 1.0
            self.below.append((balance, stood))
            made = self.column("x", p, t, y)
            self.below.append(({made: 1.0, self.column("s", p, t, y): -case.load[p, y]}, 0.0))
            free = case.free[case.product[p], y]
            self.cost[made] += counts * (
                case.running[p, t] + case.carbon_price[y] * (case.direct[p, t] - free)
            )
        self.below.append(({self.column("s", p, t, y): 1.0 for t in self.ways(p)}, case.capacity[p, y]))

    def supply(self, g: int, y: int, counts: float) -> None:
        case = self.case
        balance: Sum = {}
        for c in range(len(case.contracts)):
            limit = case.contract_limit[g, c, y]
            power = self.column("w", g, c, y, most=None if np.isinf(limit) else limit)
            balance[power] = 1.0
            price = case.contract_price[g, c, y]
            if case.priced_power:
                price += case.carbon_price[y] * case.contract_factor[g, c, y]
            self.cost[power] += counts * price
        for p in np.flatnonzero(case.supply == g):
            for t in self.ways(p):
                balance[self.column("x", p, t, y)] = -case.electricity[p, t]
        self.equal.append((balance, 0.0))

    def metal(self, k: int, y: int, counts: float) -> None:
        case = self.case
        scrap = self.column("r", k, y, most=case.recycled_limit[k, y])
        outside = self.column("o", k, y)
        self.cost[scrap] += counts * case.recycled_cost[k, y]
        self.cost[outside] += counts * case.outside_cost[k, y]
        supply: Sum = {scrap: 1.0, outside: 1.0}
        for p in np.flatnonzero(case.product == k):
            supply |= {self.column("x", p, t, y): 1.0 for t in self.ways(p)}
        self.equal.append((supply, case.demand[k, y]))

    def part(self, n: int, y: int, since: int) -> None:
        """How much may have a process or a measure, whatever else stands with it, and how much may be added."""
        case = self.case
        every = [t for t in range(len(case.technologies)) if n in self.has(t)]
        lines = [p for p in range(len(case.lines)) if case.product[p] == case.group[every[0]]]
        stands = {self.column("s", p, t, y): 1.0 for p in lines for t in every if t in self.ways(p)}
        room = sum(case.capacity[p, y] for p in lines)
        stood = sum(min(case.capacity[p, : y + 1]) for p in lines if case.initial[p] in every)
        if case.spread[n, y] < 1:
            self.below.append((stands, max(case.spread[n, y] * room, stood)))
        if np.isfinite(case.ramp[n]):
            steps = [
                e for e in range(len(case.before)) if n in self.has(case.after[e]) - self.has(case.before[e])
            ]
            added = [
                number
                for key, number in self.numbers.items()
                if key[0] in "bc" and key[3] == y and key[2] in (every if key[0] == "b" else steps)
            ]
            planned = [  # begin in this year as they are registered, however large they are
                case.capacity[p, y]
                for p in lines
                for t in every
                if case.since is not None and case.years[y] - since < case.since[p, t] <= case.years[y]
            ]
            self.below.append((dict.fromkeys(added, 1.0), max(case.ramp[n] * since, sum(planned))))

    def emissions(self, r: int, y: int) -> Sum:
        case, rule = self.case, self.case.rules[r]
        found: Sum = defaultdict(float)
        for p in np.flatnonzero(rule.lines):
            for t in self.ways(p):
                if rule.gases != "power":
                    found[self.column("x", p, t, y)] += case.direct[p, t]
        if rule.gases != "direct":
            for g in set(case.supply[rule.lines]):
                for c in range(len(case.contracts)):
                    found[self.column("w", g, c, y)] += case.contract_factor[g, c, y]
        if rule.gases == "all":
            for k in np.flatnonzero(rule.products):
                found[self.column("r", k, y)] += case.recycled_direct[k, y]
        return found

    def fraction(self, r: int, y: int) -> tuple[Sum, Sum]:
        case, rule = self.case, self.case.rules[r]
        cells = [(p, t) for p in np.flatnonzero(rule.lines) for t in self.ways(p)]
        made = {self.column("x", p, t, y): 1.0 for p, t in cells}
        stands = {self.column("s", p, t, y): 1.0 for p, t in cells}
        scrap = {self.column("r", k, y): 1.0 for k in np.flatnonzero(rule.products)}
        energy = {
            self.column("x", p, t, y): case.energy[p, t] + case.electricity[p, t] * case.power_energy
            for p, t in cells
        } | {self.column("r", k, y): case.recycled_energy[k, y] for k in np.flatnonzero(rule.products)}
        match rule.indicator:
            case "emissions":
                return self.emissions(r, y), {}
            case "decline":
                change = self.emissions(r, y)
                return change | {number: -value for number, value in self.emissions(r, y - 1).items()}, {}
            case "intensity":
                return self.emissions(r, y), made | scrap
            case "energy":
                return energy, {}
            case "energy.intensity":
                return energy, made | scrap
            case "renewable.share":
                green = {
                    self.column("w", g, c, y): case.contract_renewable[g, c, y]
                    for g in set(case.supply[rule.lines])
                    for c in range(len(case.contracts))
                }
                return green, {self.column("x", p, t, y): case.electricity[p, t] for p, t in cells}
            case "benchmark.share":
                return {self.column("s", p, t, y): float(case.benchmark[p, t]) for p, t in cells}, stands
            case "technology.share":
                return {self.column("s", p, t, y): float(rule.technologies[t]) for p, t in cells}, stands
            case "recycled.share":
                return scrap, scrap | made
            case "capacity":
                return stands, {}
            case "output":
                return made, {}
        raise AssertionError(rule.indicator)

    def rule(self, r: int, y: int, counts: float) -> None:
        rule = self.case.rules[r]
        sign = 1 if rule.sense == "most" else -1
        top, under = self.fraction(r, y)
        missed = self.column("m", r, y)
        self.cost[missed] += counts * rule.price
        row: Sum = defaultdict(float, {missed: -1.0})
        for number, value in top.items():
            row[number] += sign * value
        for number, value in under.items():
            row[number] -= sign * rule.limit[y] * value
        self.below.append((row, 0.0 if under else sign * rule.limit[y]))

    def solve(self) -> float:
        width = len(self.numbers)

        def table(rows: list[tuple[Sum, float]]) -> tuple[object, list[float]]:
            made = lil_array((len(rows), width))
            for number, (row, _) in enumerate(rows):
                for column, value in row.items():
                    made[number, column] = value
            return made.tocsr(), [limit for _, limit in rows]

        below, most = table(self.below)
        equal, exact = table(self.equal)
        cost = [self.cost[number] for number in range(width)]
        bounds = [(0, self.bounds[number]) for number in range(width)]
        found = linprog(cost, below, most, equal, exact, bounds, method="highs-ds")
        assert found.status == 0, found.message
        return found.fun
