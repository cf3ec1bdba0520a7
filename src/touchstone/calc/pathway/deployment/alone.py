"""Which of the targets that a plan misses nothing could meet, even if it were all that is asked for; the others are dearer than missing them."""

import time
from threading import Event

import numpy as np

from touchstone.calc.pathway.case import Case
from touchstone.calc.pathway.deployment.build import build
from touchstone.calc.pathway.deployment.clusters import cluster
from touchstone.calc.pathway.deployment.conflict import LEAST, Late, Search, Wish
from touchstone.calc.pathway.deployment.result import Deployed, misses
from touchstone.calc.pathway.deployment.rules import mix_of


def out_of_reach(
    case: Case, found: Deployed, seconds: float, stop: Event | None = None
) -> tuple[Wish, ...] | None:
    """The rules a plan misses that cannot be met by themselves, with what each stays short of; None where there was no time to know.

    As `conflict` does it takes lines that are alike for one; metal bought outside and all other rules are free.
    """
    missed = {each.rule.key for each in misses(case, found.plan)}
    rules = [number for number, rule in enumerate(case.rules) if rule.key in missed]
    if not rules or found.wishes == ():
        return ()
    if found.wishes is None or seconds <= 0 or (stop is not None and stop.is_set()):
        return None
    until = time.perf_counter() + seconds
    search = Search(build(cluster(case, 0).case, mix_of(case, found.plan)), until - time.perf_counter(), stop)
    nothing = np.zeros(search.count, bool)
    try:
        every = [search.alone(number, nothing) for number in rules]
    except Late:
        return None
    return tuple(each for each in every if each.gives.sum() > LEAST * search.size(each.rule or 0))
