"""What the week's documents themselves say of a change against last Friday, where the ledger has no quote to compare."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from touchstone.errors import UnknownUnit
from touchstone.facts.fact import Fact
from touchstone.facts.period import span
from touchstone.facts.quotation import Quotations
from touchstone.facts.unit import unit

MEASURES = {"price.change": "mean", "price.low.change": "low", "price.high.change": "high"}
"""What a stated change may be a change of."""
_LAST_FRIDAY = re.compile("上周[五末]?$|last (?:Friday|week)|previous Friday")


@dataclass(frozen=True, slots=True)
class Stated:
    """The change of one quotation against last Friday as a document prints it; None for what it does not say."""

    mean: Fact | None = None
    low: Fact | None = None
    high: Fact | None = None

    def facts(self) -> tuple[Fact, ...]:
        """Those it has: low, high, mean."""
        return tuple(fact for fact in (self.low, self.high, self.mean) if fact)


def stated_changes(facts: Iterable[Fact], known: Quotations, first: date, last: date) -> dict[str, Stated]:
    """Stated changes by the code of their quotation.

    Args:
        facts: facts that count.
        first, last: the days a change must be told for, both included.

    Of several documents the one published last counts. Changes of one thing that differ within it are left out: which
    is meant, only a person can say.
    """
    found: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        if fact.measure in MEASURES and _is_of(fact, first, last):
            found[known.of(fact).code][MEASURES[fact.measure]].append(fact)
    said = {code: _stated(by_end) for code, by_end in found.items()}
    return {code: stated for code, stated in said.items() if stated.facts()}


def _is_of(fact: Fact, first: date, last: date) -> bool:
    against = bool(_LAST_FRIDAY.search(fact.base or ""))
    return bool(against and fact.place and fact.period) and first <= span(fact.period or "")[1] <= last


def undated_changes(facts: Iterable[Fact], known: Quotations) -> dict[tuple[str, str], Fact]:
    """Stated changes of a price or mean that do not say against which day, by quotation and period.

    A column headed 涨跌 is as a rule against the day before; nobody but the quotes can bear that out.
    """
    found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        undated = fact.measure == "price.change" and fact.status == "reported" and fact.base is None
        if undated and fact.place and fact.period:
            found[known.of(fact).code, fact.period].append(fact)
    return {key: fact for key, several in found.items() if (fact := _latest(several))}


def differ(said: Fact, change: Decimal, code: str, half_width: Decimal = Decimal(0)) -> bool:
    """Whether a stated change cannot be the one worked out, in one unit; no change is one in any unit.

    Args:
        said: as a document states it.
        change, half_width: worked out, in the unit `code`.
    """
    if not said.value:
        return bool(change)
    try:
        one, other = unit(said.unit), unit(code)
    except UnknownUnit:
        return True
    if one.dimension != other.dimension:
        return True
    gap = abs(Fraction(said.value) * one.factor - Fraction(change) * other.factor)
    return gap > Fraction(said.half_width) * one.factor + Fraction(half_width) * other.factor


def _stated(by_end: dict[str, list[Fact]]) -> Stated:
    return Stated(**{end: _latest(several) for end, several in by_end.items()})


def _latest(several: list[Fact]) -> Fact | None:
    published = max(fact.published or date.min for fact in several)
    newest = [fact for fact in several if (fact.published or date.min) == published]
    return newest[0] if len({(fact.value, fact.unit) for fact in newest}) == 1 else None
