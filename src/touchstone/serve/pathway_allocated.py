"""A cap handed down: which scenario, year, cap and base years an address or a command asks for, and what every rule makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from touchstone.calc.pathway.case import Bools
from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.refusal import UnusablePathway, refusal
from touchstone.calc.target.allocation import Allocation, allocate
from touchstone.calc.target.allocation_rules import Rule
from touchstone.calc.target.budget import Budget
from touchstone.calc.target.cap import TYPED, Cap, caps
from touchstone.calc.target.foreseen import lines_of
from touchstone.calc.target.registered import exact
from touchstone.calc.target.sharer import BY, Sharer, sharers
from touchstone.errors import Refusal
from touchstone.facts.text import Text
from touchstone.publish.pathway.shown import product_name
from touchstone.serve.pathway_asked import asked_of
from touchstone.serve.pathway_guarded import number_of, one_of, year_of
from touchstone.serve.pathway_stock import PathwayStock

if TYPE_CHECKING:
    from touchstone.flow.demands import Demands

_LARGEST = 1e12
_BASE = 3
"""Years before the one that is shared out, whose mean is the past, where no other are asked for; a choice of Touchstone."""
_AHEAD = 2030
"""The year that is shared out where none is asked for, if the scenario has it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: base: years of the figures; typed: t CO2e, None where another cap is taken; reserve: t CO2e kept back."""

    scenario: str
    year: int
    base: tuple[int, ...]
    by: str
    product: str
    cap: str
    typed: Fraction | None
    reserve: int


@dataclass(frozen=True, slots=True)
class Allocated:
    """A cap shared by every rule.

    Attributes:
        asked: with every default filled in; caps: those there are; budget: whole tonnes that are shared, the cap less metal from scrap, which is no line's,
            and less what is kept back.
        sharers: by key; found: of each rule, what it gives or why it cannot be used; refused: what could not be read.
    """

    asked: Asked
    pathway: Pathway
    caps: tuple[Cap, ...]
    cap: Cap
    budget: int
    sharers: tuple[Sharer, ...]
    found: tuple[tuple[Rule, Allocation | Refusal], ...]
    refused: tuple[UnusablePathway, ...]

    @property
    def usable(self) -> tuple[Allocation, ...]:
        """What the rules give that can be used."""
        return tuple(each for _, each in self.found if isinstance(each, Allocation))


def allocated(stock: PathwayStock, demands: "Demands", budgets: list[Budget], query: Mapping[str, str]) -> Allocated:  # fmt: skip
    """What is asked for, worked out.

    Raises:
        UnusablePathway: PATHWAY-030 no such scenario, year, product, cap or rule; PATHWAY-031 a number that is none; TARGET-038 nothing is
            left to share; TARGET-037 a line is nobody's; TARGET-039 the cap is not of the product alone.
    """
    found = stock.projected(asked_of([query["s"]] if query.get("s") else [], {}, stock).first)
    years = found.years
    year = year_of(query, "year", years[1:], _AHEAD if _AHEAD in years[1:] else years[-1])
    base = _base(query, years, year)
    by = one_of({each: each for each in BY}, query.get("by", "") or BY[0], "by")
    product = query.get("product", "")
    if product:
        one_of(dict.fromkeys(found.given.case.products, product), product, "product")
    lines = lines_of(found, "", (product,) if product else ())
    typed = number_of(query, "amount", 0, _LARGEST)
    every = caps(found, year, budgets, lines)
    asked = Asked(
        found.key, year, base, by, product, "", None if typed is None else exact(typed), ceil(number_of(query, "reserve", 0, _LARGEST) or 0)
    )  # fmt: skip
    return _shared(found, demands, asked, every, _cap(asked, every, query.get("cap", ""), lines), query)


def _base(query: Mapping[str, str], years: tuple[int, ...], year: int) -> tuple[int, ...]:
    """The base years: from `since` to `until`, the last ones before the year where none are asked for."""
    before = [each for each in years if each < year]
    until = year_of(query, "until", before, before[-1])
    known = [each for each in before if each <= until]
    since = year_of(query, "since", known, known[-_BASE:][0])
    return tuple(each for each in known if each >= since)


def _cap(asked: Asked, every: tuple[Cap, ...], key: str, lines: Bools) -> Cap:
    """The cap that is asked for: a typed amount before all, else by its key, else the first one that was stated, else the scenario's own.

    Of a product only caps that fall on no line of another one.
    """
    if asked.typed is not None:
        return Cap(TYPED, Text("填写的数量", "the amount that was typed"), asked.year, asked.typed, lines)
    known = {each.key: each for each in every}
    fitting = [each.key for each in every if not asked.product or not (each.lines & ~lines).any()]
    if key in known and key not in fitting:
        raise refusal(
            "TARGET-039",
            key,
            cap=known[key].name,
            product=product_name(asked.product),
            known=", ".join(fitting),
        )
    return one_of(known, key or fitting[0], "cap")


def _shared(
    found: Pathway, demands: "Demands", asked: Asked, every: tuple[Cap, ...], cap: Cap, query: Mapping[str, str]
) -> Allocated:  # fmt: skip
    rules, stated, refused = demands.allocation()
    if only := query.get("rule", ""):
        rules = {only: one_of(rules, only, "rule")}
    budget = int((cap.amount - cap.scrap) // 1) - asked.reserve
    if budget <= 0:
        raise refusal(
            "TARGET-038", cap.where or cap.key, cap=f"{float(cap.amount):,.0f}", reserve=f"{asked.reserve:,}"
        )
    who, strange = sharers(found, cap.lines, asked.year, asked.base, asked.by, stated)
    answers = tuple((rule, _answer(budget, who, rule)) for rule in rules.values())
    return Allocated(
        replace(asked, cap=cap.key), found, every, cap, budget, who, answers, (*refused, *stated.refused, *strange)
    )  # fmt: skip


def _answer(budget: int, who: tuple[Sharer, ...], rule: Rule) -> Allocation | Refusal:
    try:
        return allocate(budget, [each.enterprise for each in who], rule)
    except UnusablePathway as problem:
        return problem
