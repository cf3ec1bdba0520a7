"""Limits that several supplies share: who may take how much of them."""

import numpy as np

from touchstone.calc.pathway.case import Case, Floats, Pool


def within(pools: tuple[Pool, ...], power: Floats) -> Floats:
    """(G, C, Y) MWh: power by contract, of which each pool gives no more than it has; where more is wanted everybody gives way alike."""
    found = power.copy()
    for pool in pools:
        wanted = found[pool.supplies, pool.contract]
        total = wanted.sum(0)
        found[pool.supplies, pool.contract] = wanted * np.divide(
            pool.limit, total, out=np.ones_like(total), where=total > pool.limit
        )
    return found


def limits(case: Case, need: Floats) -> Floats:
    """(G, C, Y) MWh: what each supply may take of each contract, a pool parted by the power (G, Y) MWh that its supplies need."""
    found = case.contract_limit.copy()
    for pool in case.pools:
        own = need[pool.supplies]
        total = own.sum(0)
        part = np.divide(own, total, out=np.full_like(own, 1 / len(own)), where=total > 0)
        found[pool.supplies, pool.contract] = np.minimum(
            found[pool.supplies, pool.contract], pool.limit * part
        )
    return found
