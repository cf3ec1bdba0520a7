"""From a pathway to the rows of the one table of results (`table.Row`): of all, of each product, place and line, of each technology and contract.

Rows of lines, products, places and scopes add up to those of all, for they are slices of the same accounts. Scrap that the scenario alone
speaks of belongs to no line and no place: it counts in all and in its product. What lines make of scrap is recycled metal like it, and no
primary output. `technology` is the key of a state of lines, or of a contract where electricity is bought.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from touchstone.calc.pathway.case import Bools, Case, Floats
from touchstone.calc.pathway.chance.outcome import Outcomes
from touchstone.calc.pathway.deployment.prices import Prices
from touchstone.calc.pathway.metal import of_metal
from touchstone.calc.pathway.pathway import Pathway
from touchstone.publish.pathway.iamc import variable
from touchstone.publish.pathway.numbers import benchmarked
from touchstone.publish.pathway.priced import met_prices
from touchstone.publish.pathway.table import Row

LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
"""Quantiles over draws that are exchanged."""
_DRAWN = {
    "emissions": ("emissions", "t CO2e"),
    "direct": ("emissions.direct", "t CO2e"),
    "power": ("emissions.power", "t CO2e"),
    "recycled": ("emissions.recycled", "t CO2e"),
    "energy": ("energy", "tce"),
    "supply": ("supply", "t"),
    "outside": ("outside", "t"),
    "spending": ("cost", "CNY"),
}
_COSTS = ("investment", "running", "power", "carbon", "recycled", "outside")


@dataclass(frozen=True, slots=True)
class _Slice:
    """Part of a pathway: some lines (P,), the metal from scrap of some products (K,), and where its rows stand."""

    region: str
    plant: str
    product: str
    lines: Bools
    metal: Bools


def rows_of(
    found: Pathway, outcome: Outcomes | None = None, prices: Prices | None = None, name: str = ""
) -> list[Row]:
    """Every result of a pathway.

    Args:
        outcome: many futures of it, whose quantiles become draws `p10` …; prices: of its optimum, for the price of a cap on emissions.
        name: of the scenario; by itself its key, with `.optimum` behind it of a least-cost plan.

    Raises:
        UnusableTable: EXCHANGE-001, the code list has no name for a product.
    """
    put = _Rows(found, name or scenario_name(found))
    every = [row for each in _slices(found) for row in _of_slice(put, found, each)]
    every += [*_of_technologies(put, found), *_of_power(put, found), *_of_all(put, found, prices)]
    if outcome is not None:
        every += _of_draws(put, outcome)
    return every


def scenario_name(found: Pathway) -> str:
    """What a pathway is called where scenarios are told apart by name alone."""
    return found.key if found.kind == "projection" else f"{found.key}.{found.kind}"


def region_of(case: Case) -> str:
    """The smallest place that all supplies lie in and that is none of several itself; "" where they lie in several countries."""
    places = {place for _, place in case.supplies}
    for cut in (9, 5, 2):
        whole = {place[:cut] for place in places}
        if len(whole) == 1 and (len(places) == 1 or not whole & places):
            return whole.pop()
    return ""


@dataclass(frozen=True, slots=True)
class _Rows:
    """What all rows of one pathway have in common."""

    found: Pathway
    name: str

    def of(
        self, key: str, values: Floats, unit: str, region: str, product: str = "", plant: str = "", technology: str = "", draw: str = "",
    ) -> Iterator[Row]:  # fmt: skip
        """A row for each year with a value."""
        said = variable(key, product)
        for year, value in zip(self.found.years, values.tolist(), strict=True):
            if np.isfinite(value):
                yield Row(self.name, draw, region, plant, technology, said, unit, year, value)


def _slices(found: Pathway) -> Iterator[_Slice]:
    case, all_ = found.given.case, region_of(found.given.case)
    lines, metal = (np.ones(len(each), dtype=bool) for each in (case.lines, case.products))
    none = ~metal
    yield _Slice(all_, "", "", lines, metal)
    for k, product in enumerate(case.products):
        yield _Slice(all_, "", product, case.product == k, np.arange(len(case.products)) == k)
    at = np.array([case.supplies[g][1] for g in case.supply])
    for place in dict.fromkeys(at.tolist()):
        if place != all_:
            yield _Slice(place, "", "", at == place, none)
    for g, (product, place) in enumerate(case.supplies):
        if place != all_:
            yield _Slice(place, "", product, case.supply == g, none)
    for p, key in enumerate(case.lines):
        product, place = case.supplies[case.supply[p]]
        yield _Slice(place, key, product, np.arange(len(case.lines)) == p, none)


def _of_slice(put: _Rows, found: Pathway, part: _Slice) -> Iterator[Row]:
    at = {"region": part.region, "product": part.product, "plant": part.plant}
    for key, (values, unit) in _sums(found, part).items():
        yield from put.of(key, values, unit, **at)


def _sums(found: Pathway, part: _Slice) -> dict[str, tuple[Floats, str]]:
    case, plan, made = found.given.case, found.plan, found.accounts
    lines, metal = part.lines, part.metal
    own, remade = made.output[lines].sum(0), made.remade[lines].sum(0)
    scrap = plan.recycled[metal].sum(0) + remade
    supply = own + scrap - remade
    direct, power = made.direct[lines].sum(0), made.indirect[lines].sum(0)
    recycled = made.recycled[metal].sum(0)
    used = made.power[lines].sum(0)
    green = (made.power * made.renewable[case.supply])[lines].sum(0)
    stands = plan.standing[lines].sum((0, 1))
    best, judged = benchmarked(found, lines)
    added = plan.built[lines].sum((0, 1))  # a retrofit adds no capacity
    emitted = direct + power + recycled
    sums = {
        "emissions": (emitted, "t CO2e"), "emissions.direct": (direct, "t CO2e"), "emissions.power": (power, "t CO2e"),
        "output": (own - remade, "t"), "electricity": (used, "MWh"), "electricity.renewable": (green, "MWh"),
        "energy": (made.energy[lines].sum(0) + made.recycled_energy[metal].sum(0), "tce"), "capacity": (stands, "t/a"),
        "capacity.added": (added, "t/a"), "capacity.benchmark": (best, "t/a"), "intensity": (_ratio(emitted, supply), "t CO2e/t"),
        "renewable.share": (_ratio(green, used), "1"), "benchmark.share": (_ratio(best, judged), "1"),
    }  # fmt: skip
    if metal.any() or remade.any():
        sums |= {"recycled": (scrap, "t"), "recycled.share": (_recycled_share(found, lines, metal), "1")}
    if metal.any():
        sums |= {
            "emissions.recycled": (recycled, "t CO2e"), "supply": (supply, "t"),
            "outside": (plan.outside[metal].sum(0), "t"), "demand": (case.demand[metal].sum(0), "t"),
        }  # fmt: skip
    return sums


def _recycled_share(found: Pathway, lines: Bools, whole: Bools) -> Floats:
    """(Y,): of the metal that lines and scrap of whole products supply, what is recycled."""
    case, made = found.given.case, found.accounts
    lines, whole = of_metal(lines, whole, case.product, case.products)
    scrap = found.plan.recycled[whole].sum(0)
    return _ratio(scrap + made.remade[lines].sum(0), scrap + made.output[lines].sum(0))


def _of_technologies(put: _Rows, found: Pathway) -> Iterator[Row]:
    """Standing capacity by state: of all lines, and of each line that is ever in it."""
    case, stands = found.given.case, found.plan.standing
    for t in np.flatnonzero(stands.any((0, 2))):
        key, product = case.technologies[t], case.products[case.group[t]]
        yield from put.of("capacity", stands[:, t].sum(0), "t/a", region_of(case), product, technology=key)
        for p in np.flatnonzero(stands[:, t].any(1)):
            place = case.supplies[case.supply[p]][1]
            yield from put.of("capacity", stands[p, t], "t/a", place, product, case.lines[p], key)


def _of_power(put: _Rows, found: Pathway) -> Iterator[Row]:
    """Power by contract: of all, and of each product in each place; with the price that is paid for it on the mean."""
    case, power, all_ = found.given.case, found.plan.power, region_of(found.given.case)
    paid = power * case.contract_price
    for c, contract in enumerate(case.contracts):
        bought = power[:, c].sum(0)
        yield from put.of("electricity", bought, "MWh", all_, technology=contract)
        yield from put.of(
            "price.power", _ratio(paid[:, c].sum(0), bought), "CNY/MWh", all_, technology=contract
        )
        for g, (product, place) in enumerate(case.supplies):
            if place != all_:
                yield from put.of("electricity", power[g, c], "MWh", place, product, technology=contract)
    yield from put.of("price.power", _ratio(paid.sum((0, 1)), power.sum((0, 1))), "CNY/MWh", all_)


def _of_all(put: _Rows, found: Pathway, prices: Prices | None) -> Iterator[Row]:
    """Money: it is of all lines together."""
    case, plan, at = found.given.case, found.plan, region_of(found.given.case)
    yield from put.of("cost", found.accounts.cost, "CNY", at)
    for kind in _COSTS:
        yield from put.of(f"cost.{kind}", found.accounts.costs[kind], "CNY", at)
    invested = np.einsum("pty,pt->y", plan.built, np.nan_to_num(case.investment))
    invested += np.einsum("pey,pe->y", plan.changed, np.nan_to_num(case.change))
    yield from put.of("investment", invested, "CNY", at)
    yield from put.of("carbon.price", case.carbon_price, "CNY/t", at)
    if prices is not None:
        caps = [
            r
            for r, rule in enumerate(case.rules)
            if rule.indicator == "emissions" and rule.lines.all() and rule.sense == "most"
        ]
        if caps:
            yield from put.of(
                "carbon.shadow", np.nan_to_num(met_prices(found, prices)[caps]).sum(0), "CNY/t", at
            )


def _of_draws(put: _Rows, outcome: Outcomes) -> Iterator[Row]:
    """Quantiles of each year for itself."""
    at = region_of(put.found.given.case)
    for of, (key, unit) in _DRAWN.items():
        for level, values in zip(LEVELS, outcome.fan(of, LEVELS), strict=True):
            yield from put.of(key, values, unit, at, draw=f"p{100 * level:g}")


def _ratio(top: Floats, under: Floats) -> Floats:
    return np.divide(top, under, out=np.full_like(top, np.nan), where=under > 0)
