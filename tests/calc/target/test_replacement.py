"""Replacement of capacity: what must retire first, and every way in which a plan cheats or errs."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.target.documents import documents
from touchstone.calc.target.ratios import shipped
from touchstone.calc.target.replacement import Project, Quota, Replaced, Use, replaced

F = Fraction
METAL = "aluminium.liquid"


def quota(
    line: str, capacity: int = 75_000, retired: date | None = date(2024, 6, 30), product: str = METAL
) -> Quota:
    return Quota(line, product, F(capacity), retired)


def project(key: str, capacity: int, uses: str, **fields: object) -> Project:
    parts = (each.split(":") for each in uses.split(";"))
    used = tuple(Use(line.strip(), F(size)) for line, size in parts)
    given: dict = {"product": METAL, "start": date(2025, 1, 1)} | fields
    return Project(key, capacity=F(capacity), uses=used, **given)


def one(*args: object, quotas: list[Quota], **fields: object) -> Replaced:
    [got] = replaced([project(*args, **fields)], quotas)  # type: ignore[arg-type]
    return got


def codes(got: Replaced) -> list[str]:
    return [each.code for each in got.findings]


def test_half_of_150000_tonnes_is_built_anew_from_quotas_that_retired_before() -> None:
    got = one("new", 75_000, "old-1:50000; old-2:25000", quotas=[quota("old-1"), quota("old-2")])
    assert (got.needed, got.given, got.short, codes(got)) == (75_000, 75_000, 0, [])
    assert got.rule and got.rule.cited.document == "cn-miit-2018-12"


@pytest.mark.parametrize(
    ("uses", "quotas", "code", "short"),
    [
        ("old:70000", [quota("old")], "TARGET-046", 5_000),
        ("gone:75000", [quota("old")], "TARGET-041", 75_000),
        ("old:80000", [quota("old")], "TARGET-042", 0),
        ("old:75000", [quota("old", retired=date(2025, 1, 2))], "TARGET-043", 75_000),
        ("old:75000", [quota("old", retired=None)], "TARGET-044", 75_000),
        ("old:75000", [quota("old", product="copper.anode")], "TARGET-045", 75_000),
        ("old:40000;old:35000", [quota("old")], "TARGET-049", 0),
    ],
)
def test_a_quota_that_does_not_count_is_named(uses: str, quotas: list[Quota], code: str, short: int) -> None:
    got = one("new", 75_000, uses, quotas=quotas)
    assert code in codes(got) and got.short == short
    assert all(each.text("zh") and each.fix for each in got.findings)


def test_a_line_that_retires_on_the_day_the_new_one_starts_counts() -> None:
    assert not one("new", 75_000, "old:75000", quotas=[quota("old", retired=date(2025, 1, 1))]).findings


def test_of_a_quota_used_twice_the_project_that_starts_first_is_served_first() -> None:
    first = project("z-first", 50_000, "old:50000", start=date(2024, 12, 1))
    second = project("a-second", 50_000, "old:50000")
    for order in ([first, second], [second, first]):
        got = {each.project.key: each for each in replaced(order, [quota("old")])}
        assert got["z-first"].short == 0 and not got["z-first"].findings
        assert got["a-second"].short == 25_000 and codes(got["a-second"]) == ["TARGET-042", "TARGET-046"]
        assert "z-first 50000, a-second 50000" in got["a-second"].findings[0].found


def test_copper_has_no_ratio_that_is_cited_so_the_planner_states_it() -> None:
    metal = "copper.smelting"
    without = one("new", 100, "old:100", quotas=[quota("old", product=metal)], product=metal)
    assert without.ratio is None and without.short is None and codes(without) == ["TARGET-047"]
    stated = one("new", 100, "old:125", quotas=[quota("old", product=metal)], product=metal, ratio=F(5, 4))
    assert stated.needed == 125 and not stated.findings and stated.rule is None


def test_a_ratio_below_that_of_the_document_is_raised_to_it_and_a_stricter_one_stands() -> None:
    low = one("new", 100, "old:100", quotas=[quota("old")], ratio=F(9, 10))
    assert low.ratio == 1 and codes(low) == ["TARGET-048"]
    assert one("new", 100, "old:150", quotas=[quota("old")], ratio=F(3, 2)).needed == 150


@pytest.mark.parametrize(
    ("area", "merged", "ratio"),
    [("key", False, "3/2"), ("any", False, "5/4"), ("key", True, "5/4"), ("any", True, "11/10")],
)
def test_steel_is_replaced_by_area_and_merger(area: str, merged: bool, ratio: str) -> None:
    got = one(
        "new",
        100,
        "old:200",
        quotas=[quota("old", product="steel")],
        product="steel",
        area=area,
        merged=merged,
    )
    assert got.ratio == F(ratio)


def test_a_planner_who_says_why_a_document_does_not_apply_states_the_ratio() -> None:
    steel = [quota("old", product="steel")]
    got = one(
        "new",
        100,
        "old:100",
        quotas=steel,
        product="steel",
        ratio=F(1),
        exempt="furnaces of both are electric",
    )
    assert got.ratio == 1 and got.rule is None and not got.findings
    assert codes(one("new", 100, "old:100", quotas=steel, product="steel", exempt="electric")) == [
        "TARGET-047"
    ]


def test_before_the_day_a_rule_begins_it_does_not_apply() -> None:
    got = one(
        "new",
        100,
        "old:100",
        quotas=[quota("old", product="steel")],
        product="steel",
        start=date(2021, 5, 31),
    )
    assert got.ratio is None


def test_every_ratio_is_cited_from_a_document_that_is_known() -> None:
    for rule in shipped().ratios:
        assert rule.cited.document in documents() and rule.cited.clause and rule.cited.tag == "C"


AMOUNTS = st.lists(st.integers(1, 100), min_size=1, max_size=5)


@given(AMOUNTS, st.integers(1, 200))
def test_no_quota_ever_counts_for_more_than_retired(amounts: list[int], capacity: int) -> None:
    uses = [
        Project(f"p{at}", METAL, F(size), date(2025, 1, 1), (Use("old", F(size)),))
        for at, size in enumerate(amounts)
    ]
    got = replaced(uses, [quota("old", capacity)])
    assert sum(each.given for each in got) == min(capacity, sum(amounts))
    assert any(codes(each) for each in got) == (sum(amounts) > capacity)
