"""Resolving: the factor for a case, with the reason, and a refusal wherever a choice would be a guess."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from touchstone.calc.carbon.factor import CitedDocument, Factor
from touchstone.calc.carbon.factors.context import Context, level_of
from touchstone.calc.carbon.factors.library import Library, library
from touchstone.calc.carbon.factors.refusal import MixedFactors, NoFactor
from touchstone.calc.carbon.factors.resolve import Resolved, resolve, unmixed
from touchstone.errors import Refusal
from touchstone.facts.text import Text

GRID = ("emission", "electricity.grid")


def grid(year: int, region: str = "CN", family: str = "grid-average", **more: object) -> Resolved:
    return resolve(library(), *GRID, Context(year=year, region=region, family=family, **more))  # type: ignore[arg-type]


def own(
    basis: str = "own", node: str = "smelter", value: str = "20.9", **more: object
) -> tuple[Factor, CitedDocument]:
    made = Factor(
        f"ncv.anthracite@user.{basis}/org.{node}", "ncv", "anthracite", Decimal(value), "GJ/t", "", f"user.{basis}.{node}",
        basis, None, None, None, f"org.{node}", "", "user",
    )  # fmt: skip
    cited = CitedDocument(
        made.document, Text("化验", "assay"), Text("厂", "works"), "", "", None, None, "in-force", None, ""
    )
    return replace(made, **more), cited


def with_own(*given: tuple[Factor, CitedDocument]) -> Library:
    return library().adding((factor for factor, _ in given), (cited for _, cited in given))


def refused(kind: str, of: str, context: Context, among: Library | None = None) -> Refusal:
    with pytest.raises(NoFactor) as caught:
        resolve(among or library(), kind, of, context)
    assert caught.value.zh
    return caught.value


def test_a_province_goes_before_its_grid_and_the_grid_before_the_nation() -> None:
    taken = grid(2022, "CN-5301")
    assert (taken.factor.region, taken.factor.value) == ("CN-53", Decimal("0.1073"))
    assert "云南" in taken.why.zh and "2022" in taken.why.en
    behind = {factor.region: why.en for factor, why in taken.passed_over if factor.data_year == 2022}
    assert set(behind) == {"grid.south", "CN"} and "more specific" in behind["grid.south"]


def test_inner_mongolia_lies_in_two_grids_so_its_grid_has_to_be_named() -> None:
    taken = grid(2023, "CN-15", wider="country")
    assert taken.factor.region == "CN" and "the grid of this place is not certain" in taken.why.en
    with pytest.raises(NoFactor, match="FACTOR-018"):
        grid(2023, "CN-15", wider="grid")
    named = grid(2023, "CN-15", grid="grid.northeast", levels=("regional",))
    assert named.factor.value == Decimal("0.5122")
    old = grid(2012, "CN-15", "old-grid", grid="grid.northeast")
    assert old.factor.value == Decimal("0.7769"), "the grid of the other division on that side"


def test_only_the_tiers_that_are_allowed_are_taken() -> None:
    assert grid(2022, "CN-53", levels=("national",)).factor.value == Decimal("0.5366")
    assert grid(2022, "CN-53", levels=("regional",)).factor.value == Decimal("0.3869")


def test_a_year_without_a_value_is_an_error_that_names_the_nearest_and_asks() -> None:
    problem = refused(*GRID, Context(year=2024, family="grid-average"))
    assert problem.code == "FACTOR-010" and "2023" in problem.found and "{ 2024 = 2023 }" in problem.fix
    chosen = grid(2024, data_years=(2023,))
    assert chosen.factor.value == Decimal("0.5306") and "chosen by the user" in chosen.why.en


def test_the_years_that_are_offered_are_those_in_which_the_place_has_a_value() -> None:
    """For 2023 the library knows that Shandong has a value and not which: to choose 2023 would lead nowhere."""
    problem = refused(*GRID, Context(year=2024, region="CN-37", family="grid-average"))
    assert problem.code == "FACTOR-010" and "2023" not in problem.found
    assert "{ 2024 = 2022 }" in problem.fix
    assert grid(2024, "CN-37", data_years=(2022,)).factor.region == "CN-37"


def test_an_earlier_year_stands_in_only_where_the_document_that_asks_says_so() -> None:
    taken = grid(2024, asked_by="cn-ndrc-2013-al")
    assert taken.factor.data_year == 2023 and "latest factor" in taken.why.en
    with pytest.raises(NoFactor, match="FACTOR-010"):
        grid(2024, asked_by="cn-cets-2024-al")
    old = grid(2014, "CN-53", "old-grid", asked_by="cn-ndrc-2013-al")
    assert old.factor.value == Decimal("0.5271")


def test_a_later_year_never_stands_in() -> None:
    with pytest.raises(NoFactor, match="FACTOR-010"):
        grid(2020, asked_by="cn-ndrc-2013-al")


def test_no_year_and_no_family_are_asked_for() -> None:
    assert refused(*GRID, Context(family="grid-average")).code == "FACTOR-011"
    problem = refused(*GRID, Context(year=2023))
    assert problem.code == "FACTOR-007" and "life-cycle" in problem.expected


def test_a_life_cycle_factor_is_never_taken_for_an_inventory_nor_a_grid_factor_for_a_footprint() -> None:
    with pytest.raises(MixedFactors, match="FACTOR-008") as caught:
        grid(2024, family="life-cycle")
    assert "transmission" in caught.value.so and caught.value.zh
    assert grid(2024, family="life-cycle", purpose="footprint").factor.value == Decimal("0.5777")
    with pytest.raises(MixedFactors, match="FACTOR-008"):
        grid(2023, purpose="footprint")


def test_life_cycle_and_grid_factors_in_one_account_are_an_error_that_says_why() -> None:
    life = grid(2023, family="life-cycle", purpose="footprint").factor
    unmixed([grid(2023).factor, grid(2023, family="excluding-market").factor])
    unmixed([life])
    with pytest.raises(MixedFactors, match="FACTOR-009") as caught:
        unmixed([grid(2023).factor, life])
    assert life.id in caught.value.found


def test_an_unverified_value_is_never_taken_and_it_is_said() -> None:
    problem = refused("emission", "dolomite", Context(year=2024))
    assert problem.code == "FACTOR-013" and "not verified" in problem.found
    assert refused(*GRID, Context(year=2021, family="fossil")).code == "FACTOR-010"


def test_of_the_whole_library_every_official_value_can_be_had_and_no_other() -> None:
    for each in library().factors:
        context = Context(
            year=each.data_year, day=each.valid_from, region=each.region if each.region.startswith("CN") else "CN",
            grid=each.region if each.region.startswith("grid") else "", documents=(each.document,),
            family=each.family, gas=each.gas, purpose="footprint" if each.family == "life-cycle" else "inventory",
        )  # fmt: skip
        try:
            taken = resolve(library(), each.kind, each.of, context).factor
        except NoFactor:
            taken = None
        official = each.tag != "unverified" and each.value is not None
        assert (taken == each) is official, each.id


def test_two_official_values_are_a_conflict_until_the_document_is_named() -> None:
    problem = refused("ncv", "anthracite", Context(year=2024))
    assert problem.code == "FACTOR-012" and "20.304" in problem.found and "cn-fuel-table-b" in problem.fix
    taken = resolve(library(), "ncv", "anthracite", Context(documents=("cn-fuel-table-c",)))
    assert taken.factor.value == Decimal("22.867")
    assert {why.en for _, why in taken.passed_over} == {"of a document that was not asked for"}


def test_documents_are_taken_in_the_order_they_are_named() -> None:
    both = Context(documents=("cn-fuel-table-b", "cn-ndrc-2013-al"))
    assert resolve(library(), "ncv", "anthracite", both).factor.document == "cn-fuel-table-b"
    assert resolve(library(), "ncv", "petroleum-coke", both).factor.document == "cn-fuel-table-b"


def test_two_documents_with_one_value_are_no_conflict() -> None:
    taken = resolve(library(), "emission", "limestone", Context(year=2024))
    assert taken.factor.value == Decimal("0.405")
    assert [why.en for _, why in taken.passed_over] == ["the same value; one of the two is enough"]


def test_a_draft_is_taken_only_where_it_is_named() -> None:
    context = Context(gas="CO2e", documents=("cn-cets-2024-al-draft",))
    assert resolve(library(), "emission", "anode-effect", context).factor.value == Decimal("0.1454")
    assert refused("emission", "anode-effect", replace(context, documents=())).code == "FACTOR-013"


def test_a_document_that_is_not_yet_in_force_is_passed_over() -> None:
    only = Context(day=date(2025, 2, 28), documents=("gbt-32151.34-2024",))
    assert refused("emission", "heat", only).code == "FACTOR-013"
    in_force = replace(only, day=date(2025, 3, 1))
    assert resolve(library(), "emission", "heat", in_force).factor.value == Decimal("0.11")


def test_a_stated_validity_is_kept_to_the_day() -> None:
    def surcharge(day: date) -> Decimal | None:
        context = Context(day=day, documents=("cbam-default-2025",))
        return resolve(library(), "surcharge", "aluminium.unwrought", context).factor.value

    found = [surcharge(date(2026, 12, 31)), surcharge(date(2027, 1, 1)), surcharge(date(2031, 6, 1))]
    assert found == [10, 20, 30]


def test_several_gases_have_to_be_told_apart() -> None:
    assert refused("emission", "anode-effect.cwpb", Context()).code == "FACTOR-014"
    taken = resolve(library(), "emission", "anode-effect.cwpb", Context(gas="C2F6"))
    assert taken.factor.value == Decimal("0.04") and level_of(taken.factor) == "international"


def test_measured_goes_before_own_and_own_before_what_is_published() -> None:
    both = with_own(own("own"), own("measured", value="21.3"))
    context = Context(owner=("smelter", "group"), documents=("cn-ndrc-2013-al",))
    taken = resolve(both, "ncv", "anthracite", context)
    assert taken.factor.clause == "measured" and "measurement" in taken.why.en
    assert resolve(with_own(own("own")), "ncv", "anthracite", context).factor.clause == "own"
    assert resolve(both, "ncv", "anthracite", replace(context, levels=("national",))).factor.value == Decimal(
        "20.304"
    )


def test_an_own_value_applies_to_its_part_of_the_organisation_only_and_the_nearest_first() -> None:
    both = with_own(own(node="smelter", value="20.9"), own(node="group", value="20.5"))
    context = Context(documents=("cn-ndrc-2013-al",))
    assert resolve(both, "ncv", "anthracite", context).factor.value == Decimal("20.304")
    near = replace(context, owner=("smelter", "group"))
    assert resolve(both, "ncv", "anthracite", near).factor.value == Decimal("20.9")
    far = replace(context, owner=("mill", "group"))
    assert resolve(both, "ncv", "anthracite", far).factor.value == Decimal("20.5")


def test_what_is_superseded_stays_and_is_passed_over_from_the_first_day_of_the_other() -> None:
    old = library().get("ncv.anthracite@cn-ndrc-2013-al")
    new, cited = own(valid_from=date(2025, 7, 1), region="CN", tag="F", value="20.5")
    changed = library().supersede(old.id, new, [cited])
    assert old.id not in {each.id for each in changed.factors if each.supersedes}
    context = Context(day=date(2025, 6, 30), documents=("cn-ndrc-2013-al", cited.key))
    assert resolve(changed, "ncv", "anthracite", context).factor == old
    later = resolve(changed, "ncv", "anthracite", replace(context, day=date(2025, 7, 1)))
    assert later.factor.value == Decimal("20.5")
    assert "superseded" in {f.id: w.en for f, w in later.passed_over}[old.id]
    assert library().get(old.id) == old and len(changed.factors) == len(library().factors) + 1


def test_words_that_are_not_known_are_told_with_the_nearest() -> None:
    problem = refused("ncv", "antracite", Context())
    assert problem.code == "FACTOR-006" and "anthracite" in problem.expected
    for context in (
        Context(purpose="fun"),
        Context(documents=("x",)),
        Context(levels=("x",)),
        Context(wider="x"),
    ):
        assert refused("ncv", "anthracite", context).code == "FACTOR-006"


def test_a_thing_is_found_by_its_words_in_either_language_and_what_is_called_so_comes_first() -> None:
    assert library().search("焦炭 低位发热量")[0].of == "coke"
    assert library().search("coke ncv")[0].of == "coke"
    assert {each.region for each in library().search("云南 2022 电网")} >= {"CN-53"}
    assert library().search("Yunnan 0.1073")[0].value == Decimal("0.1073")
    assert {each.document for each in library().search("GB/T 2589-2020")} == {"gbt-2589-2020"}
    assert library().search("   ") == () and library().search("no such words") == ()


def test_an_id_that_is_none_is_told_with_the_nearest() -> None:
    with pytest.raises(NoFactor, match="FACTOR-005") as caught:
        library().get("ncv.anthracit@cn-ndrc-2013-al")
    assert "ncv.anthracite@cn-ndrc-2013-al" in caught.value.expected
