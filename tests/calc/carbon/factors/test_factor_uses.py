"""What is done with factors: gases weighed, editions compared, values joined at scale, handed to other programs."""

import csv
import json
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.carbon.factors.difference import difference
from touchstone.calc.carbon.factors.export import EFDB, efdb_text, pact_sources
from touchstone.calc.carbon.factors.gwp import SETS, weigh
from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.factors.openlca import objects
from touchstone.calc.carbon.factors.refusal import NoFactor
from touchstone.calc.carbon.factors.validity import SCHEMA, validity

MASSES = st.dictionaries(st.sampled_from(["CO2", "CH4", "N2O", "CF4", "C2F6", "SF6"]), st.integers(0, 10**18))


@pytest.mark.parametrize(
    ("set", "printed"), [("SAR", "252.280"), ("AR4", "292.740"), ("AR5", "263.160"), ("AR6", "293.080")]
)
def test_the_default_anode_effect_weighs_differently_by_each_set(set: str, printed: str) -> None:
    """0.034 kg CF4 and 0.0034 kg C2F6 a tonne of aluminium, in kg CO2e."""
    weighed = weigh(library(), {"CF4": Decimal("0.034"), "C2F6": Decimal("0.0034")}, set)
    assert weighed.total == Fraction(printed)
    assert weighed.total == sum(weighed.parts.values())


@given(MASSES, MASSES, st.sampled_from(sorted(SETS)))
def test_weighing_a_sum_is_the_sum_of_what_is_weighed(
    one: dict[str, int], other: dict[str, int], set: str
) -> None:
    both = Counter(one) + Counter(other)
    parts = weigh(library(), one, set).total + weigh(library(), other, set).total
    assert weigh(library(), both, set).total == parts


@pytest.mark.parametrize(
    ("gas", "set", "code"),
    [
        ("CO", "AR5", "FACTOR-006"), ("CF4", "AR7", "FACTOR-006"), ("CH4.fossil", "SAR", "FACTOR-006"),
        ("CO2e", "AR5", "FACTOR-015"), ("CH4.fossil", "AR5", "FACTOR-016"), ("CH4.nonfossil", "AR6", "FACTOR-016"),
    ],
)  # fmt: skip
def test_an_unknown_gas_or_set_and_an_unverified_value_are_errors(gas: str, set: str, code: str) -> None:
    with pytest.raises(NoFactor, match=code) as caught:
        weigh(library(), {gas: 1}, set)
    assert caught.value.zh


def test_two_fuel_tables_side_by_side_say_what_changed_and_by_how_much() -> None:
    changes = difference(library(), "cn-ndrc-2013-al", "cn-fuel-table-c")
    found = {(each.kind, each.of): each for each in changes}
    anthracite = found["ncv", "anthracite"]
    assert (anthracite.what, anthracite.change) == ("changed", Fraction("2.563"))
    assert anthracite.relative == Fraction("2.563") / Fraction("20.304")
    assert found["ncv", "diesel"].what == "same"
    assert found["ncv", "petroleum-coke"].what == "new"
    assert found["ncv", "briquette"].what == "gone"


def test_a_difference_is_in_the_unit_of_the_first_and_an_empty_value_is_unknown() -> None:
    found = {
        (each.kind, each.of, (each.before or each.after).gas): each  # type: ignore[union-attr]
        for each in difference(library(), "cn-fuel-table-b", "ipcc-2006")
    }
    carbon = found["carbon-content", "coke", ""]
    assert carbon.before and carbon.after and carbon.before.unit != carbon.after.unit
    assert carbon.change == Fraction("29.2") - Fraction("29.40")
    unknown = difference(library(), "cn-ndrc-2013-al", "gbt-32151.4-2024")
    assert {each.what for each in unknown if each.after} == {"unknown"}


def test_the_difference_the_other_way_is_the_opposite() -> None:
    there = difference(library(), "cn-ndrc-2013-al", "cn-fuel-table-b")
    back = {(c.kind, c.of): c for c in difference(library(), "cn-fuel-table-b", "cn-ndrc-2013-al")}
    assert all(each.change == -(back[each.kind, each.of].change or 0) for each in there if each.change)


def test_a_document_that_is_not_known_is_told_with_the_nearest() -> None:
    with pytest.raises(NoFactor, match="FACTOR-017") as caught:
        difference(library(), "cn-ndrc-2013", "cn-fuel-table-b")
    assert "cn-ndrc-2013-al" in caught.value.expected


def test_the_table_of_validity_holds_every_official_value_once_and_nothing_else() -> None:
    table = validity(library())
    assert table.schema == SCHEMA
    official = [
        each for each in library().factors
        if each.value is not None and each.tag != "unverified" and library().document(each).status != "draft"
    ]  # fmt: skip
    assert sorted(table["id"].to_pylist()) == sorted(each.id for each in official)
    rows = {row["id"]: row for row in table.to_pylist()}
    assert all(rows[each.id]["value"] == each.value for each in official)
    assert all(row["valid_from"] <= row["valid_to"] for row in rows.values())
    year = rows["emission.electricity.grid@cn-grid-2022/CN-53/2022/grid-average"]
    assert (year["valid_from"], year["valid_to"]) == (date(2022, 1, 1), date(2022, 12, 31))


def test_the_table_joins_with_entries_by_sql() -> None:
    factors = validity(library())
    found = duckdb.sql(
        "select sum(value * 1000) from factors, (values ('CN-53', date '2022-06-30'), ('CN-44', date '2023-01-01'))"
        " as entry(place, day) where region = place and day between valid_from and valid_to"
        " and kind = 'emission' and family = 'grid-average'"
    ).fetchall()
    assert factors.num_rows and found == [(Decimal("549.2"),)]


def test_what_is_superseded_ends_in_the_table_the_day_before() -> None:
    old = library().get("ncv.coke@cn-ndrc-2013-al")
    new = replace(old, document="cn-cets-2024-al", valid_from=date(2025, 1, 1))
    rows = {row["id"]: row for row in validity(library().supersede(old.id, new)).to_pylist()}
    assert rows[old.id]["valid_to"] == date(2024, 12, 31)
    assert rows["ncv.coke@cn-cets-2024-al"]["valid_from"] == date(2025, 1, 1)


def test_openlca_objects_are_whole_and_refer_to_what_is_there() -> None:
    made = objects(library(), library().factors)
    assert json.loads(json.dumps(made)) == made
    ids = {each["@id"] for each in made}
    assert len(ids) == len(made)
    parameters = [each for each in made if each["@type"] == "Parameter"]
    assert len(parameters) == sum(each.value is not None for each in library().factors)
    assert all(each["source"]["@id"] in ids for each in parameters)
    names = Counter(each["name"] for each in parameters)
    assert max(names.values()) == 1


def test_openlca_has_the_range_as_the_distribution_it_implies() -> None:
    coke = library().get("carbon-content.coke@ipcc-2006")
    slope = library().get("slope.anode-effect.cwpb.cf4@ipcc-2006")
    ranges = [
        next(each for each in objects(library(), [factor]) if each["@type"] == "Parameter")["uncertainty"]
        for factor in (slope, coke)
    ]
    assert [each["distributionType"] for each in ranges] == ["NORMAL_DISTRIBUTION", "LOG_NORMAL_DISTRIBUTION"]
    assert ranges[0]["sd"] == pytest.approx(0.143 * 0.06 / 1.96, rel=1e-3)


def test_pact_names_every_document_once_with_its_version() -> None:
    used = [library().get(f"{kind}.coke@cn-ndrc-2013-al") for kind in ("ncv", "carbon-content")]
    [source] = pact_sources(library(), used)
    assert source["version"] == "2013" and "electrolytic aluminium" in source["name"]
    assert pact_sources(library(), []) == []


def test_the_columns_in_the_style_of_the_efdb_are_all_there() -> None:
    rows = list(csv.DictReader(efdb_text(library(), library().factors).splitlines()))
    assert tuple(rows[0]) == EFDB and len(rows) == len(library().factors)
    coke = next(row for row in rows if row["EF ID"] == "carbon-content.coke@ipcc-2006")
    assert (coke["Value"], coke["Unit"], coke["Upper Confidence Limit"]) == ("29.2", "kgC/GJ", "32.4")
