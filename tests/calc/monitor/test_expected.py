"""What is due, late, revised and missing, as the one who watches the releases says it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from touchstone.calc.monitor.dueday import due_day, due_days
from touchstone.calc.monitor.expected import Expected, due
from touchstone.calc.monitor.release import Release, releases, releases_in
from touchstone.errors import UnusableDeclaration
from touchstone.facts.fact import Fact

MONTHLY = """
[[release]]
key = "monthly"
zh = "月报"
en = "monthly"
issuer = "agency.nbs"
frequency = "M"
joined = true
series = [{ subject = "cu.refined", measure = "output" }, { subject = "zn.*", measure = "output", places = ["CN", ""] }]
calendar = "CN.spot"
due = { rule = "day", n = 15, later = 1, closed = "next" }
tolerance = 1
basis = "I"
source = "a test"
dates = { "2023-02" = 2023-03-15 }
"""


def release(**changed: str) -> Release:
    """The monthly release with some of its lines changed."""
    lines = [line for line in MONTHLY.splitlines() if line.partition(" = ")[0] not in changed]
    text = "\n".join([*lines, *(f"{name} = {value}" for name, value in changed.items())])
    [one] = releases_in(text, "test.toml")
    return one


def stated(
    period: str, value: str = "90", published: date | None = None, subject: str = "cu.refined", unit: str = "万吨",
    recorded: datetime | None = None, source: str = "", **more: object,
) -> Fact:  # fmt: skip
    where = source or f"{published}"
    return Fact(
        f"{subject}{period}{value}{where}{unit}", subject, "output", period, Decimal(value), unit, Decimal("0.05"), where, None, "t",
        published=published, recorded=recorded, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def states(given: tuple[Expected, ...]) -> dict[str, str]:
    return {each.period: each.state for each in given}


def told(facts: list[Fact], today: date, **changed: str) -> tuple[Expected, ...]:
    return due([release(**changed)], facts, today)


def test_a_release_is_due_on_the_day_of_its_rule_or_on_the_next_working_day() -> None:
    assert due_day(release(), "2022-08").day == date(2022, 9, 15)
    assert due_day(release(), "2022-09").day == date(2022, 10, 17)  # the 15th is a Saturday
    assert due_day(
        release(due='{ rule = "day", n = 15, later = 1, closed = "before" }'), "2022-09"
    ).day == date(2022, 10, 14)
    assert due_day(
        release(due='{ rule = "day", n = 31, later = 1, closed = "same" }'), "2022-10"
    ).day == date(2022, 11, 30)
    assert due_day(release(due='{ rule = "working-day", n = 3 }'), "2022-09").day == date(
        2022, 10, 10
    )  # 8th, 9th are worked


def test_weekly_releases_pass_over_weeks_without_a_trading_day() -> None:
    weekly = release(
        frequency='"W"',
        joined="false",
        due='{ rule = "weekday", n = 5, closed = "before" }',
        calendar='"CN.exchange"',
        dates="{}",
    )
    assert due_day(weekly, "2020-W39").day == date(2020, 9, 25)
    assert due_day(weekly, "2020-W40").day == date(2020, 9, 30)  # Friday is the National Day
    weeks = [each.period for each in due_days(weekly, date(2022, 10, 20), 4)]
    assert "2022-W40" not in weeks and weeks[:3] == ["2022-W42", "2022-W41", "2022-W39"]


def test_an_announced_day_wins_over_the_rule_and_says_so() -> None:
    found = due_day(release(), "2023-02")
    assert (found.period, found.day, found.basis) == ("2023-01/2023-02", date(2023, 3, 15), "T")
    assert due_day(release(), "2023-03").basis == "I"


def test_january_comes_with_february() -> None:
    assert due_day(release(), "2022-01") is None
    facts = [
        stated("2021-12", published=date(2022, 1, 17)),
        stated("2022-01/2022-02", published=date(2022, 3, 15)),
    ]
    assert states(told(facts, date(2022, 3, 20))) == {
        "2021-12": "on_time", "2022-01/2022-02": "on_time", "2022-03": "awaited",
    }  # fmt: skip
    alone = [stated("2021-12", published=date(2022, 1, 17)), stated("2022-02", published=date(2022, 3, 15))]
    assert states(told(alone, date(2022, 3, 20)))["2022-01/2022-02"] == "on_time"


def test_what_came_late_says_by_how_many_working_days() -> None:
    facts = [stated("2022-07", published=date(2022, 8, 15)), stated("2022-08", published=date(2022, 9, 20))]
    latest, august, july = told(facts, date(2022, 10, 1))
    assert (latest.state, august.state, july.state) == ("awaited", "late", "on_time")
    assert (august.arrived, august.late, august.due) == (date(2022, 9, 20), 3, date(2022, 9, 15))


def test_within_its_days_of_grace_a_release_is_due_and_behind_them_missing() -> None:
    facts = [stated("2022-07", published=date(2022, 8, 15))]
    assert states(told(facts, date(2022, 9, 14)))["2022-08"] == "awaited"
    assert states(told(facts, date(2022, 9, 16)))["2022-08"] == "due"
    late = told(facts, date(2022, 9, 20))[1]
    assert (late.period, late.state, late.late) == ("2022-08", "missing", 3)


def test_a_series_that_once_came_and_does_not_is_named() -> None:
    zinc = [stated("2022-07", published=date(2022, 8, 15), subject="zn.refined")]
    copper = [
        stated(p, published=day)
        for p, day in (("2022-07", date(2022, 8, 15)), ("2022-08", date(2022, 9, 15)))
    ]
    august = told([*zinc, *copper], date(2022, 9, 20))[1]
    assert august.state == "partial" and august.series == 2
    assert august.missing == (("zn.refined", "output", "CN"),)
    july = told([*zinc, *copper], date(2022, 9, 20))[2]
    assert july.state == "on_time" and july.missing == ()


def test_a_release_that_never_came_is_told_once() -> None:
    assert states(told([], date(2022, 9, 20))) == {"2022-08": "never"}
    other = [stated("2022-08", published=date(2022, 9, 15), subject="zn.refined", place="CL")]
    assert states(told(other, date(2022, 9, 20))) == {"2022-08": "never"}


def test_a_revision_is_counted_beyond_rounding_and_the_largest_is_shown() -> None:
    facts = [
        stated("2022-07", "90.0", date(2022, 8, 15)), stated("2022-07", "90.04", date(2022, 9, 15)),
        stated("2022-07", "92.7", date(2022, 10, 17)), stated("2022-07", "8.0", date(2022, 8, 15), "zn.refined"),
        stated("2022-07", "84000", date(2022, 9, 15), "zn.refined", "吨"),
    ]  # fmt: skip
    july = told(facts, date(2022, 11, 1))[-1]
    assert july.revised == 2 and july.largest
    assert (july.largest.subject, july.largest.share) == ("zn.refined", Decimal("5.00"))
    assert (july.largest.before, july.largest.after) == (Decimal("8.0"), Decimal("84000"))
    before = told(facts, date(2022, 9, 1))[-1]
    assert before.period == "2022-07" and before.revised == 0


def test_reading_one_document_anew_is_no_revision() -> None:
    first = stated("2022-07", "90", date(2022, 8, 15), source="a", recorded=datetime(2022, 8, 15, tzinfo=UTC))
    again = stated(
        "2022-07", "900", date(2022, 8, 15), source="a", recorded=datetime(2022, 8, 16, tzinfo=UTC)
    )
    assert told([first, again], date(2022, 9, 1))[-1].revised == 0


def test_of_a_fact_without_a_day_of_publication_it_is_not_said_that_it_was_late() -> None:
    later = [stated("2022-07", recorded=datetime(2022, 12, 1, tzinfo=UTC))]
    july = told(later, date(2022, 12, 2))[-1]
    assert (july.state, july.arrived) == ("undated", None) and july.why
    in_time = [stated("2022-07", recorded=datetime(2022, 8, 16, tzinfo=UTC))]
    assert told(in_time, date(2022, 12, 2))[-1].state == "on_time"


def test_what_comes_later_does_not_change_what_a_day_saw() -> None:
    facts = [stated("2022-07", published=date(2022, 8, 15)), stated("2022-08", published=date(2022, 9, 15))]
    more = [
        *facts,
        stated("2022-08", "99", date(2022, 10, 17)),
        stated("2022-09", published=date(2022, 10, 17)),
    ]
    for day in (date(2022, 8, 20), date(2022, 9, 10), date(2022, 9, 30)):
        assert told(facts, day) == told(more, day)


def test_a_day_the_calendar_does_not_reach_is_unknown_and_never_assumed() -> None:
    facts = [stated("2040-07", published=date(2040, 8, 15))]
    found = told(facts, date(2040, 9, 1))
    assert {each.due for each in found} == {None} and all(each.why for each in found)


def test_all_releases_that_are_shipped_are_sound_and_cover_five_frequencies() -> None:
    known = releases()
    assert known.problems == () and {each.frequency for each in known.rows} == {"D", "W", "M", "Q", "A"}
    for each in known.rows:
        assert ("[V]" in each.source) or (each.basis == "I" and not each.dates), each.key
        assert {one.state for one in due([each], [], date(2026, 6, 30))} == {"never"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"frequency": '"H"'}, "frequency"), ({"basis": '"R"'}, "basis"), ({"calendar": '"XX"'}, "calendar"),
        ({"due": '{ rule = "moon", n = 1 }'}, "due.rule"), ({"due": '{ rule = "weekday", n = 8 }'}, "due.n"),
        ({"dates": '{ "2023-02" = 2023-01-15 }'}, "dates"), ({"dates": '{ "2023" = 2024-01-15 }'}, "dates"),
        ({"tolerance": '"one"'}, "tolerance"), ({"series": "5"}, "series"), ({"joined": "1"}, "joined"),
        ({"due": '{ rule = "day", n = 1, later = "x" }'}, "due.later"), ({"key": '["x"]'}, "key"),
        ({"dates": "5"}, "dates"), ({"colour": '"red"'}, "unknown: colour"), ({"series": '[{ subject = "cu" }]'}, "missing: measure"),
    ],
)  # fmt: skip
def test_a_declaration_that_is_not_understood_is_refused_with_its_part(
    changed: dict[str, str], said: str
) -> None:
    with pytest.raises(UnusableDeclaration, match="MONITOR-001") as caught:
        release(**changed)
    assert said in caught.value.found and caught.value.zh


def test_a_broken_file_of_the_workspace_leaves_the_others_and_an_own_key_takes_the_place_of_ours(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.toml").write_text("[[release]\n", encoding="utf-8")
    (tmp_path / "b.toml").write_text(MONTHLY.replace('"monthly"', '"fed.g5"', 1), encoding="utf-8")
    known = releases(tmp_path)
    assert [problem.where for problem in known.problems] == ["releases/a.toml"]
    assert next(row for row in known.rows if row.key == "fed.g5").issuer == "agency.nbs"
