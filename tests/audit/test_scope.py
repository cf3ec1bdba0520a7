"""Whose figure it is: the country, a province, a circle of enterprises; sentences as users write them."""

from collections.abc import Callable

from touchstone.audit.finding import Finding

Told = Callable[..., list[Finding]]

ZINC = "2024年4月，全国精炼锌产量{april}万吨；1—3月累计产量160.9万吨，1—4月累计产量217.4万吨。"


def test_the_country_named_once_is_that_of_the_cumulative_figures_behind_it(told: Told) -> None:
    assert [f.verdict for f in told("cumulative", ZINC.format(april="56.5"))] == ["holds"]
    assert [f.verdict for f in told("cumulative", ZINC.format(april="50.5"))] == ["fails"]


def test_imports_fill_no_gap_in_a_series_of_output(told: Told) -> None:
    text = "2024年4月，精炼锌进口量3.2万吨，1—3月累计产量160.9万吨，1—4月累计产量217.4万吨。"
    assert told("cumulative", text) == []


def test_key_enterprises_fill_no_gap_in_a_series_of_the_country(told: Told) -> None:
    text = (
        "2024年4月，本协会重点企业精炼锌产量50.5万吨。\n\n2024年1—3月，精炼锌累计产量160.9万吨；"
        "1—4月，精炼锌累计产量217.4万吨。"
    )
    assert told("cumulative", text) == []


def test_a_province_stays_the_place_to_the_end_of_its_sentence(told: Told) -> None:
    text = "2024年4月，云南精炼锌产量5万吨，1—4月累计产量19万吨。2024年1—3月，全国精炼锌累计产量160.9万吨。"
    assert told("cumulative", text) == []


def test_documents_that_name_the_country_and_that_do_not_are_compared(told: Told) -> None:
    texts = (
        "2024年4月，我国精炼铅产量62.4万吨。",
        "2024年4月，精炼铅产量62.4万吨。",
        "In April 2024, refined lead output was 614,000 t. World refined lead output was 1.1 million tonnes.",
    )
    assert sorted(f.verdict for f in told("across_documents", *texts)) == ["fails", "holds"]


def test_mined_and_smelted_metal_of_one_company_are_two_outputs(told: Told) -> None:
    text = "2023年，公司矿山产锌41.2万吨，同比增长3.0%（上年同期：40.0万吨）；冶炼产锌72.5万吨，同比增长{rate}（上年同期：69.0万吨）。"
    assert {f.verdict for f in told("change", text.format(rate="5.07%"))} == {"holds"}
    assert [f.verdict for f in told("change", text.format(rate="8.0%"))].count("fails") == 1
