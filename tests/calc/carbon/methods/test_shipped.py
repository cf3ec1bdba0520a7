"""The methods that come along: every formula gives what it declares, every default can be looked up, and known figures come out."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from touchstone.calc.carbon.factors.context import Context
from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.factors.refusal import NoFactor
from touchstone.calc.carbon.factors.resolve import resolve
from touchstone.calc.carbon.formula.evaluate import exactly
from touchstone.calc.carbon.formula.parse import parse
from touchstone.calc.carbon.formula.written import source
from touchstone.calc.carbon.method import Method, Term, Tier
from touchstone.calc.carbon.methods.applicable import applicable
from touchstone.calc.carbon.methods.method_file import FOLDER, method, method_of, methods
from touchstone.errors import UnusableDeclaration

KEYS = (
    "cbam-al", "cn-cets-2024-al", "cn-energy", "cn-ndrc-2013-al", "cn-ndrc-2013-mg", "cn-ndrc-2015-nonferrous", "cn-power",
    "gbt-32151.34-2024", "ipcc-2006-al", "ipcc-2006-fuel", "ipcc-2006-metals",
)  # fmt: skip


def worked(key: str, term: str, **values: str) -> Fraction:
    [found] = [each for each in method(key).terms if each.key == term]
    return exactly(found.formula, {name: Decimal(value) for name, value in values.items()})


def things(of: Method, term: Term, tier: Tier) -> Iterator[str]:
    """The items whose factor a default may ask for."""
    over = [item.key for item in items().values() if item.key in term.over or item.kind in term.over]
    asked = re.search(r"\{([^{}]+)\}", tier.of)
    if asked is None:
        yield from [tier.of] if tier.of else over
        return
    [option] = [each for each in of.options if each.key == asked[1]]
    left = dict(term.when).get(option.key, tuple(each.key for each in option.choices))
    yield from (tier.of.replace(asked[0], choice) for choice in left)


def test_eleven_methods_come_along_and_each_says_what_is_open() -> None:
    assert tuple(methods()) == KEYS
    assert all(each.open_points and each.terms for each in methods().values())


def test_every_default_names_a_factor_that_the_library_has() -> None:
    """A fuel that the table of a guideline does not have must be measured; all else is there, if only to say why it is empty."""
    lacking = []
    for each in methods().values():
        for term in each.terms:
            for parameter in term.parameters:
                defaults = [tier for tier in parameter.tiers if tier.kind == "default"]
                for tier in defaults:
                    there = [
                        any(
                            factor.family == tier.family and factor.gas in ("", tier.gas or term.gas)
                            and (tier.family or factor.document == (tier.document or each.document))
                            for factor in library().of(tier.factor, thing)
                        )
                        for thing in things(each, term, tier)
                    ]  # fmt: skip
                    if not (all(there) if term.over != ("fuel",) else sum(there) > 15):
                        lacking.append((each.key, term.key, parameter.key, tier))
    assert lacking == []


def test_every_default_is_found_by_the_document_it_names_and_only_unverified_ones_are_not() -> None:
    refused = set()
    for each in methods().values():
        for term in (term for term in each.terms if term.over != ("fuel",)):
            tiers = [tier for parameter in term.parameters for tier in parameter.tiers]
            for tier in (tier for tier in tiers if tier.kind == "default" and not tier.family):
                for thing in things(each, term, tier):
                    gas = tier.gas or (term.gas if tier.factor == "emission" else "")
                    asked = Context(year=2026, documents=(tier.document or each.document,), gas=gas)
                    try:
                        resolve(library(), tier.factor, thing, asked)
                    except NoFactor as problem:
                        refused.add((each.key, tier.factor, thing, problem.code))
    assert refused == {
        ("cn-ndrc-2013-mg", "emission", "ferrosilicon.own", "FACTOR-013"),
        ("cn-ndrc-2013-mg", "emission", "dolomite", "FACTOR-013"),
        ("cn-ndrc-2013-mg", "purity", "dolomite", "FACTOR-013"),
        ("cn-ndrc-2015-nonferrous", "emission", "dolomite", "FACTOR-013"),
        ("cn-ndrc-2015-nonferrous", "emission", "soda-ash", "FACTOR-013"),
    }


def test_a_parameter_has_one_way_to_its_value_at_least_and_says_what_evidence_is_kept() -> None:
    for each in methods().values():
        for parameter in (parameter for term in each.terms for parameter in term.parameters):
            assert parameter.tiers
            assert all(tier.evidence for tier in parameter.tiers if tier.kind == "measured"), (
                each.key,
                parameter.key,
            )


def test_a_tonne_of_aluminium_by_the_guideline_of_2013() -> None:
    """0.42 t of anodes, 2 % sulphur and 0.4 % ash: 1.503 tCO2; 0.034 kg of CF4."""
    anode = worked("cn-ndrc-2013-al", "anode", metal="1", net_consumption="0.42", sulphur="0.02", ash="0.004")
    assert round(anode, 5) == Fraction("1.50304")
    assert worked("cn-ndrc-2013-al", "pfc-cf4", metal="1000", factor="0.034") == Fraction("0.034")
    assert worked(
        "cn-ndrc-2013-al", "pfc-c2f6-slope", metal="1000", slope="0.143", aem="0.2", ratio="0.1"
    ) == Fraction("0.00286")


def test_gross_use_at_the_loss_rate_goes_with_the_factor_of_the_draft() -> None:
    """1.424 tCO2/t implies 0.469 t of anodes gross at a loss of 15.18 %."""
    values = {"loss": "0.1518", "sulphur": "0.02", "ash": "0.004"}
    assert round(worked("cn-cets-2024-al", "anode-gross", amount="0.469", **values), 3) == Fraction("1.424")


def test_hot_water_and_steam_become_heat() -> None:
    water = worked("cn-energy", "heat-water", mass="1000", specific_heat="4.1868", temperature="95", base_temperature="20", heat_factor="0.11")  # fmt: skip
    assert water == 1000 * 75 * Fraction("4.1868") / 1000 * Fraction("0.11")
    steam = worked(
        "cn-energy", "heat-steam", mass="1000", enthalpy="2783.74", base_enthalpy="83.74", heat_factor="0.11"
    )
    assert steam == 2700 * Fraction("0.11")


def test_the_overvoltage_method_takes_current_efficiency_as_a_percent_number() -> None:
    """1.16 × 200 mV / 95 × 1000 t = 2442 kg of CF4."""
    found = worked("ipcc-2006-al", "pfc-cf4-overvoltage", metal="1000", coefficient="1.16", overvoltage="200", efficiency="0.95", percent="100")  # fmt: skip
    assert round(found * 1000) == 2442


def test_soda_ash_gives_its_carbon_dioxide_by_molar_mass() -> None:
    assert round(worked("ipcc-2006-al", "soda-ash", amount="1", purity="1", calcination="1"), 4) == Fraction(
        "0.4152"
    )


def test_a_conflict_that_is_open_must_be_decided_by_the_plant() -> None:
    smelters = method("cn-cets-2024-al")
    with pytest.raises(
        UnusableDeclaration, match=r"METHOD-008  cn-cets-2024-al option anode\n.*not declared"
    ):
        smelters.counting({"pfc": "default"})
    with pytest.raises(UnusableDeclaration, match="METHOD-008") as refused:
        smelters.counting({"anode": "net", "pfc": "default"})
    assert "gross-and-loss、net-per-tonne、draft之一" in refused.value.text("zh")
    counted = {term.key for term in smelters.counting({"anode": "gross-and-loss", "pfc": "draft"})}
    assert {"anode-gross", "pfc-draft"} <= counted
    assert not {"anode-net", "anode-draft", "pfc-cf4", "pfc-cf4-slope"} & counted


def test_only_options_that_decide_something_have_to_be_declared() -> None:
    """A smelter of prebaked cells is not asked for its paste, nor one at Tier 1 for its baking furnace."""
    ipcc = method("ipcc-2006-al")
    counted = [term.key for term in ipcc.counting({"technology": "cwpb", "co2": "tier-1", "pfc": "tier-1"})]
    assert counted == ["co2-prebake", "soda-ash", "coke-calcining", "pfc-cf4-tier-1", "pfc-c2f6-tier-1"]
    with pytest.raises(UnusableDeclaration, match="option paste"):
        ipcc.counting({"technology": "hss", "co2": "tier-2", "pfc": "tier-1"})
    with pytest.raises(UnusableDeclaration, match="option furnace"):
        ipcc.counting({"technology": "cwpb", "co2": "tier-2", "pfc": "tier-1"})


def test_choices_that_leave_a_source_out_are_refused() -> None:
    """There is no overvoltage coefficient of Soderberg cells: their PFC must not come out as nothing."""
    with pytest.raises(UnusableDeclaration, match="METHOD-009  ipcc-2006-al option pfc"):
        method("ipcc-2006-al").counting({"technology": "vss", "co2": "tier-1", "pfc": "overvoltage"})
    with pytest.raises(UnusableDeclaration, match="METHOD-008  cbam-al option technology"):
        method("cbam-al").counting({"values": "actual", "technology": "hss", "pfc": "slope"})
    assert [term.key for term in method("cbam-al").counting({"values": "default"})] == ["default"]


def test_electricity_of_a_smelter_in_the_trading_scheme_is_reported_and_not_surrendered_for() -> None:
    of = {term.key: (term.level, term.scope) for term in method("cn-cets-2024-al").terms}
    assert of["electricity"] == of["heat"] == ("auxiliary", 2)
    assert (of["anode-gross"], of["fuel"]) == (("process", 1), ("enterprise", 1))


def test_values_nobody_verified_are_no_defaults_of_magnesium() -> None:
    """The library has them with the tag unverified, which the resolver passes over."""
    terms = {term.key: term for term in method("cn-ndrc-2013-mg").terms}
    for key, thing in (("ferrosilicon", "ferrosilicon.own"), ("dolomite", "dolomite")):
        assert "emission" in {parameter.key for parameter in terms[key].parameters}
        assert {f.tag for f in library().of("emission", thing) if f.document == "cn-ndrc-2013-mg"} == {
            "unverified"
        }


@pytest.mark.parametrize(
    ("day", "asked", "keys"),
    [
        ("2023-12-31", {"sector": "aluminium"}, {"cn-energy", "cn-ndrc-2013-al", "ipcc-2006-al", "ipcc-2006-fuel"}),
        ("2024-01-01", {"sector": "aluminium"}, {"cn-energy", "cn-cets-2024-al", "cn-ndrc-2013-al", "ipcc-2006-al", "ipcc-2006-fuel"}),
        ("2026-01-01", {"product": "aluminium.foil"}, {"cbam-al", "cn-energy", "ipcc-2006-fuel"}),
        ("2025-02-28", {"sector": "anode"}, {"cn-energy", "ipcc-2006-fuel"}),
        ("2025-03-01", {"sector": "anode"}, {"cn-energy", "gbt-32151.34-2024", "ipcc-2006-fuel"}),
        ("2024-06-30", {"sector": "copper"}, {"cn-energy", "cn-ndrc-2015-nonferrous", "ipcc-2006-fuel"}),
        ("2024-06-30", {"sector": "magnesium"}, {"cn-energy", "cn-ndrc-2013-mg", "ipcc-2006-fuel", "ipcc-2006-metals"}),
    ],
)  # fmt: skip
def test_methods_are_found_by_what_is_made_and_when(day: str, asked: dict[str, str], keys: set[str]) -> None:
    found = applicable(methods().values(), date.fromisoformat(day), **asked)
    assert {each.key for each in found} == keys


def test_every_formula_reads_back_from_what_is_written() -> None:
    for each in methods().values():
        for term in each.terms:
            assert parse(source(term.formula)) == term.formula


def test_a_method_that_counts_certified_electricity_as_the_grids_says_so_in_what_is_open() -> None:
    found = {}
    for each in methods().values():
        grid = [
            term
            for term in each.terms
            if "electricity.certified" in term.over and "grid" in source(term.formula)
        ]
        if grid:
            found[each.key] = [
                point for point in each.open_points if "有凭证" in point.zh and "certified" in point.en
            ]
    assert {key for key, points in found.items() if points} == set(found)
    assert set(found) == {"cn-cets-2024-al", "cn-ndrc-2013-al", "cn-ndrc-2013-mg", "cn-ndrc-2015-nonferrous"}


def test_a_method_names_the_level_of_grid_factors_it_means_or_says_that_it_is_not_known() -> None:
    for each in methods().values():
        tiers = [tier for term in each.terms for p in term.parameters for tier in p.tiers if tier.family]
        if tiers and not all(tier.level for tier in tiers):
            assert any("哪一级" in point.zh and "which level" in point.en for point in each.open_points), (
                each.key
            )
        assert all(tier.clause for tier in tiers if tier.level), each.key


def test_a_level_that_is_none_is_refused(tmp_path: Path) -> None:
    text = (FOLDER / "cn-cets-2024-al.toml").read_text(encoding="utf-8")
    (tmp_path / "own.toml").write_text(text.replace('level = "national"', 'level = "own"'), encoding="utf-8")
    with pytest.raises(UnusableDeclaration, match="METHOD-001") as caught:
        method_of(tmp_path / "own.toml")
    assert "provincial, regional, national, international" in caught.value.expected
