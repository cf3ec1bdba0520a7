"""The samples: they can be read and worked out, say what of them is published, and differ in what a planner asks about."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from touchstone.calc.pathway.catalogue import catalogue
from touchstone.calc.pathway.chance.declared import drivers_of
from touchstone.calc.pathway.chance.projects import projects
from touchstone.calc.pathway.chance.sample import design, sample
from touchstone.calc.pathway.chance.simulate import simulate
from touchstone.calc.pathway.compiled import compiled
from touchstone.calc.pathway.pathway import Pathway, projected
from touchstone.calc.pathway.technology import SYNTHETIC
from touchstone.flow.pathways import Pathways

FOLDER = Path(str(files("touchstone").joinpath("data/pathway/sample")))
TEN_METALS = ("aluminium.liquid", "copper.cathode", "copper.electrolysis", "lead.refined", "zinc.refined")
SCENARIOS = {
    "province": ("ambitious", "delayed", "plan", "reference"),
    "group": ("ambitious", "delayed", "reference", "steady"),
}
EVERY = [(name, key) for name, keys in SCENARIOS.items() for key in keys]


@cache
def taken(name: str, folder: Path) -> Pathways:
    """A workspace folder into which a sample was taken."""
    found = Pathways(folder)
    found.take_sample(name)
    return found


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pathways]:
    """Each sample in a folder of its own."""
    return {name: taken(name, tmp_path_factory.mktemp(name)) for name in SCENARIOS}


def worked(samples: dict[str, Pathways], name: str, key: str) -> Pathway:
    return projected(samples[name].compiled(key))


def test_the_aluminium_of_the_province_is_that_of_its_plan(samples: dict[str, Pathways]) -> None:
    """150,000 t/a were cut to 75,000 t/a, which made 71,000 t in 2020."""
    lines = [line for line in samples["province"].register().lines if line.product == "aluminium.liquid"]
    assert sum(line.capacity for line in lines) == 150_000
    assert sum(line.capacity for line in lines if line.until is None) == 75_000
    assert sum(line.output or 0 for line in lines) == 71_000


def test_the_ten_metals_of_the_province_add_up_to_the_published_output(samples: dict[str, Pathways]) -> None:
    lines = samples["province"].register().lines
    assert sum(line.output or 0 for line in lines if line.product in TEN_METALS) == 740_000


@pytest.mark.parametrize(("name", "key"), EVERY)
def test_a_scenario_of_a_sample_meets_its_demand_and_begins_with_what_is_registered(
    samples: dict[str, Pathways], name: str, key: str
) -> None:
    found = worked(samples, name, key)
    assert np.isfinite(found.accounts.emissions).all()
    assert found.plan.outside.sum() <= 0.002 * found.given.case.demand.sum()
    if name == "province":
        aluminium = found.given.case.products.index("aluminium.liquid")
        assert abs(found.output()[aluminium, 0] - 71_000) < 1


def test_what_is_made_up_says_so_and_stands_only_where_no_document_states_a_value(
    samples: dict[str, Pathways],
) -> None:
    for found in samples.values():
        assert all(line.source == SYNTHETIC for line in found.register().lines)
        for key, technology in found.catalogue().items():
            cited = {each.parameter for each in catalogue()[key].values if each.usable and not each.place}
            own = [each for each in technology.values if each.tag == SYNTHETIC]
            assert not cited & {each.parameter for each in own}, key


def test_the_plan_of_the_province_peaks_before_2030_and_its_delay_does_not(
    samples: dict[str, Pathways],
) -> None:
    years = {key: worked(samples, "province", key).peak.year for key in SCENARIOS["province"]}
    assert years == {"ambitious": 2020, "plan": 2027, "delayed": 2030, "reference": 2031}


def test_the_delay_misses_targets_that_the_plan_meets(samples: dict[str, Pathways]) -> None:
    def missed(key: str) -> set[str]:
        return {each.rule.key for each in worked(samples, "province", key).held if not each.met}

    assert missed("plan") == set()
    assert missed("delayed") == {"benchmark-2025-al", "renewable-2030", "peak-2030", "recycled-2035-cu"}


def test_cells_of_the_province_save_500_kwh_of_each_of_71_000_tonnes(samples: dict[str, Pathways]) -> None:
    """What the report says of a tonne is 35.5 GWh a year where all 71,000 t are made in such cells at once, with no ramp in the way."""
    folder = samples["province"]
    values = folder.folder / "technology_values.csv"
    rows = values.read_text("utf-8").splitlines(keepends=True)
    values.write_text("".join(row for row in rows if not row.startswith("al.fhest,ramp,")), encoding="utf-8")
    (folder.folder / "scenarios" / "fhest.toml").write_text(
        'name = { zh = "全部改造", en = "all cells" }\nbase = "reference"\nsource = "synthetic"\n'
        '[[adopt]]\ntechnology = "al.fhest"\nproduct = "aluminium.liquid"\nshare = "100 %"\nfrom = 2020\n',
        encoding="utf-8",
    )
    before, after = worked(samples, "province", "reference"), worked(samples, "province", "fhest")
    saved = before.accounts.power.sum(0) - after.accounts.power.sum(0)
    assert abs(saved[0] - 35_500) < 1e-6 * 35_500


def test_the_lines_of_the_group_are_units_of_its_inventory(samples: dict[str, Pathways]) -> None:
    text = files("touchstone").joinpath("data/carbon/sample/organisation.toml").read_text("utf-8")
    for line in samples["group"].register().lines:
        assert not line.inventory or f'key = "{line.inventory}"' in text
    assert compiled(
        samples["group"].register(), samples["group"].catalogue(), samples["group"].scenario("steady")
    )


def test_under_its_drivers_the_plan_is_likely_and_its_delay_is_not(samples: dict[str, Pathways]) -> None:
    """Chance of the fixed plan to peak before 2030; to a few hundredths, four hundred futures of one seed."""

    def chance(key: str) -> float:
        found = worked(samples, "province", key)
        case, (drivers, together) = found.given.case, drivers_of(found.given.scenario)
        drawn = sample(design(drivers, case.years, together, len(projects(case, found.plan))), 400, seed=1)
        return simulate(case, found.plan, drawn).peaks().before(2030).share

    assert 0.02 < chance("reference") < 0.2 < chance("delayed") < 0.5 < 0.75 < chance("plan") < 0.95
