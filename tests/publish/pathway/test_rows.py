"""Rows of a pathway: they add up to its accounts, whichever way they are cut, and come back from what is exchanged."""

from pathlib import Path

import numpy as np
import pytest

from touchstone.calc.pathway.chance.declared import drivers_of
from touchstone.calc.pathway.chance.simulate import futures, simulate
from touchstone.calc.pathway.pathway import Pathway, projected
from touchstone.flow.pathways import Pathways
from touchstone.publish.pathway.iamc import iamc, read, to_wide, variable
from touchstone.publish.pathway.results import region_of, rows_of, scenario_name
from touchstone.publish.pathway.table import Row, checked


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Pathway:
    files = Pathways(tmp_path_factory.mktemp("rows"))
    files.take_sample("province")
    return projected(files.compiled("plan"))


@pytest.fixture(scope="module")
def rows(found: Pathway) -> list[Row]:
    return rows_of(found)


def series(rows: list[Row], name: str, region: str, draw: str = "") -> np.ndarray:
    """A variable by year, of the sums over plants and technologies."""
    key = (draw, region, "", "", name)
    return np.array([r.value for r in rows if (r.draw, r.region, r.plant, r.technology, r.variable) == key])


def added(rows: list[Row], years: tuple[int, ...], chosen: object) -> np.ndarray:
    return np.array([sum(row.value for row in rows if row.year == year and chosen(row)) for year in years])  # type: ignore[operator]


def test_a_key_has_one_row(rows: list[Row]) -> None:
    assert len(checked(rows)) == len(rows)


def test_all_is_what_the_accounts_say(found: Pathway, rows: list[Row]) -> None:
    def of(key: str) -> np.ndarray:
        return series(rows, variable(key), "CN-35")

    assert np.allclose(of("emissions"), found.accounts.emissions, rtol=1e-12)
    assert np.allclose(of("cost"), found.accounts.cost, rtol=1e-12)
    assert np.allclose(of("demand"), of("supply") + of("outside"), rtol=1e-9)
    assert np.allclose(
        of("emissions"), of("emissions.direct") + of("emissions.power") + of("emissions.recycled")
    )
    kinds = ("investment", "running", "power", "carbon", "recycled", "outside")
    assert np.allclose(of("cost"), sum(of(f"cost.{kind}") for kind in kinds))


def test_products_places_and_lines_add_up_to_all(found: Pathway, rows: list[Row]) -> None:
    case, years, whole = found.given.case, found.years, region_of(found.given.case)
    named = {variable("output", product) for product in case.products}
    total = series(rows, variable("output"), whole)
    bare = [row for row in rows if not row.technology]
    assert np.allclose(total, (found.accounts.output - found.accounts.remade).sum(0))
    for chosen in (
        lambda row: row.variable in named and row.region == whole and not row.plant,
        lambda row: row.variable in named and row.region != whole and not row.plant,
        lambda row: row.variable == variable("output") and row.region != whole,
        lambda row: row.variable in named and row.plant,
    ):
        assert np.allclose(added(bare, years, chosen), total)


def test_metal_that_lines_make_of_scrap_is_secondary_and_no_primary(found: Pathway, rows: list[Row]) -> None:
    """What secondary smelters cast and what is remelted elsewhere is one sum, and the share of it is that of the target."""
    recycled, remade = found.plan.recycled.sum(0), found.accounts.remade.sum(0)
    supply = found.accounts.output.sum(0) + recycled

    def of(key: str, product: str = "") -> np.ndarray:
        return series(rows, variable(key, product), "CN-35")

    assert not of("output", "aluminium.secondary").any() and of("recycled", "aluminium.secondary").all()
    assert np.allclose(of("recycled"), recycled + remade)
    assert np.allclose(of("supply"), of("output") + of("recycled"))
    assert np.allclose(of("recycled.share"), (recycled + remade) / supply)


def test_technologies_and_contracts_add_up(found: Pathway, rows: list[Row]) -> None:
    whole, case = region_of(found.given.case), found.given.case
    states = [row for row in rows if row.technology in case.technologies and not row.plant]
    assert np.allclose(added(states, found.years, lambda row: True), found.plan.standing.sum((0, 1)))
    bought = [row for row in rows if row.technology in case.contracts and row.region == whole]
    used = added(bought, found.years, lambda row: row.variable == variable("electricity"))
    assert np.allclose(used, found.accounts.power.sum(0))


def test_what_is_exchanged_reads_back(rows: list[Row]) -> None:
    table = iamc(rows, "Touchstone")
    assert table.left_out == sum(bool(row.plant or row.technology) for row in rows)
    assert read(to_wide(table)).lines == table.lines
    assert {line.region for line in table.lines} >= {"China|Fujian", "China|Fujian|Nanping"}


def test_quantiles_are_draws_of_their_own(found: Pathway) -> None:
    case, plan = found.given.case, found.plan
    drivers, together = drivers_of(found.given.scenario)
    outcome = simulate(case, plan, futures(case, [plan], drivers, 100, 1, together))
    rows = rows_of(found, outcome)
    median = series(rows, variable("emissions"), "CN-35", "p50")
    assert np.allclose(median, np.median(outcome.emissions, axis=0))
    names = {line.variable for line in iamc(rows, "Touchstone").lines}
    assert f"{variable('emissions')}|90.0th Percentile" in names


def test_a_least_cost_plan_is_another_scenario_than_the_projection(found: Pathway) -> None:
    from dataclasses import replace

    optimum = replace(found, kind="optimum")
    assert scenario_name(optimum) == "plan.optimum"
    both = [*rows_of(found), *rows_of(optimum)]
    assert len(checked(both)) == len(both)


def test_a_group_in_one_country_is_of_the_country(tmp_path: Path) -> None:
    files = Pathways(tmp_path)
    files.take_sample("group")
    assert region_of(files.compiled("reference").case) == "CN"
