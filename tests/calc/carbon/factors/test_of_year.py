"""The year and the place of a factor: nothing stands in for either unless the user or the document said so, and that is printed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.factor import Factor
from touchstone.calc.carbon.factors.context import Context
from touchstone.calc.carbon.factors.library import Library, library
from touchstone.calc.carbon.factors.refusal import NoFactor
from touchstone.calc.carbon.factors.resolve import Resolved, resolve
from touchstone.calc.carbon.factors.sieve import reason
from touchstone.calc.carbon.factors.validity import FIRST, LAST, validity
from touchstone.calc.carbon.inventory.lines import Worked, lines_of
from touchstone.calc.carbon.inventory.plant import Plant
from touchstone.calc.carbon.line import Input
from touchstone.calc.carbon.methods.method_file import methods

HEAT = library().get("emission.heat@cn-cets-2024-al")
CETS = {"anode": "net-per-tonne", "pfc": "slope"}


def grid(year: int, region: str, among: Library | None = None, **more: object) -> Resolved:
    context = Context(year=year, region=region, family="grid-average", **more)  # type: ignore[arg-type]
    return resolve(among or library(), "emission", "electricity.grid", context)


def refused(year: int, region: str, **more: object) -> NoFactor:
    with pytest.raises(NoFactor) as caught:
        grid(year, region, **more)
    assert caught.value.zh
    return caught.value


def own(factor: Factor, value: str, id: str = "own", **more: object) -> Factor:
    made = replace(factor, id=id, value=Decimal(value), tag="user", clause="own", region="org.u")
    return replace(made, **more)


def worked(place: str, method: str, *months: str, item: str = "electricity.grid", among: Library | None = None, **more: object) -> Worked:  # fmt: skip
    unit = {"electricity.grid": "MWh", "heat": "GJ"}[item]
    entries = [Entry("u", month, item, "amount", Decimal(1000), unit, "meter", month) for month in months]
    plant = replace(Plant("u", ("group",), place, ((method, None),), CETS), **more)  # type: ignore[arg-type]
    return lines_of(plant, entries, among or library(), methods())


def factors(made: Worked) -> dict[str, Input]:
    assert made.missing == ()
    return {each.month: each.inputs[-1] for each in made.lines}


# The place.


def test_a_province_with_values_of_other_years_never_takes_its_region_in_silence() -> None:
    problem = refused(2023, "CN-53")
    assert problem.code == "FACTOR-018" and "0.1073" in problem.found and "0.4042" in problem.found
    assert '{ 2023 = "grid" }' in problem.fix and "data_years = { 2023 = 2022 }" in problem.fix
    assert "云南" in str(problem.zh) and "南方" in str(problem.zh)


def test_the_choice_of_a_wider_place_is_printed_with_what_was_passed_over() -> None:
    taken = grid(2023, "CN-53", wider="grid")
    assert taken.factor.value == Decimal("0.4042")
    assert "chosen by the user" in taken.why.en and "2022: 0.1073" in taken.why.en
    assert "2023年空缺" in taken.why.zh
    assert grid(2023, "CN-53", wider="country").factor.value == Decimal("0.5306")


def test_a_choice_changes_nothing_where_the_province_has_a_value() -> None:
    for wider in ("", "grid", "country"):
        taken = grid(2023, "CN-44", wider=wider, data_years=(2022,))
        assert taken.factor.value == Decimal("0.4419") and "chosen" not in taken.why.en


def test_another_year_of_the_same_place_may_be_chosen_in_the_stead_of_a_wider_place() -> None:
    taken = grid(2023, "CN-53", data_years=(2022,))
    assert taken.factor.value == Decimal("0.1073")
    assert "chosen by the user" in taken.why.en and "passed over of 2023: South 0.4042" in taken.why.en


def test_several_years_stand_in_in_their_order() -> None:
    assert grid(2024, "CN-44", data_years=(2023, 2022)).factor.value == Decimal("0.4419")
    assert grid(2024, "CN-53", data_years=(2023, 2022)).factor.value == Decimal("0.1073")
    problem = refused(2024, "CN-53", data_years=(2023,))
    assert problem.code == "FACTOR-018" and "2024 = 2022" in problem.fix


def test_a_method_that_names_a_level_has_no_question_about_a_nearer_one() -> None:
    assert grid(2023, "CN-53", levels=("regional",)).factor.value == Decimal("0.4042")
    assert grid(2023, "CN-53", levels=("national",)).factor.value == Decimal("0.5306")


def test_the_guideline_of_2013_takes_the_regional_grid_and_the_old_six_grids_before_2021() -> None:
    for method in ("cn-ndrc-2013-al", "cn-ndrc-2013-mg"):
        taken = factors(
            worked("CN-53", method, "2013-05", "2015-05", "2020-12", "2021-01", "2023-05", "2024-05")
        )
        assert [str(each.value) for each in taken.values()] == [
            "0.5271", "0.5271", "0.5271", "0.4326", "0.4042", "0.4042",
        ]  # fmt: skip
        assert "latest factor" in taken["2015-05"].why.en and "latest factor" in taken["2024-05"].why.en
    [told] = worked("CN-53", "cn-ndrc-2015-nonferrous", "2015-05").missing
    assert "FACTOR-010" in told.why.en, "whether the old grids were meant there is not known"


def test_a_smelter_of_the_trading_scheme_takes_the_national_value_of_its_guideline() -> None:
    for place in ("CN-53", "CN-15", "CN-44"):
        taken = factors(worked(place, "cn-cets-2024-al", "2024-05", "2025-05"))
        assert {str(each.value) for each in taken.values()} == {"0.5366"}
        assert "national" in taken["2024-05"].why.en and "data of 2022" in taken["2024-05"].why.en


def test_a_choice_in_the_file_of_the_organisation_stands_in_the_reason_of_the_line() -> None:
    [told] = worked("CN-53", "cn-energy", "2023-05").missing
    assert "FACTOR-018" in told.why.en and "wider_places" in told.why.zh
    chosen = factors(worked("CN-53", "cn-energy", "2023-05", wider_places={2023: "grid"}))["2023-05"]
    assert chosen.value == Decimal("0.4042") and "chosen by the user" in chosen.why.en


def test_a_plant_in_inner_mongolia_names_its_grid() -> None:
    [told] = worked("CN-1502", "cn-ndrc-2013-al", "2023-05").missing
    assert "FACTOR-013" in told.why.en and "name it with grid" in told.why.en and "grid指明" in told.why.zh
    for side, old, new in (("grid.north", "0.8843", "0.6361"), ("grid.northeast", "0.7769", "0.5122")):
        taken = factors(worked("CN-1502", "cn-ndrc-2013-al", "2015-05", "2023-05", grid=side))
        assert [str(each.value) for each in taken.values()] == [old, new]


# The year.


def test_a_year_that_stands_in_never_takes_the_place_of_a_value_of_the_year_itself() -> None:
    national = library().get("emission.electricity.grid@cn-grid-2023/2023/grid-average")
    known = library().adding([own(national, "0.20", data_year=2024)])
    taken = factors(worked("CN-37", "cn-energy", "2024-01", among=known, data_years={2024: (2022,)}))[
        "2024-01"
    ]
    assert taken.value == Decimal("0.20") and "chosen by the user" not in taken.why.en
    assert grid(2023, "CN-44", data_years=(2022,)).factor.data_year == 2023


# The day.


def test_a_factor_of_july_does_not_count_in_january_and_two_that_follow_each_other_both_count() -> None:
    second = own(HEAT, "0.05", "second", valid_from=date(2024, 7, 1))
    months = ("2024-01", "2024-06", "2024-07", "2024-12")

    def values(*given: Factor) -> list[str]:
        made = worked("CN-37", "cn-cets-2024-al", *months, item="heat", among=library().adding(given))
        return [str(each.value) for each in factors(made).values()]

    assert values(second) == ["0.11", "0.11", "0.05", "0.05"]
    first = own(HEAT, "0.06", "first", valid_from=date(2024, 1, 1), valid_to=date(2024, 6, 30))
    assert values(first, second) == ["0.06", "0.06", "0.05", "0.05"]
    last = own(HEAT, "0.02", "last", valid_from=date(2024, 12, 31), supersedes="second")
    assert values(second, last) == ["0.11", "0.11", "0.05", "0.02"]


# What is superseded.


def test_an_own_value_takes_the_place_of_a_published_one_for_its_own_unit_only() -> None:
    known = library().adding([own(HEAT, "0.05", supersedes=HEAT.id)])

    def value(*owner: str) -> Decimal | None:
        context = Context(year=2024, owner=owner, documents=("cn-cets-2024-al",))
        return resolve(known, "emission", "heat", context).factor.value

    assert value("u", "group") == Decimal("0.05")
    assert value("v", "group") == Decimal("0.11")
    assert HEAT.id in [row["id"] for row in validity(known).to_pylist()]


def test_what_is_superseded_from_no_day_on_holds_on_no_day_in_the_table_either() -> None:
    newer = replace(HEAT, id="newer", value=Decimal("0.09"), supersedes=HEAT.id)
    rows = {row["id"]: (row["valid_from"], row["valid_to"]) for row in validity(library().adding([newer])).to_pylist()}  # fmt: skip
    assert HEAT.id not in rows and rows["newer"] == (FIRST, LAST)


def test_an_own_value_that_has_run_out_no_longer_takes_the_place_of_the_published_one() -> None:
    for_half_a_year = own(
        HEAT, "0.05", valid_from=date(2024, 1, 1), valid_to=date(2024, 6, 30), supersedes=HEAT.id
    )
    made = worked(
        "CN-37",
        "cn-cets-2024-al",
        "2024-03",
        "2024-08",
        item="heat",
        among=library().adding([for_half_a_year]),
    )
    assert [str(each.value) for each in factors(made).values()] == ["0.05", "0.11"]
    assert not made.missing


# The table for SQL.


def day_of(number: int) -> date:
    return date(2024, 1, 1) + timedelta(number)


def spans() -> st.SearchStrategy[tuple[date | None, date | None]]:
    days = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted)
    return st.tuples(days, st.booleans(), st.booleans()).map(
        lambda given: (None if given[1] else day_of(given[0][0]), None if given[2] else day_of(given[0][1]))
    )


@given(st.lists(spans(), min_size=1, max_size=4), st.lists(st.integers(0, 3), min_size=4, max_size=4))
@settings(max_examples=60, deadline=None)
def test_the_table_has_a_factor_on_the_days_on_which_the_resolver_would_take_it(
    valid: list[tuple[date | None, date | None]], over: list[int]
) -> None:
    """Own factors that begin and run out, each in the place of an earlier one: on every day both say the same of each."""
    made = [
        own(
            HEAT,
            f"0.0{n + 1}",
            f"own-{n}",
            valid_from=first,
            valid_to=last,
            supersedes=f"own-{over[n] % n}" if n else "",
        )
        for n, (first, last) in enumerate(valid)
    ]
    known = library().adding(made)
    rows = [row for row in validity(known).to_pylist() if row["id"].startswith("own-")]
    for number in range(-2, 44):
        day = day_of(number)
        case = Context(day=day, region="CN-37", owner=("u",), documents=(HEAT.document,))
        taken = {each.id for each in made if reason(known, each, case) is None}
        assert taken == {row["id"] for row in rows if row["valid_from"] <= day <= row["valid_to"]}
        assert len([1 for row in rows if row["valid_from"] <= day <= row["valid_to"]]) == len(taken)


def test_what_an_own_factor_stood_in_for_holds_again_in_the_table_when_it_has_run_out() -> None:
    first = own(HEAT, "0.06", "first")
    last = own(
        HEAT, "0.02", "last", valid_from=date(2024, 3, 1), valid_to=date(2024, 6, 30), supersedes="first"
    )
    rows = [row for row in validity(library().adding([first, last])).to_pylist() if row["id"] == "first"]
    assert next((row["valid_from"], row["valid_to"]) for row in rows)[1] == date(2024, 2, 29)
    assert [(row["valid_from"], row["valid_to"]) for row in rows][1][0] == date(2024, 7, 1)
