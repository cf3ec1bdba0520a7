"""What there is to decide in a case, and where each decision stands among the columns of its model.

What cannot be (a technology that nobody can reach on a line, a year in which a line does not stand) gets no column: that is free of loss
and takes away most of a plain formulation.
"""

from dataclasses import dataclass

import numpy as np

from touchstone.calc.pathway.case import Bools, Case, Ints


@dataclass(frozen=True, slots=True)
class Columns:
    """Number of the column of each decision, -1 where there is nothing to decide; axes as in `Plan`.

    Attributes:
        missed: (R, Y) of the rules; whole: (P, T, Y), whether a line is in a technology, empty unless asked for;
        saved: (N, Y), what of a part's pace is left for later, likewise.
        count: of all columns.
    """

    standing: Ints
    built: Ints
    changed: Ints
    output: Ints
    recycled: Ints
    outside: Ints
    power: Ints
    missed: Ints
    whole: Ints
    saved: Ints
    count: int


def columns(case: Case, whole: bool = False, saved: Bools | None = None) -> Columns:
    """The columns of a case; with `whole` those that say in which one technology a line is, with `saved` (N, Y) what is left of a pace."""
    stands, built, changed = reachable(case)
    speaks = np.array([~np.isnan(rule.limit) for rule in case.rules], bool).reshape(-1, len(case.years))
    for number, rule in enumerate(case.rules):
        if rule.indicator in ("decline", "peak"):
            speaks[number, 0] = False  # there is no year before the first
    everywhere = np.ones(case.demand.shape, bool)
    masks = {
        "standing": stands,
        "built": built,
        "changed": changed,
        "output": stands & (case.load > 0)[:, None, :],
        "recycled": everywhere & (case.recycled_limit > 0),
        "outside": everywhere,
        "power": case.contract_limit > 0,
        "missed": speaks,
        "whole": stands if whole else np.zeros_like(stands),
        "saved": np.zeros(case.spread.shape, bool) if saved is None else saved,
    }
    numbered, first = {}, 0
    for part, mask in masks.items():
        numbered[part] = np.where(mask, np.cumsum(mask).reshape(mask.shape) - 1 + first, -1)
        first += int(mask.sum())
    return Columns(**numbered, count=first)


def reachable(case: Case) -> tuple[Bools, Bools, Bools]:
    """(P, T, Y) can stand, (P, T, Y) can be built, (P, E, Y) can be changed: from what stood, within a technology's years."""
    years, lines = case.years, np.arange(len(case.lines))
    alive, allowed = case.capacity > 0, case.allowed
    open_ = case.open
    built = case.buildable & alive[:, None, :]
    can = np.isfinite(case.change) & allowed[:, case.before] & allowed[:, case.after]
    changed = can[:, :, None] & ~(case.adds.T @ ~open_) & alive[:, None, :]
    into = np.zeros((len(case.before), len(case.technologies)), np.int64)
    into[np.arange(len(case.after)), case.after] = 1
    begins = np.zeros(allowed.shape, bool)
    begins[lines[case.initial >= 0], case.initial[case.initial >= 0]] = True
    now, stands = begins & allowed & alive[:, :1], np.zeros(built.shape, bool)
    for year in range(len(years)):
        now = (now & alive[:, year, None]) | built[:, :, year]
        while True:
            wider = now | ((now[:, case.before] & changed[:, :, year]) @ into > 0)
            if (wider == now).all():
                break
            now = wider
        stands[:, :, year] = now
    return stands, built, changed & stands[:, case.before]
