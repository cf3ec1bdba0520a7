"""A table may say on which day each of its rows was published: its revisions are vintages. And what counts from January."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from touchstone.errors import UnusableDeclaration
from touchstone.flow import Workspace

Given = Callable[[str, str], Path]
OWN = """\
id: releases
name: {zh: 发布, en: releases}
issuer: {zh: 测试, en: the tests}
licence: made up
address: nowhere
date: {column: month, form: "{year}-{month}"}
published: {column: published, form: "{year}-{month}-{day}"}
subject: "{what}"
unit: 万吨
values: {month only: output, to date: output.cumulative}
"""
CSV = """\
month,published,what,month only,to date
2022-01,2022-02-15,cu.refined,90,
2022-02,2022-03-15,cu.refined,80,170
2022-01,2022-03-15,cu.refined,91,
"""


def test_a_revised_row_is_a_vintage_of_its_own_day(workspace: Workspace, given: Given) -> None:
    report = workspace.import_series(given("r.csv", CSV), given("own.yaml", OWN))
    assert (report.figures, report.problems, report.unread) == (4, (), ())
    [first, second] = workspace.vintages("cu.refined", "output", None, "2022-01")
    assert (first.value, first.published) == (90, date(2022, 2, 15))
    assert (second.value, second.published) == (91, date(2022, 3, 15))
    assert [int(f.value) for f in workspace.series("cu.refined", "output")] == [91, 80]


def test_what_is_counted_from_january_bears_the_span_from_january(workspace: Workspace, given: Given) -> None:
    workspace.import_series(given("r.csv", CSV), given("own.yaml", OWN))
    [fact] = workspace.facts(measure="output.cumulative")
    assert (fact.period, int(fact.value)) == ("2022-01/2022-02", 170)


def test_two_values_of_one_day_and_a_day_there_is_not_are_left_out_by_name(
    workspace: Workspace, given: Given
) -> None:
    more = CSV + "2022-02,2022-03-15,cu.refined,81,\n2022-03,2022-04-31,cu.refined,95,280\n"
    report = workspace.import_series(given("r.csv", more), given("own.yaml", OWN))
    assert [str(p).splitlines()[0] for p in report.problems] == [
        "SOURCE-022  r.csv!D5",
        "SOURCE-021  r.csv!B6",
    ]
    assert report.figures == 3  # of two values of one day neither counts


def test_a_row_without_a_day_has_none(workspace: Workspace, given: Given) -> None:
    workspace.import_series(given("r.csv", CSV + "2022-04,,cu.refined,99,\n"), given("own.yaml", OWN))
    assert [f.published for f in workspace.facts(period="2022-04")] == [None]


def test_a_column_of_days_must_tell_the_day(workspace: Workspace, given: Given) -> None:
    own = OWN.replace(
        'published: {column: published, form: "{year}-{month}-{day}"}',
        'published: {column: published, form: "{year}-{month}"}',
    )
    with pytest.raises(UnusableDeclaration, match=r"own\.yaml") as refused:
        workspace.import_series(given("r.csv", CSV), given("own.yaml", own))
    assert "the day" in str(refused.value)


def test_the_published_values_of_the_copper_index_come_along(workspace: Workspace) -> None:
    report = workspace.import_series(None, "ccdi-published")
    assert not report.problems
    levels = {f.period: f for f in workspace.series("indicator.copper_demand_index", "index", "CN")}
    changes = {f.period: f for f in workspace.series("indicator.copper_demand_index", "index.change", "CN")}
    assert len(levels) == len(changes) == 25 and str(levels["2021-08"].value) == "95.0"
    text = workspace.document(report.hash).text
    for fact in levels.values():
        assert fact.locator
        row = text[fact.locator.start :].split("\n", 1)[0]
        assert "http" in row or "report of" in row
    for month, before in (("2019-06", "2019-05"), ("2024-03", "2024-02"), ("2022-08", "2022-07")):
        assert levels[month].value - levels[before].value == changes[month].value
    assert {f.verdict for f in workspace.audit() if f.rule == "change"} == {"holds"}
