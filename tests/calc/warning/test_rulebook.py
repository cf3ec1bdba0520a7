"""The rule book as it ships, and what is refused of one's own: by file and field, and the rest goes on."""

from pathlib import Path

import pytest

from touchstone.calc.linkage.methods import formula
from touchstone.calc.warning.measures import MEASURES
from touchstone.calc.warning.rule import FREQUENCIES, SIDES
from touchstone.calc.warning.rulebook import Book, book, read_material
from touchstone.facts.vocabulary import vocabulary

from .made import worldbank

OWN = """
key = "x"
name = { zh = "某料", en = "stuff" }
source = { zh = "测试", en = "test" }
mode = "severity"
uses = ["price.ipa"]

[[series]]
role = "price"
subject = "cu.cathode"
measure = "price"
place = "CN"

[[rule]]
key = "own"
name = { zh = "比值", en = "ratio" }
side = "supply"
measure = "ratio"
scale = "absolute"
low = [5.5, 5.0, 4.5]
high = [8.5, 9.0, 9.5]
source = "test"
[rule.at.W]
k = 3
n = 3
"""


@pytest.fixture(scope="module")
def ours() -> Book:
    return book()


def test_nineteen_materials_ship_and_nothing_of_them_is_refused(ours: Book) -> None:
    assert len(ours.materials) == 19 and not ours.refused
    assert all("[I]" in material.source.en and "[I]" in material.source.zh for material in ours.materials)


def test_every_material_has_rules_of_every_side_and_frequency(ours: Book) -> None:
    for material in ours.materials:
        assert {(rule.side, rule.frequency) for rule in material.rules} >= {
            *((side, "M") for side in SIDES),
            *(("price", every) for every in FREQUENCIES),
        }


def test_every_rule_names_whom_it_follows_and_every_measure_its_formula(ours: Book) -> None:
    assert all(rule.source for material in ours.materials for rule in material.rules)
    for measure in MEASURES:
        assert formula(f"warning.{measure}").name.zh


def test_every_series_wanted_is_in_the_vocabulary_and_fourteen_prices_ship(ours: Book) -> None:
    words = vocabulary()
    for _, _, wanted in ours.wanted():
        for code in (wanted.subject, wanted.place):
            assert words.term(code).zh, code
    shipped = [key for key, _, wanted in ours.wanted() if wanted.role == "price" and key in worldbank()]
    assert len(shipped) == 14


def test_a_file_of_ones_own_with_shared_rules_and_its_own(tmp_path: Path) -> None:
    (tmp_path / "stuff.toml").write_text(OWN, encoding="utf-8")
    found = book(tmp_path)
    assert len(found.materials) == 20 and not found.refused
    keys = {(rule.key, rule.frequency) for rule in found.material("x").rules}
    assert keys == {("price.ipa", "M"), ("price.ipa", "Q"), ("own", "W")}


def test_a_file_of_ones_own_goes_before_ours_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "copper.toml").write_text(OWN, encoding="utf-8")
    keys = {material.key for material in book(tmp_path).materials}
    assert {"x", "al"} <= keys and "cu" not in keys


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ('measure = "ratio"', 'measure = "guess"', "WARN-011", "rule[0] own W measure"),
        ('side = "supply"', 'side = "front"', "WARN-011", "rule[0] own W side"),
        ("[rule.at.W]", "[rule.at.H]", "WARN-011", "rule[0] own H at"),
        ('scale = "absolute"', 'scale = "absolute"\ncolour = "red"', "WARN-011", "rule[0] own W colour"),
        ("high = [8.5, 9.0, 9.5]", "high = [8.5, 9.5, 9.0]", "WARN-012", "rule[0] own W low/high"),
        ("low = [5.5, 5.0, 4.5]", "low = [9.5, 5.0, 4.5]", "WARN-012", "rule[0] own W low/high"),
        ('scale = "absolute"', 'scale = "own-history"', "WARN-012", "rule[0] own W low/high"),
        ("high = [8.5, 9.0, 9.5]", 'high = ["a"]', "WARN-013", "rule[0] own W high"),
        ("k = 3", "k = 4", "WARN-013", "rule[0] own W k"),
        ("n = 3", "n = 0", "WARN-013", "rule[0] own W n"),
        ("n = 3", "n = 3\nparameters = { spam = 3 }", "WARN-011", "rule[0] own W parameters.spam"),
        ("n = 3", "n = 3\nparameters = { span = -3 }", "WARN-013", "rule[0] own W parameters.span"),
        ('uses = ["price.ipa"]', 'uses = ["price.guess"]', "WARN-011", "uses[0]"),
        ('role = "price"', 'role = "colour"', "WARN-011", "series[0].role"),
    ],
)
def test_a_rule_that_cannot_be_one_is_refused_by_file_and_field_and_the_rest_stays(
    tmp_path: Path, old: str, new: str, code: str, field: str
) -> None:
    path = tmp_path / "stuff.toml"
    path.write_text(OWN.replace(old, new), encoding="utf-8")
    material, refused = read_material(path)
    assert [each.code for each in refused] == [code]
    assert f"stuff.toml {field}" in refused[0].text("zh") and refused[0].zh
    assert material and (material.rules or code == "WARN-011")


@pytest.mark.parametrize("text", ["key = [", 'key = "x"', OWN.replace('"severity"', '"loud"'), "oops = 1"])
def test_a_file_that_is_no_material_is_refused_and_the_others_are_there(tmp_path: Path, text: str) -> None:
    (tmp_path / "stuff.toml").write_text(text, encoding="utf-8")
    found = book(tmp_path)
    assert len(found.materials) == 19 and len(found.refused) == 1
    assert found.refused[0].code in {"WARN-010", "WARN-011"} and "stuff.toml" in found.refused[0].where


def test_what_is_declared_twice_counts_once_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "stuff.toml"
    again = OWN[OWN.index("[[rule]]") :]
    path.write_text(OWN + again, encoding="utf-8")
    material, refused = read_material(path)
    assert [each.code for each in refused] == ["WARN-014"]
    assert material and len([rule for rule in material.rules if rule.key == "own"]) == 1
