"""Heat that one unit makes and another uses is counted once, at the boiler; by itself, or from a stranger, the user has bought it."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.inventory import inventory
from touchstone.calc.carbon.inventory.recorded import recorded
from touchstone.calc.carbon.inventory.regional import FIGURES, PARTS, regional
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


def hot(share: str = "") -> str:
    """The press stands in Gansu, takes its heat from the boiler all the time, and the boiler's works is partly owned."""
    held = f'[[holding]]\nowner = "g"\nowned = "works"\nshare = "{share}"\ncontrols = true\n' if share else ""
    return (
        GROUP.replace(
            'en = "sister works" }\nplace = "CN-37"', 'en = "sister works" }\nplace = "CN-62"'
        ).replace("since = 2022-04-01\n", "")
        + held
    )


def of(text: str, *entries: Entry, **asked: str) -> Account:
    known = organisation_of(text, "organisation.toml", methods())
    made = inventory(known, entries, library(), methods())
    return Account(made, known, library(), methods(), year="2022", **asked)


@pytest.mark.parametrize(
    "stated", [entry("diesel", "1", "kg", plant="boiler"), entry("limestone", "1", "t", plant="boiler")]
)
def test_a_kilogram_of_diesel_or_a_tonne_of_limestone_at_the_boiler_makes_no_heat_for_the_press(
    stated: Entry,
) -> None:
    taken = entry("heat", "50000", "GJ", plant="press")
    account = of(hot(), stated, taken)
    assert float(account.total) == pytest.approx(5500, abs=0.5)
    told = [each for each in account.missing if "50000 GJ" in each.why.en]
    assert [each.unit for each in told] == ["boiler" if stated.item == "diesel" else "works"]
    assert stated.item != "diesel" or all(stated.fact in each.facts for each in told)


def test_a_boiler_whose_coal_holds_half_the_heat_supplies_half_of_it() -> None:
    coal, taken = (
        entry("anthracite", "1000", "t", plant="boiler"),
        entry("heat", "40608", "GJ", plant="press"),
    )
    account = of(hot(), coal, taken)
    assert float(account.total) == pytest.approx(float(COAL) + 20304 * 0.11)
    assert sum(each.total for each in account.totals("unit", "scope", "month")) == account.total
    assert account.supplied("press", "heat", "2022-03") == Fraction(1, 2)


def test_a_press_whose_boiler_is_half_owned_bought_the_other_half_of_its_heat() -> None:
    account = of(hot("50 %"), burnt(), used("press"), group="g", approach="equity")
    assert float(account.total) == pytest.approx(float(COAL / 2 + HEAT / 2))
    assert round(float(account.total), 2) == 989.39


@given(st.integers(1, 100), st.integers(0, 3000), st.integers(0, 60000))
@settings(max_examples=40, deadline=None)
def test_totals_are_the_sum_of_their_parts_and_never_below_the_coal_whatever_is_owned_and_burnt(
    share: int, coal: int, heat: int
) -> None:
    entries = [
        entry("anthracite", str(coal), "t", plant="boiler"),
        entry("heat", str(heat), "GJ", plant="press"),
    ]
    account = of(hot(f"{share} %"), *entries, group="g", approach="equity")
    for by in (("unit",), ("enterprise", "item"), ("scope", "month", "gas")):
        assert sum(each.total for each in account.totals(*by)) == account.total
    low = COAL * coal / 1000 * share / 100
    assert float(low) - 1e-6 <= float(account.total) <= float(low) + heat * 0.11 + 1e-6


def test_heat_from_another_province_is_of_the_province_that_uses_it_and_of_its_energy() -> None:
    """Gansu by consumption: 10 t limestone 4.05 t, 500 GJ 55 t and 17.05 tce; Shandong gives them."""
    account = of(hot(), burnt(), used("press"), entry("limestone", "10", "t", plant="press"))
    gansu, shandong, china = (regional(account, place) for place in ("CN-62", "CN-37", "CN"))
    assert float(gansu.consumption) == pytest.approx(59.05) and float(gansu.production) == pytest.approx(4.05)
    assert float(gansu.energy.total) == pytest.approx(17.05, abs=0.02)
    assert float(shandong.consumption) == pytest.approx(float(COAL) - 55)
    assert [(each.item, each.sold) for each in shandong.balance if each.sold] == [("heat", 500)]
    assert [each.final for each in gansu.balance if each.item == "heat"] == [500]
    assert gansu.consumption + shandong.consumption == china.consumption == account.total
    assert float(gansu.energy.total + shandong.energy.total) == pytest.approx(float(china.energy.total))


@given(st.integers(0, 2000), st.integers(1, 30000), st.integers(1, 5000))
@settings(max_examples=25, deadline=None)
def test_provinces_add_up_to_the_country_and_every_number_to_its_records_whatever_crosses_their_border(
    coal: int, heat: int, power: int
) -> None:
    text = hot() + '[[transfer]]\nitem = "electricity.own"\nmaker = "boiler"\nuser = "press"\n'
    entries = [
        entry("anthracite", str(coal), "t", plant="boiler"), entry("heat", str(heat), "GJ", plant="press"),
        entry("electricity.own", str(power), "MWh", plant="press"), entry("heat", "9", "GJ", plant="line"),
    ]  # fmt: skip
    account = of(text, *entries)
    provinces = [regional(account, place) for place in ("CN-62", "CN-37")]
    assert sum(each.consumption for each in provinces) == regional(account, "CN").consumption == account.total
    tce = [each.energy.total for each in (*provinces, regional(account, "CN"))]
    assert float(tce[0] + tce[1]) == pytest.approx(float(tce[2]))
    for each in provinces:
        for figure in FIGURES:
            records = each.of(figure) or ()
            assert sum(record.counted for record in records) == getattr(each, figure)
            assert all(record.line and record.counted for record in records)
        assert sum(record.counted for record in each.of("coal") or ()) == each.energy.total
        for row in each.balance:
            for part in (*PARTS, "coal"):
                records = each.of(f"{part}/{row.item}") or ()
                assert sum(record.counted for record in records) == (getattr(row, part) or 0)
                assert {record.value for record in records} <= {known.value for known in entries}


OWN_POWER = '[[transfer]]\nitem = "electricity.own"\nmaker = "boiler"\nuser = "press"\n'


def test_power_of_a_sister_works_is_bought_by_the_works_and_counted_once_by_the_group() -> None:
    stated = (
        burnt(),
        entry("power", "900", "MWh", plant="boiler"),
        entry("electricity.own", "100", "MWh", plant="press"),
    )
    text = hot() + OWN_POWER
    sister, group = of(text, *stated, node="sister"), of(text, *stated, group="g", approach="control")
    [line] = sister.lines
    assert (line.item, line.scope, line.unit) == ("electricity.own", 2, "press")
    grid = next(each for each in line.inputs if each.parameter == "grid")
    assert grid.factor and sister.total == 100 * Fraction(grid.value)
    assert float(group.total) == pytest.approx(float(COAL))
    assert {
        each.measure
        for each in recorded(group.inventory, group.organisation, ())
        if each.subject == "org.sister"
    } == {"emission.co2.scope2"}


def test_power_of_a_sister_works_without_a_factor_of_the_grid_is_told_and_not_by_the_group() -> None:
    text = hot().replace('place = "CN-62"', 'place = "CN-62"\nmethods = { cn-energy = "always" }') + OWN_POWER
    stated = [
        entry("anthracite", "1000", "t", plant="boiler", month="2031-03"), entry("electricity.own", "100", "MWh", plant="press", month="2031-03"),
    ]  # fmt: skip
    known = organisation_of(text, "organisation.toml", methods())
    made = inventory(known, stated, library(), methods())
    sister, group = (
        Account(made, known, library(), methods(), node=node, year="2031") for node in ("sister", "g")
    )
    assert [(each.unit, each.item) for each in sister.missing] == [("press", "electricity.own")]
    assert not group.missing


def test_power_of_the_own_works_is_bought_by_nobody() -> None:
    text = hot() + OWN_POWER.replace("press", "line")
    account = of(text, burnt(), entry("electricity.own", "100", "MWh", plant="line"), node="line")
    assert not account.lines and not account.missing


def test_heat_of_the_own_boiler_stands_in_the_balance_of_its_province_without_being_counted_again() -> None:
    account = of(hot(), burnt(), used("line"))
    shandong = regional(account, "CN-37")
    [heat] = [each for each in shandong.balance if each.item == "heat"]
    assert (heat.final, heat.sold, heat.coal) == (500, 0, None)
    assert shandong.consumption == account.total


SOLD = entry("electricity.sold", "200", "MWh", plant="boiler")
TAKEN = entry("electricity.own", "200", "MWh", plant="press")


@pytest.mark.parametrize(
    ("made", "sold", "twice"), [("200", "200", 200), ("300", "200", 100), ("400", "200", 0), ("", "300", 200)]
)
def test_power_for_a_sister_works_that_is_also_stated_as_sold_is_taken_off_once_and_told(
    made: str, sold: str, twice: int
) -> None:
    """The sister takes 200 MWh; of `made` MWh (or nobody says) `sold` are stated as sold: what cannot be both is hers."""
    stated = [burnt(), TAKEN, entry("electricity.sold", sold, "MWh", plant="boiler")]
    stated += [entry("power", made, "MWh", plant="boiler")] if made else []
    group, works = of(hot() + OWN_POWER, *stated), of(hot() + OWN_POWER, *stated, node="works")
    [credit] = [each for each in works.lines if each.item == "electricity.sold"]
    whole, strangers = works.weighed(credit), Fraction(int(sold) - twice, int(sold))
    assert whole < 0 and works.part(credit) == 1, "to the works alone, its sister is a customer"
    assert group.total == sum(group.weighed(x) for x in group.lines if x.scope == 1) + whole * strangers
    told = [each for each in group.missing if each.item == "electricity.sold"]
    assert len(told) == (1 if twice else 0) and not [x for x in works.missing if x.item == "electricity.sold"]
    assert all(each.facts == (stated[2].fact,) for each in told)
    provinces = [regional(group, place) for place in ("CN-62", "CN-37")]
    assert sum(each.consumption for each in provinces) == regional(group, "CN").consumption == group.total


def test_power_for_the_own_works_beside_power_for_strangers_is_left_as_it_is_stated() -> None:
    text = hot() + OWN_POWER.replace("press", "line")
    taken = entry("electricity.own", "200", "MWh", plant="line")
    account = of(text, burnt(), taken, SOLD)
    [credit] = [each for each in account.lines if each.item == "electricity.sold"]
    assert account.part(credit) == 1 and not account.missing


def test_a_boiler_that_states_no_fuel_at_all_is_told_as_missing_fuel_and_one_that_states_none_was_burnt_is_not() -> (
    None
):
    silent = of(hot(), used("press"))
    idle = of(hot(), used("press"), entry("anthracite", "0", "t", plant="boiler"))
    assert silent.total == idle.total == HEAT
    [told] = [each for each in silent.missing if each.unit == "works"]
    assert "500 GJ" in told.why.en and told.month == "2022-03"
    assert not idle.missing and not of(hot(), used("press"), node="sister").missing
