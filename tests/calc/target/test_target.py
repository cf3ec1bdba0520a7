"""Files of targets: what they say, what is refused with its line, and how documents state the same targets."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from touchstone.calc.pathway.case import INDICATORS
from touchstone.calc.pathway.refusal import UnusablePathway
from touchstone.calc.target.documents import documents
from touchstone.calc.target.indicator import indicators
from touchstone.calc.target.measured import from_facts
from touchstone.calc.target.stated import Stated, sentence_of, stated
from touchstone.calc.target.target import Targets, read_targets, targets
from touchstone.calc.target.tracked import read_series, tracked
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.facts.unit import convert, unit
from touchstone.read.figures import read_figures
from touchstone.read.read import read_document

F = Fraction
FILE = """
[[target]]
key = "green"
name = { zh = "绿电", en = "green power" }
indicator = "renewable.share"
sense = "least"
value = "30"
unit = "%"
year = 2030
place = "CN-35"
products = ["aluminium.liquid"]
document = "plan"
tag = "own"
"""


def one(before: str = "", after: str = "") -> Targets:
    return read_targets(FILE.replace(before, after) if before else FILE)


def test_a_target_keeps_its_document_its_line_and_the_unit_of_its_indicator() -> None:
    [got] = one('"30"\nunit = "%"', '"0.3"\nunit = "1"').targets
    assert (got.value, got.unit, got.where, got.cited.document) == (30, "%", "targets.toml:2", "plan")


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ('indicator = "renewable.share"\n', "", "TARGET-011", 2),
        ("renewable.share", "renewables.share", "TARGET-005", 5),
        ('"30"', '"130"', "TARGET-007", 7),
        ('"30"', '"a third"', "TARGET-003", 7),
        ('"%"', '"tce"', "TARGET-006", 8),
        ("2030", '"soon"', "TARGET-004", 9),
        ("2030", "203", "TARGET-004", 9),
        ('"least"', '"before"', "TARGET-003", 6),
        ('"least"', '"above"', "TARGET-003", 6),
        ('"own"', '"official"', "TARGET-003", 13),
        ('document = "plan"\n', "", "TARGET-002", 2),
        ("products", "product", "TARGET-010", 11),
        ("year = 2030", "year = 2030\nbase = 2031", "TARGET-004", 10),
        ("year = 2030", 'year = 2030\nstrict = "yes"', "TARGET-003", 10),
    ],
)
def test_a_target_that_cannot_be_used_is_named_with_file_and_line(
    before: str, after: str, code: str, line: int
) -> None:
    got = one(before, after)
    [refused] = got.refused
    assert not got.targets and refused.code == code and refused.where.startswith(f"targets.toml:{line}")
    assert refused.fix and refused.zh and all(refused.zh)


def test_one_wrong_target_leaves_the_others() -> None:
    got = read_targets(FILE.replace("2030", "203").replace("green", "grey") + FILE)
    assert [each.key for each in got.targets] == ["green"] and len(got.refused) == 1


def test_two_targets_for_the_same_thing_are_refused_even_under_two_keys() -> None:
    got = read_targets(FILE + FILE.replace('"green"', '"again"').replace('"30"', '"35"'))
    [refused] = got.refused
    assert (
        refused.code == "TARGET-009"
        and "targets.toml:2" in refused.found
        and refused.where == "targets.toml:15"
    )
    assert (
        len(read_targets(FILE + FILE.replace('"green"', '"again"').replace('"plan"', '"law"')).targets) == 2
    )


def test_what_is_no_toml_is_refused_whole() -> None:
    with pytest.raises(UnusablePathway, match="TARGET-001"):
        read_targets("[[target")


def test_a_peak_in_2029_at_the_latest_is_a_peak_before_2030() -> None:
    row = FILE.replace('"renewable.share"', '"peak"').replace('value = "30"\nunit = "%"\n', "")
    before = read_targets(row.replace('"least"', '"before"')).targets[0]
    latest = read_targets(row.replace('"least"', '"most"').replace("2030", "2029")).targets[0]
    assert (
        (before.year, before.sense, before.value)
        == (latest.year, latest.sense, latest.value)
        == (2030, "before", None)
    )


def test_every_target_of_touchstone_can_be_read_and_is_cited() -> None:
    got = targets()
    assert not got.refused and len(got.targets) > 20
    assert all(
        each.cited.document in documents() and each.cited.clause and each.words for each in got.targets
    )
    assert {each.key for each in got.of("renewable.share", "CN-35")} == {"fj-al-renewable-2030"}


def test_a_target_of_the_workspace_goes_before_one_of_touchstone() -> None:
    own = FILE.replace('"green"', '"fj-al-renewable-2030"').replace('"30"', '"40"')
    [got] = [each for each in targets(own).targets if each.key == "fj-al-renewable-2030"]
    assert got.value == 40


def test_indicators_of_plans_are_indicators_of_targets_in_units_that_convert() -> None:
    for key, measured_in in INDICATORS.items():
        own = indicators()[key].unit
        assert own == "%" if measured_in == "1" else convert(F(1), measured_in, own) == 1
    assert all(unit(each.unit) for each in indicators().values())


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Document:
    path = tmp_path_factory.mktemp("plan") / "plan.txt"
    path.write_text(
        "某省铜业实施方案\n"
        "2020年电解铝使用可再生能源比例为18%。到2025年，力争电解铝使用可再生能源比例超过24%，能效达到标杆水平的产能比例不低于30%。\n"
        "2030年电解铝使用可再生能源比例达到30%以上。到2025年，新建充电桩500个。\n",
        "utf-8",
    )
    return read_document(path, "plan.txt")


def said(document: Document) -> list[Stated]:
    return list(stated(read_figures(document), one().targets, lambda fact: sentence_of(document, fact)))


def test_targets_of_a_document_are_joined_to_those_we_keep(plan: Document) -> None:
    by_value = {(each.indicator.key, int(each.value or 0)): each for each in said(plan) if each.indicator}
    kept = by_value["renewable.share", 30]
    assert (kept.state, kept.year, kept.sense, kept.strict) == ("kept", 2030, "least", False)
    assert kept.targets[0].key == "green" and kept.sentence.startswith("2030年电解铝")
    new = by_value["renewable.share", 24]
    assert (new.state, new.year, new.strict) == ("new", 2025, True)
    assert by_value["benchmark.share", 30].words == ("标杆水平", "产能")


def test_a_target_that_no_indicator_is_known_for_is_unknown_and_not_guessed(plan: Document) -> None:
    piles = [each for each in said(plan) if each.fact.value == 500]
    assert all(each.state == "unknown" and each.indicator is None for each in piles)


def test_a_document_that_states_another_value_than_we_keep_differs(plan: Document) -> None:
    keep = one('"30"', '"35"').targets
    found = stated(read_figures(plan), keep, lambda fact: sentence_of(plan, fact))
    assert [each.state for each in found if each.year == 2030] == ["differs"]


def test_what_documents_report_is_measured_and_what_they_want_is_not(plan: Document) -> None:
    got = from_facts(read_figures(plan), "renewable.share", lambda fact: sentence_of(plan, fact))
    assert [(each.year, each.value) for each in got] == [(2020, 18)] and got[0].made


def test_of_two_reports_of_a_year_the_one_published_last_counts() -> None:
    def fact(value: int, published: date) -> Fact:
        return Fact(
            str(value),
            "x",
            "share",
            "2023",
            Decimal(value),
            "%",
            Decimal(1),
            "d",
            None,
            "r",
            published=published,
        )

    facts = [fact(20, date(2024, 5, 1)), fact(19, date(2024, 1, 1))]
    [got] = from_facts(facts, "renewable.share", lambda _: "可再生能源使用比例")
    assert got.value == 20


def test_the_plan_of_fujian_states_three_targets_of_known_indicators(corpus_folder: Path) -> None:
    document = read_document(corpus_folder / "fujian-nonferrous-peaking-plan.txt", "plan.txt")
    found = stated(read_figures(document), targets().targets, lambda fact: sentence_of(document, fact))
    known = {(each.indicator.key, each.year): each for each in found if each.indicator}
    assert known.keys() == {("benchmark.share", 2025), ("parks", 2025), ("renewable.share", 2030)}
    assert all(any(target.place == "CN-35" for target in each.targets) for each in known.values())


SERIES = """
[[measured]]
indicator = "renewable.share"
place = "CN-35"
products = ["aluminium.liquid"]
values = { 2020 = "15 %", 2025 = "24 %" }
document = "report"
tag = "own"
"""


def test_stated_values_are_joined_to_the_target_of_their_place_and_products() -> None:
    series, refused = read_series(SERIES)
    [got] = tracked(one().targets, stated=series)
    assert not refused and got.verdict == "on-course" and got.expected == 33
    [other] = tracked(one("CN-35", "CN-62").targets, stated=series)
    assert other.verdict == "not-measured"


@pytest.mark.parametrize("said", ['"880"', "880", "24.5"])
def test_stated_values_without_a_unit_are_refused_and_not_taken_for_tonnes(said: str) -> None:
    """The planner meant 880 万吨; the indicator is kept in tonnes."""
    text = SERIES.replace('"renewable.share"', '"emissions"').replace('"15 %"', '"860 万吨CO2e"')
    kept, [refused] = read_series(text.replace('"24 %"', said))
    assert not kept and refused.code == "TARGET-012" and refused.where == "measured.toml:6 values.2025"
    bare = said.strip('"')
    assert bare in refused.found and "t CO2e" in refused.expected and refused.zh and bare in refused.zh[0]


def test_nothing_is_nothing_in_every_unit() -> None:
    [kept], refused = read_series(SERIES.replace('"15 %"', "0"))
    assert not refused and kept.values[2020] == 0


def test_stated_values_with_a_year_that_is_none_are_refused() -> None:
    kept, [refused] = read_series(SERIES.replace("2020 =", "20 ="))
    assert not kept and refused.code == "TARGET-004" and refused.where == "measured.toml:6 values"
