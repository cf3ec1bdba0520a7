"""The plan in which nothing is changed: what stands runs until it must retire. It exists for every case, and others must be better."""

import numpy as np

from touchstone.calc.pathway.case import Case, Floats
from touchstone.calc.pathway.first_year import as_begun
from touchstone.calc.pathway.plan import Plan
from touchstone.calc.pathway.pools import limits as shared


def still(case: Case) -> Plan:
    """Nothing built, nothing changed; output in proportion to what stands, then scrap, then metal bought outside; the first year as it stands."""
    case, _ = as_begun(case)
    lines, products = np.arange(len(case.lines)), len(case.products)
    known = case.initial >= 0
    standing = np.zeros((len(case.lines), len(case.technologies), len(case.years)))
    standing[lines[known], case.initial[known]] = np.minimum.accumulate(case.capacity, 1)[known]
    output = standing * case.load[:, None, :]
    output *= _powered(case, output)[case.supply][:, None, :]
    made = np.zeros((products, len(case.years)))
    np.add.at(made, case.product, output.sum(1))
    part = np.divide(case.demand, made, out=np.ones_like(made), where=made > case.demand)
    output *= part[case.product][:, None, :]
    rest = case.demand - made * part
    recycled = np.clip(rest, 0, case.recycled_limit)
    outside = np.maximum(rest - recycled, 0)
    empty = np.zeros((len(lines), len(case.before), len(case.years)))
    return Plan(
        standing, np.zeros_like(standing), empty, output, recycled, outside, bought(case, _used(case, output))
    )


def bought(case: Case, used: Floats) -> Floats:
    """(G, C, Y) MWh: power used (G, Y) bought from the cheapest contract on, emissions priced where the case prices them."""
    price = case.contract_price + (case.carbon_price * case.contract_factor if case.priced_power else 0.0)
    order = np.argsort(price, axis=1, kind="stable")
    limits = np.take_along_axis(shared(case, used), order, 1)
    before = np.zeros_like(limits)
    before[:, 1:] = np.cumsum(limits, 1)[:, :-1]
    taken = np.clip(used[:, None, :] - before, 0, limits)
    power = np.empty_like(taken)
    np.put_along_axis(power, order, taken, 1)
    return power


def _used(case: Case, output: Floats) -> Floats:
    used = np.zeros((len(case.supplies), len(case.years)))
    np.add.at(used, case.supply, np.einsum("pty,pt->py", output, np.nan_to_num(case.electricity)))
    return used


def _powered(case: Case, output: Floats) -> Floats:
    """(G, Y): the share of the power wanted that contracts can give."""
    used = _used(case, output)
    given = shared(case, used).sum(1)
    return np.divide(given, used, out=np.ones_like(used), where=used > given)
