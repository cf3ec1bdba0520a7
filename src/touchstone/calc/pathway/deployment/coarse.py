"""Prices to begin with: of the clusters of a case, in every few years only, which is solved in a moment."""

from dataclasses import replace

import numpy as np

from touchstone.calc.pathway.case import Case, Floats, Ints
from touchstone.calc.pathway.deployment.bound import SHARED, Bounding
from touchstone.calc.pathway.deployment.build import Model


def thinned(case: Case, step: int) -> Case:
    """The case in every `step`-th year, each of which stands for those up to the next; the last year stays.

    Its first year is decided as others are: it stands for years in which things are decided, whose prices are asked for.
    """
    count = len(case.years)
    return replace(case, begun=None).in_years(np.union1d(np.arange(0, count, step), [count - 1]))


def spread_out(bounding: Bounding, model: Model, duals: Floats) -> Floats:
    """(shared,): duals of a thinned model of the same case between its years, by what they are in money of their year."""
    full, thin = bounding.model.case, model.case
    found = np.zeros(len(bounding.shared))
    for part in SHARED:
        here, there = getattr(bounding.model.rows, part), getattr(model.rows, part)
        yearly = np.where(there >= 0, duals[there], 0.0) / thin.discounted()
        between = _between(full.years, thin.years, yearly) * full.discounted()
        found[bounding.place[here[here >= 0]]] = between[here >= 0]
    return found


def _between(years: Ints, known: Ints, values: Floats) -> Floats:
    return np.array([np.interp(years, known, row) for row in values]).reshape(len(values), len(years))
