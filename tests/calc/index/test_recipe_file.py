"""Recipes are read strictly: each wrong field is named with its file."""

from dataclasses import replace
from pathlib import Path

import pytest

import touchstone
from touchstone.calc.index.choice import choice_of
from touchstone.calc.index.recipe_file import recipe_of, recipe_problems, recipes
from touchstone.calc.seasonal.choice import Choice
from touchstone.errors import UnreadableFile

SHIPPED = Path(touchstone.__file__).parent / "data" / "index"


def test_the_recipes_that_come_along() -> None:
    copper, ten = recipes()["copper-demand"], recipes()["ten-metals"]
    assert (len(copper.indicators), [s.name.zh for s in copper.sectors]) == (
        32, ["全社会", "电力", "家电", "交通运输", "电子", "房地产"],
    )  # fmt: skip
    assert copper.bands.limits == (95.7, 104.2) and [b.key for b in copper.bands.bands] == [
        "cold",
        "normal",
        "hot",
    ]
    assert {i.weight for i in copper.indicators} == {1.0} and "[I]" in copper.source.en
    assert len(ten.indicators) == 12 and ten.bands.limits == ()


def test_a_recipe_of_the_workspace_goes_before_the_shipped_one(tmp_path: Path) -> None:
    text = (SHIPPED / "copper-demand.toml").read_text("utf-8")
    (tmp_path / "copper-demand.toml").write_text(text.replace("deviation = 10.0", "deviation = 5.0"), "utf-8")
    assert recipes(tmp_path)["copper-demand"].scaling.deviation == 5.0
    assert set(recipes(tmp_path)) == set(recipes())


def test_names_and_bands_may_change_without_a_new_edition_and_rules_may_not(tmp_path: Path) -> None:
    text = (SHIPPED / "copper-demand.toml").read_text("utf-8")

    def edition(old: str, new: str) -> str:
        path = tmp_path / "copper-demand.toml"
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        return recipe_of(path).edition

    own = recipes()["copper-demand"].edition
    assert edition("[95.7, 104.2]", "[96.0, 104.0]") == edition("broad money", "money") == own
    assert edition("robust = 3.0", "robust = 4.0") != own


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('form = "association"', 'form = "associaton"', "form"),
        ('form = "association"\n', "", "form"),
        ("coverage = 0.6", "coverage = 1.6", "coverage"),
        ("coverage = 0.6", "covrage = 0.6", "covrage"),
        ('subject = "indicator.copper_demand_index"', 'subject = "indicator.copper"', "subject"),
        ("limits = [95.7, 104.2]", "limits = [104.2, 95.7]", "bands.limits"),
        ("limits = [95.7, 104.2]", "limits = [95.7]", "bands.limits"),
        ("share = 1.0", 'share = "all"', "weights.share"),
        ('until = "2023-12"', 'until = "2013-12"', "scaling.until"),
        ('since = "2014-01"', 'since = "2014"', "scaling.since"),
        ("deviation = 10.0", "deviation = 0", "scaling.deviation"),
        ('measure = "money"', 'measure = "monney"', "indicator[m2].measure"),
        ('kind = "diffusion"', 'kind = "diffuse"', "indicator[pmi].kind"),
        ("festival = [20, 20]", "festival = [20]", "indicator[m2].festival"),
        ('key = "pmi"', 'key = "m2"', "indicator"),
        ('name = { zh = "广义货币", en = "broad money" }', 'name = "money"', "indicator[m2].name"),
        ('languages = ["zh", "en"]', 'languages = ["de"]', "languages"),
        ("[bands]", '[chain]\nbase = "garbage"\n[bands]', "chain.base"),
        ("[bands]", '[chain]\nbase = "2"\n[bands]', "chain.base"),
        ("[bands]", '[chain]\nbase = "2015-Q1"\n[bands]', "chain.base"),
        ('key = "m2"', "key = 'm\"2'", 'indicator[m"2].key'),
        ('key = "cold"', 'key = "co ld"', "bands.band[co ld].key"),
        ("weight = 1.0", "weight = 0.0", "indicator.weight"),
        ("festival = [20, 20]", "festival = [20, 20]\ndragon_boat = [3]", "indicator[m2].dragon_boat"),
        ("festival = [20, 20]", 'festival = [20, 20]\nsearch = ["spring"]', "indicator[m2].search"),
        ("festival = [20, 20]", 'festival = [20, 20]\ntrading = "days"', "indicator[m2].trading"),
        ("festival = [20, 20]", 'festival = [20, 20]\narima = "(0,1,1)"', "indicator[m2].arima"),
        ("festival = [20, 20]", 'festival = [20, 20]\noutliers = ["so"]', "indicator[m2].outliers"),
    ],
)
def test_a_wrong_field_is_refused_with_its_file_and_place(
    tmp_path: Path, old: str, new: str, where: str
) -> None:
    text = (SHIPPED / "copper-demand.toml").read_text("utf-8")
    assert old in text
    (tmp_path / "own.toml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(UnreadableFile) as refused:
        recipe_of(tmp_path / "own.toml")
    assert str(refused.value).splitlines()[0] == f"INDEX-001  own.toml {where}"
    assert refused.value.zh and all(refused.value.zh)


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("name = {", "utf-8")
    with pytest.raises(UnreadableFile, match=r"INDEX-002  own\.toml"):
        recipe_of(tmp_path / "own.toml")


def test_one_broken_file_stops_its_own_recipe_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "copper-demand.toml").write_text("x = 1", "utf-8")
    (tmp_path / "other.toml").write_text("name = {", "utf-8")
    assert set(recipes(tmp_path)) == {"ten-metals"}, (
        "the shipped recipe does not take the place of a broken one"
    )
    problems = recipe_problems(tmp_path)
    assert {key: each.code for key, each in problems.items()} == {
        "copper-demand": "INDEX-001",
        "other": "INDEX-002",
    }


def test_a_recipe_declares_the_whole_of_the_preparation(tmp_path: Path) -> None:
    text = (SHIPPED / "copper-demand.toml").read_text("utf-8")

    def choice(said: str) -> Choice:
        path = tmp_path / "own.toml"
        path.write_text(text.replace("festival = [20, 20]", said, 1), "utf-8")
        return choice_of(recipe_of(path).indicator("m2").preparation)

    told = choice("festival = [6, 10]\ndragon_boat = [0, 2]\nmid_autumn = [2, 1]")
    assert [(each.feast, each.first, each.last) for each in told.effects or ()] == [
        ("spring", -6, -1), ("spring", 0, 10), ("dragon", 0, 2), ("autumn", -2, -1), ("autumn", 0, 1),
    ]  # fmt: skip
    told = choice(
        'search = ["spring", "dragon"]\ntrading = "china"\ndecomposition = "seats"\ntransform = "log"'
    )
    assert (told.effects, told.feasts, told.trading) == (None, ("spring", "dragon"), "china")
    assert (told.decomposition, told.transform) == ("seats", "log")
    told = choice('arima = "(0 1 1)(0 1 1)"\noutliers = []')
    assert (told.arima, told.outliers) == ("(0 1 1)(0 1 1)", ())


def test_the_name_of_an_edition_does_not_change_with_fields_that_stand_at_their_default() -> None:
    preparation = recipes()["copper-demand"].indicator("m2").preparation
    assert (
        repr(preparation) == "Preparation(cumulative=False, split='none', seasonal='x13', festival=(20, 20))"
    )
    assert "trading='china'" in repr(replace(preparation, trading="china"))


def test_judgements_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    text = (SHIPPED / "copper-demand.toml").read_text("utf-8")
    ones = [["1"] * 6 for _ in range(6)]

    def written(a: str, b: str, c: str) -> Path:
        rows = [list(row) for row in ones]
        for (i, j), word in {(0, 1): a, (1, 2): b, (0, 2): c}.items():
            rows[i][j], rows[j][i] = word, f"1/{word}"
        path = tmp_path / "own.toml"
        path.write_text(text.replace("share = 1.0", f"share = 1.0\njudgements = {rows}"), "utf-8")
        return path

    assert len(recipe_of(written("2", "1", "2")).weights.judgements) == 6
    with pytest.raises(UnreadableFile, match="INDEX-003"):
        recipe_of(written("9", "9", "1"))
