"""The compliance calendar: the days that the notices name, months that come due, done, late or open."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.carbon.assets.compliance import calendar, due, read_calendar
from touchstone.errors import UnusableDeclaration

OWN = """[[duty]]
key = "surrender-2025"
name = { zh = "清缴", en = "Surrender" }
act = "surrender"
who = "enterprise"
year = 2025
due = 2026-12-31
assets = ["cea", "ccer"]
vintages = [2024, 2025]
document = "cn-ets-calendar-2026"
tag = "user"
"""


def test_the_days_are_those_of_the_notices() -> None:
    days = {each.key: each.due for each in calendar().duties(date(2025, 8, 31))}
    assert days["surrender-2024"] == date(2025, 12, 31) and days["surrender-2025"] == date(2026, 12, 31)
    assert days["report-2025"] == date(2026, 3, 31) and days["list-2027"] == date(2026, 10, 31)
    assert days["backfill-2025h1"] == date(2025, 10, 31)
    assert days["evidence-2025-07"] == date(2025, 9, 9)  # 40 natural days after 31 July


@given(st.dates(date(2025, 7, 1), date(2040, 1, 1)))
def test_evidence_of_a_month_is_due_forty_days_after_its_end_and_no_month_is_due_before_it_ended(on: date) -> None:  # fmt: skip
    months = [each for each in calendar().duties(on) if each.key.startswith("evidence-")]
    for each in months:
        ended = each.due - timedelta(days=40)
        assert f"{ended:%Y-%m}" == each.period and (ended + timedelta(days=1)).day == 1 and ended < on
    assert len(months) == (on.year - 2025) * 12 + on.month - 7


@given(st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1)))
def test_a_duty_is_done_in_time_done_late_late_or_open(on: date, done: date | None) -> None:
    [duty] = [each for each in calendar().single if each.key == "report-2025"]
    [got] = due([duty], on, {} if done is None else {duty.key: done})
    if done is not None and done <= on:
        assert got.state == ("done" if done <= duty.due else "done-late")
    else:
        assert got.state == ("late" if on > duty.due else "open") and got.done is None
    assert got.days == (duty.due - on).days


def test_a_workspace_replaces_a_duty_by_its_own(tmp_path: Path) -> None:
    file = tmp_path / "compliance.toml"
    assert calendar(file) == calendar()
    file.write_text(OWN, "utf-8")
    own = calendar(file).surrender(2025)
    assert own and own.assets == ("cea", "ccer") and own.vintages == (2024, 2025)
    assert calendar(file).surrender(2024) == calendar().surrender(2024)


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ("due = 2026-12-31", 'due = "31.12.2026"', "due"),
        ('["cea", "ccer"]', '["eua"]', "assets"),
        ("[2024, 2025]", "[]", "vintages"),
        ('act = "surrender"', 'act = "pay"', "act"),
        ('{ zh = "清缴", en = "Surrender" }', '"Surrender"', "name"),
    ],
)
def test_a_calendar_that_cannot_be_used_is_refused_with_its_row(before: str, after: str, field: str) -> None:
    with pytest.raises(UnusableDeclaration, match="ASSET-015") as caught:
        read_calendar(OWN.replace(before, after), "own.toml")
    assert caught.value.where == f"own.toml duty 1 {field}"


def test_a_monthly_duty_needs_a_month() -> None:
    with pytest.raises(UnusableDeclaration, match="ASSET-015"):
        read_calendar(OWN.replace("[[duty]]", "[[monthly]]") + 'first = "2025-13"\ndays = 40\n', "own.toml")
