"""What the guides of pathways and targets show is what the program reads: every example loads, every table of keys is whole."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

import touchstone
from touchstone.calc.pathway.case import INDICATORS
from touchstone.calc.pathway.catalogue import catalogue
from touchstone.calc.pathway.chance.declared import drivers_of
from touchstone.calc.target.indicator import indicators
from touchstone.flow import Workspace

DOCS = Path(__file__).parents[1] / "docs"
LANGUAGES = (".md", ".zh.md")
FILES = {
    "target": "targets.toml",
    "measured": "measured.toml",
    "budget": "budgets.toml",
    "light": "warning.toml",
    "item": "score.toml",
    "rule": "allocation.toml",
    "line": "parks.toml",
}
"""The file of a workspace that an example belongs in, by its first table."""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The made-up province."""
    made = touchstone.open(tmp_path)
    made.pathways().take_sample("province")
    return made


def examples(name: str) -> list[str]:
    """The TOML texts of a guide."""
    return re.findall(r"```toml\n(.*?)```", (DOCS / name).read_text(encoding="utf-8"), re.S)


def keys(name: str, first: str) -> list[list[list[str]]]:
    """The keys of each row of the table whose first row begins so, by cell."""
    text = (DOCS / name).read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(text) if line.startswith(f"| `{first}` |"))
    found: list[list[list[str]]] = []
    while text[at].startswith("|"):
        found.append([re.findall(r"`([^`]+)`", cell) or [cell.strip()] for cell in text[at].split("|")[1:-1]])
        at += 1
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_scenario_of_the_guide_can_be_used_in_the_sample(workspace: Workspace, lang: str) -> None:
    [text] = examples(f"pathways{lang}")
    (workspace.pathways().folder / "scenarios" / "ours.toml").write_text(text, encoding="utf-8")
    drivers, together = drivers_of(workspace.pathways().compiled("ours").scenario)
    assert {"copper-demand", "grid", "delay"} <= {each.key for each in drivers}
    assert next(each.alike for each in drivers if each.key == "delay") == 0.5
    assert ("copper-demand", "grid") in [each.drivers for each in together]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_file_of_targets_that_the_guide_shows_is_read(workspace: Workspace, lang: str) -> None:
    folder, shown = workspace.pathways().folder, set()
    for text in examples(f"targets{lang}"):
        [first, *_] = re.findall(r"^\[\[(\w+)\]\]", text, re.M)
        shown.add(FILES[first])
        (folder / FILES[first]).write_text(text.replace("…", "1"), encoding="utf-8")
    assert shown == set(FILES.values())
    demands = workspace.demands()
    rules, _, wrong = demands.allocation()
    for refused in (demands.targets().refused, demands.measured()[1], demands.budgets()[1], wrong):
        assert refused == ()
    assert demands.park_figures(["al-1"])[1] == ()
    assert (rules["ours"].floor, demands.sheet().key, len(demands.lights().lights)) == (
        Fraction(17, 20),
        "ours",
        2,
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_guide_lists_all_products_and_technologies(lang: str) -> None:
    rows = keys(f"pathways{lang}", "aluminium.liquid")
    for key, _, processes, measures in rows:
        every = [each for each in catalogue().values() if each.product == key[0]]
        assert {each.key for each in every if each.kind == "process"} == set(processes)
        assert {each.key for each in every if each.kind == "measure"} == {each for each in measures if each}
    assert [row[0][0] for row in rows] == list(dict.fromkeys(each.product for each in catalogue().values()))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_guide_lists_all_indicators_with_their_units(lang: str) -> None:
    rows = keys(f"targets{lang}", "emissions")
    told = {key[0]: (unit[0], bool(rule[0])) for key, _, unit, rule in rows}
    assert told == {key: (each.unit, key in INDICATORS) for key, each in indicators().items()}
