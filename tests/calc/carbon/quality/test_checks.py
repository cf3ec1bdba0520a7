"""The checks of activity data: each finds its fault, says where, and leaves quiet data alone."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.carbon.quality.declared import SEVERITIES, declared
from touchstone.calc.carbon.quality.quality import TESTS, quality

from .made import LINES, MONTHS, case, changed, deposit, entry, findings, quiet


def test_quiet_data_are_left_alone() -> None:
    assert findings(quiet()) == ()


def test_every_declared_check_is_carried_out_and_says_where_its_parameters_are_from() -> None:
    assert list(TESTS.keys() ^ declared().keys()) == []
    for check in declared().values():
        assert check.severity in SEVERITIES
        assert check.tag in ("F", "C", "D", "I") and check.source
        assert check.points <= check.most
        assert all(text.zh and text.en for text in (check.name, *check.words.values()))


def test_kilowatt_hours_stated_as_megawatt_hours_are_a_slip_and_are_told_once_by_their_history() -> None:
    found = findings(
        changed("line-3", "2022-07", "electricity.grid", times=1000), "unit-slip", "outlier-history"
    )
    [slip] = found
    assert (slip.check, slip.unit, slip.month, slip.item) == (
        "unit-slip",
        "line-3",
        "2022-07",
        "electricity.grid",
    )
    assert slip.facts == ("line-3 2022-07 electricity.grid amount meter",)
    assert "10的3次方" in slip.said.zh and "10 to the power 3" in slip.said.en


def test_an_amount_in_another_unit_of_the_same_kind_is_no_slip() -> None:
    [given_] = [each for each in quiet() if each.key == ("line-3", "2022-07", "electricity.grid", "amount")]
    assert (
        findings(changed("line-3", "2022-07", "electricity.grid", to=given_.value * 1000, unit_of="kWh"))
        == ()
    )


def test_a_month_in_a_unit_that_measures_another_thing_is_told_and_not_mixed_in() -> None:
    found = findings(changed("power", "2023-02", "bituminous-coal", to=5000, unit_of="GJ"), "unit-kind")
    assert [(each.unit, each.month, each.item) for each in found] == [("power", "2023-02", "bituminous-coal")]


def test_an_outlier_is_measured_for_the_output_of_the_month() -> None:
    found = findings(changed("line-2", "2023-05", "anode", times="1.5"), "outlier-history")
    assert [(each.unit, each.month, each.item, each.parameter) for each in found] == [
        ("line-2", "2023-05", "anode", "amount")
    ]
    half = [
        entry(
            each.unit, each.month, each.item, str(each.value / 2), each.unit_of, each.parameter, each.evidence
        )
        if (each.unit, each.month) == ("line-3", "2023-05") and each.parameter == "amount"
        else each
        for each in quiet()
    ]
    found = findings(half, "outlier-history")
    assert [(each.unit, each.item) for each in found] == [("line-3", "aluminium.liquid")], (
        "half the metal, half of all else"
    )


def test_a_line_that_starts_up_is_no_outlier() -> None:
    start = {"2022-01": "0.25", "2022-02": "0.5", "2022-03": "0.75"}
    slow = [
        entry(
            each.unit, each.month, each.item, str(each.value * Decimal(start[each.month])), each.unit_of, each.parameter, each.evidence
        )
        if each.unit == "line-4" and each.month in start and each.parameter == "amount"
        else each
        for each in quiet()
    ]  # fmt: skip
    assert findings(slow) == ()


def test_a_potline_unlike_its_peers_all_year_is_seen_only_beside_them() -> None:
    other = [
        entry(
            each.unit, each.month, each.item, str(each.value * 4), each.unit_of, each.parameter, each.evidence
        )
        if each.unit == "line-4" and (each.item, each.parameter) == ("anode", "amount")
        else each
        for each in quiet()
    ]
    assert findings(other, "outlier-history") == ()
    [found] = findings(other, "outlier-peers")
    assert (found.unit, found.month, found.item, len(found.facts)) == ("line-4", "", "anode", len(MONTHS))


def test_electricity_is_compared_between_peers_in_all_whatever_its_mix() -> None:
    assert findings(quiet(), "outlier-peers") == (), "two lines have own power and two the grid"


def test_a_gap_of_a_unit_in_operation_is_missing_and_the_months_before_its_start_are_not() -> None:
    [found] = findings(changed("line-2", "2022-11", "anode"), "missing-month")
    assert (found.unit, found.month, found.item) == ("line-2", "2022-11", "anode")
    assert found.facts == ("line-2 2022-10 anode amount stock", "line-2 2022-12 anode amount stock")
    late = [each for each in quiet() if not (each.unit == "line-2" and each.month < "2022-06")]
    assert findings(late, "missing-month") == ()
    still = [each for each in quiet() if not (each.unit == "line-3" and each.month == "2023-03")]
    assert findings(still, "missing-month") == (), "a whole month without anything is a standstill"
    [gone] = findings(changed("line-1", "2022-11", "aluminium.liquid"), "missing-month")
    assert gone.item == "aluminium.liquid"


@pytest.mark.parametrize(("times", "count"), [("1.019", 0), ("0.981", 0), ("1.03", 1), ("0.97", 1)])
def test_meter_and_invoice_may_be_two_percent_apart(times: str, count: int) -> None:
    [meter] = [each for each in quiet() if each.key == ("line-3", "2022-07", "electricity.grid", "amount")]
    invoice = entry(
        "line-3",
        "2022-07",
        "electricity.grid",
        str(meter.value * Decimal(times) * 1000),
        "kWh",
        evidence="invoice",
    )
    found = findings([*quiet(), invoice])
    assert [each.check for each in found] == ["meter-invoice"] * count
    assert all(each.facts == (meter.fact, invoice.fact) for each in found)


def test_more_own_power_used_than_supplied_is_laid_at_the_user_that_is_unlike_itself() -> None:
    [found] = findings(changed("line-2", "2023-12", "electricity.own", times="1.07"))
    assert (found.check, found.unit, found.month) == ("transfer-balance", "line-2", "2023-12")
    assert found.facts[-1] == "power 2023-12 power amount meter"


def test_power_sold_outside_leaves_no_balance_to_form() -> None:
    sold = [entry("power", month, "electricity.sold", 900, "MWh") for month in MONTHS]
    spoilt = changed("line-2", "2023-12", "electricity.own", times="1.07")
    assert findings([*spoilt, *sold], "transfer-balance") == ()


def test_more_carbon_cannot_come_out_than_went_in() -> None:
    heavy = [
        entry(
            each.unit, each.month, each.item, str(each.value * 2), each.unit_of, each.parameter, each.evidence
        )
        if each.item == "anode.baking"
        else each
        for each in quiet()
    ]
    found = findings(heavy, "carbon-balance")
    assert [(each.unit, each.month, each.item) for each in found] == [
        ("anodes", "2022", "anode.baking"), ("anodes", "2023", "anode.baking")
    ]  # fmt: skip
    rich = [entry("power", "2022-03", "bituminous-coal", "60", "tC/TJ", "carbon-content", "lab")]
    assert findings([*quiet(), *rich], "carbon-balance")[0].month == "2022-03", (
        "1.25 t of carbon in a tonne of coal"
    )


@pytest.mark.parametrize(("rate", "count"), [("14.6", 0), ("14.75", 1), ("12.0", 0), ("11.8", 1)])
def test_a_tonne_of_aluminium_takes_more_than_physics_and_less_than_a_tenth_above_the_limit(
    rate: str, count: int
) -> None:
    [metal] = [each for each in quiet() if each.key == ("line-3", "2022-07", "aluminium.liquid", "amount")]
    spoilt = changed("line-3", "2022-07", "electricity.grid", to=metal.value * Decimal(rate))
    assert len(findings(spoilt, "electricity-per-tonne")) == count


def test_a_year_above_level_3_is_a_notice_once_the_limit_is_in_force_and_costs_nothing() -> None:
    later = [each.replace("2022", "2024").replace("2023", "2025") for each in MONTHS]
    dear = [
        entry(each.unit, each.month, each.item, str(each.value * Decimal("1.04")), each.unit_of, each.parameter, each.evidence)
        if each.item.startswith("electricity")
        else each
        for each in quiet(later)
    ]  # fmt: skip
    found = quality(case(dear), ["electricity-limit"]).findings
    assert {(each.unit, each.month) for each in found} == {
        (line, year) for line in LINES for year in ("2024", "2025")
    }
    assert {each.severity for each in found} == {"notice"}
    assert all("13,700" in each.said.en for each in found), "comprehensive AC electricity by its own limit"
    assert quality(case(quiet()), ["electricity-limit"]).findings == (), "not in force in 2022 and 2023"


def test_fewer_anodes_than_stoichiometry_needs_cannot_be() -> None:
    found = findings(changed("line-1", "2022-02", "anode", "consumption", to="0.30"), "anode-per-tonne")
    assert [(each.month, each.parameter) for each in found] == [("2022-02", "consumption")]


@pytest.mark.parametrize(
    ("value", "unit_of", "count"), [("29.271", "GJ/t", 1), ("29307", "kJ/kg", 1), ("21.3", "GJ/t", 0)]
)
def test_coal_with_the_heat_of_standard_coal_is_suspicious(value: str, unit_of: str, count: int) -> None:
    spoilt = changed("power", "2023-02", "bituminous-coal", "ncv", to=value, unit_of=unit_of)
    assert len(findings(spoilt, "suspicious-constant")) == count


def test_a_laboratory_value_that_never_changes_is_told_with_its_run() -> None:
    same = [
        entry(each.unit, each.month, each.item, "1.9", each.unit_of, each.parameter, each.evidence)
        if each.unit == "line-1" and each.parameter == "sulphur" and each.month >= "2022-06"
        else each
        for each in quiet()
    ]
    [found] = findings(same)
    assert (found.check, found.month, len(found.facts)) == ("never-changes", "2022-06", 19)


def test_no_potline_is_a_month_without_an_anode_effect_unless_it_stands_still() -> None:
    [found] = findings(changed("line-2", "2022-04", "anode-effect", "aem", to="0"))
    assert (found.check, found.unit, found.month) == ("zero-effect", "line-2", "2022-04")
    still = [
        entry(each.unit, each.month, each.item, "0", each.unit_of, each.parameter, each.evidence)
        if each.unit == "line-2" and each.month == "2022-04"
        else each
        for each in quiet()
    ]
    assert findings(still, "zero-effect") == ()


def test_a_value_that_stands_on_nothing_is_told() -> None:
    [found] = findings(changed("line-2", "2022-04", "anode", evidence="none"))
    assert (found.check, found.facts) == ("no-evidence", ("line-2 2022-04 anode amount none",))


@pytest.mark.parametrize(
    ("month", "day", "late"),
    [
        ("2025-07", date(2025, 9, 9), False), ("2025-07", date(2025, 9, 10), True), ("2025-03", date(2025, 10, 31), False),
        ("2025-03", date(2025, 11, 1), True), ("2024-12", date(2025, 12, 31), False),
    ],
)  # fmt: skip
def test_evidence_is_due_forty_days_after_the_month_since_july_2025(
    month: str, day: date, late: bool
) -> None:
    found = quality(case(quiet(), [deposit(month, day)]), ["evidence-late"]).findings
    assert bool(found) == late


def test_a_check_that_a_method_declares_is_carried_out_on_measured_values() -> None:
    [found] = findings(changed("line-3", "2022-09", "anode", "sulphur", to="4.2"), "method-check")
    assert (found.unit, found.month, found.item, found.parameter) == ("line-3", "2022-09", "anode", "sulphur")
    assert "0.042" in found.said.en and "0.01 to 0.03" in found.expected.en


@given(st.integers(0, 23), st.sampled_from([10**3, 10**-3, 10**4, 10**-4]))
def test_wherever_a_slip_lies_it_is_found_and_nothing_else_is_called_a_slip(place: int, times: float) -> None:
    found = findings(changed("line-4", MONTHS[place], "electricity.grid", times=times), "unit-slip")
    assert [(each.unit, each.month) for each in found] == [("line-4", MONTHS[place])]
