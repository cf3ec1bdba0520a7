"""Caps: how many tonnes a year may emit by a budget, by a rule of a scenario or by the scenario itself, and which lines share them."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from touchstone.calc.pathway.case import Bools
from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.target.budget import Budget
from touchstone.calc.target.foreseen import lines_of, whole_products
from touchstone.calc.target.registered import exact
from touchstone.facts.text import Text

SCENARIO, TYPED = "scenario", "typed"


@dataclass(frozen=True, slots=True)
class Cap:
    """Tonnes of CO2e for a year.

    Attributes:
        key: "budget:…", "rule:…", `SCENARIO` or `TYPED`; amount: t CO2e; lines: (P,) that share it.
        source: document and clause, "" for none; where: file and line, "" where it stands in no file; scrap: t CO2e of metal from scrap
            within it, which belongs to no line.
    """

    key: str
    name: Text
    year: int
    amount: Fraction
    lines: Bools
    source: str = ""
    where: str = ""
    scrap: Fraction = Fraction(0)


def caps(found: Pathway, year: int, budgets: Iterable[Budget], lines: Bools) -> tuple[Cap, ...]:
    """Every cap there is for a year of a scenario: those of budgets of emissions, of rules of the scenario, and what it emits itself.

    Args:
        lines: (P,) that share what the scenario emits itself.
    """
    y = found.years.index(year)
    emitted = (found.accounts.direct + found.accounts.indirect)[:, y]
    own = Cap(
        SCENARIO, Text("情景自身的排放", "what the scenario emits itself"), year, exact(emitted[lines].sum()), lines,
    )  # fmt: skip
    return (*_of_budgets(found, year, budgets), *_of_rules(found, y), own)


def _of_budgets(found: Pathway, year: int, budgets: Iterable[Budget]) -> Iterable[Cap]:
    for each in budgets:
        limit, path = each.of(year), each.path
        lines = lines_of(found, path.place, path.products)
        if path.indicator == "emissions" and limit and lines.any():
            source = f"{path.cited.document} {path.cited.clause}".strip()
            yield Cap(
                f"budget:{path.key}", path.name, year, limit.value, lines, source, path.where, _scrap(found, year, whole_products(found, lines))
            )  # fmt: skip


def _of_rules(found: Pathway, y: int) -> Iterable[Cap]:
    """Rules of all gases of emissions alone: one of fuels or of power caps a part that enterprises are not reckoned by."""
    names = {aim.key: aim for aim in found.given.scenario.aims}
    for rule in found.given.case.rules:
        if (
            (rule.indicator, rule.sense) == ("emissions", "most")
            and rule.gases == "all"
            and not np.isnan(rule.limit[y])
        ):
            aim, year = names[rule.key], found.years[y]
            yield Cap(
                f"rule:{rule.key}", aim.name, year, exact(rule.limit[y]), rule.lines, rule.source, aim.where, _scrap(found, year, rule.products)
            )  # fmt: skip


def _scrap(found: Pathway, year: int, products: Bools) -> Fraction:
    return exact(found.accounts.recycled[products, found.years.index(year)].sum())
