"""Curves of abatement costs: from the optimum under a falling cap, and the quick one with what measures do to each other."""

from dataclasses import replace

import numpy as np
import pytest
from tests.calc.pathway import made

from touchstone.calc.pathway.case import Case, Pool
from touchstone.calc.pathway.compiled import compiled
from touchstone.calc.pathway.deployment.macc import macc
from touchstone.calc.pathway.deployment.sweep import caps, prices

from .cases import by_hand, drawn


def test_the_marginal_cost_rises_with_the_cut_and_is_the_slope_of_the_cost() -> None:
    case = replace(drawn(4, 6, rules=False), discount=0.0, weight=np.ones(4))
    steps = list(caps(case, [0.05, 0.1, 0.1001, 0.2]))
    costs = [step.cost for step in steps]
    assert costs == sorted(costs)
    cut, further = steps[2], steps[3]
    saved = cut.emissions - further.emissions
    slope = (further.cost - cut.cost) / 1
    low, high = (cut.marginal * saved).sum(), (further.marginal * saved).sum()
    assert min(low, high) - 1 <= slope <= max(low, high) * 1.5 + 1
    for step in steps[1:]:
        assert (step.emissions <= steps[0].emissions * (1 - step.cut) + 1e-3).all()


def test_what_came_in_for_a_cut_is_told() -> None:
    """In 2020 only 50 t/a can be changed; without the change paying for itself (dear), a cap brings the new way in."""
    case = by_hand(change=np.array([[9000.0]]))
    start, cut = caps(case, [0.1])
    assert start.came.sum() == 0
    assert cut.came[1, 1] > 0
    assert (cut.marginal > 0).any()


def test_a_rising_price_cuts_emissions_step_by_step() -> None:
    case = by_hand(change=np.array([[9000.0]]))
    cuts = [step.cut for step in prices(case, [0.0, 1000.0, 5000.0, 20_000.0])]
    assert cuts[0] == 0 and cuts == sorted(cuts) and cuts[-1] > 0


def retrofits(**changes: object) -> object:
    """Two lines of 100 t/a of one supply, power 0.5 t/MWh; a clean contract that saves all of it for 20 yuan/MWh more."""
    case = by_hand()
    two = {
        "lines": ("a", "b"), "product": np.array([0, 0]), "supply": np.array([0, 0]), "initial": np.array([0, 0]),
        "electricity": np.array([[15.0, 10.0], [15.0, 14.0]]), "direct": np.array([[2.0, 1.0], [2.0, 1.9]]),
        "energy": np.full((2, 2), 0.5), "benchmark": np.zeros((2, 2), bool), "running": np.zeros((2, 2)),
        "investment": np.full((2, 2), np.nan), "change": np.array([[8000.0], [500.0]]), "capacity": np.full((2, 2), 100.0),
        "load": np.ones((2, 2)), "contracts": ("grid", "clean"), "contract_limit": np.full((1, 2, 2), np.inf),
        "contract_price": np.repeat([[[400.0], [420.0]]], 2, 2), "contract_factor": np.repeat([[[0.5], [0.0]]], 2, 2),
        "contract_renewable": np.repeat([[[0.2], [1.0]]], 2, 2),
    }  # fmt: skip
    return replace(case, **(two | changes))


def test_measures_are_counted_on_top_of_each_other() -> None:
    """
    b saves 1 MWh and 0.1 t for 500 / 2 - 400 = -150 yuan a tonne: first. Then clean power, 20 / 0.5 = 40 yuan/t, on 2,900 MWh: 1,450 t.
    a saves 5 MWh and 1 t for 8,000 / 2 - 5 x 420 = 1,900 yuan a tonne: alone it would have avoided 350 t, on clean power 100.
    """
    curve = macc(retrofits(), 0)  # type: ignore[arg-type]
    b, clean, a = curve.measures
    assert (b.line, clean.supply, a.line) == (1, 0, 0)
    assert (b.avoided, b.each) == (pytest.approx(60), pytest.approx(-15_000 / 60))
    assert (clean.avoided, clean.each) == (pytest.approx(1450), pytest.approx(40))
    assert (a.avoided, a.alone, a.each) == (pytest.approx(100), pytest.approx(350), pytest.approx(1900))
    assert curve.begun == pytest.approx(2 * 100 * (2 + 7.5))
    assert curve.left == pytest.approx(100 * 1.0 + 100 * 1.9)
    assert sum(each.alone for each in curve.measures) > curve.begun - curve.left


def test_a_contract_gives_what_its_limit_leaves_and_what_is_saved_later_is_of_the_rest() -> None:
    """
    There are 2,000 MWh of clean power for the 2,900 that are used: 1,000 t at 40 yuan. a then saves 500 MWh of the grid, 250 t and 1 t a
    tonne, for 8,000 / 2 x 100 - 500 x 400 = 200,000 yuan; what the limit leaves nobody is told to do without.
    """
    limit = np.repeat([[[np.inf], [2000.0]]], 2, 2)
    b, clean, a = macc(retrofits(contract_limit=limit), 0).measures  # type: ignore[arg-type]
    assert (clean.supply, clean.share) == (0, pytest.approx(2000 / 2900))
    assert (clean.avoided, clean.each) == (pytest.approx(1000), pytest.approx(40))
    assert (a.avoided, a.cost) == (pytest.approx(350), pytest.approx(200_000))
    assert b.share == a.share == 1
    curve = macc(retrofits(contract_limit=limit), 0)  # type: ignore[arg-type]
    assert curve.left == pytest.approx(100 * 1.0 + 100 * 1.9 + (1000 + 1400 - 2000) * 0.5)


def test_a_change_that_needs_more_power_than_a_contract_has_left_takes_the_rest_of_the_grid() -> None:
    """
    Clean power, 1,000 MWh for 10 yuan less, covers the 800 of the old way and is taken first. The new way needs 2,000 and emits 1,980 t less
    itself: 200 MWh more are clean at 390 yuan, 1,000 of the grid at 400 emit 500 t, as if the new way were counted at once with the limit.
    """
    case = by_hand(
        contracts=("grid", "clean"), electricity=np.array([[8.0, 20.0]]), direct=np.array([[20.0, 0.2]]),
        contract_limit=np.repeat([[[np.inf], [1000.0]]], 2, 2), contract_price=np.repeat([[[400.0], [390.0]]], 2, 2),
        contract_factor=np.repeat([[[0.5], [0.0]]], 2, 2), contract_renewable=np.repeat([[[0.2], [1.0]]], 2, 2),
    )  # fmt: skip
    curve = macc(case, 1)
    clean, line = curve.measures
    assert (clean.supply, line.line) == (0, 0)
    assert (clean.avoided, clean.cost) == (pytest.approx(400), pytest.approx(-8000))
    assert line.avoided == pytest.approx(1980 - 500)
    assert line.cost == pytest.approx(3000 / 2 * 100 + 200 * 390 + 1000 * 400)
    assert curve.left == pytest.approx(100 * 0.2 + (2000 - 1000) * 0.5)


def test_what_another_place_saves_of_a_shared_contract_is_counted_with_the_step_that_took_it() -> None:
    """
    Two places share 2,500 MWh of clean power and take 800 and 1,400. a then needs 2,000: 300 more are left, 900 are of the grid. b saves 400
    of its clean power, so a has 400 more of it at 20 yuan: with the step that took it first, 400 + 200 t, three quarters of its power.
    """
    case = retrofits(
        supplies=(("metal", "CN-35"), ("metal", "CN-36")), supply=np.array([0, 1]), electricity=np.array([[8.0, 20.0], [14.0, 10.0]]),
        direct=np.array([[20.0, 0.2], [2.0, 1.0]]), change=np.array([[500.0], [8000.0]]), contract_limit=np.full((2, 2, 2), np.inf),
        contract_price=np.repeat([[[400.0], [420.0]]] * 2, 2, 2), contract_factor=np.repeat([[[0.5], [0.0]]] * 2, 2, 2),
        contract_renewable=np.repeat([[[0.2], [1.0]]] * 2, 2, 2), pools=(Pool(1, np.array([True, True]), np.full(2, 2500.0)),),
    )  # fmt: skip
    curve = macc(case, 0)  # type: ignore[arg-type]
    steps = {(each.line, each.supply): each for each in curve.measures}
    assert len(steps) == len(curve.measures) == 4
    clean = steps[None, 0]
    assert (clean.avoided, clean.cost) == (pytest.approx(400 + 200), pytest.approx((800 + 400) * 20))
    assert clean.share == pytest.approx(1500 / 2000)
    assert curve.left == pytest.approx(100 * 0.2 + 100 * 1.0 + (2000 + 1000 - 2500) * 0.5)


def test_lines_planned_by_that_year_are_counted_and_offered_measures() -> None:
    """50,000 t of 1.55 t and 13.5 MWh each from 2022 on; in 2021 the line is not there."""
    third = "third,三线,third line,CN-36,aluminium.liquid,cell,planned,5,2022,,,,,,synthetic\n"
    without, given = (
        made.case()
        if not more
        else compiled(made.register(made.REGISTER + more), made.catalogue(), made.scenario())
        for more in ("", third)
    )
    factor = given.case.contract_factor[0, 0]
    for y, tonnes in ((1, 0), (2, 50_000), (8, 50_000)):
        more = macc(given.case, y).begun - macc(without.case, y).begun
        assert more == pytest.approx(tonnes * (1.55 + 13.5 * factor[y]))
    line = given.case.lines.index("third")
    assert line in {each.line for each in macc(given.case, 8).measures}


def test_of_measures_that_save_money_the_one_that_saves_more_comes_first() -> None:
    """a saves 100,000 yuan a year and avoids 1,050 t, -95 yuan a tonne; b saves 15,000 and avoids 60 t, -250. By yuan per tonne b would be
    first, because it avoids so little; a is better in both."""
    case = retrofits(change=np.array([[2000.0], [500.0]]), direct=np.array([[2.0, -6.0], [2.0, 1.9]]))
    first, second, *_ = macc(case, 0).measures  # type: ignore[arg-type]
    assert (first.line, second.line) == (0, 1)
    assert first.each > second.each
    assert first.cost < second.cost < 0


def test_lines_of_a_plant_alone_and_from_where_they_stand() -> None:
    curve = macc(retrofits(), 0, lines=np.array([True, False]), contract=np.array([1]))  # type: ignore[arg-type]
    assert [each.line for each in curve.measures] == [0]
    assert curve.begun == pytest.approx(200)
    assert macc(retrofits(), 0, standing=np.array([1, 1]), contract=np.array([1])).measures == ()  # type: ignore[arg-type]


def test_no_line_has_a_measure_twice_and_what_a_change_loses_is_counted_with_it() -> None:
    """Insulation pays for itself and is taken first; inert anodes come behind it, stand without it, and it is taken again."""
    structure = made.STRUCTURE.replace('applies_to = ["cell"]', 'applies_to = ["cell", "inert"]')
    case = compiled(made.register(), made.catalogue(structure=structure), made.scenario()).case
    curve = macc(case, 10)
    has, seen = case.made_of, set()
    for each in curve.measures:
        if each.line is not None:
            new = {
                (each.line, int(part)) for part in np.flatnonzero(has[:, each.after] & ~has[:, each.before])
            }
            assert new and not new & seen
            seen |= new
    inert = case.parts.index("inert")
    [change] = [
        each for each in curve.measures if each.line == 0 and (0, inert) in seen and has[inert, each.after]
    ]
    assert (
        case.technologies[change.before] == "cell+shell" and case.technologies[change.after] == "inert+shell"
    )
    assert change.avoided == pytest.approx(
        100_000 * (1.6 - 0.1 + (14 - 13.2) * case.contract_factor[0, 0, 10]), rel=1e-6
    )


def changed_twice() -> Case:
    """A line of 100 t/a that is changed from a with m to b (6 t a tonne for 10), then to c (3 t), where m is taken again (2 t)."""
    techs, steps = ("a", "a+m", "b", "c", "c+m"), ((0, 1), (0, 2), (1, 2), (2, 3), (3, 4))
    return by_hand(
        technologies=techs, initial=np.array([1]), group=np.zeros(5, int), electricity=np.ones((1, 5)),
        direct=np.array([[10.0, 9, 6, 3, 2]]), energy=np.ones((1, 5)), benchmark=np.zeros((1, 5), bool), running=np.zeros((1, 5)),
        investment=np.full((1, 5), np.nan), before=np.array(steps)[:, 0], after=np.array(steps)[:, 1],
        change=np.array([[100.0, 100, 100, 200, 100]]), lifetime=np.full(4, 10.0), first=np.full(4, 2000), last=np.full(4, 9999),
        spread=np.ones((4, 2)), ramp=np.full(4, np.inf),
    )  # fmt: skip


def test_a_process_that_a_line_passes_through_keeps_its_name_and_tonnes() -> None:
    """b saves 300 t, and with the measure that it lost and that is taken again 400 t; c saves the 300 t from b to c."""
    case = changed_twice()
    curve = macc(case, 1)
    steps = [
        (case.technologies[each.before], case.technologies[each.after], each.avoided)
        for each in curve.measures
    ]
    assert steps == [("a+m", "b", pytest.approx(400)), ("b", "c", pytest.approx(300))]


def test_what_stands_on_lines_that_are_not_looked_at_takes_of_the_room_to_spread() -> None:
    """Half of 200 t/a may be of the new way; b has it already, so there is no room for a, of whichever lines is asked."""
    case = retrofits(spread=np.array([[1.0, 1.0], [0.5, 0.5]]))
    stands = np.array([0, 1])
    for lines in (np.array([True, True]), np.array([True, False])):
        assert all(each.line is None for each in macc(case, 0, lines, stands).measures)  # type: ignore[arg-type]


def test_a_curve_takes_a_technology_to_no_more_lines_than_it_may_spread_to() -> None:
    assert {each.line for each in macc(retrofits(), 0).measures} == {0, 1, None}
    half = retrofits(spread=np.array([[1.0, 1.0], [0.5, 0.5]]))
    assert len([each for each in macc(half, 0).measures if each.line is not None]) == 1
