"""Heat that one unit makes and another uses is counted once, at the boiler; by itself, or from a stranger, the user has bought it."""

from datetime import date
from fractions import Fraction

import pytest

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.inventory import inventory
from touchstone.calc.carbon.inventory.recorded import recorded
from touchstone.calc.carbon.methods.method_file import methods
from touchstone.calc.carbon.organisation_file import organisation_of

from .made import entry

GROUP = """
[[node]]
key = "g"
kind = "group"
name = { zh = "集团", en = "group" }
methods = { cn-ndrc-2013-al = "always" }
options = { pfc = "default" }
[[node]]
key = "works"
kind = "enterprise"
parent = "g"
name = { zh = "厂", en = "works" }
place = "CN-37"
[[node]]
key = "boiler"
kind = "unit"
parent = "works"
name = { zh = "锅炉", en = "boiler" }
[[node]]
key = "line"
kind = "unit"
parent = "works"
name = { zh = "产线", en = "line" }
[[node]]
key = "sister"
kind = "enterprise"
parent = "g"
name = { zh = "兄弟厂", en = "sister works" }
place = "CN-37"
[[node]]
key = "press"
kind = "unit"
parent = "sister"
name = { zh = "压机", en = "press" }
[[transfer]]
item = "heat"
maker = "boiler"
user = "line"
[[transfer]]
item = "heat"
maker = "works"
user = "press"
since = 2022-04-01
[[transfer]]
item = "anode"
maker = "boiler"
user = "line"
"""
COAL, HEAT = (
    1000 * Fraction("20.304") * Fraction("0.02749") * Fraction("0.94") * 44 / 12,
    500 * Fraction("0.11"),
)


def burnt(month: str = "2022-03") -> Entry:
    return entry("anthracite", "1000", "t", month=month, plant="boiler")


def used(plant: str, month: str = "2022-03") -> Entry:
    return entry("heat", "500", "GJ", month=month, plant=plant)


def account(*entries: Entry, node: str = "", group: str = "") -> Account:
    known = organisation_of(GROUP, "organisation.toml", methods())
    made = inventory(known, entries, library(), methods())
    return Account(
        made, known, library(), methods(), node, "2022", group=group, approach="control" if group else ""
    )


@pytest.mark.parametrize(
    ("node", "expected"), [("", COAL), ("works", COAL), ("line", HEAT), ("boiler", COAL)]
)
def test_an_enterprise_counts_the_coal_of_its_boiler_and_not_the_heat_as_well(
    node: str, expected: Fraction
) -> None:
    assert float(account(burnt(), used("line"), node=node).total) == pytest.approx(float(expected))


def test_heat_from_a_sister_works_is_bought_by_the_works_and_inside_the_group() -> None:
    stated = burnt("2022-04"), used("press", "2022-04")
    assert account(*stated, node="sister").total == HEAT
    assert float(account(*stated, group="g").total) == pytest.approx(float(COAL))
    assert float(account(*stated).total) == pytest.approx(float(COAL))


def test_what_comes_before_the_transfer_or_from_a_boiler_that_states_nothing_was_bought() -> None:
    assert account(used("press"), burnt()).total == pytest.approx(float(COAL + HEAT))
    assert account(used("line")).total == HEAT


def test_totals_are_the_sum_of_their_parts_with_supplies_inside() -> None:
    of = account(burnt(), used("line"), used("press"))
    for by in ("unit", "enterprise", "item", "month"):
        assert sum(each.total for each in of.totals(by)) == of.total


def test_the_sums_kept_as_facts_count_it_once() -> None:
    of = account(burnt(), used("line"))
    facts = list(recorded(of.inventory, of.organisation, ()))
    assert {each.measure for each in facts} == {"emission.co2.scope1"}
    [year] = [each for each in facts if each.subject == "org.works"]
    assert float(year.value) == pytest.approx(float(COAL)) and year.period == str(date(2022, 1, 1).year)
