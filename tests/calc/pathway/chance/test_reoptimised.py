"""Plans made anew for each future: the case of a future, the pool, and a kind of its own."""

from dataclasses import replace

import numpy as np
import pytest
from tests.calc.pathway import made as scenarios

from touchstone.calc.pathway.accounts import accounts, objective
from touchstone.calc.pathway.case import Case
from touchstone.calc.pathway.chance.driver import Driver
from touchstone.calc.pathway.chance.law import Law, law
from touchstone.calc.pathway.chance.reoptimised import drawn, reoptimised
from touchstone.calc.pathway.chance.sample import design, sample
from touchstone.calc.pathway.chance.simulate import futures, simulate
from touchstone.calc.pathway.deployment.still import still
from touchstone.calc.pathway.plan import Plan, Stopped
from touchstone.calc.pathway.projection import projection
from touchstone.calc.pathway.refusal import UnusablePathway, refusal

from .made import case, plan, ruled

WALK = law("normal", "", mean=0.0, sd=0.03)
PRICES = (
    Driver("grid", "grid.factor", "growth", WALK),
    Driver("price", "power.price", "growth", WALK, contract="green"),
    Driver("carbon", "carbon.price", "growth", WALK),
    Driver("scrap", "recycled.price", "growth", WALK),
    Driver("metal", "outside.price", "growth", WALK),
    Driver("plant", "investment", "level", law("normal", "", mean=1.0, sd=0.1)),
    Driver("save", "saving", "level", law("uniform", "", low=0.5, high=1.0), technology="a"),
)


def made(of: Case) -> Plan:
    """A plan that hangs on demand alone."""
    return plan(of, 3)


def sometimes(of: Case) -> Plan:
    """No plan where demand is low."""
    if of.demand[0, -1] < 2100:
        raise refusal("CHANCE-013", "solve")
    return plan(of, 3)


def test_a_plan_that_stays_the_same_comes_out_as_the_fixed_plan_does() -> None:
    """Two ways to one number: the case of each future accounted for by itself, and the fixed plan simulated in all at once."""
    of = ruled(case(6, 10, 3))
    kept = made(of)
    draws = futures(of, [kept], PRICES, 40, 5)

    def same(drawn: Case) -> Plan:
        """The plan as it stands; the grid delivers what its lines use besides."""
        used = np.zeros((len(of.supplies), len(of.years)))
        np.add.at(used, of.supply, accounts(drawn, kept).power)
        return replace(kept, power=np.stack([used - kept.power[:, 1], kept.power[:, 1]], axis=1))

    anew, fixed = reoptimised(of, draws, same), simulate(of, kept, draws)
    for part in ("direct", "power", "recycled", "energy", "spending", "cost", "supply"):
        assert getattr(anew, part) == pytest.approx(getattr(fixed, part), rel=1e-9)
    for mine, theirs in zip(anew.rules, fixed.rules, strict=True):
        assert mine.missed == pytest.approx(theirs.missed, rel=1e-9, abs=1e-6, nan_ok=True)
    assert anew.kind != fixed.kind
    assert type(anew) is not type(fixed)
    assert "re-optimised" in anew.kind.en
    assert "fixed" in fixed.kind.en


def test_the_case_of_a_future_has_its_limits_and_first_years_moved() -> None:
    """From the second year on, and in the first where a driver says that it is not known."""
    of = case(4, 6, 1)
    certain = {"demand": 1.2, "recycled": 0.5, "load": 0.9, "delivery": 0.8, "delay": 1.5}
    drivers = tuple(Driver(key, key, "level", Law("normal", (value, 0.0))) for key, value in certain.items())
    for first, since in ((0, 2019), (1, None)):
        each = tuple(replace(driver, since=since) for driver in drivers)
        found = drawn(of, sample(design(each, of.years, projects=3), 4, 1, batches=2), 0)

        def times(value: float, first: int = first) -> np.ndarray:
            return np.where(np.arange(6) < first, 1.0, value)

        assert found.demand == pytest.approx(times(1.2) * of.demand)
        assert found.recycled_limit == pytest.approx(times(0.5) * of.recycled_limit)
        assert found.load == pytest.approx(times(0.9) * of.load)
        assert found.contract_limit[:, 1] == pytest.approx(times(0.8) * of.contract_limit[:, 1])
        assert np.isinf(found.contract_limit[:, 0]).all()
        assert (found.first == of.first + 2).all()
        assert found.rules == of.rules


def test_what_is_built_in_years_that_are_known_keeps_its_price_made_anew_as_in_the_fixed_plan() -> None:
    """The same plan costs the same in the case of a future, and what is minimised is what its accounts add up to."""
    of, known = case(6, 10, 3, products=1), Law("normal", (3.0, 0.0))
    of = replace(of, prices=np.tile([4000.0, 600.0, 400.0], (6, 1)), lifetime=np.array([20.0, 10.0, 5.0]))
    kept = made(of)
    kept.built[1, 2, 3], kept.built[2, 1, 8] = 300.0, 200.0  # of several parts, before and after
    drivers = (
        Driver("all", "investment", "level", known, since=2025),
        Driver("a", "investment", "level", known, since=2022, technology="a"),
    )
    for some in (drivers, drivers[:1]):
        draws = futures(of, [kept], some, 20, 1)
        dearer, plain = drawn(of, draws, 0), accounts(of, kept)
        found = accounts(dearer, kept)
        assert simulate(of, kept, draws).spending[0] == pytest.approx(found.cost)
        assert found.cost[:3] == pytest.approx(plain.cost[:3])
        assert found.cost[-1] > plain.cost[-1]
        assert objective(dearer, kept) == pytest.approx(found.cost @ of.discounted())
    assert found.cost[:6] == pytest.approx(plain.cost[:6])


def test_what_could_be_added_up_to_a_year_that_is_known_is_in_time_made_anew() -> None:
    """Known to 2023: what is there from 2020 or 2023 on is not put off, what comes in 2024 is; of two drivers each by what it knows."""
    of = replace(case(4, 8, 1, products=1), first=np.array([2020, 2023, 2024]))
    late = Driver("all", "delay", "level", Law("normal", (3.0, 0.0)))
    own = replace(late, key="a", technology="a")
    for drivers, expected in (
        ((replace(late, since=2023),), [2020, 2023, 2027]),
        ((replace(late, since=2023), replace(own, since=2022)), [2020, 2026, 2027]),
        ((late,), [2023, 2026, 2027]),
        ((replace(late, since=2019),), [2023, 2026, 2027]),
    ):
        draws = sample(design(drivers, of.years, projects=3), 4, 1, batches=2)
        assert drawn(of, draws, 0).first.tolist() == expected


def test_a_first_year_that_is_not_known_is_that_of_the_fixed_plan_made_anew() -> None:
    """Contracts deliver their megawatt-hours, whatever is used besides, as far as it is used, and more of them only within their limit."""
    text = scenarios.SCENARIO.replace(
        'share = { unit = "%", 2020 = 0, 2030 = 30 }',
        'share = { unit = "%", 2020 = 20, 2030 = 30 }\nlimit = { unit = "GWh", 2020 = LIMIT, 2030 = 1500 }',
    )
    for limit in ("600", "900"):
        given = scenarios.case("", text.replace("LIMIT", limit))
        fixed, whole = projection(given), given.case
        for target, value in (
            ("demand", 0.1),
            ("demand", 0.7),
            ("delivery", 0.7),
            ("delivery", 3.0),
            ("load", 0.7),
        ):
            driver = Driver("d", target, "level", Law("normal", (value, 0.0)), since=2019)
            draws = futures(whole, [fixed], (driver,), 20, 1)
            told, of = simulate(whole, fixed, draws), drawn(whole, draws, 0)
            found = accounts(of, still(of))
            assert found.emissions[0] == pytest.approx(told.emissions[0, 0]), (limit, target, value)
            assert found.cost[0] == pytest.approx(told.spending[0, 0]), (limit, target, value)


@pytest.mark.parametrize("processes", [False, True])
def test_a_pool_gives_what_one_worker_gives(processes: bool) -> None:
    of = case(4, 6, 1)
    draws = futures(of, [made(of)], PRICES, 24, 5)
    alone = reoptimised(of, draws, made)
    pooled = reoptimised(of, draws, accounts_of_made if processes else made, workers=2, processes=processes)
    assert (pooled.emissions == alone.emissions).all()


def accounts_of_made(of: Case) -> Plan:
    """As `made`, and looked at on the way."""
    found = plan(of, 3)
    assert accounts(of, found).emissions.shape == of.years.shape
    return found


def test_futures_without_a_plan_are_told_and_the_others_go_on() -> None:
    of = case(4, 6, 1)
    drivers = (Driver("demand", "demand", "level", law("normal", "", mean=1.3, sd=0.2)),)
    draws = futures(of, [made(of)], drivers, 60, 5)
    found = reoptimised(of, draws, sometimes)
    low = of.demand[0, -1] * draws.values[0][:, -1] < 2100
    assert [row for row, _ in found.failed] == np.flatnonzero(low).tolist()
    assert len(found) == 60 - low.sum() > 0
    assert "CHANCE-013" in found.failed[0][1]


def test_a_stop_keeps_what_is_done_and_too_early_a_stop_is_told() -> None:
    of = case(4, 6, 1)
    draws = futures(of, [made(of)], PRICES, 40, 5)
    found = reoptimised(of, draws, made, progress=lambda share: share < 0.5)
    assert len(found) == 20
    with pytest.raises(UnusablePathway, match="CHANCE-012"):
        reoptimised(of, draws, made, progress=lambda _: False)
    left = iter(range(30))

    def stopped(drawn_: Case) -> Plan:
        if next(left, None) is None:
            raise Stopped
        return made(drawn_)

    assert len(reoptimised(of, draws, stopped)) == 30


def test_a_price_and_a_delay_of_a_measure_leave_what_is_added_beside_it_alone() -> None:
    """A line has measure a from the beginning, the plan adds measure b: whatever a costs, and however late it is, b costs and comes as
    planned, simulated and made anew alike; at a state built anew with both, a alone is dearer."""
    of = replace(case(1, 4, 0, 1, 1), initial=np.array([1]), change=np.array([[800.0, 500.0, np.nan]]))
    changed, standing = np.zeros((1, 3, 4)), np.zeros((1, 3, 4))
    changed[0, 1, 1], standing[0, 1, 0], standing[0, 2, 1:] = 1000, 1000, 1000
    fixed = replace(plan(of, 0, changes=0), changed=changed, standing=standing, output=0.5 * standing)
    certain = accounts(of, fixed).cost
    for technology, price, kept in (("a", [2400, 500], True), ("b", [800, 1500], False)):
        dearer = Driver("d", "investment", "level", Law("normal", (3.0, 0.0)), technology=technology)
        late = Driver("d", "delay", "level", Law("normal", (1.0, 0.0)), technology=technology)
        priced, delayed = (futures(of, [fixed], (each,), 20, 1) for each in (dearer, late))
        assert drawn(of, priced, 0).change[0, :2] == pytest.approx(price)
        for draws in (priced, delayed):
            same = simulate(of, fixed, draws).spending[0] == pytest.approx(certain)
            assert same == kept, (technology, draws.drivers[0].of)
        assert drawn(of, delayed, 0).first.tolist() == [2020, *([2021, 2020] if kept else [2020, 2021])]
    both = replace(of, prices=np.array([[4000.0, 600.0, 400.0]]), lifetime=np.array([20.0, 10.0, 5.0]))
    thrice = Driver("d", "investment", "level", Law("normal", (3.0, 0.0)), technology="a")
    dearer, ahead = (futures(both, [fixed], (replace(thrice, since=since),), 20, 1) for since in (2019, None))
    found = drawn(both, dearer, 0)
    assert found.investment[0] == pytest.approx([5000, 5000 * 5800 / 4600, 5000 * 6200 / 5000])
    anew = replace(fixed, built=standing * 1.0, changed=0 * changed)
    assert simulate(both, anew, dearer).spending[0] == pytest.approx(accounts(found, anew).cost)
    first = replace(anew, built=anew.built * (np.arange(4) == 0))
    assert simulate(both, first, ahead).spending[0] == pytest.approx(accounts(both, first).cost), (
        "what was built in the first year is paid as it was"
    )
