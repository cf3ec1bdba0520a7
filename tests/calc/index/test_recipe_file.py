"""Recipes are read strictly: each wrong field is named with its file."""

from pathlib import Path

import pytest

import touchstone
from touchstone.calc.index.recipe_file import recipe_of, recipes
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
        recipes(tmp_path)


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
