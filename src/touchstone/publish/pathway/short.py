"""Why a least-cost plan misses a target: nothing could meet it, or meeting it is dearer than what missing it is set to cost."""

from collections.abc import Iterator

import numpy as np

from touchstone.calc.pathway.deployment.conflict import LEAST
from touchstone.calc.pathway.deployment.result import Deployed
from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.scenario import Aim
from touchstone.facts.text import Text
from touchstone.publish.pathway.pen import figure
from touchstone.publish.pathway.priced import numerator
from touchstone.publish.pathway.shown import missed_of
from touchstone.publish.pathway.target import both
from touchstone.publish.words import LANGUAGES, word


def verdicts_of(found: Pathway, deployed: Deployed) -> tuple[Text, ...]:
    """A sentence for each target that the plan misses, in the order of the scenario."""
    missed = [r for r, held in enumerate(found.held) if not held.met]
    aims = {aim.key: aim for aim in found.given.scenario.aims}
    return tuple(_verdict(found, deployed, r, aims[found.held[r].rule.key]) for r in missed)


def _verdict(found: Pathway, deployed: Deployed, r: int, aim: Aim) -> Text:
    rule = found.held[r].rule
    wishes = deployed.wishes or ()
    if deployed.beyond is None and deployed.wishes != ():
        return both("plans.missed_unknown", name=aim.name)
    if alone := next((each for each in deployed.beyond or () if each.rule == r), None):
        return both("plans.missed_beyond", name=aim.name, short=_short(found, alone.gives, rule.indicator))
    if len(wishes) > 1 and any(each.rule == r for each in wishes):
        return both("plans.missed_together", name=aim.name)
    if deployed.status != "optimal":
        return both("plans.missed_open", name=aim.name)
    price = Text(*(figure(rule.price, lang) for lang in LANGUAGES))
    stated = (
        both("plans.missed_stated", where=aim.where)
        if aim.price is not None
        else both("plans.missed_preset", where=aim.where)
    )
    return both(
        "plans.missed_dearer", name=aim.name, price=price, unit=numerator(rule.indicator), stated=stated
    )


def _short(found: Pathway, gives: "np.ndarray[tuple[int], np.dtype[np.float64]]", indicator: str) -> Text:
    """By how much, in each year in which anything is short."""

    def parts(lang: str) -> Iterator[str]:
        for y in np.flatnonzero(gives > LEAST * max(float(gives.max()), 1.0)):
            yield word(
                "plans.missed_by",
                lang,
                year=found.years[y],
                by=getattr(missed_of(float(gives[y]), indicator), lang),
            )

    return Text("，".join(parts("zh")), ", ".join(parts("en")))
