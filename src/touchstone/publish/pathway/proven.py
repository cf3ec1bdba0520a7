"""Of what a least-cost plan is proven: what its gap does not say by itself."""

import numpy as np

from touchstone.calc.pathway.deployment.result import Deployed
from touchstone.calc.pathway.deployment.rules import chosen_peaks, in_part, mix_of
from touchstone.calc.pathway.pathway import Pathway
from touchstone.facts.text import Text
from touchstone.publish.pathway.target import both


def provisos(optimum: Pathway, deployed: Deployed) -> tuple[Text, ...]:
    """Sentences beside the gap: of which peaks it is, and whether the mix of power came to rest."""
    return (*_settled(optimum, deployed), *_peaks(optimum, deployed))


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
