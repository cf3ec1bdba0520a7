"""Which methods account for a plant in a month: those in force, each source once, and nothing left out without a word."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.inventory.lines import Worked, lines_of
from touchstone.calc.carbon.line import PLACES
from touchstone.calc.carbon.methods.method_file import methods

from .made import entry, plant

BOTH = (("cn-ndrc-2013-al", None), ("cn-cets-2024-al", None))
GROSS = {"anode": "gross-and-loss", "pfc": "default"}
METAL = entry("aluminium.liquid", "10000", "t", month="2024-05")


def keys(*given: tuple[str, date | None], month: str = "2024-05") -> list[str]:
    of = replace(plant(), methods=given)
    return [each.key for each in of.in_use(month, methods())]


def work(given: tuple[tuple[str, date | None], ...], *entries, **options: str) -> Worked:  # type: ignore[no-untyped-def]
    return lines_of(replace(plant(), methods=given, options=options), entries, library(), methods())


def test_always_is_as_long_as_a_method_is_in_force() -> None:
    assert keys(*BOTH, month="2023-05") == ["cn-ndrc-2013-al"]
    assert keys(*BOTH) == keys(*reversed(BOTH)) == ["cn-cets-2024-al"]
    worked = work(BOTH, entry("diesel", "100", "t", month="2023-05"), pfc="default")
    assert sum(each.mass for each in worked.lines) == pytest.approx(
        float(100 * 42.652 * Fraction("0.0202") * Fraction("0.98") * 44 / 12) * 10**PLACES
    )


def test_a_guideline_takes_the_place_of_the_one_it_follows_from_the_day_it_was_taken_up() -> None:
    later = (BOTH[0], ("cn-cets-2024-al", date(2024, 7, 1)))
    assert keys(*later, month="2024-06") == ["cn-ndrc-2013-al"]
    assert keys(*later, month="2024-07") == ["cn-cets-2024-al"]


@pytest.mark.parametrize("second", ["cbam-al", "ipcc-2006-al"])
def test_a_second_account_of_the_same_plant_is_neither_added_nor_put_in_the_place_of_the_first(
    second: str,
) -> None:
    both = (("cn-cets-2024-al", None), (second, date(2026, 1, 1)))
    assert keys(*both, month="2026-03") == ["cn-cets-2024-al"]
    metal = replace(METAL, month="2026-03")
    worked = work(both, metal, anode="net-per-tonne", pfc="default")
    assert {each.method for each in worked.lines} == {"cn-cets-2024-al"}
    [told] = [each for each in worked.missing if each.method == second]
    assert "两种核算不相加" in told.why.zh and "follows" in told.why.en


@pytest.mark.parametrize("stated", [(), (entry("anode", "0.41", "t/t", "consumption", month="2024-05"),)])
def test_metal_without_its_anodes_is_told_and_not_taken_for_metal_without_emissions(stated: tuple) -> None:  # type: ignore[type-arg]
    worked = work(BOTH[1:], METAL, *stated, **GROSS)
    assert not [each for each in worked.lines if each.term == "anode-gross"]
    [told] = [each for each in worked.missing if each.term == "anode-gross"]
    assert told.item == "anode" and told.facts == (METAL.fact,)
    stated_in_full = work(BOTH[1:], METAL, entry("anode", "4800", "t", month="2024-05"), **GROSS)
    assert not stated_in_full.missing
    assert not work(BOTH[1:], entry("diesel", "10", "t", month="2024-05"), **GROSS).missing, (
        "nothing was made"
    )


def test_an_option_may_be_declared_for_one_of_two_methods() -> None:
    options = {"anode": "net-per-tonne", "pfc": "default", "cn-cets-2024-al.pfc": "draft"}
    of = replace(plant(), methods=BOTH, options=options)
    terms = {
        month: {line.term for line in lines_of(of, [replace(METAL, month=month)], library(), methods()).lines}
        for month in ("2023-05", "2024-05")
    }
    assert terms == {"2023-05": {"anode", "pfc-cf4", "pfc-c2f6"}, "2024-05": {"anode-net", "pfc-draft"}}


def test_a_plant_by_slope_without_its_anode_effects_is_told() -> None:
    worked = work(BOTH[:1], entry("aluminium.liquid", "10000", "t", month="2023-05"), pfc="slope")
    assert {each.term for each in worked.missing} >= {"pfc-cf4-slope"}
