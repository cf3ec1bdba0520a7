"""Lines that are alike put together into one, exactly, and handed back.

Alike are lines of one supply and product that begin in the same technology, may go the same ways, are counted by the same rules and
whose capacity and load have the same course; of those, lines of one class of cost. Members share all that their cluster does in the same
proportions, so every total of the cluster is that of its members, and the plan handed back is a plan of the full case at the same cost.
What is lost is only that members cannot do different things; `bound.Bounding` says how much that can be.
"""

from dataclasses import dataclass, replace

import numpy as np

from touchstone.calc.pathway.case import Case, Floats, Ints
from touchstone.calc.pathway.plan import Plan


@dataclass(frozen=True, slots=True)
class Clusters:
    """Lines put together.

    Attributes:
        case: of the clusters as lines; label: (P,) the cluster of each line.
        stands, makes: (P,) share of each line in what its cluster may stand, and may make.
    """

    case: Case
    label: Ints
    stands: Floats
    makes: Floats


def cluster(case: Case, bins: int) -> Clusters:
    """Put lines together, in at most `bins` classes of cost each; 0 bins: as few as the totals allow."""
    return grouped(case, classes(case, bins))


def classes(case: Case, bins: int) -> Ints:
    """(P,): the number of each line's cluster."""
    alike = _alike(case)
    if bins < 2:
        return alike
    score = _score(case)
    order = np.lexsort((score, alike))
    rank = np.empty(len(order), np.int64)
    first = np.searchsorted(alike[order], alike[order])
    rank[order] = np.arange(len(order)) - first
    size = np.bincount(alike)[alike]
    return np.unique(alike * bins + rank * bins // np.maximum(size, bins), return_inverse=True)[1]


def grouped(case: Case, label: Ints) -> Clusters:
    """The case of clusters; lines of one label must be alike (`classes`)."""
    potential = case.capacity * case.load
    stands, makes = _shares(case.capacity.max(1), label), _shares(potential.max(1), label)
    first = np.unique(label, return_index=True)[1]
    count = len(first)

    def summed(values: Floats) -> Floats:
        found = np.zeros((count, *values.shape[1:]))
        np.add.at(found, label, values)
        return found

    def mean(values: Floats, weights: Floats) -> Floats:
        found = summed(np.nan_to_num(values) * weights[:, None])
        return np.where(np.isnan(values[first]), np.nan, found)

    capacity = summed(case.capacity)
    load = np.divide(summed(potential), capacity, out=np.zeros_like(capacity), where=capacity > 0)
    together = replace(
        case,
        lines=tuple(case.lines[line] for line in first),
        product=case.product[first],
        supply=case.supply[first],
        initial=case.initial[first],
        electricity=mean(case.electricity, makes),
        direct=mean(case.direct, makes),
        energy=mean(case.energy, makes),
        benchmark=case.benchmark[first],
        running=mean(case.running, makes),
        investment=mean(case.investment, stands),
        change=mean(case.change, stands),
        anew=None if case.anew is None else case.anew[first],
        since=None if case.since is None else case.since[first],
        prices=None if case.prices is None else mean(case.prices, stands),
        capacity=capacity,
        load=load,
        rules=tuple(replace(rule, lines=rule.lines[first]) for rule in case.rules),
    )
    return Clusters(together, label, stands, makes)


def handed_back(clusters: Clusters, plan: Plan) -> Plan:
    """The plan of the full case: every member does its share of what its cluster does."""
    stands, makes = (each[:, None, None] for each in (clusters.stands, clusters.makes))
    of = clusters.label
    return replace(
        plan,
        standing=plan.standing[of] * stands,
        built=plan.built[of] * stands,
        changed=plan.changed[of] * stands,
        output=plan.output[of] * makes,
    )


def _alike(case: Case) -> Ints:
    counted = [rule.lines[:, None] for rule in case.rules]
    potential = case.capacity * case.load
    parts = [
        case.product[:, None],
        case.supply[:, None],
        case.initial[:, None],
        case.allowed,
        np.isfinite(case.investment),
        np.isfinite(case.change),
        case.benchmark & case.allowed,
        *(each for each in (case.since, case.anew) if each is not None),
        *counted,
        _course(case.capacity),
        _course(potential),
    ]
    together = np.concatenate([np.asarray(part, float) for part in parts], axis=1)
    return np.unique(together, axis=0, return_inverse=True)[1].ravel()


def _course(values: Floats) -> Floats:
    """(P, Y): values as shares of a line's largest, to twelve digits."""
    most = values.max(1, keepdims=True)
    course: Floats = np.divide(values, most, out=np.zeros_like(values), where=most > 0)
    return course.round(12)


def _score(case: Case) -> Floats:
    """(P,): yuan a tonne as a line begins, or, where nothing stands, on the mean of what it may become."""
    price = case.contract_price.min(1).mean(1)[case.supply][:, None]
    each = case.running + case.electricity * price + case.direct * case.carbon_price.mean()
    known = np.where(np.isnan(each), 0, each).sum(1) / np.maximum(case.allowed.sum(1), 1)
    begun = each[np.arange(len(case.lines)), case.initial]
    return np.where((case.initial >= 0) & ~np.isnan(begun), begun, known)


def _shares(size: Floats, label: Ints) -> Floats:
    total = np.bincount(label, size)[label]
    return np.divide(size, total, out=np.zeros_like(size), where=total > 0)
