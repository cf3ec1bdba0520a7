"""Of what a least-cost plan is proven: what its gap does not say by itself; and what a plan of whole lines has to wait for."""

import numpy as np

from touchstone.calc.pathway.deployment.pace import Wait, waits
from touchstone.calc.pathway.deployment.result import Deployed
from touchstone.calc.pathway.deployment.rules import chosen_peaks, in_part, mix_of
from touchstone.calc.pathway.pathway import Pathway
from touchstone.facts.text import Text
from touchstone.publish.pathway.target import both


def provisos(optimum: Pathway, deployed: Deployed) -> tuple[Text, ...]:
    """Sentences beside the gap: of which peaks it is, whether the mix of power came to rest, which lines are larger than a pace."""
    return (*_settled(optimum, deployed), *_peaks(optimum, deployed), *_waits(optimum, deployed))


def _settled(optimum: Pathway, deployed: Deployed) -> tuple[Text, ...]:
    return (both("plans.unsettled"),) if in_part(optimum.given.case) and not deployed.settled else ()


def _peaks(optimum: Pathway, deployed: Deployed) -> tuple[Text, ...]:
    """The year that the plan has for its peak before each target on one: the proof is of plans with the same."""
    case = optimum.given.case
    if not np.isfinite(deployed.gap):
        return ()
    names = {aim.key: aim.name for aim in optimum.given.scenario.aims}
    against = mix_of(case, deployed.plan).against
    return tuple(
        both("plans.proof_of_peak", name=names[case.rules[r].key], year=int(case.years[against[r]]))
        for r in chosen_peaks(case)
    )


def _waits(optimum: Pathway, deployed: Deployed) -> tuple[Text, ...]:
    """That whole lines wait for the pace of the catalogue, and for which technologies some wait longer than the plan."""
    given = optimum.given
    every = waits(given.case) if deployed.level == "whole" else ()
    if not every:
        return ()
    never = [each for each in every if each.never]
    names = Text(
        "，".join(_waited(optimum, each).zh for each in never),
        ", ".join(_waited(optimum, each).en for each in never),
    )
    said = both("plans.paced", n=len(every))
    return (said, both("plans.never_paced", year=optimum.years[-1], names=names)) if never else (said,)


def _waited(optimum: Pathway, wait: Wait) -> Text:
    key = optimum.given.case.parts[wait.part]
    return both("plans.waited", name=optimum.given.catalogue[key].name, never=wait.never, lines=wait.lines)
