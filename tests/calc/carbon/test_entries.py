"""Entries: of everything that was stated of a month, what is accounted with."""

from datetime import UTC, datetime
from decimal import Decimal

from touchstone.calc.carbon.activity import entries, statements
from touchstone.facts.fact import Fact


def _fact(
    id: str, value: str, rule: str = "activity.meter", day: int = 1, measure: str = "activity.electricity.grid",
    replaces: str | None = None,
) -> Fact:  # fmt: skip
    return Fact(
        id, "org.line-1", measure, "2024-03", Decimal(value), "MWh", Decimal("0.5"), "s", None, rule,
        recorded=datetime(2024, 4, day, tzinfo=UTC), replaces=replaces,
    )  # fmt: skip


def test_the_latest_vintage_counts() -> None:
    [entry] = entries([_fact("b", "20", day=2), _fact("a", "10", day=1)])
    assert (entry.value, entry.fact, entry.item, entry.parameter) == (
        Decimal(20),
        "b",
        "electricity.grid",
        "amount",
    )


def test_of_a_meter_and_an_invoice_the_meter_counts_and_both_are_kept() -> None:
    facts = [_fact("i", "21", "activity.invoice", day=3), _fact("m", "20")]
    assert [entry.fact for entry in entries(facts)] == ["m"]
    assert [entry.evidence for entry in statements(facts)] == ["meter", "invoice"]


def test_a_property_with_dots_in_its_item_is_told_from_the_item() -> None:
    [entry] = entries([_fact("p", "2768", measure="activity.heat.steam.enthalpy")])
    assert (entry.item, entry.parameter) == ("heat.steam", "enthalpy")


def test_a_correction_by_hand_keeps_the_evidence_of_what_it_corrects() -> None:
    first = _fact("i", "21000", "activity.invoice")
    mended = _fact("c", "21", "correction", day=5, replaces="i")
    [entry] = entries([mended], {"i": first}.__getitem__)
    assert (entry.value, entry.evidence) == (Decimal(21), "invoice")


def test_facts_of_other_kinds_and_periods_are_passed_over() -> None:
    assert entries([_fact("o", "1", measure="output")]) == []
