"""Lines that share what is to be made alike, and contracts that deliver their share: what a projection does in every year, and how the first
year of every plan stands."""

from dataclasses import replace

import numpy as np

from touchstone.calc.pathway.case import Case, Floats
from touchstone.calc.pathway.pools import within


def dispatched(case: Case, standing: Floats, recycled: Floats) -> tuple[Floats, Floats, Floats]:
    """(P, T, Y) output, (K, Y) scrap and (K, Y) bought outside: lines share what is left to make in proportion to what they can."""
    able = standing * case.load[:, None, :]
    most = np.zeros_like(case.demand)
    np.add.at(most, case.product, able.sum(1))
    made = np.minimum(case.demand - recycled, most)
    used = np.divide(made, most, out=np.zeros_like(made), where=most > 0)
    return able * used[case.product][:, None, :], recycled, case.demand - recycled - made


def powered(case: Case, output: Floats, share: Floats) -> Floats:
    """(G, C, Y) MWh: each contract but the first delivers its share within its limit, the first one the rest."""
    need = np.zeros((len(case.supplies), len(case.years)))
    np.add.at(need, case.supply, np.einsum("pty,pt->py", output, np.nan_to_num(case.electricity)))
    part = share.copy()
    part[:, 0] = 0
    power = np.minimum(within(case.pools, part * need[:, None]), case.contract_limit)
    power[:, 0] = need - power[:, 1:].sum(1)
    return power


def as_begun(case: Case) -> tuple[Case, Floats]:
    """The case with what its first year was for limits of that year, and (K, Y) t that may be bought outside, inf where nothing limits it.

    What is needed is as much as there may be, so that a plan that keeps within has the first year as it was; nothing is built or
    changed in it. Lines make as much as their load lets them, so that a year is said by numbers that every model reads already.
    """
    outside = np.full(case.demand.shape, np.inf)
    if case.begun is None:
        return case, outside
    first, lines = case.in_years(np.zeros(1, np.int64)), np.arange(len(case.lines))
    known = case.initial >= 0
    standing = np.zeros((*case.allowed.shape, 1))
    standing[lines[known], case.initial[known]] = first.capacity[known]
    scrap = np.minimum(np.minimum(case.begun.scrap[:, None], first.recycled_limit), first.demand)
    output, scrap, bought = dispatched(first, standing, scrap)
    outside[:, 0] = bought[:, 0]
    made, stands = output.sum(1), standing.sum(1)
    load = np.divide(made, stands, out=np.zeros_like(made), where=stands > 0)
    now = {
        "load": load,
        "recycled_limit": scrap,
        "contract_limit": powered(first, output, case.begun.share[..., None]),
    }
    begun = {name: np.concatenate((each, getattr(case, name)[..., 1:]), -1) for name, each in now.items()}
    return replace(case, **begun, first=np.maximum(case.first, case.years[0] + 1), begun=None), outside
