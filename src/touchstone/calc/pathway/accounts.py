"""The accounts of a plan: emissions, energy, costs and every indicator, by one arithmetic for all models.

Emissions of a line are output x direct + power x the factor of what its supply bought that year; lines of one supply share one mix.
"""

from dataclasses import dataclass

import numpy as np

from touchstone.calc.pathway.case import Case, Floats, Rule
from touchstone.calc.pathway.plan import Plan


@dataclass(frozen=True, slots=True)
class Accounts:
    """What a plan gives; axes as in `Case`.

    Attributes:
        output: (P, Y) t; power: (P, Y) MWh; direct, indirect: (P, Y) t CO2e of the line and of its power.
        recycled: (K, Y) t CO2e of metal from scrap; energy: (P, Y) tce, power included; recycled_energy: (K, Y) tce.
        factor: (G, Y) t CO2e/MWh of the mix bought, and renewable: (G, Y) its share; of the cheapest contract where nothing is bought.
        remade: (P, Y) t of the output that is made of scrap.
        costs: of each year, undiscounted, yuan: "investment" (annuities paid that year), "running", "power", "carbon",
            "recycled", "outside"; each (Y,).
    """

    output: Floats
    power: Floats
    direct: Floats
    indirect: Floats
    recycled: Floats
    energy: Floats
    recycled_energy: Floats
    factor: Floats
    renewable: Floats
    remade: Floats
    costs: dict[str, Floats]

    @property
    def emissions(self) -> Floats:
        """(Y,): t CO2e of all lines and of metal from scrap."""
        return (self.direct + self.indirect).sum(0) + self.recycled.sum(0)

    @property
    def cost(self) -> Floats:
        """(Y,): yuan, undiscounted."""
        return np.sum(list(self.costs.values()), axis=0)


ROUNDING = 1e-6
"""Share of a rule's own size below which what is missed is the rounding of a solver."""


@dataclass(frozen=True, slots=True)
class Held:
    """A rule against a plan; arrays (Y,), NaN where the rule says nothing.

    Attributes:
        value: of the indicator, in its unit; missed: in units of its numerator, 0 where it is met.
        size: largest numerator, against which rounding is judged; of many futures of a plan (N,).
    """

    rule: Rule
    value: Floats
    missed: Floats
    size: float | Floats

    @property
    def met(self) -> bool:
        """In every year it speaks of."""
        return bool(np.nanmax(self.missed, initial=0.0) <= ROUNDING * self.size)


def accounts(case: Case, plan: Plan) -> Accounts:
    """The accounts of a plan of this case."""
    electricity, direct, energy = (
        np.nan_to_num(each) for each in (case.electricity, case.direct, case.energy)
    )
    output = plan.output.sum(1)
    power = np.einsum("pty,pt->py", plan.output, electricity)
    bought = plan.power.sum(1)
    factor = _mix(case.contract_factor, plan.power, bought)
    renewable = _mix(case.contract_renewable, plan.power, bought)
    emitted = np.einsum("pty,pt->py", plan.output, direct)
    indirect = power * factor[case.supply]
    used = np.einsum("pty,pt->py", plan.output, energy) + power * case.power_energy
    recycled = plan.recycled * case.recycled_direct
    own = np.zeros_like(case.demand)
    np.add.at(own, case.product, output)
    priced = (emitted + indirect if case.priced_power else emitted).sum(0)
    costs = {
        "investment": _annuities(case, plan),
        "running": np.einsum("pty,pt->y", plan.output, np.nan_to_num(case.running)),
        "power": (plan.power * case.contract_price).sum((0, 1)),
        "carbon": case.carbon_price * (priced - (own * case.free).sum(0)),
        "recycled": (plan.recycled * case.recycled_cost).sum(0),
        "outside": (plan.outside * case.outside_cost).sum(0),
    }
    return Accounts(
        output,
        power,
        emitted,
        indirect,
        recycled,
        used,
        plan.recycled * case.recycled_energy,
        factor,
        renewable,
        plan.output[:, case.of_scrap].sum(1),
        costs,
    )


def objective(case: Case, plan: Plan) -> float:
    """The discounted sum of costs without the price of missed rules: what `plan` of the deployment model minimises, in yuan."""
    left = case.remaining()
    built = np.einsum("pty,pty->", plan.built, case.built_annuity * left)
    changed = np.einsum("pey,pey->", plan.changed, case.change_annuity * left)
    made = accounts(case, plan).costs
    yearly = sum(each for name, each in made.items() if name != "investment")
    return float(built + changed + (yearly * case.discounted()).sum())


def held(case: Case, plan: Plan, made: Accounts) -> tuple[Held, ...]:
    """Every rule of the case against the plan; arrays may have axes between their first and Y, as many futures of a plan have."""
    return tuple(_held(case, plan, made, rule) for rule in case.rules)


def _held(case: Case, plan: Plan, made: Accounts, rule: Rule) -> Held:
    top, under = fraction(case, plan, made, rule)
    speaks = ~np.isnan(rule.limit)
    if under is None:
        value, over = top, top - rule.limit
    else:
        value = np.divide(top, under, out=np.full_like(top, np.nan), where=under > 0)
        over = top - rule.limit * under
    missed = np.maximum(over if rule.sense == "most" else -over, 0.0)
    whole = _emissions(made, rule) if rule.indicator in ("decline", "peak") else top
    size = np.abs(whole).max(-1, initial=0.0)
    return Held(rule, np.where(speaks, value, np.nan), np.where(speaks, missed, np.nan), size)


def fraction(case: Case, plan: Plan, made: Accounts, rule: Rule) -> tuple[Floats, Floats | None]:
    """Numerator and, of a ratio, denominator of a rule's indicator; each (Y,)."""
    lines, products = rule.lines, rule.products
    match rule.indicator:
        case "emissions":
            return _emissions(made, rule), None
        case "decline":
            total = _emissions(made, rule)
            return np.diff(total, prepend=total[..., :1]), None
        case "peak":
            total = _emissions(made, rule)
            return total - total[..., : rule.begins].max(-1, keepdims=True), None
        case "intensity":
            return _emissions(made, rule), made.output[lines].sum(0) + plan.recycled[products].sum(0)
        case "energy":
            return made.energy[lines].sum(0) + made.recycled_energy[products].sum(0), None
        case "energy.intensity":
            used = made.energy[lines].sum(0) + made.recycled_energy[products].sum(0)
            return used, made.output[lines].sum(0) + plan.recycled[products].sum(0)
        case "renewable.share":
            green = (made.power * made.renewable[case.supply])[lines]
            return green.sum(0), made.power[lines].sum(0)
        case "benchmark.share":
            stands = plan.standing[lines]
            best = np.einsum("pt...,pt->...", stands, case.benchmark[lines].astype(float))
            return best, stands.sum((0, 1))
        case "technology.share":
            assert rule.technologies is not None
            stands = plan.standing[lines]
            return stands[:, rule.technologies].sum((0, 1)), stands.sum((0, 1))
        case "recycled.share":
            scrap = plan.recycled[products].sum(0) + made.remade[lines].sum(0)
            return scrap, plan.recycled[products].sum(0) + made.output[lines].sum(0)
        case "capacity":
            return plan.standing[lines].sum((0, 1)), None
        case "output":
            return made.output[lines].sum(0), None
        case _:
            raise ValueError(f"no indicator {rule.indicator!r}")


def _emissions(made: Accounts, rule: Rule) -> Floats:
    direct, indirect = made.direct[rule.lines].sum(0), made.indirect[rule.lines].sum(0)
    if rule.gases == "direct":
        return direct
    return indirect if rule.gases == "power" else direct + indirect + made.recycled[rule.products].sum(0)


def _mix(of: Floats, power: Floats, bought: Floats) -> Floats:
    """(G, Y): the mean of a property of contracts by what was bought of each; of the first contract where nothing was."""
    return np.divide((of * power).sum(1), bought, out=of[:, 0].copy(), where=bought > 0)


def _annuities(case: Case, plan: Plan) -> Floats:
    """(Y,): yuan paid in each year for all that was invested up to it."""
    built = np.einsum("pty,pty->y", plan.built, case.built_annuity)
    changed = np.einsum("pey,pey->y", plan.changed, case.change_annuity)
    return (built + changed).cumsum()
