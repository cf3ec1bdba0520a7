"""Rules of allocation: what the documents say, what they leave open, and files that cannot be used."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.carbon.assets.allocation import allowance, read_rule, rules
from touchstone.errors import UnusableDeclaration

D = Decimal
RULE = Path(__file__).parents[4].joinpath("src/touchstone/data/carbon/allocation/cn-al-2025.toml").read_text("utf-8")  # fmt: skip
TONNES = st.decimals("0", "100000000", places=4)


@given(TONNES)
def test_2024_gives_the_verified_emissions_and_2025_seven_tenths_of_them_beforehand(tonnes: Decimal) -> None:
    assert allowance(rules()["cn-al-2024"], {"verified": tonnes}).amount == tonnes
    assert allowance(rules()["cn-al-2025-pre"], {"verified_before": tonnes}).amount == tonnes * D("0.7")


def test_the_numbers_stand_in_the_formula() -> None:
    got = allowance(rules()["cn-al-2025-pre"], {"verified_before": D("812345.6")})
    assert got.written.en == "0.70 × 812345.6 t CO2e" and got.amount == D("568641.92")


def test_what_a_rule_lacks_is_named_with_the_reason_and_gives_no_amount() -> None:
    got = allowance(rules()["cn-al-2025"], {"verified": D(100)})
    assert got.amount is None and [each.key for each in got.lacking] == ["surplus"]
    assert got.lacking[0].tag == "unverified" and got.lacking[0].reason
    assert allowance(rules()["cn-al-2024"], {}).lacking[0].key == "verified"


@given(TONNES, st.decimals("-1", "1", places=3), st.decimals("0", "0.2", places=3))
def test_a_band_holds_the_rate_within_its_width(tonnes: Decimal, surplus: Decimal, band: Decimal) -> None:
    got = allowance(rules()["cn-al-2025"], {"verified": tonnes, "surplus": surplus, "band": band})
    kept = max(-band, min(band, surplus))
    assert got.amount == tonnes * (1 + kept) and bool(got.bound) == (abs(surplus) > band)


def test_every_rule_of_touchstone_is_cited() -> None:
    for rule in rules().values():
        assert rule.document and rule.clause and rule.tag == "F"
        assert all(each.value is None or each.tag == "F" for each in rule.parameters)


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ('year = 2025', 'year = "2025"', "year"),
        ('document = "cn-ets-allocation-2025"', 'document = "somewhere"', "document"),
        ('asset = "cea"', 'asset = "eua"', "asset"),
        ('stage = "final"', 'stage = "later"', "stage"),
        ("verified * (1 + surplus)", "verified * (1 + gap)", "formula"),
        ('band = "band"', 'band = "width"', "band"),
        ('tag = "F"', 'tag = "R"', "tag"),
        ("verified = 0", "", "value"),
        ("verified = 0", "value = 0.7", "value"),
        ('sector = "aluminium"', 'sector = "cheese"', "sector"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_with_its_field(before: str, after: str, field: str) -> None:
    assert before in RULE
    with pytest.raises(UnusableDeclaration, match="ASSET-015") as caught:
        read_rule(RULE.replace(before, after), "own.toml")
    assert caught.value.where.startswith("own.toml") and field in caught.value.where and caught.value.zh


def test_a_formula_that_is_none_and_a_file_that_is_no_toml_are_refused() -> None:
    with pytest.raises(UnusableDeclaration, match="FORMULA-001"):
        read_rule(RULE.replace("verified * (1 + surplus)", "verified *"), "own.toml")
    with pytest.raises(UnusableDeclaration, match="ASSET-015"):
        read_rule("key = ", "own.toml")


def test_a_workspace_adds_rules_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(RULE.replace("verified * (1 + surplus)", "verified"), "utf-8")
    own = rules(tmp_path)
    assert set(own) == set(rules()) and own["cn-al-2025"] != rules()["cn-al-2025"]
    assert allowance(own["cn-al-2025"], {"verified": D(7)}).amount == 7
