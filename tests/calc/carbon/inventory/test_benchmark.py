"""Benchmark and baseline: verified lists classify, others say why they do not; and the share of capacity that is at the benchmark."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.benchmark import placed
from touchstone.calc.carbon.inventory.inventory import Inventory
from touchstone.calc.carbon.inventory.performed import performed
from touchstone.calc.carbon.organisation import Node, Organisation
from touchstone.facts.text import Text

COEFFICIENT = Decimal("0.1229")
"""Tonnes of standard coal for a MWh, by its heat (GB/T 2589)."""


def plant(key: str, product: str, capacity: int | None = None) -> Node:
    size = None if capacity is None else Fraction(capacity)
    return Node(key, Text(key, key), "unit", "", "", "", "", product, size, (), (), None, None)


def account(nodes: list[Node], used: dict[str, dict[str, str]]) -> Account:
    """Units, each with what it made and used in 2024, in the units of the vocabulary."""
    entries = {
        unit: tuple(
            Entry(unit, "2024-01", item, "amount", Decimal(value), "MWh" if "electricity" in item else "t", "meter", f"{unit}-{item}")
            for item, value in own.items()
        )
        for unit, own in used.items()
    }  # fmt: skip
    organisation = Organisation({node.key: node for node in nodes}, (), (), {})
    return Account(Inventory((), (), {}, entries), organisation, library(), {}, year="2024", asked_set="AR5")


def electricity(kilograms: int) -> str:
    """MWh for 1000 t of product that make so many kg of standard coal a tonne."""
    return str(kilograms / COEFFICIENT)


@pytest.mark.parametrize(("kilograms", "state"), [(800, "benchmark"), (900, "between"), (1000, "beyond")])
def test_a_verified_list_classifies(kilograms: int, state: str) -> None:
    made = {"silicomanganese": "1000", "electricity.grid": electricity(kilograms)}
    [found] = placed(account([plant("works", "silicomanganese")], {"works": made})).units
    assert (found.state, found.why) == (state, None)
    assert found.benchmark and found.benchmark.document == "cn-levels-2021"


def test_the_share_at_the_benchmark_is_of_capacity_and_not_of_output() -> None:
    nodes = [plant("good", "silicomanganese", 30_000), plant("bad", "silicomanganese", 90_000)]
    used = {
        "good": {"silicomanganese": "1000", "electricity.grid": electricity(800)},
        "bad": {"silicomanganese": "1000", "electricity.grid": electricity(1000)},
    }
    assert placed(account(nodes, used)).share == Fraction(1, 4)


def test_what_nobody_verified_classifies_nothing_and_says_so() -> None:
    made = {"copper.anode": "1000", "electricity.grid": "1000"}
    found = placed(account([plant("line", "copper.anode", 50_000)], {"line": made}))
    assert found.share is None and found.capacity("") == 50_000
    assert [each.state for each in found.units] == [""]
    assert found.units[0].why and "not verified" in found.units[0].why.en


def test_energy_that_is_incomplete_reaches_no_level_however_low_it_looks() -> None:
    made = {"silicomanganese": "1000", "electricity.grid": electricity(500), "lignite": "400"}
    asked = account([plant("works", "silicomanganese", 10_000)], {"works": made})
    [found] = placed(asked).units
    assert found.state == "" and found.why and "too low" in found.why.en
    assert all(level.lacking and level.standing.reached is None for level in performed(asked).levels)


def test_a_list_of_another_year_is_not_used() -> None:
    made = {"silicomanganese": "1000", "electricity.grid": electricity(800)}
    [found] = placed(account([plant("works", "silicomanganese")], {"works": made})).units
    assert found.benchmark and (found.benchmark.valid_from or date.max) <= date(2024, 12, 31)
