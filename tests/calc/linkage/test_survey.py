"""A survey of real prices: what a ministry asks, answered, kept and read back; what has no answer is said."""

import re
import subprocess
import sys
from datetime import UTC, datetime
from itertools import combinations, permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import touchstone
from touchstone.calc.linkage.kept import KeptSurvey, read_survey, write_survey
from touchstone.calc.linkage.methods import parameter
from touchstone.calc.linkage.panel import panel
from touchstone.calc.linkage.recipe import recipes
from touchstone.calc.linkage.survey import TOGETHER, together
from touchstone.errors import LedgerError, UnknownSeries, UnreadableFile, UnusableSeries
from touchstone.flow import Workspace
from touchstone.read.sources.declaration import declaration

MOMENT = datetime(2025, 12, 2, 9, 30, tzinfo=UTC)
RECIPE = """
name = { zh = "三种金属", en = "Three metals" }
source = { zh = "测试", en = "test" }
clock = "M"
window = 60
horizon = 4
lag = 1
lags = 2
since = "2012-01"
minimum_history = 24
series = ["cu.cathode@market.lme", "al.ingot@market.lme", "zn.refined@market.lme", "au@market.nowhere"]
pairs = [["cu.cathode@market.lme", "zn.refined@market.lme"], ["au@market.nowhere", "al.ingot@market.lme"]]
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with the World Bank's monthly prices and a recipe of its own."""
    folder = tmp_path_factory.mktemp("linkage")
    opened = touchstone.open(folder)
    opened.import_series(None, declaration("worldbank-pinksheet"))
    (folder / "linkage").mkdir()
    (folder / "linkage" / "three.toml").write_text(RECIPE, encoding="utf-8")
    return opened


@pytest.fixture(scope="module")
def survey(workspace: Workspace) -> KeptSurvey:
    return workspace.survey("three", computed=MOMENT)


def test_every_share_of_the_table_is_of_a_whole_and_who_gives_is_who_others_take_from(
    survey: KeptSurvey,
) -> None:
    assert survey.names == ("cu.cathode@market.lme", "al.ingot@market.lme", "zn.refined@market.lme")
    assert all(sum(cell.point for cell in row) == pytest.approx(100) for row in survey.table)
    assert sum(net.point for net in survey.net) == pytest.approx(0, abs=1e-9)
    assert survey.total.point == pytest.approx(sum(each.point for each in survey.received) / 3)
    assert survey.pairwise[0][1] == pytest.approx(survey.table[1][0].point - survey.table[0][1].point)


def test_every_price_of_the_panel_opens_to_its_cell(workspace: Workspace, survey: KeptSurvey) -> None:
    last = survey.rows[-1]
    assert last.period == "2025-11"
    for price, ids in zip(last.prices, last.facts, strict=True):
        assert float(workspace.fact(ids[0]).value) == pytest.approx(price)


def test_what_has_no_answer_is_said_and_the_rest_goes_on(survey: KeptSurvey) -> None:
    assert [(m.question, m.names) for m in survey.missing] == [
        ("relation", ("au@market.nowhere", "al.ingot@market.lme"))
    ]
    assert any("au@market.nowhere" in note.zh for note in survey.left_out)
    assert survey.units == ("USD/t",) * 3 and any(
        "World Bank" in each or "worldbank" in each for each in survey.documents
    )
    assert not survey.of("discovery")  # copper and zinc are two goods
    assert survey.of("relation") and survey.of("spillover") and survey.of("change") and survey.of("alert")


def test_every_statement_carries_its_sample_choices_and_assumptions_in_both_languages(
    survey: KeptSurvey,
) -> None:
    for _, statement in (*survey.said, *survey.beside):
        assert statement.sentence.zh and statement.sentence.en and statement.parameters
        assert statement.sample.n > 60 and statement.assumptions
        assert all(each.zh and each.en for each in statement.assumptions)


def test_every_choice_of_a_survey_has_a_name_and_its_words_in_both_languages(survey: KeptSurvey) -> None:
    for _, statement in (*survey.said, *survey.beside):
        for key, value in statement.parameters:
            called, said = parameter(key, value)
            assert re.search("[\u4e00-\u9fff]", called.zh) and not re.search("[\u4e00-\u9fff]", called.en)
            told_alike = value in survey.names or value == TOGETHER or re.fullmatch(r"[\d.e-]+", value)
            assert (said.zh, said.en) == (value, value) if told_alike else said.zh != value


def test_every_pair_was_tested_both_ways_and_each_test_is_kept_found_or_not(survey: KeptSurvey) -> None:
    for cause, effect in permutations(survey.names, 2):
        said = survey.one("causality", (cause, effect))
        assert said and said.sentence.en.startswith(f"The past of {cause} ")
    for pair in combinations(survey.names, 2):
        assert survey.one("lead", pair)


def test_behind_a_number_stand_the_prices_of_its_own_sample(survey: KeptSurvey) -> None:
    window = survey.window_rows()
    assert (len(window), window[-1].period) == (61, "2025-11")  # sixty returns
    assert survey.window_rows("2025-10")[-1].period == "2025-10"
    relation = survey.of("relation")[0]
    levels = survey.rows_of("relation", relation)
    assert (levels[0].period, len(levels)) == (relation.sample.first, relation.sample.n)
    lead = survey.one("lead", survey.names[:2])
    assert lead and len(survey.rows_of("lead", lead)) == lead.sample.n + 1


def test_every_number_read_from_the_table_has_an_interval_within_what_it_can_be(survey: KeptSurvey) -> None:
    shares = [cell for row in survey.table for cell in row] + list(survey.received)
    assert all(0 <= one.low <= one.high <= 100 and one.level == 0.95 for one in shares)
    assert all(0 <= one.low <= one.high for one in survey.given)


def test_a_survey_that_was_kept_comes_back_the_same(
    workspace: Workspace, survey: KeptSurvey, tmp_path: Path
) -> None:
    assert workspace.survey_keys() == ("three",) and workspace.kept_survey("three") == survey
    write_survey(tmp_path / "again.json.zz", survey)
    assert read_survey(tmp_path / "again.json.zz") == survey


def test_a_damaged_survey_is_told_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "x.json.zz").write_bytes(b"no survey")
    with pytest.raises(LedgerError, match="touchstone linkage"):
        read_survey(tmp_path / "x.json.zz")


def test_a_survey_of_the_past_is_given_and_not_kept(workspace: Workspace, survey: KeptSurvey) -> None:
    with pytest.raises(UnusableSeries):
        workspace.survey("three", as_of=datetime(2020, 1, 1, tzinfo=UTC))
    assert workspace.kept_survey("three") == survey


def test_the_same_prices_give_the_same_survey(workspace: Workspace, survey: KeptSurvey) -> None:
    assert workspace.survey("three", computed=MOMENT) == survey


def test_without_prices_a_recipe_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnusableSeries, match="LINK-008"):
        touchstone.open(tmp_path).survey("world-monthly")
    with pytest.raises(UnknownSeries, match="world-monthly"):
        touchstone.open(tmp_path).survey("nothing")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('clock = "M"', 'clock = "H"', "clock 'H'"),
        ("window = 60", "", "window"),
        ('"al.ingot@market.lme"]]', '"pb@market.lme"]]', "pb@market.lme"),
        ("lags = 2", "lags = 2\ncolour = 1", "colour"),
    ],
)
def test_a_recipe_that_cannot_be_is_refused_with_its_file(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    (tmp_path / "mine.toml").write_text(RECIPE.replace(old, new), encoding="utf-8")
    with pytest.raises(UnreadableFile, match="LINK-009") as refused:
        recipes(tmp_path)
    assert said in str(refused.value) and "mine.toml" in str(refused.value)


def test_the_recipes_that_come_along_are_sound() -> None:
    assert {"world-monthly", "minor-metals-weekly"} <= set(recipes())


@given(st.lists(st.lists(st.sampled_from([-1.0, 0.0, 1.0]), min_size=4, max_size=4), min_size=1, max_size=6))
def test_together_is_the_share_of_pairs_that_agree(rows: list[list[float]]) -> None:
    full = [
        *rows,
        [1.0, 1.0, 1.0, 1.0],
        [1.0, -1.0, 1.0, -1.0],
        [1.0, 1.0, -1.0, 0.0],
        [0.5, 1.0, 0.0, -1.0],
        [0.0, 0.3, 1.0, 1.0],
    ]
    given_panel = panel(list("abcd"), [f"2020-{n:02d}" for n in range(len(full))], np.array(full))
    shares = together(given_panel).values[:, 0]
    for row, share in zip(full, shares, strict=True):
        pairs = [(x, y) for i, x in enumerate(row) for y in row[i + 1 :]]
        assert share == pytest.approx(sum(0.5 + 0.5 * np.sign(x) * np.sign(y) for x, y in pairs) / 6)
    assert shares[len(rows)] == 1


def test_no_module_of_linkage_loads_a_numerical_library_before_it_is_asked_to() -> None:
    code = """
import importlib, pkgutil, sys
import touchstone.calc.linkage as room, touchstone.flow, touchstone.publish.linkage.paper, touchstone.serve.linkage
for module in pkgutil.iter_modules(room.__path__):
    importlib.import_module(f"{room.__name__}.{module.name}")
print([name for name in ("numpy", "scipy", "statsmodels", "pandas", "ruptures") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
