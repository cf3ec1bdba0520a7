"""Files of methods are read strictly: each wrong field is named with its file, and the others are used."""

from pathlib import Path

import pytest

from touchstone.calc.carbon.methods.method_file import FOLDER, method, method_of, methods, read_methods
from touchstone.errors import UnknownSeries, UnusableDeclaration

SPARE = (
    '[parameter.spare]\nname = { zh = "备", en = "spare" }\nunit = "t"\ntiers = [{ kind = "measured" }]\n\n'
)
TEXT = (FOLDER / "cn-ndrc-2013-al.toml").read_text("utf-8")


def changed(folder: Path, old: str, new: str, name: str = "own.toml") -> Path:
    assert old in TEXT
    path = folder / name
    path.write_text(TEXT.replace(old, new, 1), "utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ('gwp = "SAR"', 'gwp = "AR7"', "METHOD-001", "gwp"),
        ('gwp = "SAR"', 'gwp = "SAR"\nedition = "2"', "METHOD-001", "edition"),
        ('clause = "石灰石煅烧分解排放"\n', "", "METHOD-001", "term[limestone].clause"),
        ('clause = "石灰石煅烧分解排放"\n', 'clause = ""\n', "METHOD-001", "term[limestone].clause"),
        ('unit = "GJ/{item}"\n', "", "METHOD-001", "parameter.ncv.unit"),
        ('scope = 1\n', "scope = 4\n", "METHOD-001", "term[fuel].scope"),
        ('key = "limestone"', 'key = "fuel"', "METHOD-001", "term"),
        ('preset = "default"', 'preset = "defualt"', "METHOD-001", "option[pfc].preset"),
        ('when = { pfc = ["slope"] }', 'when = { pfc = ["slop"] }', "METHOD-001", "term[pfc-cf4-slope].when.pfc"),
        ('when = { pfc = ["slope"] }', 'when = { tier = ["slope"] }', "METHOD-001", "term[pfc-cf4-slope].when.tier"),
        ('kind = "constant", value = "20"', 'kind = "constant", value = "twenty"', "METHOD-001", "parameter.base_temperature.tiers[1].value"),
        ('kind = "default", of = "anode" }', 'kind = "default", factor = "slope", of = "anode" }', "METHOD-001", "parameter.sulphur.tiers[2].factor"),
        ('gwp = "SAR"', "gwp = SAR", "METHOD-002", ""),
        ("metal * slope * aem / 1000", "metal * slop * aem / 1000", "METHOD-003", "term[pfc-cf4-slope].formula"),
        ("metal * slope * aem / 1000", "metal * slope * aem", "METHOD-004", "term[pfc-cf4-slope].formula"),
        ("carbon_content / 1000 * oxidation", "carbon_content * oxidation", "METHOD-004", "term[fuel].formula"),
        ("* oxidation * 44 / 12", "* oxidation", "METHOD-004", "term[fuel].formula"),
        ('unit = "tCO2/MWh"', 'unit = "tCO2/kWh"', "METHOD-004", "term[electricity].formula"),
        ('unit = "GJ/{item}"', 'unit = "GJ/tonnnne"', "METHOD-005", "parameter.ncv.unit"),
        ('over = ["limestone"]', 'over = ["limstone"]', "METHOD-006", "term[limestone].over"),
        ('over = ["fuel"]', 'over = ["fuels"]', "METHOD-006", "term[fuel].over"),
        ('factor = "consumption", of = "anode" }', 'factor = "consumptoin", of = "anode" }', "METHOD-006", "parameter.net_consumption.tiers[2].factor"),
        ('kind = "default", of = "anode" }', 'kind = "default", of = "anod" }', "METHOD-006", "parameter.sulphur.tiers[2].of"),
        ('sectors = ["aluminium"]', 'sectors = ["aluminum"]', "METHOD-006", "sectors"),
        ('document = "cn-ndrc-2013-al"', 'document = "cn-ndrc-2031-al"', "METHOD-006", "document"),
        ('gwp = "SAR"', 'gwp = "SAR"\nvalid_from = "2013"', "METHOD-001", "valid_from"),
        ('gwp = "SAR"', 'gwp = "SAR"\nvalid_from = 2020-01-01\nvalid_to = 2019-12-31', "METHOD-007", "valid_to"),
        ("metal * slope * aem / 1000", "metal * slope ** aem / 1000", "FORMULA-001", "term[pfc-cf4-slope].formula, column 18"),
        ("[parameter.ncv]", SPARE + "[parameter.ncv]", "METHOD-001", "parameter.spare"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_refused_with_its_file_and_place(
    tmp_path: Path, old: str, new: str, code: str, where: str
) -> None:
    with pytest.raises(UnusableDeclaration) as refused:
        method_of(changed(tmp_path, old, new))
    assert (refused.value.code, refused.value.where) == (code, f"own.toml {where}".strip())
    assert refused.value.zh and all(refused.value.zh)


def test_a_forgotten_thousand_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(UnusableDeclaration) as refused:
        method_of(changed(tmp_path, "metal * slope * aem / 1000", "metal * slope * aem"))
    assert "it gives a mass in 1/1000 of t; a power of ten is missing or too much" in str(refused.value)
    assert "是t的1/1000，缺少或多出10的幂" in refused.value.text("zh")


def test_next_years_guideline_is_a_file_more(tmp_path: Path) -> None:
    changed(tmp_path, 'gwp = "SAR"', 'valid_from = 2027-01-01\ngwp = "AR6"', "cn-next-al.toml")
    found = methods(tmp_path)
    assert set(found) - set(methods()) == {"cn-next-al"}
    assert method("cn-next-al", tmp_path).gwp == "AR6"


def test_a_method_of_the_workspace_goes_before_the_shipped_one(tmp_path: Path) -> None:
    changed(tmp_path, 'gwp = "SAR"', 'gwp = "AR5"', "cn-ndrc-2013-al.toml")
    assert methods(tmp_path)["cn-ndrc-2013-al"].gwp == method("cn-ndrc-2013-al", tmp_path).gwp == "AR5"
    assert method("cn-ndrc-2013-al").gwp == "SAR"


def test_a_wrong_file_is_left_out_and_the_others_are_read(tmp_path: Path) -> None:
    """It was meant to take the place of the shipped one, so that is not used in its stead."""
    changed(tmp_path, 'gwp = "SAR"', 'gwp = "AR7"', "cn-ndrc-2013-al.toml")
    found, refused = read_methods(tmp_path)
    assert set(methods()) - set(found) == {"cn-ndrc-2013-al"} and [each.code for each in refused] == [
        "METHOD-001"
    ]
    with pytest.raises(UnusableDeclaration, match="METHOD-001"):
        methods(tmp_path)


def test_a_method_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(UnknownSeries, match="ipcc-2006-al"):
        method("ipcc-1996")
