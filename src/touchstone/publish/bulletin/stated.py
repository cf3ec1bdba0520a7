"""What the week's documents themselves say of a change against last Friday, where the ledger has no quote to compare."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from touchstone.facts.fact import Fact
from touchstone.facts.period import span
from touchstone.facts.quotation import Quotations

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


def _stated(by_end: dict[str, list[Fact]]) -> Stated:
    return Stated(**{end: _latest(several) for end, several in by_end.items()})


def _latest(several: list[Fact]) -> Fact | None:
    published = max(fact.published or date.min for fact in several)
    newest = [fact for fact in several if (fact.published or date.min) == published]
    return newest[0] if len({(fact.value, fact.unit) for fact in newest}) == 1 else None
