"""A fixed plan in many futures: exactly the accounts where nothing is uncertain, and what must follow where something is."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.calc.pathway.accounts import accounts, held, objective
from touchstone.calc.pathway.case import Case
from touchstone.calc.pathway.chance.driver import TARGETS, Driver
from touchstone.calc.pathway.chance.law import Law
from touchstone.calc.pathway.chance.outcome import FixedPlan
from touchstone.calc.pathway.chance.projects import projects
from touchstone.calc.pathway.chance.sample import design, sample
from touchstone.calc.pathway.chance.simulate import simulate
from touchstone.calc.pathway.plan import Plan
from touchstone.calc.pathway.refusal import UnusablePathway

from .made import case, plan, ruled

PER_LINE = "product supply initial electricity direct energy benchmark running investment change capacity load".split()


def always(of: str, value: float, **narrowed: str) -> Driver:
    """A driver that is certain, of the first year, too."""
    return Driver(of, of, "level", Law("normal", (value, 0.0)), since=2019, **narrowed)


def future(of: Case, fixed: Plan, *drivers: Driver, draws: int = 4) -> FixedPlan:
    made = design(drivers or (always("demand", 1.0),), of.years, projects=len(projects(of, fixed)))
    return simulate(of, fixed, sample(made, draws, 1, batches=2))


def same(found: np.ndarray, expected: np.ndarray) -> None:
    scale = max(np.nanmax(np.abs(expected), initial=0.0), 1e-9)
    assert np.nanmax(np.abs(found - expected), initial=0.0) <= 1e-9 * scale
    assert (np.isnan(found) == np.isnan(expected)).all()


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(1, 9), st.integers(2, 14), st.integers(1, 3))
def test_with_every_driver_as_the_scenario_says_the_future_is_the_accounts(
    seed: int, lines: int, years: int, products: int
) -> None:
    of = ruled(case(lines, years, seed, products))
    fixed = plan(of, seed)
    found = future(of, fixed, *(always(target, float(target != "delay")) for target in TARGETS))
    made = accounts(of, fixed)
    same(found.direct, np.tile(made.direct.sum(0), (4, 1)))
    same(found.power, np.tile(made.indirect.sum(0), (4, 1)))
    same(found.emissions, np.tile(made.emissions, (4, 1)))
    same(found.energy, np.tile(made.energy.sum(0) + made.recycled_energy.sum(0), (4, 1)))
    same(found.spending, np.tile(made.cost, (4, 1)))
    same(found.cost, np.full(4, objective(of, fixed)))
    for each, expected in zip(found.rules, held(of, fixed, made), strict=True):
        same(each.value, np.tile(expected.value, (4, 1)))
        same(each.missed, np.tile(expected.missed, (4, 1)))


def test_more_demand_is_met_by_lines_as_far_as_they_can_and_the_rest_is_bought_outside() -> None:
    """One line of 1000 t/a that can make 950 t, planned to make 800 t; no scrap."""
    of = replace(case(1, 2, products=1, places=1), recycled_limit=np.zeros((1, 2)))
    fixed = plan(of, changes=0)
    fixed = replace(fixed, standing=fixed.standing * 0 + [[[1000.0], [0], [0]]], output=fixed.standing * 0)
    fixed.output[0, 0] = 800
    fixed.power[0, :, :] = [[800 * of.electricity[0, 0]] * 2, [0, 0]]
    of = replace(of, demand=np.full((1, 2), 800.0))
    fixed.recycled[:], fixed.outside[:] = 0, 0
    for more, made, outside in ((1.1, 880, 0), (1.25, 950, 50), (0.5, 400, 0)):
        found = future(of, fixed, always("demand", more))
        assert found.supply[0] == pytest.approx([made] * 2)
        assert found.outside[0] == pytest.approx([outside] * 2)
        assert found.direct[0] == pytest.approx(made * of.direct[0, 0])
        assert found.power[0] == pytest.approx(made * of.electricity[0, 0] * of.contract_factor[0, 0])
    assert future(of, fixed, always("load", 0.8)).outside[0] == pytest.approx([800 - 0.8 * 950] * 2)


@pytest.fixture(scope="module")
def toy() -> tuple[Case, Plan]:
    of = case(6, 12, 4)
    return of, plan(of, 4)


@pytest.mark.parametrize("target", [each for each in TARGETS if each not in ("delay", "investment")])
def test_the_first_year_is_as_the_scenario_says_unless_a_driver_says_it_is_not_known(
    target: str, toy: tuple[Case, Plan]
) -> None:
    """A level is drawn for the years after the first; with `since` the year before, for the first too; with a later one, for those after it."""
    of, fixed = toy
    measured = replace(of, initial=np.where(np.arange(6) == 0, of.initial, -1))
    level = Driver("d", target, "level", Law("normal", (0.7, 0.0)))
    plain, asked, before, later = (
        _told(future(measured, fixed, *drivers))
        for drivers in ((), (level,), (replace(level, since=2019),), (replace(level, since=2023),))
    )
    assert asked[:, 0] == pytest.approx(plain[:, 0])
    assert asked[:, 1:] == pytest.approx(before[:, 1:])
    assert np.abs(asked - plain).max() > 1e-6 * np.abs(plain).max()
    if target != "saving":  # of which nothing is to come true before a measure is there
        assert np.abs(before[:, 0] - plain[:, 0]).max() > 1e-6 * np.abs(plain[:, 0]).max()
    assert later[:, :4] == pytest.approx(plain[:, :4])
    assert later[:, 4:] == pytest.approx(before[:, 4:])


def _told(found: FixedPlan) -> np.ndarray:
    """(4, Y): what one future is told of."""
    return np.array([found.emissions[0], found.spending[0], found.supply[0], found.outside[0]])


def test_a_project_of_a_year_that_is_known_is_in_time(toy: tuple[Case, Plan]) -> None:
    """What a scenario's own rules change in the first year stands in it; a delay known to a later year lets those up to it be in time."""
    of, fixed = toy
    early = replace(fixed, standing=fixed.standing * 0, changed=fixed.changed * 0, built=fixed.built * 0)
    line = np.arange(6)
    early.changed[line, of.initial, 0] = 1000.0  # of each product the first change is of its first state
    early.standing[line, of.initial + 1] = 1000.0
    early = replace(early, output=0.5 * early.standing)
    late = Driver("late", "delay", "level", Law("normal", (3.0, 0.0)))
    plain = future(of, early).emissions
    assert future(of, early, late).emissions == pytest.approx(plain)
    assert future(of, early, replace(late, since=2019)).emissions[0, 0] > plain[0, 0] * 1.001


def test_what_was_built_in_years_that_are_known_keeps_its_price(toy: tuple[Case, Plan]) -> None:
    """Known to 2025, three times as dear: only what is added from 2026 on is paid threefold, and what is late is not paid at all."""
    of, fixed = toy
    twice = Driver("d", "investment", "level", Law("normal", (3.0, 0.0)), since=2025)
    own = replace(twice, key="a", technology="a", since=2023)
    paid = accounts(of, fixed).costs["investment"]
    ahead = np.maximum(paid - paid[5], 0.0)
    assert 0 < ahead[-1] < paid[-1]
    plain = future(of, fixed)
    assert (future(of, fixed, twice).spending - plain.spending)[0] == pytest.approx(2 * ahead, abs=1e-6)
    others = [replace(twice, key=key, technology=key) for key in of.parts if key != "a"]
    apart = future(of, fixed, *others, replace(own, since=2025))
    assert apart.spending == pytest.approx(future(of, fixed, twice).spending)
    assert future(of, fixed, *others, own).spending[0, 5] > plain.spending[0, 5]
    late = always("delay", 50.0)
    assert future(of, fixed, late, twice).spending == pytest.approx(future(of, fixed, late).spending)


def test_less_scrap_is_made_up_by_lines(toy: tuple[Case, Plan]) -> None:
    found = future(*toy, always("recycled", 0.1))
    plain = future(*toy)
    scrap = np.minimum(toy[1].recycled, 0.1 * toy[0].recycled_limit).sum(0)
    assert found.recycled[0] == pytest.approx(scrap * 0.6)
    assert (found.supply + found.outside)[0] == pytest.approx((plain.supply + plain.outside)[0])


def test_contracts_that_deliver_nothing_leave_the_grid_to_deliver_all(toy: tuple[Case, Plan]) -> None:
    of, fixed = toy
    found = future(of, fixed, always("delivery", 0.0))
    used = accounts(of, fixed).power
    assert found.power[0] == pytest.approx((used * of.contract_factor[of.supply, 0]).sum(0))
    nothing = future(of, fixed, always("demand", 1e-9))
    assert nothing.power[0] == pytest.approx(np.zeros(12), abs=1e-3), "no negative power from the grid"


def test_the_factor_of_the_grid_moves_the_grid_alone_and_a_contract_is_moved_by_its_name(toy) -> None:
    of, fixed = toy
    plain, grid, green = (
        future(of, fixed, *drivers).power[0]
        for drivers in ((), (always("grid.factor", 1.1),), (always("power.factor", 1.1, contract="green"),))
    )
    assert grid == pytest.approx(1.1 * plain)
    assert green == pytest.approx(plain), "green power emits nothing"


def test_half_a_saving_gives_half_of_it(toy: tuple[Case, Plan]) -> None:
    of, fixed = toy
    none, half, full = (future(of, fixed, always("saving", share)).direct[0] for share in (0.0, 0.5, 1.0))
    assert none == pytest.approx((fixed.output.sum(1) * of.direct[np.arange(6), of.initial, None]).sum(0))
    assert half == pytest.approx((none + full) / 2)


def test_a_measure_that_saves_nothing_leaves_what_the_other_saves() -> None:
    """All lines stand at a+b from the second year on: without b they are at a, without either as they began."""
    of = case(3, 4, products=1)
    fixed = plan(of, changes=0)
    standing, moved = np.zeros_like(fixed.standing), np.zeros_like(fixed.changed)
    standing[:, 0, 0] = standing[:, 2, 1:] = moved[:, 2, 1] = 1000
    output = 0.5 * standing
    fixed = replace(fixed, standing=standing, changed=moved, built=0 * fixed.built, output=output)
    made = {key: future(of, fixed, always("saving", 0.0, technology=key)).direct[0, 1] for key in ("a", "b")}
    assert made["b"] == pytest.approx(500 * of.direct[:, 1].sum())
    gap_of_a = of.direct[:, 0] - of.direct[:, 2]
    assert of.technologies[2] == "p0+a+b"
    assert made["a"] == pytest.approx(500 * (of.direct[:, 2] + gap_of_a).sum()), "no state has b alone"
    assert future(of, fixed, always("saving", 0.0)).direct[0, 1] == pytest.approx(500 * of.direct[:, 0].sum())


def test_a_measure_that_a_line_began_with_has_proved_what_it_saves(toy: tuple[Case, Plan]) -> None:
    of, fixed = toy
    began = replace(of, initial=of.initial + 1)
    found = future(began, fixed, always("saving", 0.0, technology="a"))
    assert found.direct == pytest.approx(future(began, fixed).direct)


def test_prices_move_costs_and_no_emissions(toy: tuple[Case, Plan]) -> None:
    of, fixed = toy
    plain, made = future(of, fixed), accounts(of, fixed)
    for target, part in (
        ("power.price", "power"),
        ("carbon.price", "carbon"),
        ("investment", "investment"),
        ("recycled.price", "recycled"),
        ("outside.price", "outside"),
    ):
        dearer = future(of, fixed, always(target, 1.5))
        assert (dearer.spending - plain.spending)[0] == pytest.approx(0.5 * made.costs[part], abs=1e-6)
        assert (dearer.emissions == plain.emissions).all()


def test_projects_late_for_ever_leave_what_stood_before_and_cost_nothing(toy: tuple[Case, Plan]) -> None:
    """No change comes, so that every tonne emits what its line began with; the line to be built anew makes none."""
    of, fixed = toy
    found = future(of, fixed, always("delay", 50.0))
    before = fixed.output[:-1].sum(1)
    old = of.direct[np.arange(5), of.initial[:5], None]
    assert found.direct[0, :6] == pytest.approx((before * old).sum(0)[:6])
    longest = future(of, fixed, always("delay", 50.0))
    assert (found.direct == longest.direct).all()
    assert (found.outside[0] >= future(of, fixed).outside[0] - 1e-6).all(), (
        "less can be made without the new line"
    )
    dearer = future(of, fixed, always("delay", 50.0), always("investment", 2.0))
    assert (dearer.spending == found.spending).all()


def test_a_delay_shifts_the_projects_of_a_line_by_its_years() -> None:
    """Every line changes in its third year, and nothing else happens: two years late is the same plan two years later."""
    of = case(3, 10, products=1, places=1)
    fixed = plan(of, changes=0)
    output = fixed.output.sum(1)[1:2]
    of = replace(of, lines=("line",), **{k: getattr(of, k)[1:2] for k in PER_LINE})

    def changed_in(year: int) -> Plan:
        standing, moved, made = np.zeros((1, 3, 10)), np.zeros((1, 3, 10)), np.zeros((1, 3, 10))
        standing[0, 0, :year], standing[0, 1, year:] = 1000, 1000
        moved[0, 0, year] = 1000
        made[0, 0, :year], made[0, 1, year:] = output[0, :year], output[0, year:]
        used = np.einsum("pty,pt->y", made, np.nan_to_num(of.electricity))
        return replace(
            fixed,
            standing=standing,
            changed=moved,
            output=made,
            built=moved * 0,
            power=np.array([[used, used * 0]]),
        )

    late = future(of, changed_in(3), always("delay", 2.0))
    after = accounts(of, changed_in(5))
    assert late.emissions[0] == pytest.approx(after.emissions)
    assert late.spending[0] == pytest.approx(after.cost)
    half = future(of, changed_in(3), always("delay", 0.5))
    assert half.emissions[0, 3] == pytest.approx(
        (after.emissions[3] + accounts(of, changed_in(3)).emissions[3]) / 2
    )


def test_a_project_waits_for_the_one_before_it_on_its_line() -> None:
    """a in year 2, a to a+b in year 4; a is 5 years late by itself: until year 7 nothing has changed."""
    of = case(1, 10, products=1, places=1)
    fixed = plan(of, changes=0)
    fixed.standing[:], fixed.output[:], fixed.built[:] = 0, 0, 0
    fixed.changed[0, 0, 2] = fixed.changed[0, 1, 4] = 1000
    fixed.standing[0, 0, :2] = fixed.standing[0, 1, 2:4] = fixed.standing[0, 2, 4:] = 1000
    fixed.output[:] = 0.5 * fixed.standing
    drivers = (always("delay", 5.0, technology="p0+a"),)
    assert of.technologies == ("p0", "p0+a", "p0+a+b")
    planned = projects(of, fixed)
    assert planned.waits == ((), (0,))
    direct = future(of, fixed, *drivers).direct[0] / 500
    assert direct == pytest.approx([of.direct[0, 0]] * 7 + [of.direct[0, 2]] * 3)


def test_what_a_plan_retires_is_retired_though_its_project_is_late() -> None:
    of = case(1, 8, products=1, places=1)
    fixed = plan(of, changes=0)
    fixed.standing[:], fixed.output[:], fixed.built[:] = 0, 0, 0
    fixed.changed[0, 0, 2] = 1000
    fixed.standing[0, 0, :2] = fixed.standing[0, 1, 2:5] = 1000
    fixed.output[:] = 0.5 * fixed.standing
    found = future(of, fixed, always("delay", 50.0))
    assert found.direct[0] == pytest.approx([500 * of.direct[0, 0]] * 5 + [0] * 3)


def test_chances_of_rules_and_stopping(toy: tuple[Case, Plan]) -> None:
    of, fixed = ruled(toy[0]), toy[1]
    drawn = sample(design((Driver("d", "demand", "growth", Law("normal", (0, 0.05))),), of.years), 2_500, 1)
    whole = simulate(of, fixed, drawn)
    assert len(whole) == 2_500
    met = whole.met("emissions-0")
    by_hand = (whole.rules[0].missed[:, ::2] <= 0).all(1).mean()
    assert met.share == pytest.approx(by_hand)
    assert met.share <= whole.met_in("emissions-0", 2030).share
    part = simulate(of, fixed, drawn, lambda share: share < 0.3)
    assert len(part) == 1_000
    assert (part.emissions == whole.emissions[:1_000]).all()
    with pytest.raises(UnusablePathway, match="CHANCE-012"):
        simulate(of, fixed, replace(drawn, batches=np.array([0, 1250, 2500])), lambda _: False)


@pytest.mark.parametrize(
    "driver",
    [
        always("demand", 1.0, product="m9"),
        always("grid.factor", 1.0, place="CN-11"),
        always("delivery", 1.0, contract="nuclear"),
        always("saving", 1.0, technology="c"),
        Driver("delay", "delay", "level", Law("normal", (1.0, 0.0)), lines=("line-99",)),
    ],
)
def test_a_driver_narrowed_to_what_is_not_there_is_refused(toy: tuple[Case, Plan], driver: Driver) -> None:
    with pytest.raises(UnusablePathway, match="CHANCE-011"):
        future(*toy, driver)
