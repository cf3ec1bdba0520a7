"""The accounting projection of a province of three lines, worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.calc.pathway import made

from touchstone.calc.pathway.accounts import accounts, held
from touchstone.calc.pathway.compiled import compiled
from touchstone.calc.pathway.deployment.columns import reachable
from touchstone.calc.pathway.dials import Dials, dialled
from touchstone.calc.pathway.pathway import projected
from touchstone.calc.pathway.projection import projection
from touchstone.calc.pathway.refusal import UnusablePathway

ADOPT = """
[[adopt]]
technology = "shell"
lines = ["old"]
from = 2024
until = 2027
"""


def test_emissions_of_the_base_year_are_those_of_the_lines_and_their_power() -> None:
    """Old 100,000 t × (1.6 + 14 MWh × 0.5) = 860,000; new 200,000 × (1.5 + 13 × 0.5) = 1,600,000; copper 240,000 × (0.5 + 1 × 0.5) = 240,000."""
    given = made.case()
    totals = accounts(given.case, projection(given))
    assert (totals.direct + totals.indirect)[:, 0] == pytest.approx([860_000, 1_600_000, 240_000])
    assert totals.emissions[0] == pytest.approx(2_700_000)


def test_a_measure_that_spreads_over_four_years_saves_a_quarter_more_each_year() -> None:
    """500 kWh of each tonne of 100,000 t: 12,500 MWh in 2024, 50,000 MWh from 2027 on."""
    given, with_it = made.case(), made.case(ADOPT)
    saved = accounts(given.case, projection(given)).power - accounts(with_it.case, projection(with_it)).power
    assert saved[0] == pytest.approx([0, 0, 0, 0, 12_500, 25_000, 37_500, 50_000, 50_000, 50_000, 50_000])
    assert not saved[1:].any()


def test_an_investment_is_paid_as_an_annuity_over_its_life() -> None:
    """100,000 t/a × 600 yuan, a quarter each year from 2024, over ten years without interest: 1.5, 3, 4.5, 6 million a year."""
    given = made.case(ADOPT)
    paid = accounts(given.case, projection(given)).costs["investment"]
    assert paid[3:9] == pytest.approx([0, 1.5e6, 3e6, 4.5e6, 6e6, 6e6])


def test_the_share_of_renewable_power_is_what_the_contract_delivers_and_meets_the_target() -> None:
    given = made.case()
    [rule] = held(given.case, plan := projection(given), accounts(given.case, plan))
    assert rule.value[10] == pytest.approx(0.30) and np.isnan(rule.value[9]) and rule.met


def test_a_planned_line_begins_before_decisions_and_opens_its_process_for_no_other_line() -> None:
    """The third line comes in 2022 as it is registered; what else is built or changed, the optimum decides from 2026 on."""
    third = "third,三线,third line,CN-35,aluminium.liquid,cell,planned,5,2022,,,,,,synthetic\n"
    given = compiled(
        made.register(made.REGISTER + third),
        made.catalogue(),
        made.scenario("decisions = 2026\n" + made.SCENARIO),
    )
    case, (_, built, changed) = given.case, reachable(given.case)
    cell, third_line = case.technologies.index("cell"), case.lines.index("third")
    begin = {
        line: case.years[built[p, cell]].min(initial=9999)
        for p, line in enumerate(case.lines)
        if line != "refinery"
    }
    assert begin == {"old": 2026, "new": 2026, "third": 2022}
    assert not built[third_line, np.arange(len(case.technologies)) != cell, :6].any()
    assert not changed[:, :, :6].any() and changed[:, :, 6].any()


def test_a_line_becomes_another_process_only_from_what_that_says_lines_come_to_it_from() -> None:
    """Inert anodes are made of cells, not of the remelter that stands beside them: the optimum neither changes nor rebuilds it into them."""
    melt = "melt,重熔,remelter,CN-35,aluminium.liquid,remelting,operating,5,2005,,,300,0.3,20,synthetic\n"
    process = '[technology.remelting]\nname = { zh = "重熔", en = "remelting" }\nkind = "process"\nproduct = "aluminium.liquid"\n'
    use = "remelting,electricity,300,,,kWh/t,synthetic,,synthetic,,,,\nremelting,direct,0.3,,,t CO2e/t,synthetic,,synthetic,,,,\n"
    kept = made.STRUCTURE.replace("[technology.shell]", "buildable = false\n[technology.shell]")
    known = made.catalogue(made.VALUES + use, kept + process)
    case = compiled(made.register(made.REGISTER + melt), known, made.scenario()).case
    stands, inert = reachable(case)[0], case.technologies.index("inert")
    assert stands[case.lines.index("old"), inert].any() and not stands[case.lines.index("melt"), inert].any()


def test_a_level_of_a_list_is_kept_beyond_its_years_and_the_reader_is_told() -> None:
    """200,000 of 300,000 t/a take 13,000 kWh/t; the list states that level until 2025."""
    text = made.SCENARIO[: made.SCENARIO.index("[benchmark.")]
    given = made.case(
        '[[rule]]\nkey = "best"\nindicator = "benchmark.share"\nproduct = "aluminium.liquid"\nleast = { unit = "%", 2025 = 30 }\n',
        text,
    )
    [rule] = held(given.case, plan := projection(given), accounts(given.case, plan))
    assert rule.value[5] == pytest.approx(2 / 3) and rule.met
    assert ["2025" in each.en and "kept afterwards" in each.en for each in given.told].count(True) == 1
    stated = made.case(
        '[[rule]]\nkey = "best"\nindicator = "benchmark.share"\nproduct = "aluminium.liquid"\nleast = { unit = "%", 2025 = 30 }\n'
    )
    assert not any("kept afterwards" in each.en for each in stated.told)


def test_a_limit_of_the_contract_leaves_the_target_missed_and_says_by_how_much() -> None:
    """1,000 GWh in all, parted by need: aluminium takes 4,000 of 4,240 GWh and so 943.4 of it, 23.6 %; 256.6 GWh are missing to 30 %."""
    text = made.SCENARIO.replace("share = {", 'limit = { unit = "GWh", 2020 = 1000 }\nshare = {')
    given = made.case(text=text)
    [rule] = held(given.case, plan := projection(given), accounts(given.case, plan))
    assert rule.value[10] == pytest.approx(1000 / 4240) and not rule.met
    assert rule.missed[10] == pytest.approx(1_200_000 - 1e6 * 4000 / 4240)
    assert plan.power[:, 1, 10].sum() == pytest.approx(1e6)


def test_a_line_that_retires_leaves_its_output_to_the_others_as_far_as_they_can_and_the_rest_is_bought() -> (
    None
):
    more = '\n[outside."aluminium.liquid"]\ncost = { unit = "CNY/t", 2020 = 20000 }\n\n[[retire]]\nline = "old"\nyear = 2024\n'
    given = made.case(more)
    plan = projection(given)
    assert plan.output.sum(1)[0] == pytest.approx([100_000] * 5 + [0] * 6)
    assert plan.outside[0] == pytest.approx([0] * 5 + [100_000] * 6)


def test_scrap_takes_the_place_of_output_with_its_own_emissions() -> None:
    more = '\n[recycled."aluminium.liquid"]\nlimit = { unit = "t", 2020 = 30000 }\nemissions = { unit = "t CO2e/t", 2020 = 0.6 }\n'
    given = made.case(more)
    totals = accounts(given.case, plan := projection(given))
    assert plan.recycled[0, 0] == 30_000 and plan.output[:2, :, 0].sum() == pytest.approx(270_000)
    assert totals.recycled[0, 0] == pytest.approx(18_000)


def test_a_changed_process_takes_the_values_of_the_new_one() -> None:
    more = '\n[[adopt]]\ntechnology = "inert"\nlines = ["new"]\nfrom = 2030\n'
    given = made.case(more)
    totals = accounts(given.case, projection(given))
    assert totals.direct[1, 10] == pytest.approx(200_000 * 0.1) and totals.power[1, 10] == pytest.approx(
        200_000 * 13.2
    )


@given(st.integers(0, 400_000), st.integers(0, 100), st.integers(0, 100))
def test_metal_and_power_balance_whatever_is_asked(demand: int, share: int, scrap: int) -> None:
    text = made.SCENARIO.replace("2030 = 300000", f"2030 = {demand}").replace(
        "2030 = 30 }\n\n[bench", f"2030 = {share} }}\n\n[bench"
    )
    outside = '\n[outside."aluminium.liquid"]\ncost = { unit = "CNY/t", 2020 = 20000 }\n'
    more = outside + f'[recycled."aluminium.liquid"]\nlimit = {{ unit = "1e3 t", 2020 = {scrap} }}\n'
    given = made.case(more, text)
    case, plan = given.case, projection(given)
    output = np.zeros_like(case.demand)
    np.add.at(output, case.product, plan.output.sum(1))
    assert output + plan.recycled + plan.outside == pytest.approx(case.demand)
    totals = accounts(case, plan)
    assert plan.power.sum((0, 1)) == pytest.approx(totals.power.sum(0))
    assert (plan.outside >= -1e-6).all() and (plan.power >= -1e-6).all()


def test_a_contract_of_one_place_is_offered_nowhere_else() -> None:
    more = '\n[power.hydro.places.CN-53]\nprice = { unit = "CNY/kWh", 2020 = 0.3 }\nfactor = { unit = "kgCO2/kWh", 2020 = 0 }\n'
    given = made.case(more)
    c = given.case.contracts.index("hydro")
    assert not given.case.contract_limit[:, c].any()


def test_measures_come_behind_the_process_they_are_for_however_the_file_is_ordered() -> None:
    inert = '\n[[adopt]]\ntechnology = "inert"\nlines = ["new"]\nfrom = 2028\nuntil = 2029\n'
    one, other = (projection(made.case(more)) for more in (ADOPT + inert, inert + ADOPT))
    assert np.array_equal(one.standing, other.standing)


def test_a_rule_that_cannot_be_followed_to_its_share_is_told() -> None:
    """A new line of another process stands among those chosen: its measures do not apply."""
    values = (
        made.VALUES
        + "soderberg,electricity,15000,,,kWh/t,synthetic,,synthetic,,,,\nsoderberg,direct,2.0,,,t CO2e/t,synthetic,,synthetic,,,,\n"
    )
    structure = (
        made.STRUCTURE
        + '[technology.soderberg]\nname = { zh = "自焙槽", en = "Soderberg" }\nkind = "process"\nproduct = "aluminium.liquid"\n'
    )
    register = made.register(
        made.REGISTER.replace("aluminium.liquid,cell,operating,10", "aluminium.liquid,soderberg,operating,10")
    )
    scenario = made.scenario(
        made.SCENARIO + '\n[[adopt]]\ntechnology = "shell"\nproduct = "aluminium.liquid"\nfrom = 2024\n'
    )
    found = projected(compiled(register, made.catalogue(values, structure), scenario))
    assert any("shell" in each.en and "67%" in each.en for each in found.told)


def test_a_line_whose_values_in_a_process_nobody_knows_never_comes_to_it() -> None:
    values = made.VALUES.replace("inert,direct,0.1", "inert,direct,")
    values = values.replace(
        "inert,direct,,,,t CO2e/t,synthetic,,synthetic,,,,",
        "inert,direct,,,,t CO2e/t,synthetic,,synthetic,,,未知,not known",
    )
    with pytest.raises(UnusablePathway) as caught:
        compiled(
            made.register(),
            made.catalogue(values),
            made.scenario(
                made.SCENARIO + '\n[[adopt]]\ntechnology = "inert"\nlines = ["new"]\nfrom = 2029\n'
            ),
        )
    assert caught.value.code == "SCENARIO-011"


def limited(row: str, *, until: int = 2026) -> tuple[np.ndarray, tuple[str, ...]]:
    """t/a with the shell by year, and what is told, where the catalogue has one more value of it and a rule asks for it on all cells by 2026."""
    catalogue = made.catalogue(made.VALUES + f"shell,{row},synthetic,,synthetic,,,,\n")
    rule = f'\n[[adopt]]\ntechnology = "shell"\nproduct = "aluminium.liquid"\nfrom = 2024\nuntil = {until}\n'
    found = projected(compiled(made.register(), catalogue, made.scenario(made.SCENARIO + rule)))
    has = ["shell" in key for key in found.given.case.technologies]
    return found.plan.standing[:, has].sum((0, 1)), tuple(each.en for each in found.told)


def test_a_technology_never_stands_on_more_than_its_spread() -> None:
    stands, told = limited("spread,40,,,%")
    assert stands[-1] == pytest.approx(0.4 * 300_000)
    assert any("limits of the catalogue: spread = 40 %" in each for each in told)


def test_a_technology_is_added_no_faster_than_its_ramp_and_goes_on_until_the_rule_is_reached() -> None:
    stands, told = limited("ramp,50000,,,t/a")
    assert stands == pytest.approx([0, 0, 0, 0, 50e3, 100e3, 150e3, 200e3, 250e3, 300e3, 300e3])
    assert any("50% by 2026" in each and "ramp = 50000 t/a" in each for each in told)


def test_a_limit_of_one_place_is_refused_and_not_passed_over() -> None:
    with pytest.raises(UnusablePathway, match="TECH-002"):
        made.catalogue(made.VALUES + "shell,spread,40,,,%,synthetic,,synthetic,,CN-35,,\n")


def test_a_line_that_begins_uses_up_the_ramp_of_its_year() -> None:
    """Cells may be added at 250,000 t/a; a planned line of 200,000 leaves 50,000 for the cells of another process to be changed to them."""
    register = made.REGISTER.replace("cell,operating,20,2015,,20", "inert,planned,20,2028,,")
    catalogue = made.catalogue(made.VALUES + "inert,ramp,250000,,,t/a,synthetic,,synthetic,,,,\n")
    rule = '\n[[adopt]]\ntechnology = "inert"\nlines = ["old"]\nfrom = 2028\nuntil = 2028\n'
    rule += '\n[outside."aluminium.liquid"]\ncost = { unit = "CNY/t", 2020 = 20000 }\n'
    found = projected(compiled(made.register(register), catalogue, made.scenario(made.SCENARIO + rule)))
    inert = found.given.case.technologies.index("inert")
    assert found.plan.standing[:2, inert, 8:10] == pytest.approx(
        np.array([[50_000, 100_000], [200_000, 200_000]])
    )


@pytest.mark.parametrize("rows", [("shell", "lining"), ("lining", "shell")])
def test_each_measure_is_paid_over_its_own_life_whichever_is_written_first(rows: tuple[str, ...]) -> None:
    """100,000 t/a: 600 yuan over ten years and 300 over thirty, without interest: 6 and 1 million a year."""
    structure = made.STRUCTURE + (
        '[technology.lining]\nname = { zh = "内衬", en = "lining" }\nkind = "measure"\n'
        'product = "aluminium.liquid"\napplies_to = ["cell"]\n'
    )
    own = {"saving.electricity": "300,,,kWh/t", "investment": "300,,,CNY/(t/a)", "lifetime": "30,,,a"}
    values = "".join(f"lining,{name},{said},synthetic,,synthetic,,,,\n" for name, said in own.items())
    rules = "".join(
        f'\n[[adopt]]\ntechnology = "{each}"\nlines = ["old"]\nfrom = 2025\nuntil = 2025\n' for each in rows
    )
    given = compiled(
        made.register(), made.catalogue(made.VALUES + values, structure), made.scenario(made.SCENARIO + rules)
    )
    paid = accounts(given.case, projection(given)).costs["investment"]
    assert paid[[4, 5, 10]] == pytest.approx([0, 7e6, 7e6])


def test_nothing_is_added_after_the_last_year_of_a_technology() -> None:
    stands, told = limited("last_year,2025,,,")
    assert stands[-1] == pytest.approx(200_000)
    assert any("last_year = 2025" in each for each in told)


def test_what_a_projection_takes_up_the_optimum_might_too() -> None:
    """Limits of the catalogue are the same for both, so their costs can be laid side by side."""
    rule = '\n[[adopt]]\ntechnology = "shell"\nproduct = "aluminium.liquid"\nfrom = 2024\n'
    catalogue = made.catalogue(made.VALUES + "shell,ramp,50000,,,t/a,synthetic,,synthetic,,,,\n")
    case = compiled(made.register(), catalogue, made.scenario(made.SCENARIO + rule)).case
    plan = projection(compiled(made.register(), catalogue, made.scenario(made.SCENARIO + rule)))
    added = case.made_of @ plan.built.sum(0) + case.adds @ plan.changed.sum(0)
    assert (added <= case.ramp[:, None] * (1 + 1e-9)).all()


def test_a_dial_that_gives_way_is_told() -> None:
    """Green power by 90 points more than 30 % is more than all; ten years earlier the insulation of 2024 would come before 2022, its first year."""
    found = projected(dialled(made.case(ADOPT), Dials(green=90, pace=-10)))
    told = " ".join(each.en for each in found.told)
    assert "120%" in told and "cannot begin before 2022" in told
    assert found.plan.power[:, 0, -1].sum() == pytest.approx(0, abs=1e-6)


def test_no_dial_changes_the_year_that_was() -> None:
    rule = '\n[[adopt]]\ntechnology = "shell"\nlines = ["old"]\nfrom = 2024\n'
    values = made.VALUES.replace("shell,first_year,2022", "shell,first_year,2010")
    given = compiled(made.register(), made.catalogue(values), made.scenario(made.SCENARIO + rule))
    assert projected(dialled(given, Dials(pace=-10))).accounts.emissions[0] == pytest.approx(2_700_000)


def test_a_contract_whose_limit_is_below_its_share_is_told() -> None:
    text = made.SCENARIO.replace("share = {", 'limit = { unit = "GWh", 2020 = 1000 }\nshare = {')
    told = " ".join(each.en for each in projected(made.case(text=text)).told)
    assert "green: its share is more than its limit" in told and "1,000 GWh delivered" in told
