"""Activity data: what a unit used, made or measured in a month, each value a fact that opens to its cell."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.organisation import Figure
from touchstone.calc.carbon.organisation_checks import active
from touchstone.facts.activity import AMOUNT, EVIDENCE, evidence_of, item_and_parameter, node_of
from touchstone.facts.fact import Fact
from touchstone.facts.period import frequency, span

__all__ = ["AMOUNT", "EVIDENCE", "Entry", "entries", "statements"]

Original = Callable[[str], Fact]
"""The fact of an id, superseded or not."""
Key = tuple[str, str, str, str]
"""Unit, month, item, parameter."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of one item of one unit in one month.

    Its fact has subject `org.<unit>`, measure `activity.<item>` for the amount and `activity.<item>.<parameter>` for a
    property, the month as period, and the rule `activity.<evidence>`.

    Attributes:
        unit: key of the node (of any kind; a unit as a rule).
        month: period code 2024-03.
        item: key of `data/carbon/items.toml`.
        parameter: `AMOUNT`, or what was measured of the item.
        value, unit_of: as printed.
        evidence: of `EVIDENCE`.
        fact: its id.
    """

    unit: str
    month: str
    item: str
    parameter: str
    value: Decimal
    unit_of: str
    evidence: str
    fact: str

    @property
    def key(self) -> Key:
        """What it is a value of."""
        return self.unit, self.month, self.item, self.parameter


def entries(
    facts: Iterable[Fact], original: Original | None = None, figures: Iterable[Figure] = ()
) -> list[Entry]:
    """The entries to account with: one for each unit, month, item and parameter, sorted by these.

    Of several vintages the latest recorded counts. Of values on different evidence (a meter and an invoice) that of the
    better evidence counts, in the order of `EVIDENCE`; `statements` has them all. For `original` and `figures` see there.
    """
    found: dict[Key, Entry] = {}
    for each in statements(facts, original, figures):
        found.setdefault(each.key, each)
    return list(found.values())


def statements(
    facts: Iterable[Fact], original: Original | None = None, figures: Iterable[Figure] = ()
) -> list[Entry]:
    """The latest vintage of each unit, month, item, parameter and evidence; better evidence goes before worse.

    Args:
        facts: of any kind; those that are no monthly activity data are passed over.
        original: gives the fact that a correction by hand replaces: the correction keeps its evidence, or has none without.
        figures: of documents that stand for activity data: their evidence is the document.
    """
    series: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for each in figures:
        series[each.subject, each.measure, each.place].append(each)
    latest: dict[tuple[Key, str], tuple[Fact, Entry]] = {}
    for fact in facts:
        if not _is_monthly(fact):
            continue
        named = series.get((fact.subject, fact.measure, fact.place or ""))
        if figure := _standing_for(fact, named) if named else None:
            entry = _figure(fact, figure)
        elif fact.measure.startswith("activity."):
            entry = _entry(fact, evidence_of(_stated(fact, original).rule))
        else:
            continue
        before = latest.get((entry.key, entry.evidence))
        if before is None or _moment(before[0]) <= _moment(fact):
            latest[entry.key, entry.evidence] = fact, entry
    return sorted(
        (entry for _, entry in latest.values()), key=lambda each: (each.key, EVIDENCE.index(each.evidence))
    )


def _stated(fact: Fact, original: Original | None) -> Fact:
    """The fact as it was stated, before people corrected it."""
    while original and fact.replaces:
        fact = original(fact.replaces)
    return fact


def _entry(fact: Fact, evidence: str) -> Entry:
    item, parameter = item_and_parameter(fact.measure, items())
    return Entry(
        node_of(fact.subject), fact.period or "", item, parameter, fact.value, fact.unit, evidence, fact.id
    )


def _standing_for(fact: Fact, figures: Iterable[Figure]) -> Figure | None:
    """The value that a fact stands for in its month; a target or forecast stands for none."""
    if fact.status == "target":
        return None
    return next((each for each in figures if active(each, span(fact.period or "")[1])), None)


def _figure(fact: Fact, figure: Figure) -> Entry:
    return Entry(
        figure.unit, fact.period or "", figure.item, figure.parameter, fact.value, fact.unit, "document", fact.id
    )  # fmt: skip


def _is_monthly(fact: Fact) -> bool:
    return bool(fact.period) and frequency(fact.period or "") == "M"


def _moment(fact: Fact) -> datetime:
    return fact.recorded or datetime.min.replace(tzinfo=UTC)
