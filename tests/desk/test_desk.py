"""What people may do at the desk, in which order, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from touchstone.desk.declared import causes
from touchstone.desk.detectors.detectors import declarations
from touchstone.desk.input import Origin
from touchstone.desk.refusal import NotAllowed, UnknownAssessment
from touchstone.errors import Refusal, UnusableQuote

from .conftest import FRIDAY, GE, WEEK, Work


@pytest.fixture
def ready(work: Work) -> Work:
    """Two deals, a bid and an offer of the week."""
    work.put(
        f"deal 985 {FRIDAY} P01/B01",
        f"deal 1005 {FRIDAY} P02/B02",
        f"bid 980 {FRIDAY} P03",
        f"offer 1010 {FRIDAY} P04",
    )
    return work


def refused(code: str, act: Callable[[], object]) -> None:
    """The act is refused with this code, and the trail is as it was."""
    with pytest.raises(Refusal) as problem:
        act()
    assert problem.value.code == code
    assert problem.value.text("zh") and problem.value.text("en")


def test_a_value_as_the_method_gives_needs_no_words_and_another_does(ready: Work) -> None:
    given = ready.draft(FRIDAY, "985", "1005")
    assert ready.desk.submit(given.id, "Li", ready.now()).state == "submitted"
    ready.desk.send_back(given.id, "look at the bid", "Wang", ready.now())
    ready.desk.judge(given.id, Decimal(980), Decimal(1005), "  ", "Li", ready.now())
    refused("DESK-011", lambda: ready.desk.submit(given.id, "Li", ready.now()))
    ready.desk.judge(
        given.id, Decimal(980), Decimal(1005), "the bid at 980 was firm to the close", "Li", ready.now()
    )
    assert ready.desk.submit(given.id, "Li", ready.now()).judged.words.startswith("the bid")  # type: ignore[union-attr]


def test_too_little_data_needs_words(work: Work) -> None:
    work.put(f"deal 985 {FRIDAY} P01")
    given = work.draft(FRIDAY, "985", "985")
    refused("DESK-011", lambda: work.desk.submit(given.id, "Li", work.now()))


def test_nothing_can_be_submitted_that_nobody_judged(ready: Work) -> None:
    given = ready.desk.open(GE, FRIDAY, "Li", ready.now())
    refused("DESK-010", lambda: ready.desk.submit(given.id, "Li", ready.now()))


def test_acts_out_of_their_turn_are_refused_and_leave_no_entry(ready: Work) -> None:
    given = ready.submitted(FRIDAY, "985", "1005")
    before = ready.desk.trail.entries()
    desk, now = ready.desk, ready.now
    refused("DESK-006", lambda: desk.judge(given.id, Decimal(1), Decimal(2), "", "Li", now()))
    refused("DESK-006", lambda: desk.publish(given.id, "Li", now()))
    refused("DESK-006", lambda: desk.submit(given.id, "Li", now()))
    refused("DESK-006", lambda: desk.correct(given.id, None, "typing", "x", "Li", now()))
    refused("DESK-006", lambda: desk.issue(given.id, "Wang", now()))
    refused("DESK-007", lambda: desk.open(GE, FRIDAY, "Li", now()))
    refused("DESK-005", lambda: desk.judge(f"{GE}/2020-10-16", Decimal(1), Decimal(2), "", "Li", now()))
    refused("DESK-005", lambda: desk.submit("nonsense", "Li", now()))
    assert ready.desk.trail.entries() == before


def test_a_failing_test_stops_approval_until_the_second_person_gives_a_reason(ready: Work) -> None:
    given = ready.submitted(FRIDAY, "985", "1005")
    ready.put(f"deal 1040 {FRIDAY} P05/B05")
    refused("DESK-012", lambda: ready.desk.approve(given.id, {}, "Wang", ready.now()))
    _, said = told(lambda: ready.desk.approve(given.id, {}, "Wang", ready.now()))
    assert f'touchstone assess approve {given.id} --pass missed_deal="reason" --by Wang' in said
    [missed] = ready.failing(given)
    refused("DESK-012", lambda: ready.desk.approve(given.id, {missed.id: " "}, "Wang", ready.now()))
    approved = ready.desk.approve(
        given.id, {missed.id: "reported in error, withdrawn by P05"}, "Wang", ready.now()
    )
    assert [(each.result.test, each.reason) for each in approved.overrides] == [
        ("missed_deal", "reported in error, withdrawn by P05")
    ]
    assert ready.desk.publish(given.id, "Li", ready.now()).state == "published"


def test_letting_one_failure_pass_lets_no_later_one_pass(ready: Work) -> None:
    given = ready.submitted(FRIDAY, "985", "1005")
    ready.desk.approve(given.id, {}, "Wang", ready.now())
    ready.put(f"deal 1040 {FRIDAY} P05/B05")
    refused("DESK-012", lambda: ready.desk.publish(given.id, "Li", ready.now()))
    assert ready.desk.send_back(given.id, "a deal came in", "Wang", ready.now()).state == "draft"


def test_what_nobody_may_let_pass_stays_stopped(ready: Work) -> None:
    given = ready.submitted(FRIDAY, "1005", "985", "as heard")
    [reversed_ends] = [each for each in ready.failing(given) if each.test == "reversed_ends"]
    passed = {each.id: "fine" for each in ready.failing(given)}
    assert reversed_ends.id in passed
    refused("DESK-012", lambda: ready.desk.approve(given.id, passed, "Wang", ready.now()))


def test_the_assessor_cannot_approve_under_another_spelling(ready: Work) -> None:
    given = ready.submitted(FRIDAY, "985", "1005")
    refused("DESK-012", lambda: ready.desk.approve(given.id, {}, " lＩ", ready.now()))


def test_an_exclusion_names_a_criterion_of_the_method_and_a_reason(ready: Work) -> None:
    given = ready.desk.open(GE, FRIDAY, "Li", ready.now())
    first = next(iter(ready.desk.inputs(GE)))
    refused("DESK-009", lambda: ready.desk.exclude(given.id, first, "dislike", "x", "Li", ready.now()))
    refused("DESK-019", lambda: ready.desk.exclude(given.id, first, "grade", " ", "Li", ready.now()))
    refused("DESK-008", lambda: ready.desk.exclude(given.id, "0" * 20, "grade", "x", "Li", ready.now()))
    refused("DESK-034", lambda: ready.desk.exclude(given.id, first, "grade", "x" * 5000, "Li", ready.now()))
    out = ready.desk.exclude(given.id, first, "grade", "99.99 instead of 99.999", "Li", ready.now())
    assert ready.desk.proposal(out, ready.desk.reported(out)).used[0] != first
    back = ready.desk.readmit(given.id, first, "the certificate says 99.999", "Li", ready.now())
    assert back.exclusions == {}
    assert [entry.what for entry in ready.desk.entries(given.id)] == ["open", "exclude", "readmit"]


def told(act: Callable[[], object]) -> tuple[str, str]:
    """The words of a refusal in Chinese and in English."""
    with pytest.raises(Refusal) as problem:
        act()
    return problem.value.text("zh"), problem.value.text("en")


def test_a_refused_choice_lists_all_that_may_be_chosen_and_a_line_that_would_be_right(ready: Work) -> None:
    desk, given = ready.desk, ready.desk.open(GE, FRIDAY, "Li", ready.now())
    inputs = desk.reported(given).standing
    for said in told(lambda: desk.exclude(given.id, "0" * 20, "grade", "x", "Li", ready.now())):
        assert all(id in said for id in inputs)
        assert f"touchstone assess exclude {given.id} {next(iter(inputs))} " in said
    zh, en = told(lambda: desk.exclude(given.id, next(iter(inputs)), "dislike", "x", "Li", ready.now()))
    for criterion in given.method.criteria:
        assert (
            f"{criterion.id}（{criterion.name.zh}）" in zh and f"{criterion.id} ({criterion.name.en})" in en
        )
    zh, en = told(lambda: desk.readmit(given.id, "0" * 20, "x", "Li", ready.now()))
    assert "（无）" in zh and "(none)" in en


def test_a_failing_test_names_the_tests_that_may_pass_and_the_line_that_lets_it(ready: Work) -> None:
    given = ready.submitted(FRIDAY, "985", "1005")
    for said in told(lambda: ready.desk.approve(given.id, {}, " lＩ", ready.now())):
        assert all(name in said for name in declarations())
        assert f"touchstone assess send-back {given.id}" in said, "nobody may let the second person pass"


@pytest.mark.parametrize("by", ["", "  ", "\x00", "x" * 81])
def test_an_act_needs_a_name(ready: Work, by: str) -> None:
    refused("DESK-018", lambda: ready.desk.open(GE, FRIDAY, by, ready.now()))


@pytest.mark.parametrize("low", ["985.3", "0", "-5", "NaN", "Infinity", "1e40"])
def test_a_price_between_two_steps_or_not_above_zero_is_refused(ready: Work, low: str) -> None:
    given = ready.desk.open(GE, FRIDAY, "Li", ready.now())
    refused(
        "DESK-032", lambda: ready.desk.judge(given.id, Decimal(low), Decimal(1000), "", "Li", ready.now())
    )


def test_an_earlier_day_reads_as_it_stood(ready: Work) -> None:
    given = ready.submitted(FRIDAY, "985", "1005")
    moments = [entry.at for entry in ready.desk.entries(given.id)]
    ready.desk.approve(given.id, {}, "Wang", ready.now())
    ready.desk.publish(given.id, "Li", ready.now())
    states = [
        (ready.desk.assessment(given.id, at).state, ready.desk.assessment(given.id, at).low) for at in moments
    ]
    assert states == [("draft", None), ("draft", Decimal("985.0")), ("submitted", Decimal("985.0"))]
    with pytest.raises(UnknownAssessment):
        ready.desk.assessment(given.id, date(2020, 10, 1))
    assert ready.desk.assessment(given.id).state == "published"


def test_the_list_says_the_state_of_each_and_finds_a_day(ready: Work) -> None:
    ready.published(FRIDAY, "985", "1005")
    ready.draft(FRIDAY + WEEK, "985", "1005")
    assert [(each.day, each.state) for each in ready.desk.listed()] == [
        (FRIDAY + WEEK, "draft"), (FRIDAY, "published"),
    ]  # fmt: skip
    assert [each.day for each in ready.desk.listed(state="draft")] == [FRIDAY + WEEK]
    assert [each.state for each in ready.desk.listed(day=FRIDAY)] == ["published"]


def test_two_people_who_correct_at_once_make_one_notice(ready: Work) -> None:
    given = ready.published(FRIDAY, "985", "1005")
    right = (Decimal(985), Decimal(1040))
    ready.desk.correct(given.id, right, "missed_deal", "1040 was confirmed", "Li", ready.now())
    refused("DESK-014", lambda: ready.desk.correct(given.id, right, "typing", "x", "Wang", ready.now()))


def test_a_correction_needs_a_cause_another_figure_and_a_second_person(ready: Work) -> None:
    given, desk, now = ready.published(FRIDAY, "985", "1005"), ready.desk, ready.now
    same, other = (Decimal(985), Decimal(1005)), (Decimal(980), Decimal(1005))
    refused("DESK-013", lambda: desk.correct(given.id, other, "weather", "x", "Li", now()))
    zh, en = told(lambda: desk.correct(given.id, other, "weather", "x", "Li", now()))
    assert all(f"{id}（{name.zh}）" in zh and f"{id} ({name.en})" in en for id, name in causes().items())
    assert f"touchstone assess correct {given.id} --cause missed_deal --low " in en
    refused("DESK-014", lambda: desk.correct(given.id, same, "typing", "x", "Li", now()))
    refused("DESK-016", lambda: desk.correct(given.id, other[::-1], "typing", "x", "Li", now()))
    refused("DESK-019", lambda: desk.correct(given.id, other, "typing", "", "Li", now()))
    desk.correct(given.id, other, "typing", "975 misheard", "Li", now())
    refused("DESK-017", lambda: desk.issue(given.id, "LI", now()))
    assert desk.drop(given.id, "the tape says 985", "Wang", now()).pending is None
    refused("DESK-015", lambda: desk.issue(given.id, "Wang", now()))


def test_a_second_person_issues_only_what_they_saw(ready: Work) -> None:
    """Between the look and the act another notice took its place."""
    given, desk, now = ready.published(FRIDAY, "985", "1005"), ready.desk, ready.now
    desk.correct(given.id, (Decimal(980), Decimal(1005)), "typing", "one", "Li", now())
    seen = desk.assessment(given.id)
    desk.drop(given.id, "no", "Wang", now())
    desk.correct(given.id, (Decimal(900), Decimal(1005)), "typing", "two", "Li", now())
    assert seen.pending and seen.pending.right == (Decimal("980.0"), Decimal("1005.0"))
    with pytest.raises(NotAllowed):
        desk.issue(given.id, "Li", now())


def test_a_correction_is_tested_like_any_figure_and_what_is_let_pass_is_on_the_trail(ready: Work) -> None:
    """985-1005 corrected to 985000-1005000, which is per tonne, must not reach the ledger unseen."""
    given, desk, now = ready.published(FRIDAY, "985", "1005"), ready.desk, ready.now
    desk.correct(given.id, (Decimal(985000), Decimal(1005000)), "typing", "three zeros", "Li", now())
    refused("DESK-012", lambda: desk.issue(given.id, "Wang", now()))
    pending = desk.assessment(given.id).as_corrected
    failing = [each for each in desk.results(pending, FRIDAY, "Wang") if each.verdict == "fails"]
    assert {each.test for each in failing} >= {"wrong_unit", "missed_deal"}
    refused("DESK-012", lambda: desk.issue(given.id, "Wang", now(), {failing[0].id: "looked at"}))
    issued = desk.issue(given.id, "Wang", now(), {each.id: "looked at" for each in failing})
    [notice] = issued.corrections
    assert {each.result.test for each in notice.overrides} == {each.test for each in failing}
    assert {each.test for each in notice.results} >= {"wrong_unit", "second_person"}
    assert "looked at" in ready.workspace.document(notice.record).text
    assert desk.damage() == []


def test_a_correction_is_tested_against_the_deals_known_now(ready: Work) -> None:
    given, desk, now = ready.published(FRIDAY, "985", "1005"), ready.desk, ready.now
    ready.put(f"deal 1040 {FRIDAY} P05/B05")
    desk.correct(given.id, (Decimal(980), Decimal(1005)), "missed_deal", "980", "Li", now())
    refused("DESK-012", lambda: desk.issue(given.id, "Wang", now()))
    desk.drop(given.id, "1040 too", "Li", now())
    desk.correct(given.id, (Decimal(980), Decimal(1040)), "missed_deal", "980 and 1040", "Li", now())
    assert desk.issue(given.id, "Wang", now()).value == (Decimal("980.0"), Decimal("1040.0"))


def test_a_day_that_has_not_come_is_not_opened(ready: Work) -> None:
    for day in (FRIDAY + WEEK, date(9999, 12, 31)):
        refused("DESK-040", lambda day=day: ready.desk.open(GE, day, "Li", ready.now()))


def test_a_draft_is_discarded_and_reopened_with_a_reason(ready: Work) -> None:
    given, desk, now = ready.draft(FRIDAY, "985", "1005"), ready.desk, ready.now
    refused("DESK-019", lambda: desk.discard(given.id, " ", "Li", now()))
    assert desk.discard(given.id, "the wrong Friday", "Li", now()).state == "discarded"
    refused("DESK-006", lambda: desk.submit(given.id, "Li", now()))
    assert [each.state for each in desk.listed()] == ["discarded"]
    again = desk.reopen(given.id, "the right one after all", "Wang", now())
    assert (again.state, again.value, again.assessors) == ("draft", None, ())
    assert [entry.what for entry in desk.entries(given.id)] == ["open", "judge", "discard", "reopen"]


def test_a_withdrawn_day_is_published_anew_with_records_of_its_own(ready: Work) -> None:
    given, desk, now = ready.published(FRIDAY, "985", "1005"), ready.desk, ready.now
    refused("DESK-006", lambda: desk.reopen(given.id, "x", "Li", now()))
    desk.correct(given.id, None, "wrong_day", "thought to be a holiday", "Li", now())
    desk.issue(given.id, "Wang", now())
    assert len(ready.workspace.facts()) == 0
    desk.reopen(given.id, "it was a trading day", "Li", now())
    desk.judge(given.id, Decimal(985), Decimal(1005), "", "Li", now())
    desk.submit(given.id, "Li", now())
    desk.approve(given.id, {}, "Wang", now())
    desk.publish(given.id, "Li", now())
    desk.correct(given.id, (Decimal(980), Decimal(1005)), "typing", "980", "Li", now())
    desk.issue(given.id, "Wang", now())
    assert [str(fact.value) for fact in ready.workspace.facts(measure="price.low")] == ["980.0"]
    names = sorted(reading.name for reading in ready.workspace.ledger.readings())
    assert [name.removeprefix(f"assessments/{given.id}") for name in names] == [
        "/correction 1", "/reopened 1", "/reopened 1/correction 1",
    ]  # fmt: skip
    assert desk.damage() == []


def test_nothing_is_built_on_a_trail_that_was_changed(ready: Work) -> None:
    import sqlite3

    given = ready.draft(FRIDAY, "985", "1005")
    with sqlite3.connect(ready.desk.trail.path) as db:
        db.execute("drop trigger entry_is_final")
        db.execute(
            """update entry set content = replace(content, '"985.0"', '"880.0"') where what = 'judge'"""
        )
    refused("DESK-035", lambda: ready.desk.submit(given.id, "Li", ready.now()))
    refused("DESK-035", lambda: ready.put(f"deal 990 {FRIDAY} P09/B09"))


def test_an_act_reads_the_inputs_of_its_window_alone(ready: Work) -> None:
    old = ready.put(f"deal 700 {FRIDAY - 20 * WEEK} P01/B01")
    given = ready.draft(FRIDAY, "985", "1005")
    assert set(ready.desk.inputs(GE)) - set(ready.desk.reported(given).inputs) == {old[0].id}
    refused("DESK-008", lambda: ready.desk.exclude(given.id, old[0].id, "grade", "x", "Li", ready.now()))


def test_inputs_of_a_quotation_nobody_declared_are_refused_with_the_nearest(ready: Work) -> None:
    wrong = replace(next(iter(ready.desk.inputs(GE).values())), quotation="ge.ingot@market.roterdam")
    with pytest.raises(UnusableQuote, match=r"(?s)DESK-041.*ge\.ingot@market\.rotterdam"):
        ready.desk.add([wrong], "Zhao", ready.now())


def test_a_form_that_is_sent_twice_is_one_input(ready: Work) -> None:
    given = replace(next(iter(ready.desk.inputs(GE).values())), origin=Origin(place="a minute later"))
    refused("DESK-042", lambda: ready.desk.type_in(given, "Zhao", ready.now()))
    another = replace(given, note="a second lot")
    assert ready.desk.type_in(another, "Zhao", ready.now()) == another
    assert len(ready.desk.inputs(GE)) == 5
