"""An account: what it is weighed by is said as it is, and what answers different questions never stands in one."""

from dataclasses import replace

import pytest

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.factors.refusal import MixedFactors
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.inventory import inventory
from touchstone.calc.carbon.methods.method_file import methods
from touchstone.calc.carbon.organisation_file import organisation_of

from ..made import GROUP
from .made import entry


def account(*entries: Entry, options: str = "", asked_set: str = "") -> Account:
    text = GROUP.replace('options = { pfc = "slope" }', f"options = {{ {options} }}") if options else GROUP
    organisation = organisation_of(text, "organisation.toml", methods())
    made = inventory(organisation, entries, library(), methods())
    return Account(made, organisation, library(), methods(), node="line-1", asked_set=asked_set)


def test_a_sum_of_gases_of_the_draft_was_weighed_before_and_that_is_said() -> None:
    metal = entry("aluminium.liquid", "1000", "t", month="2024-03", plant="line-1")
    draft = 'pfc = "draft"'
    assert {each.gas for each in account(metal, options=draft).lines} == {"CO2", "CO2e"}
    for asked in ("", "SAR", "AR5"):
        said = account(metal, options=draft, asked_set=asked).set_says
        assert "every set" not in said.en and "weighed by AR5 before" in said.en and "已按AR5折算" in said.zh
    fuel = entry("diesel", "10", "t", month="2024-03", plant="line-1")
    assert "every set gives the same" in account(fuel, options=draft).set_says.en


def test_a_life_cycle_factor_beside_a_grid_factor_stops_the_account() -> None:
    found = account(entry("electricity.grid", "1000", "MWh", month="2022-03", plant="line-1"))
    [line] = found.lines
    life = library().browse(family="life-cycle", of="electricity.grid")[0]
    mixed = replace(line, inputs=tuple(replace(each, factor=life.id) for each in line.inputs))
    both = replace(found.inventory, lines=(line, mixed))
    with pytest.raises(MixedFactors, match="FACTOR-009"):
        _ = replace(found, inventory=both).total
